package obapi

import (
	"context"
	"errors"
	"net/http"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/oauthsrv"
)

// authorize asks whose a request is and whether its token has the scope (RFC 6750, 3).
func (h *handler) authorize(r *request) error {
	access, err := h.access(r.Request)
	switch {
	case errors.Is(err, oauthsrv.ErrNoToken):
		r.w.Header().Set("WWW-Authenticate", "Bearer")
		return newRefusal(http.StatusUnauthorized, rest.Unauthorised, "the request has no bearer token")
	case errors.Is(err, oauthsrv.ErrInvalidToken):
		r.w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		return newRefusal(http.StatusUnauthorized, rest.Unauthorised, "the token is not valid, or no longer")
	case err != nil:
		return err
	}
	if scope := h.service.ScopeOf(r.op); !access.Permits(scope) {
		r.w.Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope", scope="`+scope+`"`)
		return newRefusal(http.StatusForbidden, rest.Forbidden, "the token does not have the scope "+scope)
	}
	r.owner = hub.Owner{Tenant: h.Tenant.ID, User: access.Subject}
	return nil
}

// access asks the Authorizer. Without one no token is good.
func (h *handler) access(r *http.Request) (oauthsrv.Access, error) {
	if h.Authorizer == nil {
		if len(r.Header.Values("Authorization")) == 0 {
			return oauthsrv.Access{}, oauthsrv.ErrNoToken
		}
		return oauthsrv.Access{}, oauthsrv.ErrInvalidToken
	}
	// In this goroutine: the request is not for others to keep.
	access, err := guard.Call(context.WithoutCancel(r.Context()), func() (oauthsrv.Access, error) {
		return guard.Legible(h.Authorizer.Authorize(r, h.Tenant.ID))
	})
	if err == nil && (access.Subject == "" || access.Tenant != h.Tenant.ID) {
		err = errOtherAccess
	}
	return access, err
}

var errOtherAccess = errors.New("obapi: the Authorizer lets in nobody, or somebody of another tenant")
