package vc

import (
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Form is how a credential is secured, which decides how it is read.
type Form uint8

// The forms of a [Document].
const (
	FormJSON  Form = iota // JSON, with or without embedded proofs
	FormJWT               // a compact JWS whose payload is or holds the credential
	FormSDJWT             // an SD-JWT, whose payload is the credential with what is disclosed of it
)

// String names the form for reports.
func (f Form) String() string {
	switch f {
	case FormJWT:
		return "compact JWS"
	case FormSDJWT:
		return "SD-JWT"
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
	tree  door.Tree
}

// Bytes returns the bytes that were parsed. They must not be changed.
func (d *Document) Bytes() []byte { return d.raw }

// Form returns how the document is secured.
func (d *Document) Form() Form { return d.form }

// Token returns the parts of a compact JWS, be it that of an SD-JWT or alone; nil for a JSON
// document.
func (d *Document) Token() *Token { return d.token }

// The packages of this module read the tree of a document through an inner door.
func init() {
	door.Behind.Tree = func(document any) *door.Tree { return &document.(*Document).tree }
	door.Behind.Within = func(part jsonx.Value) any {
		return &Document{raw: part.Raw(), form: FormJSON, tree: door.Tree{Root: part}}
	}
	door.Behind.Numbered = func(config any, names *jsonx.Symbols) any {
		c := config.(ParseConfig)
		c.names = names
		return c
	}
	door.Behind.Taking = func(config any, other format.Other) any {
		c := config.(ParseConfig)
		c.other = other
		return c
	}
}

// Types returns the values of type, in their order.
func (d *Document) Types() []string {
	t := d.tree.Root.Get("type")
	if !t.Exists() {
		t = d.tree.Root.Get("@type")
	}
	return jsonx.Texts(t)
}

// HasType reports whether type holds name.
func (d *Document) HasType(name string) bool { return door.HasType(d.tree.Root, name) }

// Contexts returns the URLs of @context, in their order, and whether it holds
// anything that is not a URL string.
func (d *Document) Contexts() (urls []string, inline bool) {
	ctx := d.tree.Root.Get("@context")
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
func (d *Document) Version() Version { return versionOf(d.tree.Root) }

func versionOf(root jsonx.Value) Version {
	ctx := root.Get("@context")
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
func (d *Document) ID() string { return jsonx.Content(d.tree.Root.Get("id")) }

// IssuerID returns the id of the issuer, given as a string or as an object, or as an
// array of one of these, "" where there is none. It is what the document says, not what
// was proven.
func (d *Document) IssuerID() string { return jsonx.Content(door.IssuerOf(d.tree.Root)) }

// HolderID returns the id of a presentation's holder, given as a string or as an object,
// "" where there is none. It is what the document says, not what was proven.
func (d *Document) HolderID() string { return jsonx.Content(door.HolderOf(d.tree.Root)) }
