// Package clrapi is the API of CLR 2.0: the service of a host that keeps learner records
// for people, and the client that reads and writes such a service. It is the protocol of
// Open Badges 3.0 with a path, scopes and a kind of credential of its own, so its types are
// those of package ob/obapi, which tells what they do.
package clrapi

import (
	"errors"
	"net/http"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/credrest"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/ob/obapi"
)

// BasePath is the path that the standard gives the service, behind whatever path a host or
// a tenant has (CLR 2.0, 6).
const BasePath = "/ims/clr/v2p0"

// The scopes of the service. Those of profiles are named by analogy with Open Badges: no
// text that is public has them.
const (
	ScopeCredentialReadonly = "https://purl.imsglobal.org/spec/clr/v2p0/scope/credential.readonly"
	ScopeCredentialUpsert   = "https://purl.imsglobal.org/spec/clr/v2p0/scope/credential.upsert"
	ScopeProfileReadonly    = "https://purl.imsglobal.org/spec/clr/v2p0/scope/profile.readonly"
	ScopeProfileUpdate      = "https://purl.imsglobal.org/spec/clr/v2p0/scope/profile.update"
)

// Scopes returns the scopes that a handler asks for, as an [oauthsrv.Tenant] wants them:
// with those of what changes something, or without.
func Scopes(writes bool) []oauthsrv.Scope {
	return credrest.Records.Scopes(credrest.Operations(writes))
}

// NewHandler returns a handler for the operations of the service, as [obapi.NewHandler]
// does. Kind need not be set.
func NewHandler(c obapi.Config) (http.Handler, error) {
	if c.Kind != 0 && c.Kind != hub.KindRecord {
		return nil, errors.New("clrapi: Config.Kind is not that of records")
	}
	c.Kind = hub.KindRecord
	return obapi.NewHandler(c)
}

// NewClient makes a client of the service, as [obapi.NewClient] does. Kind need not be set.
func NewClient(c obapi.ClientConfig) (*obapi.Client, error) {
	if c.Kind != 0 && c.Kind != hub.KindRecord {
		return nil, errors.New("clrapi: ClientConfig.Kind is not that of records")
	}
	c.Kind = hub.KindRecord
	return obapi.NewClient(c)
}
