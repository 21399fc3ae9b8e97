package oauthsrv

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
)

// The errors of the protocol that this server answers with: RFC 6749, 4.1.2.1 and 5.2,
// RFC 7591, 3.2.2, and OpenID Connect Core 1.0, 3.1.2.6, for request objects.
const (
	invalidRequest           = "invalid_request"
	invalidClient            = "invalid_client"
	invalidGrant             = "invalid_grant"
	unauthorizedClient       = "unauthorized_client"
	unsupportedGrantType     = "unsupported_grant_type"
	invalidScope             = "invalid_scope"
	accessDenied             = "access_denied"
	unsupportedResponseType  = "unsupported_response_type"
	serverError              = "server_error"
	requestNotSupported      = "request_not_supported"
	requestURINotSupported   = "request_uri_not_supported"
	invalidRedirectURI       = "invalid_redirect_uri"
	invalidClientMetadata    = "invalid_client_metadata"
	descriptionOfServerError = "The server failed. Try again later."
)

// refusal is why a request of a client is refused.
type refusal struct {
	status      int // 400 where it is zero
	code        string
	description string // within the characters of RFC 6749, 5.2: nothing that came is quoted
}

func (e *refusal) Error() string { return e.code + ": " + e.description }

func refuse(code, description string) *refusal { return &refusal{code: code, description: description} }

// sendJSON answers with a value that encoding/json writes.
func sendJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil { // of our own structs: texts and numbers
		status, body = http.StatusInternalServerError, []byte(`{"error":"server_error"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // nobody is left to tell
}

// protocolError is the body of RFC 6749, 5.2.
type protocolError struct {
	Error       string `json:"error"`
	Description string `json:"error_description,omitempty"`
}

// sendError answers a client. What is not a refusal is a fault of ours, and not told.
func (s *Server) sendError(w http.ResponseWriter, r *http.Request, err error) {
	said, ok := errors.AsType[*refusal](err)
	if !ok {
		s.fault(r, err)
		said = &refusal{http.StatusInternalServerError, serverError, descriptionOfServerError}
	}
	if said.status == 0 {
		said.status = http.StatusBadRequest
	}
	if said.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Basic realm="client", charset="UTF-8"`)
	}
	if ok {
		s.log(r, slog.LevelInfo, "refused", slog.String("path", r.URL.Path), slog.String("error", said.code))
	}
	sendJSON(w, said.status, protocolError{said.code, said.description})
}

// sendRefusal sends the browser back to the client with an error (RFC 6749, 4.1.2.1).
func (s *Server) sendRefusal(w http.ResponseWriter, at *site, redirectURI, state string, e *refusal) {
	q := url.Values{"error": {e.code}, "error_description": {e.description}, "iss": {at.Issuer}}
	if state != "" {
		q.Set("state", state)
	}
	redirect(w, withQuery(redirectURI, q))
}
