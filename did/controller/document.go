package controller

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// document is the page as a document of its URL.
func (p *page) document() (*did.Document, error) {
	switch p.form {
	case FormDocument:
		return p.own()
	case FormKeySet:
		return p.listing(p.root.Get("keys"))
	}
	return p.listing(p.root)
}

// own is the page's own document, which must be of the page's URL.
func (p *page) own() (*did.Document, error) {
	src := p.root.Raw()
	if isLoose(p.root) {
		src = tighten(p.root)
	}
	d, err := did.ParseDocument(src)
	if err != nil {
		return nil, err
	}
	if d.ID() != p.url {
		return nil, did.NewError(did.CodeDocumentID, "the document at "+quote.Text(p.url)+" is of "+quote.Text(d.ID()), nil)
	}
	return d, nil
}

// listing is a document of the page's URL that lists keys for assertion: one, or
// the elements of an array. A key that has no name cannot be asked for.
func (p *page) listing(keys jsonx.Value) (*did.Document, error) {
	var methods [][]byte
	for _, k := range keys.Items() {
		if m, ok := method(p.url, k); ok {
			methods = append(methods, m)
		}
	}
	return listing(p.url, did.AssertionMethod, methods...)
}

// listing writes a document that lists methods, by value, for a use.
func listing(id string, rel did.Relationship, methods ...[]byte) (*did.Document, error) {
	b := member([]byte("{"), "id", jcs.AppendString(nil, id))
	return did.ParseDocument(append(member(b, string(rel), array(methods)), '}'))
}

// array writes values as an array.
func array(values [][]byte) []byte {
	return slices.Concat([]byte("["), bytes.Join(values, []byte(",")), []byte("]"))
}

// method writes a published key as a verification method of the document of
// owner: a JWK under its kid, anything else as it stands, with owner for a
// controller where it names none. ok is false where the key has no name.
func method(owner string, key jsonx.Value) (src []byte, ok bool) {
	if key.Get("kty").Exists() {
		id, ok := keyURL(owner, key.Get("kid").Text())
		if !ok {
			return nil, false
		}
		return jwkMethod(id, owner, key), true
	}
	if key.Get("id").Kind() != jsonx.String {
		return nil, false
	}
	b := []byte("{")
	for m := key.First(); m.Exists(); m = m.Next() {
		if m.Name() != "owner" && m.Name() != "controller" {
			b = member(b, m.Name(), m.Raw())
		}
	}
	return append(member(b, "controller", ownerOf(key, owner)), '}'), true
}

// ownerOf is whom a key names as its controller, in today's way or the older one;
// owner where it names nobody. What is written there and names nobody stays, to be
// refused.
func ownerOf(key jsonx.Value, owner string) []byte {
	for _, name := range [...]string{"controller", "owner"} {
		if v := key.Get(name); v.Exists() {
			return v.Raw()
		}
	}
	return jcs.AppendString(nil, owner)
}

// jwkMethod writes a JWK as a verification method. The JWK stays as it is, with
// what it says of its use and its end.
func jwkMethod(id, owner string, jwk jsonx.Value) []byte {
	b := member([]byte("{"), "id", jcs.AppendString(nil, id))
	b = member(b, "type", []byte(`"JsonWebKey"`))
	b = member(b, "controller", ownerOf(jwk, owner))
	return append(member(b, "publicKeyJwk", jwk.Raw()), '}')
}

// member appends a member to an object that is being written.
func member(b []byte, name string, value []byte) []byte {
	if len(b) > 1 {
		b = append(b, ',')
	}
	b = append(jcs.AppendString(b, name), ':')
	return append(b, value...)
}

// keyURL is the URL of the key that a document calls kid: kid itself where it is
// a URL within the document, a fragment of the document's URL otherwise.
func keyURL(document, kid string) (string, bool) {
	switch {
	case kid == "":
		return "", false
	case strings.HasPrefix(kid, document+"#"):
		return kid, true
	}
	escaped := (&url.URL{Fragment: kid}).EscapedFragment()
	return document + "#" + escaped, true
}
