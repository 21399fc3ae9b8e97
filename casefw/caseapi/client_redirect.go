package caseapi

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/internal/safehttp"
)

// guarded is the default Do for the service at root. A token that goes with a request
// goes with none that it is redirected to outside of the service.
func guarded(c *ClientConfig, root *url.URL) (Doer, error) {
	client, err := safehttp.New(safehttp.Policy{Ports: ports(root), Timeout: c.Timeout, MaxBody: max(c.MaxBody, c.MaxPackage),
		SameOrigin: c.Authorize != nil, InsecureAllowLoopback: c.InsecureAllowLoopback})
	if err != nil {
		return nil, err
	}
	check := client.CheckRedirect
	client.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if !rest.Within(req.URL, root) {
			req.Header.Del("Authorization")
		}
		if err := check(req, via); err != nil {
			return &redirect{req.URL, err}
		}
		return nil
	}
	return client, nil
}

// redirect is one that was not followed.
type redirect struct {
	to  *url.URL
	err error
}

func (r *redirect) Error() string { return r.err.Error() }

func (r *redirect) Unwrap() error { return r.err }

// redirectedBy returns where a request for a URL led before it failed, nil where that is
// not known to be elsewhere.
func redirectedBy(asked *url.URL, err error) *url.URL {
	if r, ok := errors.AsType[*redirect](err); ok {
		return r.to
	}
	if e, ok := errors.AsType[*url.Error](err); ok {
		if u, err := url.Parse(e.URL); err == nil && u.IsAbs() && u.Redacted() != asked.Redacted() {
			return u
		}
	}
	return nil
}

// landed returns where an answer comes from, nil where that is what was asked.
func landed(asked *url.URL, resp *http.Response) *url.URL {
	if resp.Request == nil || resp.Request.URL == nil || resp.Request.URL.String() == asked.String() {
		return nil
	}
	return resp.Request.URL
}

// signIns are parts of the addresses of pages to sign in at, and of such pages.
var signIns = []string{"login", "log-in", "log_in", "logon", "signin", "sign-in", "sign_in", "sso", "saml", "oauth", "openid", "/auth",
	"auth.", "idp", "adfs", "shibboleth", "/cas/", "accounts."}

// toSignIn reports whether an address is, by its looks, one to sign in at.
func toSignIn(u *url.URL) bool {
	text := strings.ToLower(u.Host + u.Path)
	for _, part := range signIns {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// webPage reports whether the beginning of an answer is a page for people.
func webPage(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), " \t\r\n")
	return len(head) > 0 && head[0] == '<'
}

// signInPage reports whether a page has a field or words to sign in by.
func signInPage(head []byte) bool {
	head = bytes.ToLower(head)
	for _, mark := range []string{`type="password"`, `type='password'`, "type=password", "sign in", "log in", "login", "samlrequest"} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	return false
}

// page is what is said of a page for people in the place of an answer. Where a redirect
// led to it, it is one to sign in at: what was asked for would have needed no redirect.
func page(asked *url.URL, resp *http.Response, head []byte) *Error {
	e := failure(CodeNotJSON, asked.Redacted(), "the answer is a web page and no CASE", nil)
	e.Status, e.Body = resp.StatusCode, excerpt(head)
	if to := landed(asked, resp); to != nil {
		e.Code, e.Detail = CodeLogin, "a redirect leads to a web page on "+to.Host+", which is no CASE: most likely to sign in at"
	} else if signInPage(head) {
		e.Detail = "the answer is a web page, by its words one to sign in at, and no CASE"
	}
	return e
}
