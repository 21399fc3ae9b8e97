// Package controller finds keys at plain https URLs: issuers that are identified
// by a URL instead of a DID, and keys that a token names by the URL of a JWK.
//
// [Resolver.Resolve] is a [did.Resolver] for did.Mux{"https": …}. It turns what an
// issuer's URL answers into a document on which the rules of Controlled
// Identifiers 1.0, 3.3 decide. [Resolver.Retrieve] goes the other way: from the
// URL of a key, which may stand elsewhere and may have no fragment, to the key and
// to whom it is proven to belong.
//
// # What each form proves
//
// All of them prove only what the host of a URL publishes there today. Let U be a
// URL without its fragment, and U's publisher whoever decides what it answers.
//
//   - A controlled identifier document, DID document or 1EdTech Profile whose id
//     is U: U's publisher states its own keys and what each is for. This is the
//     form to use. An id other than U is refused.
//   - A Profile that lists keys under publicKey and has no assertionMethod: the
//     same, with every key taken as one for assertions, as Open Badges means it. A
//     string there names a key document elsewhere.
//   - A key document (Multikey, JsonWebKey, Ed25519VerificationKey2020 …) with
//     controller U at U: U's publisher states its own key, for assertions.
//   - A key document at U with another controller X: by itself it proves nothing
//     about X. It is accepted for X only if X's own document lists it, for the use
//     in question; if X defines the key itself, X's definition counts.
//   - A bare JWK, a JWK Set, or a key document without controller at U: U's
//     publisher publishes these keys; whose they are is not said. They are taken
//     as U's own, for assertions. Nobody else is bound, unless the operator chose
//     [Resolver.SameOriginJWK]: then whoever has an identifier on the same scheme,
//     host and port is, which is right where one issuer owns a host and wrong
//     where a platform hosts many.
//   - An entry of a trust pack under the key's whole URL: the operator states that
//     the key's controller lists it.
//
// A key is never read from a fragment: https://school.example/issuer#z6Mk… is a
// name, and anybody can write one.
package controller

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/loopback"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/safehttp"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Resolver finds controller documents and keys at https URLs. The zero Resolver
// is offline and strict. It must not be changed while it is in use; it is as safe
// for concurrent use as what it is made of.
type Resolver struct {
	// Fetcher gets the documents; nil is [fetch.Offline].
	Fetcher fetch.Fetcher
	// DIDs resolves the DIDs that Retrieve meets: a key's own, or that of a key
	// document's controller. Nil supports none.
	DIDs did.Resolver
	// SameOriginJWK takes a bare key for one of every identifier on its origin: see
	// the package comment for when that is right.
	SameOriginJWK bool
	// FollowOffHost accepts documents to which the URL's host redirects from
	// another origin. It is off because one careless redirect on an issuer's host
	// (https://school.example/go?to=…) would let anybody publish in its name. Turn
	// it on for identifiers on a redirecting service such as w3id.org.
	FollowOffHost bool
	// InsecureAllowLoopback takes plain http URLs of this machine too, for local
	// development. Whoever controls a port of this machine can then publish keys.
	InsecureAllowLoopback bool
}

// Resolve implements [did.Resolver] for https URLs without a fragment, with one
// fetch. Bare keys become a document of that URL that lists those with a kid.
// Errors are [*did.Error]: of [did.CodeInvalidURL], [did.CodeNotFound],
// [did.CodeUnresolved], which wraps the [*fetch.Error], [did.CodeInvalidDocument]
// and [did.CodeDocumentID].
func (r Resolver) Resolve(ctx context.Context, id string) (*did.Document, error) {
	if strings.Contains(id, "#") {
		return nil, did.NewError(did.CodeInvalidURL, quote.Text(id)+" has a fragment; documents have none", nil)
	}
	p, err := r.get(ctx, id)
	if err != nil {
		return nil, err
	}
	return p.document()
}

// page is what a URL answered.
type page struct {
	url  string // asked for, without fragment
	root jsonx.Value
	form Form
}

// limits are those of did.ParseDocument: a document passes through both.
var limits = jsonx.Limits{Bytes: 1 << 20, Depth: 32}

// get fetches a URL and finds out what is there. The fragment is passed on for
// the sake of trust packs, which may hold a key under its whole URL.
func (r Resolver) get(ctx context.Context, target string) (*page, error) {
	primary, _, _ := strings.Cut(target, "#")
	if !strings.HasPrefix(primary, "https://") && !(r.InsecureAllowLoopback && loopback.URL(primary)) {
		return nil, did.NewError(did.CodeInvalidURL, quote.Text(target)+" is no https URL", nil)
	}
	if _, err := did.Absolute(primary, primary); err != nil {
		return nil, err
	}
	response, err := r.fetcher().Fetch(ctx, target)
	if err == nil {
		err = r.checkHost(primary, response)
	}
	if err != nil {
		return nil, unresolved(primary, err)
	}
	doc, err := jsonx.Parse(response.Body, limits, nil)
	if err != nil {
		return nil, did.NewError(did.CodeInvalidDocument, "what "+quote.Text(primary)+" answers is not JSON that can be read", err)
	}
	form := formOf(doc.Root())
	if form == 0 {
		return nil, did.NewError(did.CodeInvalidDocument, quote.Text(primary)+" answers with "+doc.Root().Kind().String()+
			", not with a controller document or a key", nil)
	}
	return &page{url: primary, root: doc.Root(), form: form}, nil
}

func (r Resolver) fetcher() fetch.Fetcher { return fetch.Guard(r.Fetcher) }

// checkHost refuses an answer from another origin. A trust pack is the
// operator's word and has none.
func (r Resolver) checkHost(primary string, response *fetch.Response) error {
	if r.FollowOffHost || response.Source == fetch.SourcePack || sameOrigin(primary, response.URL) {
		return nil
	}
	return &fetch.Error{Code: fetch.CodeRefusedRedirect, URL: primary,
		Detail: "the document came from " + quote.Text(response.URL) + ", another host than its URL names"}
}

// sameOrigin reports whether two URLs have one scheme, host and port.
func sameOrigin(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	return errX == nil && errY == nil && x.Host != "" && safehttp.SameOrigin(x, y)
}

func unresolved(id string, err error) error {
	if e, ok := errors.AsType[*fetch.Error](err); ok && e.Absent() {
		return did.NewError(did.CodeNotFound, "there is no document at "+quote.Text(id), err)
	}
	return did.NewError(did.CodeUnresolved, "the document of "+quote.Text(id)+" could not be had", err)
}
