package controller

import "github.com/laurel-edu/laurel/internal/jsonx"

// Form says in which form a key was published, and so what its publication
// proves: see the package comment.
type Form uint8

// The forms. The zero Form is none.
const (
	FormDocument Form = iota + 1 // in the document of its controller: DID document, controlled identifier document, Profile
	FormKey                      // as a key document that names its controller
	FormBareKey                  // as a JWK, or a key document without controller
	FormKeySet                   // in a JWK Set
	FormPack                     // in a trust pack, under its own URL
)

// String names the form for a report.
func (f Form) String() string {
	switch f {
	case FormDocument:
		return "controller document"
	case FormKey:
		return "key document"
	case FormBareKey:
		return "bare key"
	case FormKeySet:
		return "JWK Set"
	case FormPack:
		return "trust pack entry"
	}
	return "none"
}

// formOf tells what a document is by its members.
func formOf(root jsonx.Value) Form {
	has := func(name string) bool { return root.Get(name).Exists() }
	switch {
	case root.Kind() != jsonx.Object:
		return 0
	case has("publicKeyMultibase") || has("publicKeyJwk") || has("publicKeyBase58"):
		if has("controller") {
			return FormKey
		}
		return FormBareKey
	case has("kty") && !has("id"):
		return FormBareKey
	case root.Get("keys").Kind() == jsonx.Array && !has("id"):
		return FormKeySet
	}
	return FormDocument
}
