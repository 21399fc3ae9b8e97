package oauthsrv

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
)

// authorize answers an authorization request (RFC 6749, 4.1.1). While client and redirect
// URI are not known to belong together nobody is sent anywhere; then errors go to the
// client; then the person signs in, and is always asked.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request, at *site) {
	q, ok := readQuery(r.URL.RawQuery)
	if !ok {
		s.sendNotice(w, r, at, notice{http.StatusBadRequest, "The link is broken", "The request of the application cannot be read."})
		return
	}
	client, err := s.clientOf(r.Context(), at, q)
	if err != nil {
		s.sendNotice(w, r, at, err)
		return
	}
	asked, refused := readRequest(q, client, at.Tenant)
	if refused != nil {
		s.sendRefusal(w, at, asked.RedirectURI, asked.State, refused)
		return
	}
	person, err := s.person(r, at)
	switch {
	case err != nil:
		s.sendNotice(w, r, at, err)
	case person.Subject == "":
		s.sendToLogin(w, r, at)
	default:
		s.ask(w, r, at, person, client, asked)
	}
}

// clientOf finds the client of a request, if the redirect URI is its own. The error is a
// notice for the person: the URI is not followed, and not shown either.
func (s *Server) clientOf(ctx context.Context, at *site, q parameters) (Client, error) {
	client, err := s.client(ctx, at, q.get("client_id"))
	if errors.Is(err, ErrNotFound) {
		return Client{}, notice{http.StatusBadRequest, "Unknown application",
			"The application that sent you here is not registered, or its registration has ended."}
	}
	if err != nil {
		return Client{}, err
	}
	uri := q.get("redirect_uri")
	for _, own := range client.RedirectURIs {
		if uri == own { // as a text: RFC 9700, 2.1
			return client, nil
		}
	}
	return Client{}, notice{http.StatusBadRequest, "Wrong return address",
		"The application that sent you here asks to be answered at an address that it did not register."}
}

// client finds a client whose secret is still valid, or returns ErrNotFound.
func (s *Server) client(ctx context.Context, at *site, id string) (Client, error) {
	if !isSecret(id, idLength) {
		return Client{}, ErrNotFound
	}
	c, err := s.store.Client(ctx, at.ID, id)
	if err == nil && !c.Expires.IsZero() && !s.now().Before(c.Expires) {
		err = ErrNotFound
	}
	return c, err
}

// readRequest reads the rest of an authorization request. Where it is refused, the
// Request says where to, and with which state.
func readRequest(q parameters, c Client, t Tenant) (Request, *refusal) {
	asked := Request{
		Tenant: t.ID, Client: c.ID, RedirectURI: q.get("redirect_uri"), State: q.get("state"), Challenge: q.get("code_challenge"),
	}
	if strings.ContainsFunc(asked.State, func(r rune) bool { return r < ' ' || r > '~' }) {
		asked.State = ""
	}
	asked.Scopes = narrow(q.get("scope"), func(scope string) bool {
		_, offered := t.words(scope)
		return offered && listedIn(c.Scope, scope)
	})
	return asked, judge(q, &asked)
}

// judge says what is wrong with an authorization request.
func judge(q parameters, asked *Request) *refusal {
	switch {
	case q.repeated():
		return refuse(invalidRequest, "A parameter came twice.")
	case q.get("request") != "":
		return refuse(requestNotSupported, "Request objects are not supported.")
	case q.get("request_uri") != "":
		return refuse(requestURINotSupported, "Request objects are not supported.")
	case q.get("response_type") == "":
		return refuse(invalidRequest, "response_type is missing.")
	case q.get("response_type") != responseCode:
		return refuse(unsupportedResponseType, "response_type is code here.")
	case q.get("response_mode") != "" && q.get("response_mode") != "query":
		return refuse(invalidRequest, "response_mode is query here.")
	case asked.State == "":
		return refuse(invalidRequest, "state is missing, or has other characters than visible ASCII.")
	case q.get("code_challenge_method") != "S256":
		return refuse(invalidRequest, "code_challenge_method is S256 here.")
	case !isSecret(asked.Challenge, secretLength):
		return refuse(invalidRequest, "code_challenge is no SHA-256 in base64url.")
	case !useful(asked.Scopes):
		return refuse(invalidScope, "The client asks for no scope that it registered.")
	}
	return nil
}

// person asks Config.Login who is there.
func (s *Server) person(r *http.Request, at *site) (Person, error) {
	ctx := context.WithoutCancel(r.Context())
	p, err := guard.Call(ctx, func() (Person, error) { return guard.Legible(s.c.Login(r, at.ID)) })
	const longest = 255
	switch {
	case err != nil:
		return Person{}, fmt.Errorf("oauthsrv: Login: %w", err)
	case len(p.Subject) > longest:
		return Person{}, errors.New("oauthsrv: Login: the Subject is longer than 255 bytes")
	case p.Name == "":
		p.Name = p.Subject
	}
	return p, nil
}

// sendToLogin sends the browser to sign in, and then back here.
func (s *Server) sendToLogin(w http.ResponseWriter, r *http.Request, at *site) {
	back := r.URL.EscapedPath()
	if r.URL.RawQuery != "" {
		back += "?" + r.URL.RawQuery
	}
	to, err := guard.Call(context.WithoutCancel(r.Context()), func() (string, error) { return s.c.LoginURL(at.ID, back), nil })
	if err == nil && to == "" {
		err = errors.New("there is none")
	}
	if err != nil {
		s.sendNotice(w, r, at, fmt.Errorf("oauthsrv: LoginURL: %w", err))
		return
	}
	redirect(w, to)
}

// ask shows the consent page for a request that is good.
func (s *Server) ask(w http.ResponseWriter, r *http.Request, at *site, p Person, c Client, asked Request) {
	handle := newSecret()
	asked.Code, asked.Stage, asked.Subject = HashOf(codeOf(handle)), StageAsked, p.Subject
	asked.Grant, asked.Expires = newID(), s.now().Add(s.c.ConsentLifetime)
	if err := s.store.AddRequest(r.Context(), asked); err != nil {
		s.sendNotice(w, r, at, err)
		return
	}
	s.show(w, r, http.StatusOK, "consent", &ConsentPage{
		Page: Page{Tenant: at.Tenant, Person: p}, Client: c.Metadata, Host: hostname(asked.RedirectURI),
		Scopes: describe(asked.Scopes, at.Tenant), Lasting: s.lasting(c), Connections: at.Connections,
		Action: at.Issuer + pathConsent, Request: handle, Token: s.formToken(w, r, at, p),
	})
}

// lasting is how long a grant to a client lasts at most.
func (s *Server) lasting(c Client) time.Duration {
	if c.refreshes() {
		return s.c.RefreshLifetime
	}
	return s.c.AccessLifetime
}
