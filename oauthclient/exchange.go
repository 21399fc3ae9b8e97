package oauthclient

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/laurel-edu/laurel/internal/rest"
)

// tokens are what a token endpoint gives.
type tokens struct {
	Access  string
	Refresh string
	Expires time.Time // of Access; the zero time where the host does not say
	Scopes  []string
}

// leeway is how long before its end a token is renewed: the clocks of two machines differ,
// and a request takes its time.
const leeway = 30 * time.Second

// give makes tokens of the members of an answer.
func (cl *Client) give(access, refresh, scope string, life time.Duration, asked []string) tokens {
	t := tokens{Access: access, Refresh: refresh, Scopes: asked}
	if scope != "" {
		t.Scopes = strings.Fields(scope)
	}
	if life > 0 {
		t.Expires = cl.c.Now().Add(life - min(leeway, life/10)).UTC()
	}
	return t
}

// exchange exchanges a code (RFC 6749, 4.1.3). The standard wants the scope there too.
func (cl *Client) exchange(ctx context.Context, a *asked, code string) (tokens, error) {
	trip := &rest.Trip{Do: cl.http.Do, Most: longestAnswer}
	at, err := httpsURL(a.Host.Token)
	if err != nil {
		return tokens{}, err
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, &http.Client{Transport: trip, CheckRedirect: cl.http.CheckRedirect})
	got, err := cl.config(a).Exchange(ctx, code, oauth2.VerifierOption(a.Verifier),
		oauth2.SetAuthURLParam("scope", strings.Join(a.Scopes, " ")))
	switch refused, ok := errors.AsType[*oauth2.RetrieveError](err); {
	case trip.Resp == nil && err != nil:
		return tokens{}, cl.unavailable("token", at, nil, trip.Err)
	case rest.Temporary(trip.Resp.StatusCode), trip.Body.Err() != nil:
		return tokens{}, cl.unavailable("token", at, trip.Resp, trip.Body.Err())
	case ok:
		return tokens{}, cl.refused(ctx, "token", &a.Host, a.Client, trip.Resp.StatusCode, refused.ErrorCode)
	case err != nil, !usable(got.AccessToken), got.TokenType != "" && !strings.EqualFold(got.TokenType, "bearer"):
		return tokens{}, &Error{Op: "token", URL: a.Host.Token, Status: trip.Resp.StatusCode, Err: ErrHost,
			Detail: "it gave no bearer token"}
	}
	scope, _ := got.Extra("scope").(string)
	return cl.give(got.AccessToken, got.RefreshToken, scope, time.Duration(got.ExpiresIn)*time.Second, a.Scopes), nil
}

// usable reports whether a token can stand in a header.
func usable(token string) bool {
	return token != "" && !strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' })
}

// refused is the error of a token endpoint that says no.
func (cl *Client) refused(ctx context.Context, op string, h *Host, r registration, status int, code string) error {
	e := &Error{Op: op, URL: h.Token, Status: status, Code: said(code), Err: ErrReconnect}
	if code == "" { // a page of something in between, a redirect: it says nothing of the tokens
		e.Err, e.Detail = ErrHost, "it neither gives a token nor says why not"
	}
	if code == "invalid_client" { // the registration is gone; the next Begin makes another
		cl.forget(ctx, h, r)
		e.Detail = "the host no longer knows the application"
	}
	return e
}

// refresh exchanges a refresh token (RFC 6749, 6), with the scope that the standard wants
// there and golang.org/x/oauth2 does not send.
func (cl *Client) refresh(ctx context.Context, c *connected) (tokens, error) {
	req, err := post(ctx, c.Host.Refresh, c.Client, url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {c.Refresh}, "scope": {strings.Join(c.Scopes, " ")},
	})
	if err != nil {
		return tokens{}, err
	}
	got, err := cl.send("refresh", req)
	if err != nil {
		return tokens{}, err
	}
	if code := got.text("error"); got.status != http.StatusOK {
		return tokens{}, cl.refused(ctx, "refresh", &c.Host, c.Client, got.status, code)
	}
	if !usable(got.text("access_token")) {
		return tokens{}, &Error{Op: "refresh", URL: c.Host.Refresh, Status: got.status, Err: ErrHost, Detail: "it gave no token"}
	}
	life, _ := got.doc.Get("expires_in").Float()
	refresh := got.text("refresh_token")
	if refresh == "" {
		refresh = c.Refresh // it stays as it was (RFC 6749, 6)
	}
	return cl.give(got.text("access_token"), refresh, got.text("scope"), time.Duration(life)*time.Second, c.Scopes), nil
}
