// Package door is the inner door of the module: what its packages share of a document
// and of the rules, and products do not see. A *vc.Document keeps the tree that it was
// parsed into, and package vc/rules its table of facts; both are internal types, which
// no public signature may name, so they are handed out here.
package door

import (
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
	// Older returns a vc.ParseConfig that takes documents of Open Badges 2.
	Older func(config any) any

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
func Within[D Document](_ D, part jsonx.Value) D { return Behind.Within(part).(D) }

// Numbered returns a vc.ParseConfig whose documents are ready for the engine that
// looks up names.
func Numbered[C any](config C, names *jsonx.Symbols) C { return Behind.Numbered(config, names).(C) }

// Older returns a vc.ParseConfig that takes documents of Open Badges 2 too, for the
// package that reads them.
func Older[C any](config C) C { return Behind.Older(config).(C) }

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
