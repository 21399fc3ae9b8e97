package oauthclient

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// registration is what a host gave the application, for all of its people.
type registration struct {
	ID      string
	Secret  string
	Expires time.Time // of the secret; the zero time for never
	// Revocation is the endpoint that the answer named, which the service description of
	// the standard has no place for; "" for none.
	Revocation string
}

// offline is the scope by which some hosts decide whether to give a refresh token.
const offline = "offline_access"

// asks is the body of a registration (RFC 7591, 2).
type asks struct {
	Name            string   `json:"client_name"`
	URL             string   `json:"client_uri"`
	Logo            string   `json:"logo_uri"`
	Terms           string   `json:"tos_uri"`
	Policy          string   `json:"policy_uri"`
	SoftwareID      string   `json:"software_id"`
	SoftwareVersion string   `json:"software_version"`
	Contacts        []string `json:"contacts,omitempty"`
	RedirectURIs    []string `json:"redirect_uris"`
	AuthMethod      string   `json:"token_endpoint_auth_method"`
	GrantTypes      []string `json:"grant_types"`
	ResponseTypes   []string `json:"response_types"`
	Scope           string   `json:"scope"`
}

func (cl *Client) registrationKey(h *Host) string {
	return key("registration", h.Registration, cl.c.Application.RedirectURI)
}

// registered returns the application's registration at a host, and registers where there
// is none that is valid.
func (cl *Client) registered(ctx context.Context, h *Host) (registration, error) {
	at := cl.registrationKey(h)
	was, err := load[registration](ctx, cl.store, at)
	if err != nil {
		return registration{}, err
	}
	if r := was.value; r.ID != "" && (r.Expires.IsZero() || cl.c.Now().Before(r.Expires)) {
		return r, nil
	}
	r, err := cl.register(ctx, h)
	if err != nil {
		return registration{}, err
	}
	done, err := swap(ctx, cl.store, at, was.raw, &r)
	if err != nil || done {
		return r, err
	}
	now, err := load[registration](ctx, cl.store, at) // another process was faster
	if err == nil && now.value.ID != "" {
		r = now.value
	}
	return r, err
}

// forget drops a registration that the host does not know any more.
func (cl *Client) forget(ctx context.Context, h *Host, r registration) {
	at := cl.registrationKey(h)
	if was, err := load[registration](ctx, cl.store, at); err == nil && was.value.ID == r.ID {
		_, _ = swap[registration](ctx, cl.store, at, was.raw, nil) // the next Begin finds out again
	}
}

// register registers the application (RFC 7591, 3).
func (cl *Client) register(ctx context.Context, h *Host) (registration, error) {
	a := &cl.c.Application
	body, err := json.Marshal(asks{
		Name: a.Name, URL: a.URL, Logo: a.Logo, Terms: a.Terms, Policy: a.Policy, SoftwareID: a.SoftwareID,
		SoftwareVersion: a.SoftwareVersion, Contacts: a.Contacts, RedirectURIs: []string{a.RedirectURI},
		AuthMethod: "client_secret_basic", GrantTypes: []string{"authorization_code", "refresh_token"},
		ResponseTypes: []string{"code"}, Scope: strings.Join(h.offered(cl.c.Scopes), " "),
	})
	if err != nil {
		return registration{}, err
	}
	req, err := postJSON(ctx, h.Registration, body)
	if err != nil {
		return registration{}, err
	}
	got, err := cl.send("registration", req)
	if err != nil {
		return registration{}, err
	}
	r := registration{ID: got.text("client_id"), Secret: got.text("client_secret")}
	if got.status != http.StatusCreated && got.status != http.StatusOK || r.ID == "" || r.Secret == "" {
		return registration{}, &Error{
			Op: "registration", URL: h.Registration, Status: got.status, Code: said(got.text("error")), Err: ErrHost,
			Detail: "the host did not register the application",
		}
	}
	if end, ok := got.doc.Get("client_secret_expires_at").Float(); ok && end > 0 {
		r.Expires = time.Unix(int64(end), 0).UTC()
	}
	if to, err := cl.endpoint(h.Discovery, jsonx.Content(got.doc.Get("revocation_endpoint"))); err == nil {
		r.Revocation = to
	}
	return r, nil
}

// offered narrows scopes to those that the host has, with the one by which some hosts give
// refresh tokens. A host that names none is asked for them all.
func (h *Host) offered(scopes []string) []string {
	if len(h.Scopes) == 0 {
		return scopes
	}
	var all []string
	for _, scope := range scopes {
		if slices.Contains(h.Scopes, scope) {
			all = append(all, scope)
		}
	}
	if len(all) > 0 && slices.Contains(h.Scopes, offline) && !slices.Contains(all, offline) {
		all = append(all, offline)
	}
	return all
}
