package refhost

import (
	"errors"
	"io"
	"net/http"
	"strings"
)

// readAll reads a body; what is longer than most is an error, and an empty one is not nil.
func readAll(r *http.Request, most int) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, int64(most)+1))
	if err == nil && len(body) > most {
		err = errors.New("the body is too long")
	}
	if body == nil {
		body = []byte{}
	}
	return body, err
}

// Scope names behind the prefix of a standard.
const (
	readonly        = "credential.readonly"
	upsert          = "credential.upsert"
	profileReadonly = "profile.readonly"
	profileUpdate   = "profile.update"
	offline         = "offline_access"
)

// offered are the scopes of a service.
func (h *Host) offered(s service) []string {
	all := []string{s.scopes + readonly, s.scopes + profileReadonly}
	if !h.has("sdd-read-only") {
		all = append(all, s.scopes+upsert, s.scopes+profileUpdate)
	}
	return all
}

// describe is getServiceDescription.
func (h *Host) describe(w http.ResponseWriter, r *http.Request, s service) {
	if h.has("sdd-closed") && !strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ") {
		refuse(w, http.StatusUnauthorized, "unauthorizedrequest", "a token is needed")
		return
	}
	at := h.origin + "/oauth/"
	switch {
	case h.has("sdd-http"):
		at = strings.Replace(at, "https://", "http://", 1)
	case h.has("sdd-no-scheme"):
		at = strings.TrimPrefix(at, "https://")
	}
	token := at + "token"
	if h.has("sdd-foreign") {
		token = "https://foreign.example/oauth/token"
	}
	scopes := map[string]string{offline: "stay connected"}
	for _, name := range h.offered(s) {
		scopes[name] = "do what it says"
	}
	info := map[string]any{"title": "Reference host", "version": s.version, "termsOfService": h.origin + "/terms",
		"x-imssf-privacyPolicyUrl": h.origin + "/privacy"}
	if h.has("sdd-terms-lost") {
		delete(info, "termsOfService")
	}
	if h.has("sdd-type") {
		w = plainly{w}
	}
	w.Header().Set("Cache-Control", "max-age=60")
	send(w, http.StatusOK, map[string]any{
		"openapi": "3.0.1", "info": info,
		"components": map[string]any{"securitySchemes": map[string]any{"OAuth2ACG": map[string]any{
			"type": "oauth2", "x-imssf-registrationUrl": at + "register",
			"flows": map[string]any{"authorizationCode": map[string]any{
				"authorizationUrl": at + "authorize", "tokenUrl": token, "refreshUrl": token, "scopes": scopes}},
		}}},
		"paths": map[string]any{}, "servers": []any{map[string]any{"url": h.origin + s.base}},
	})
}

// plainly sends whatever is sent as text/plain.
type plainly struct{ http.ResponseWriter }

func (p plainly) WriteHeader(status int) {
	p.Header().Set("Content-Type", "text/plain")
	p.ResponseWriter.WriteHeader(status)
}
