package caseapi

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/vc"
)

// Version returns the version of the service: the one that was configured or
// stands in BaseURL, else the newest that answers. To find that out it asks for
// the service description, which a provider of 1.1 must have, and where there is
// none for the list of documents, first of 1.1, then of 1.0. The answer is kept;
// an error is not.
func (cl *Client) Version(ctx context.Context) (Version, error) {
	cl.mu.Lock()
	v := cl.version
	cl.mu.Unlock()
	if v != 0 {
		return v, nil
	}
	v, err := cl.discover(ctx)
	if err != nil {
		return 0, err
	}
	cl.mu.Lock()
	defer cl.mu.Unlock()
	cl.version = v
	return v, nil
}

func (cl *Client) discover(ctx context.Context) (Version, error) {
	one := url.Values{"limit": {"1"}}
	var last error
	for _, probe := range []struct {
		v Version
		u *url.URL
	}{
		{V1p1, cl.endpoint(V1p1, strings.TrimPrefix(DiscoveryPath, "/"), nil)},
		{V1p1, cl.endpoint(V1p1, KindDocument.Path(), one)},
		{V1p0, cl.endpoint(V1p0, KindDocument.Path(), one)},
	} {
		err := cl.send(ctx, &call{url: probe.u, most: cl.c.MaxBody, take: func(*reply) error { return nil }})
		if err == nil {
			return probe.v, nil
		}
		if decided(err) {
			return 0, err
		}
		if speaksCASE(err) && !strings.HasSuffix(probe.u.Path, DiscoveryPath) {
			return probe.v, nil
		}
		last = err
	}
	return 0, &Error{Code: CodeNoService, URL: cl.root.Redacted(), Detail: "neither the paths of CASE 1.1 nor those of 1.0 answer", Err: last}
}

// decided reports whether an error says nothing about versions, so that asking for
// another one helps nobody: the network, a refused token, a busy provider.
func decided(err error) bool {
	var e *Error
	if !errors.As(err, &e) {
		return true
	}
	switch e.Status {
	case 0, http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return e.Code != CodeTooLarge
	}
	return false
}

// speaksCASE reports whether an error is one that only the service gives: it knows
// the path and refuses the request.
func speaksCASE(err error) bool {
	var e *Error
	if !errors.As(err, &e) || e.Info == nil {
		return errors.As(err, &e) && e.Code == CodeTooLarge
	}
	// A framework in front may answer unknown paths in the same form.
	return e.Code != vc.Code(UnknownObject)
}
