// Package door is the inner door of the module: what its packages share of a document
// and of the rules, and products do not see. A *vc.Document keeps the tree that it was
// parsed into, and package vc/rules its table of facts; both are internal types, which
// no public signature may name, so they are handed out here.
package door

import (
	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
)

// Document is a *vc.Document, and nothing else.
type Document interface {
	Bytes() []byte
	IssuerID() string
}

// Tree is what a document was parsed into.
type Tree struct {
	Root           jsonx.Value // the credential: the JSON document, the payload of a token, or its vc claim
	Header, Claims jsonx.Value // of a token
	Disclosed      *Disclosed  // of an SD-JWT
}

// Disclosed is what an SD-JWT is besides a token: its processed payload is the root.
type Disclosed struct {
	*disclose.Processed
	Bound   []byte // what a key binding is for
	Binding *JWS   // the key binding, nil where there is none
}

// JWS is a compact JWS taken apart.
type JWS struct {
	Header, Claims          jsonx.Value
	SigningInput, Signature []byte
}

// Behind is what the public packages put behind it when the program starts: vc the
// first four, vc/rules the others. It is the one variable of the module that a package
// sets in another.
var Behind struct {
	// Tree returns the tree of a *vc.Document.
	Tree func(document any) *Tree
	// Within returns a *vc.Document for a part of another, which shares the tree.
	Within func(part jsonx.Value) any
	// Numbered returns a vc.ParseConfig that numbers the names of documents.
	Numbered func(config any, names *jsonx.Symbols) any
	// Taking returns a vc.ParseConfig that takes documents that are no credentials.
	Taking func(config any, other format.Other) any

	// Schema returns the compiled table of facts, made when it is first needed.
	Schema func() *shape.Schema
	// ClassOf returns the class of a credential or presentation in the table.
	ClassOf func(v jsonx.Value) string
}

// Root returns the credential itself.
func Root(d Document) jsonx.Value { return Behind.Tree(d).Root }

// Token returns the header and the claims of a token.
func Token(d Document) (header, claims jsonx.Value) {
	tree := Behind.Tree(d)
	return tree.Header, tree.Claims
}

// Within returns a credential that is embedded at part as a document of its own, which
// shares the tree. Its pointers count from the outer document's root.
func Within[D Document](around D, part jsonx.Value) D {
	inner := Behind.Within(part).(D)
	if d := Behind.Tree(around).Disclosed; d != nil {
		Behind.Tree(inner).Disclosed = &Disclosed{Processed: d.Processed} // of which it is a part
	}
	return inner
}

// DisclosedIn returns what an SD-JWT is besides a token, nil for any other document.
func DisclosedIn(d Document) *Disclosed { return Behind.Tree(d).Disclosed }

// Withheld reports whether the issuer signed more of an object or array of a document than
// is disclosed in it.
func Withheld(d Document, v jsonx.Value) bool {
	disclosed := Behind.Tree(d).Disclosed
	return disclosed != nil && disclosed.Withheld[v.Offset()] > 0
}

// InPart reports whether anything of a document is withheld.
func InPart(d Document) bool {
	disclosed := Behind.Tree(d).Disclosed
	return disclosed != nil && len(disclosed.Withheld) > 0
}

// Numbered returns a vc.ParseConfig whose documents are ready for the engine that
// looks up names.
func Numbered[C any](config C, names *jsonx.Symbols) C { return Behind.Numbered(config, names).(C) }

// Taking returns a vc.ParseConfig that takes documents that are no credentials too, for the
// package that reads them.
func Taking[C any](config C, other format.Other) C { return Behind.Taking(config, other).(C) }

// Schema returns the table of facts of vc/rules.
func Schema() *shape.Schema { return Behind.Schema() }

// ClassOf returns the class of a credential or presentation in the table.
func ClassOf(v jsonx.Value) string { return Behind.ClassOf(v) }

// Issuer returns where the issuer's id stands. An array of one issuer is that issuer.
func Issuer(d Document) jsonx.Value { return IssuerOf(Root(d)) }

// IssuerOf is [Issuer] of a credential by its root.
func IssuerOf(root jsonx.Value) jsonx.Value { return party(root.Get("issuer")) }

// HolderOf returns where the id of the holder of a presentation stands, by its root.
func HolderOf(root jsonx.Value) jsonx.Value { return party(root.Get("holder")) }

func party(v jsonx.Value) jsonx.Value {
	if v = v.Single(); v.Kind() == jsonx.Object {
		return v.Get("id")
	}
	return v
}

// Proofs returns the embedded proofs, in their order.
func Proofs(d Document) []jsonx.Value { return Root(d).Get("proof").Items() }

// HasType reports whether the type of an object holds name.
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
