package oauthsrv

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
)

// consent takes the answer of a person. All that it is an answer to is read from the store:
// the form says which question, and yes or no.
func (s *Server) consent(w http.ResponseWriter, r *http.Request, at *site) {
	person, form, err := s.readForm(r, at)
	if err != nil {
		s.sendNotice(w, r, at, err)
		return
	}
	asked, err := s.pending(r, at, person, form)
	if err != nil {
		s.sendNotice(w, r, at, err)
		return
	}
	switch form.get("decision") {
	case "allow":
		s.allow(w, r, at, asked, codeOf(form.get("request")))
	case "deny":
		s.sendRefusal(w, at, asked.RedirectURI, asked.State, refuse(accessDenied, "The person did not allow it."))
	default:
		s.sendNotice(w, r, at, errForm)
	}
}

var (
	errForm  = notice{http.StatusBadRequest, "That did not work", "The form was not complete. Start again from the application."}
	errStale = notice{http.StatusBadRequest, "This page is no longer valid",
		"It was answered already, or it was open for too long. Start again from the application."}
)

// pending finds the question that a form answers, which must be one to that person.
func (s *Server) pending(r *http.Request, at *site, p Person, form parameters) (Request, error) {
	handle := form.get("request")
	if !isSecret(handle, secretLength) {
		return Request{}, errForm
	}
	asked, err := s.store.Request(r.Context(), at.ID, HashOf(codeOf(handle)))
	switch {
	case errors.Is(err, ErrNotFound):
		return Request{}, errStale
	case err != nil:
		return Request{}, err
	case asked.Subject != p.Subject:
		return Request{}, errForeign
	case asked.Stage != StageAsked, !s.now().Before(asked.Expires):
		return Request{}, errStale
	}
	return asked, nil
}

// allow sends the code to the client. A form gives one code, however often it is sent.
func (s *Server) allow(w http.ResponseWriter, r *http.Request, at *site, asked Request, code string) {
	won, err := s.store.Approve(r.Context(), at.ID, asked.Code, s.now().Add(s.c.CodeLifetime))
	if err == nil && !won {
		err = errStale
	}
	if err != nil {
		s.sendNotice(w, r, at, err)
		return
	}
	s.log(r, slog.LevelInfo, "client approved", slog.String("tenant", at.ID), slog.String("client", asked.Client),
		slog.String("grant", asked.Grant))
	redirect(w, withQuery(asked.RedirectURI, url.Values{
		"code": {code}, "scope": {strings.Join(asked.Scopes, " ")}, "state": {asked.State}, "iss": {at.Issuer},
	}))
}
