package controller

import (
	"slices"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// isList reports whether a member of a controller document is an array. JSON-LD
// lets a Profile write one element without it.
func isList(name string) bool {
	return name == "verificationMethod" || name == "alsoKnownAs" || slices.Contains(did.Relationships(), did.Relationship(name))
}

// isLoose reports whether a document needs [tighten]: keys under the older name
// publicKey, or single elements without their array.
func isLoose(root jsonx.Value) bool {
	for m := root.First(); m.Exists(); m = m.Next() {
		single := m.Kind() == jsonx.Object || m.Kind() == jsonx.String
		if m.Name() == "publicKey" || single && isList(m.Name()) {
			return true
		}
	}
	return false
}

// tighten writes a document in the shape of Controlled Identifiers 1.0, 2.1:
// single elements as arrays, and publicKey as what it stands for. Where the
// document has no assertionMethod of its own, its public keys are for assertion;
// where it has one, that list decides.
func tighten(root jsonx.Value) []byte {
	defined, listed := publicKeys(root)
	for _, v := range root.Get("verificationMethod").Items() {
		defined = append(defined, v.Raw())
	}
	if v := root.Get(string(did.AssertionMethod)); v.Exists() {
		listed = raws(v)
	}
	b := []byte("{")
	for m := root.First(); m.Exists(); m = m.Next() {
		switch name := m.Name(); {
		case name == "publicKey" || name == "verificationMethod" || name == string(did.AssertionMethod):
		case isList(name):
			b = member(b, name, array(raws(m)))
		default:
			b = member(b, name, m.Raw())
		}
	}
	b = member(b, "verificationMethod", array(defined))
	return append(member(b, string(did.AssertionMethod), array(listed)), '}')
}

// publicKeys reads publicKey: methods that it defines, and references to all.
func publicKeys(root jsonx.Value) (defined, listed [][]byte) {
	id := root.Get("id").Text()
	for _, k := range root.Get("publicKey").Items() {
		if k.Kind() == jsonx.String {
			listed = append(listed, k.Raw())
			continue
		}
		src, ok := method(id, k)
		if !ok {
			continue
		}
		defined = append(defined, src)
		listed = append(listed, nameOf(id, k))
	}
	return defined, listed
}

// nameOf is the reference to a key for which [method] wrote a method.
func nameOf(owner string, key jsonx.Value) []byte {
	if key.Get("kty").Exists() {
		url, _ := keyURL(owner, key.Get("kid").Text())
		return jcs.AppendString(nil, url)
	}
	return key.Get("id").Raw()
}

func raws(v jsonx.Value) [][]byte {
	var list [][]byte
	for _, c := range v.Items() {
		list = append(list, c.Raw())
	}
	return list
}
