package caseapi

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
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
	v, notes, err := cl.discover(ctx)
	if err != nil {
		return 0, err
	}
	cl.mu.Lock()
	defer cl.mu.Unlock()
	cl.version, cl.notes = v, notes
	return v, nil
}

// Warnings lists what was found about the service as a whole when its version was
// asked for.
func (cl *Client) Warnings() []*vc.Problem {
	cl.mu.Lock()
	defer cl.mu.Unlock()
	return slices.Clone(cl.notes)
}

// discover asks for the service description, then for the lists of both versions.
func (cl *Client) discover(ctx context.Context) (Version, []*vc.Problem, error) {
	one := url.Values{"limit": {"1"}}
	description := cl.endpoint(V1p1, strings.TrimPrefix(DiscoveryPath, "/"), nil)
	err := cl.probe(ctx, description)
	if err == nil || decided(err) {
		return V1p1, nil, err
	}
	notes := []*vc.Problem{warning(WarnNoDiscovery, description.Redacted(), "")}
	for _, v := range []Version{V1p1, V1p0} {
		if v == V1p0 {
			notes = []*vc.Problem{warning(WarnOlderVersion, cl.root.Redacted(), "")}
		}
		err = cl.probe(ctx, cl.endpoint(v, KindDocument.Path(), one))
		switch {
		case err == nil || speaksCASE(err):
			return v, notes, nil
		case decided(err):
			return 0, nil, err
		}
	}
	return 0, nil, failure(CodeNoService, cl.root.Redacted(), "neither the paths of CASE 1.1 nor those of 1.0 answer", err)
}

// probe asks whether a path answers.
func (cl *Client) probe(ctx context.Context, u *url.URL) error {
	return cl.send(ctx, &call{url: u, most: cl.c.MaxBody, take: func(*reply) error { return nil }})
}

// decided reports whether an error says nothing about versions, so that asking for
// another one helps nobody: the network, a refused token, a busy provider, a page to sign
// in at.
func decided(err error) bool {
	var e *Error
	if !errors.As(err, &e) {
		return true
	}
	if e.Code == CodeLogin {
		return true
	}
	switch e.Status {
	case 0, http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return true
	}
	return false
}

// speaksCASE reports whether an error is one that only the service gives: it knows
// the path and refuses the request.
func speaksCASE(err error) bool {
	var e *Error
	// What stands in front may answer unknown paths in the same form.
	return errors.As(err, &e) && e.Info != nil && e.Code != vc.Code(UnknownObject)
}
