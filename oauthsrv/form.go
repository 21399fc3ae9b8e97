package oauthsrv

import (
	"crypto/subtle"
	"errors"
	"mime"
	"net/http"
)

// formCookie holds the random value that the forms of a browser are bound to. A name with
// this prefix cannot be set by another host, nor without TLS (RFC 6265bis, 4.1.3.2).
const formCookie = "__Host-oauth-form"

// errForeign is the answer to a form that was not shown in this browser to this person.
var errForeign = notice{http.StatusForbidden, "This page is no longer valid",
	"It was shown to somebody else, or before you signed in. Start again from the application."}

// formToken returns the token of a form for a person in a browser, and gives the browser
// its cookie where it has none.
func (s *Server) formToken(w http.ResponseWriter, r *http.Request, at *site, p Person) string {
	value := formValue(r)
	if value == "" {
		value = newSecret()
		http.SetCookie(w, &http.Cookie{
			Name: formCookie, Value: value, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		})
	}
	return tokenOf(value, at, p)
}

// formValue returns the value of the cookie, "" where there is none of ours.
func formValue(r *http.Request) string {
	all := r.CookiesNamed(formCookie)
	if len(all) != 1 || !isSecret(all[0].Value, secretLength) {
		return ""
	}
	return all[0].Value
}

func tokenOf(value string, at *site, p Person) string {
	return sum("form", value, at.ID, p.Subject, p.Session)
}

// readForm reads a form of one of our pages, and sees to it that this person in this
// browser has sent it from there.
//
// Browsers say Origin: null of a form on a page without referrer, so that the origin
// decides nothing; Sec-Fetch-Site is told rightly where it is told.
func (s *Server) readForm(r *http.Request, at *site) (Person, parameters, error) {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default:
		return Person{}, nil, errForeign
	}
	form, err := readPost(r)
	if err != nil || form.repeated() {
		return Person{}, nil, errForm
	}
	person, err := s.person(r, at)
	if err != nil {
		return Person{}, nil, err
	}
	value := formValue(r)
	if person.Subject == "" || value == "" ||
		subtle.ConstantTimeCompare([]byte(form.get("token")), []byte(tokenOf(value, at, person))) != 1 {
		return Person{}, nil, errForeign
	}
	return person, form, nil
}

// longestForm bounds a form: ours have two secrets, and those of token requests a code, a
// redirect URI, a verifier and scopes.
const longestForm = 16 << 10

var errNoForm = errors.New("oauthsrv: the body is no form")

// readPost reads the form that is the body of a request. The query is no part of it.
func readPost(r *http.Request) (parameters, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/x-www-form-urlencoded" {
		return nil, errNoForm
	}
	body, err := readBody(r, longestForm)
	if err != nil {
		return nil, err
	}
	form, ok := readQuery(string(body))
	if !ok {
		return nil, errNoForm
	}
	return form, nil
}
