package vc

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Form is how a credential is secured, which decides how it is read.
type Form uint8

// The forms of a [Document].
const (
	FormJSON Form = iota // JSON, with or without embedded proofs
	FormJWT              // a compact JWS whose payload is or holds the credential
)

// String names the form for reports.
func (f Form) String() string {
	if f == FormJWT {
		return "compact JWS"
	}
	return "JSON"
}

// Version is the edition of the Verifiable Credentials Data Model that the
// first context names.
type Version uint8

// The versions of the data model.
const (
	VersionUnknown Version = iota // the first context is neither of the two
	Version11                     // https://www.w3.org/2018/credentials/v1
	Version20                     // https://www.w3.org/ns/credentials/v2
)

// The base contexts, which come first in every credential (VCDM 2.0, 4.3).
const (
	ContextV1 = "https://www.w3.org/2018/credentials/v1"
	ContextV2 = "https://www.w3.org/ns/credentials/v2"
)

// Document is a credential or presentation as it arrived: parsed, located, and
// not believed. It is immutable and safe for concurrent use.
type Document struct {
	raw   []byte
	form  Form
	token *Token
	root  jsonx.Value
}

// Bytes returns the bytes that were parsed. They must not be changed.
func (d *Document) Bytes() []byte { return d.raw }

// Form returns how the document is secured.
func (d *Document) Form() Form { return d.form }

// Token returns the parts of a compact JWS, nil for a JSON document.
func (d *Document) Token() *Token { return d.token }

// Root returns the credential itself: the JSON document, the payload of a token,
// or what its vc claim stands for. The type is internal: this method is for the
// packages of this module, which share one parse.
func (d *Document) Root() jsonx.Value { return d.root }

// Within returns a credential that is embedded at v as a document of its own,
// which shares the parse. Its pointers count from the outer document's root.
func (d *Document) Within(v jsonx.Value) *Document {
	return &Document{raw: v.Raw(), form: FormJSON, root: v}
}

// Types returns the values of type, in their order.
func (d *Document) Types() []string {
	t := d.root.Get("type")
	if !t.Exists() {
		t = d.root.Get("@type")
	}
	return texts(t)
}

// HasType reports whether type holds name.
func (d *Document) HasType(name string) bool { return HasType(d.root, name) }

// HasType reports whether the type of an object holds name. The type of v is
// internal: this function is for the packages of this module.
func HasType(v jsonx.Value, name string) bool {
	t := v.Get("type")
	if t.Kind() == jsonx.String {
		return t.Text() == name
	}
	for c := t.First(); c.Exists(); c = c.Next() {
		if c.Kind() == jsonx.String && c.Text() == name {
			return true
		}
	}
	return false
}

// Contexts returns the URLs of @context, in their order, and whether it holds
// anything that is not a URL string.
func (d *Document) Contexts() (urls []string, inline bool) {
	ctx := d.root.Get("@context")
	if ctx.Kind() == jsonx.String {
		return []string{ctx.Text()}, false
	}
	if ctx.Kind() != jsonx.Array {
		return nil, ctx.Exists()
	}
	urls = make([]string, 0, ctx.Len())
	for c := ctx.First(); c.Exists(); c = c.Next() {
		if c.Kind() == jsonx.String {
			urls = append(urls, c.Text())
		} else {
			inline = true
		}
	}
	return urls, inline
}

// Version returns the edition of the data model, by the first context.
func (d *Document) Version() Version {
	ctx := d.root.Get("@context")
	if ctx.Kind() == jsonx.Array {
		ctx = ctx.First()
	}
	switch ctx.Text() {
	case ContextV1:
		return Version11
	case ContextV2:
		return Version20
	}
	return VersionUnknown
}

// ID returns the document's id, "" where it has none.
func (d *Document) ID() string { return jsonx.Content(d.root.Get("id")) }

// IssuerID returns the id of the issuer, given as a string or as an object, or as an
// array of one of these, ""
// where there is none. It is what the document says, not what was proven.
func (d *Document) IssuerID() string { return jsonx.Content(d.Issuer()) }

// Issuer returns where the issuer's id stands in the document. An array of one
// issuer is that issuer.
func (d *Document) Issuer() jsonx.Value {
	issuer := d.root.Get("issuer").Single()
	if issuer.Kind() == jsonx.Object {
		return issuer.Get("id")
	}
	return issuer
}

// Proofs returns the embedded proofs, in their order.
func (d *Document) Proofs() []jsonx.Value { return d.root.Get("proof").Items() }

// texts are the strings of one or many.
func texts(v jsonx.Value) []string {
	if v.Kind() == jsonx.String {
		return []string{v.Text()}
	}
	if v.Kind() != jsonx.Array {
		return nil
	}
	all := make([]string, 0, v.Len())
	for c := v.First(); c.Exists(); c = c.Next() {
		if c.Kind() == jsonx.String {
			all = append(all, c.Text())
		}
	}
	return all
}
