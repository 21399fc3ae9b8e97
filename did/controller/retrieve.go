package controller

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Found is a key with what its publication proves. The key's material is as it
// was published and not checked.
type Found struct {
	// Method is the key as a verification method. Its ID is the URL asked for.
	Method *did.VerificationMethod
	// Controller is the identifier whose publisher states the key as its own: that
	// of a document, or the URL of a bare key. Bind an issuer with
	// [Found.ControlledBy].
	Controller string
	// Form is how the key was published.
	Form Form

	byOrigin bool
}

// ControlledBy reports whether the key is proven to be a key of id: id is its
// Controller, compared as written, or, for a bare key and by the operator's
// choice ([Resolver.SameOriginJWK]), an https URL on the same origin.
func (f *Found) ControlledBy(id string) bool {
	return id == f.Controller || f.byOrigin && sameOrigin(id, f.Controller)
}

// Retrieve finds the key of a URL for a use: a verification method of a proof, or
// the kid of a token. at is the instant at which it must be valid. It costs one
// fetch, and one more for a key document that names another controller.
//
// The URL of a bare key needs no fragment, and its fragment means nothing where a
// JWK has no kid: the URL has one key. A JWK Set is searched for the kid that
// is the fragment or the whole URL, and where the URL has no fragment the set
// must hold one key alone. Errors are [*did.Error] as [Resolver.Resolve] and
// [did.Retrieve] have them.
func (r Resolver) Retrieve(ctx context.Context, keyURL string, rel did.Relationship, at time.Time) (*Found, error) {
	if _, err := did.Absolute(keyURL, keyURL); err != nil {
		return nil, did.NewError(did.CodeInvalidURL, "the key is named by no URL", err)
	}
	if entry, ok := fetch.Method(r.Fetcher, keyURL); ok {
		return pinned(entry, keyURL, rel, at)
	}
	if strings.HasPrefix(keyURL, "did:") {
		m, d, err := did.Retrieve(ctx, r.DIDs, keyURL, rel, at)
		if err != nil {
			return nil, err
		}
		return &Found{Method: m, Controller: d.ID(), Form: FormDocument}, nil
	}
	p, err := r.get(ctx, keyURL)
	if err != nil {
		return nil, err
	}
	switch p.form {
	case FormDocument:
		return p.listed(keyURL, rel, at)
	case FormKey:
		return r.keyOf(ctx, p, keyURL, rel, at)
	}
	found, err := p.bare(keyURL, rel, at)
	if err != nil {
		return nil, err
	}
	found.byOrigin = r.SameOriginJWK
	return found, nil
}

// pinned takes a trust pack's entry for the key's own URL.
func pinned(entry []byte, keyURL string, rel did.Relationship, at time.Time) (*Found, error) {
	doc, err := jsonx.Parse(entry, limits, nil)
	if err != nil {
		return nil, did.NewError(did.CodeInvalidMethod, "the trust pack's entry for "+quote.Text(keyURL)+" cannot be read", err)
	}
	owner, _, _ := strings.Cut(keyURL, "#")
	if c := doc.Root().Get("controller"); c.Kind() == jsonx.String {
		owner = c.Text()
	}
	return single(doc.Root(), FormPack, owner, keyURL, rel, at)
}

// listed takes a method from the document of its controller.
func (p *page) listed(keyURL string, rel did.Relationship, at time.Time) (*Found, error) {
	d, err := p.own()
	if err != nil {
		return nil, err
	}
	m, err := d.MethodAt(keyURL, rel, at)
	if err != nil {
		return nil, err
	}
	return &Found{Method: m, Controller: d.ID(), Form: FormDocument}, nil
}

// bare takes a key that stands for itself, or in a set.
func (p *page) bare(keyURL string, rel did.Relationship, at time.Time) (*Found, error) {
	key := p.root
	if p.form == FormKeySet {
		var err error
		if key, err = p.ofSet(keyURL); err != nil {
			return nil, err
		}
	} else if key.Get("kid").Exists() && keyURL != p.url && !p.isNamed(key, keyURL) {
		return nil, did.NewError(did.CodeMethodNotFound,
			"the key at "+quote.Text(p.url)+" is not the one that "+quote.Text(keyURL)+" names", nil)
	}
	if rel != did.AssertionMethod {
		return nil, notFor(keyURL, rel)
	}
	return single(key, p.form, p.url, keyURL, rel, at)
}

// isNamed reports whether a JWK is the one that a URL names by its fragment, or
// as a whole.
func (p *page) isNamed(jwk jsonx.Value, target string) bool {
	kid := jwk.Get("kid").Text()
	fragment, err := url.PathUnescape(strings.TrimPrefix(target, p.url+"#"))
	return kid != "" && (kid == target || err == nil && kid == fragment)
}

// ofSet finds the key of a JWK Set that a URL names.
func (p *page) ofSet(target string) (jsonx.Value, error) {
	keys := p.root.Get("keys")
	if n := keys.Len(); n > did.MaxMethods {
		return jsonx.Value{}, did.NewError(did.CodeTooManyMethods,
			fmt.Sprintf("the key set at %s has %d keys, at most %d are read", quote.Text(p.url), n, did.MaxMethods), nil)
	}
	if target == p.url {
		if keys.Len() != 1 {
			return jsonx.Value{}, did.NewError(did.CodeMethodAmbiguous,
				"the key set at "+quote.Text(p.url)+" has several keys or none, and the URL names none of them", nil)
		}
		return keys.First(), nil
	}
	var found jsonx.Value
	for k := keys.First(); k.Exists(); k = k.Next() {
		if !p.isNamed(k, target) {
			continue
		}
		if found.Exists() {
			return found, did.NewError(did.CodeMethodAmbiguous, "the key set has two keys "+quote.Text(target), nil)
		}
		found = k
	}
	if !found.Exists() {
		return found, did.NewError(did.CodeMethodNotFound,
			"the key set at "+quote.Text(p.url)+" has no key "+quote.Text(target), nil)
	}
	return found, nil
}

// single reads one key that owner is stated to have for a use.
func single(key jsonx.Value, form Form, owner, keyURL string, rel did.Relationship, at time.Time) (*Found, error) {
	src, ok := method(owner, key)
	if key.Get("kty").Exists() {
		src, ok = jwkMethod(keyURL, owner, key), true
	}
	if !ok {
		return nil, did.NewError(did.CodeInvalidMethod, "the key at "+quote.Text(keyURL)+" has no id", nil)
	}
	d, err := listing(owner, rel, src)
	if err != nil {
		return nil, err
	}
	m, err := d.DefinedAt(keyURL, rel, at)
	if err != nil {
		return nil, err
	}
	return &Found{Method: m, Controller: owner, Form: form}, nil
}

func notFor(keyURL string, rel did.Relationship) error {
	return did.NewError(did.CodeRelationship, "nothing states that "+quote.Text(keyURL)+" is for "+quote.Text(string(rel)), nil)
}
