package caseapi

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/safehttp"
	"github.com/laurel-edu/laurel/vc"
)

// PackageAnswer is a framework and what the provider sent with it.
type PackageAnswer struct {
	Framework *casefw.Framework
	// Report lists what of the package breaks the standard and was repaired.
	Report *casefw.Report
	// Warnings lists how the answer deviates from the binding.
	Warnings []*vc.Problem
	// Known is for asking again whether the package changed.
	Known Known
	// Digest is the SHA-256 of the bytes of the answer: providers that stamp
	// everything anew send the same bytes for what did not change, if they do.
	Digest [sha256.Size]byte
	// URL is where the package came from.
	URL string
}

// Package asks for a whole framework (getCFPackage) and reads it as a stream. The
// identifier is that of the package, which most providers make equal to the
// document's; [Client.PackageOf] knows better. Where the document in the package has
// another identifier the Warnings say so, with [WarnIdentifier].
func (cl *Client) Package(ctx context.Context, id string) (*PackageAnswer, error) {
	return cl.PackageIf(ctx, id, Known{})
}

// PackageIf is [Client.Package] for a caller who has the package already: the error
// matches [ErrNotModified] where it is still the same.
func (cl *Client) PackageIf(ctx context.Context, id string, known Known) (*PackageAnswer, error) {
	u, v, err := cl.object(ctx, KindPackage, id)
	if err != nil {
		return nil, err
	}
	p, err := cl.load(ctx, u, v, known)
	if err != nil {
		return nil, err
	}
	if got := packagedID(p); !sameID(got, id) {
		w := warning(WarnIdentifier, p.URL, vc.Quote(got))
		w.Expected = vc.Quote(canonicalID(id))
		p.Warnings = append(p.Warnings, w)
	}
	return p, nil
}

// packagedID is the identifier of the document in a package.
func packagedID(p *PackageAnswer) string {
	if d := p.Framework.Document(); d != nil {
		return d.Identifier
	}
	return ""
}

// PackageOf asks for the package of a document: by the identifier in its
// CFPackageURI, which need not be the document's, else by the document's. Where
// the service does not know it, the uri itself is asked, if it is on the same host; it
// gets no token where it stands outside of the service.
//
// The document in the package must be the one asked for: another is an error of
// [CodeWrongPackage], and a document without identifier, for which nobody can tell, one
// of [CodeNameless].
func (cl *Client) PackageOf(ctx context.Context, d *casefw.CFDocument, known Known) (*PackageAnswer, error) {
	if canonicalID(d.Identifier) == "" {
		return nil, failure(CodeNameless, "", "the document is entitled "+vc.Quote(d.Title), nil)
	}
	id, uri, warnings := cl.packageID(d)
	p, err := cl.PackageIf(ctx, id, known)
	if uri != nil && errors.Is(err, ErrNotFound) {
		path := KindPackage.Path() + "/" + url.PathEscape(id)
		if v, verr := cl.Version(ctx); verr == nil && uri.String() != cl.endpoint(v, path, nil).String() {
			p, err = cl.load(ctx, uri, casefw.VersionOfURL(uri.String()), known)
		}
	}
	if err != nil {
		return nil, err
	}
	if got := packagedID(p); !sameID(got, d.Identifier) {
		e := failure(CodeWrongPackage, p.URL, "asked for "+vc.Quote(canonicalID(d.Identifier))+", got "+vc.Quote(got), nil)
		e.Status = http.StatusOK
		return nil, e
	}
	// The package may have an identifier of its own, by which it was asked for.
	p.Warnings = slices.DeleteFunc(p.Warnings, func(w *vc.Problem) bool { return w.Code == WarnIdentifier })
	p.Warnings = append(warnings, p.Warnings...)
	return p, nil
}

// packageID returns the identifier of a document's package, and the uri where it
// may be asked as it stands.
func (cl *Client) packageID(d *casefw.CFDocument) (id string, uri *url.URL, warnings []*vc.Problem) {
	if d.CFPackageURI == nil {
		return d.Identifier, nil, []*vc.Problem{warning(WarnNoPackageURI, string(d.URI), "")}
	}
	text := string(d.CFPackageURI.URI)
	u, err := url.Parse(text)
	if err != nil || !u.IsAbs() || u.Host == "" {
		return cmp.Or(d.CFPackageURI.Identifier, d.Identifier), nil, []*vc.Problem{warning(WarnPackageURI, text, "no URL")}
	}
	id = u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	if _, err := casefw.ParseGUID(id); err != nil {
		id = cmp.Or(d.CFPackageURI.Identifier, id, d.Identifier)
	}
	if !safehttp.SameOrigin(u, cl.root) {
		if sameID(id, d.Identifier) {
			return id, nil, nil // a uri that never changes need not be where the service is
		}
		return id, nil, []*vc.Problem{warning(WarnPackageURI, text, "another host")}
	}
	return id, u, nil
}

// load reads a package as it comes.
func (cl *Client) load(ctx context.Context, u *url.URL, v Version, known Known) (*PackageAnswer, error) {
	var p *PackageAnswer
	err := cl.send(ctx, &call{url: u, known: known, most: cl.c.MaxPackage, take: func(r *reply) error {
		sum := sha256.New()
		o := cl.c.Reading
		o.MaxBytes, o.Version = cl.c.MaxPackage, v
		f, report, err := casefw.Load(ctx, io.TeeReader(r.body, sum), o)
		if err != nil {
			if _, ok := errors.AsType[*vc.Problem](err); !ok {
				return err
			}
			return unreadable(r, "the answer is no CFPackage", nil, err)
		}
		p = &PackageAnswer{Framework: f, Report: report, URL: r.url, Known: knownFrom(r.header),
			Warnings: warnShape(r.warnings, r.url, report)}
		sum.Sum(p.Digest[:0])
		return nil
	}})
	return p, err
}
