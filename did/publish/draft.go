package publish

import (
	"crypto"
	"crypto/rsa"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multikey"
)

// draft is a document that is being written: its members in their order, each as it
// stands where nothing changes it.
type draft struct {
	root    jsonx.Value
	members []rawMember
}

type rawMember struct {
	name  string
	value []byte
}

// newDraft begins with what a document has, or with nothing.
func newDraft(root jsonx.Value) *draft {
	d := &draft{root: root}
	for m := root.First(); m.Exists(); m = m.Next() {
		d.members = append(d.members, rawMember{m.Name(), m.Raw()})
	}
	return d
}

// set writes a member, in its place where there is one.
func (d *draft) set(name string, value []byte) {
	for n := range d.members {
		if d.members[n].name == name {
			d.members[n].value = value
			return
		}
	}
	d.members = append(d.members, rawMember{name, value})
}

// append adds an item to a member that is an array, or one value in place of one.
func (d *draft) append(name string, item []byte) {
	d.set(name, list(append(raws(d.root.Get(name)), item)))
}

func raws(v jsonx.Value) [][]byte {
	var all [][]byte
	for _, item := range v.Items() {
		all = append(all, item.Raw())
	}
	return all
}

// list writes an array, of several objects one a line.
func list(items [][]byte) []byte {
	if len(items) == 0 {
		return []byte("[]")
	}
	open, between, end := "[", ", ", "]"
	if items[0][0] == '{' {
		open, between, end = "[\n    ", ",\n    ", "\n  ]"
	}
	b := []byte(open)
	for n, item := range items {
		if n > 0 {
			b = append(b, between...)
		}
		b = append(b, item...)
	}
	return append(b, end...)
}

// bytes writes the document, one member a line.
func (d *draft) bytes() []byte {
	b := []byte("{")
	for n, m := range d.members {
		if n > 0 {
			b = append(b, ',')
		}
		b = jcs.AppendString(append(b, "\n  "...), m.name)
		b = append(append(b, ": "...), m.value...)
	}
	return append(b, "\n}"...)
}

// newMethod is a key as a verification method, with the context that defines its form.
func (i *Issuer) newMethod(name string, public crypto.PublicKey) (text []byte, context string, err error) {
	kind, form, context := "Multikey", "publicKeyMultibase", contextMultikey
	var material []byte
	if _, isRSA := public.(*rsa.PublicKey); isRSA { // which Multikey does not have (Controlled Identifiers 1.0, 2.2.2)
		kind, form, context = "JsonWebKey", "publicKeyJwk", contextJWK
		material, err = multikey.AppendJWK(nil, public)
	} else {
		var encoded string
		encoded, err = multikey.Encode(public)
		material = jcs.AppendString(nil, encoded)
	}
	b := jcs.AppendString([]byte(`{"id": `), i.ID()+"#"+name)
	b = append(b, `, "type": "`+kind+`", "controller": `...)
	b = append(jcs.AppendString(b, i.ID()), `, "`+form+`": `...)
	return append(append(b, material...), '}'), context, err
}

// places are the members that define keys.
func places() []string {
	names := []string{"verificationMethod", "publicKey"}
	for _, rel := range did.Relationships() {
		names = append(names, string(rel))
	}
	return names
}

// methods counts the keys that a document defines.
func methods(root jsonx.Value) (n int) {
	for _, place := range places() {
		for _, item := range root.Get(place).Items() {
			if item.Kind() == jsonx.Object {
				n++
			}
		}
	}
	return n
}

// revoke writes when a key is revoked into each of its definitions. It is false where
// there are none.
func (d *draft) revoke(id, key string, at time.Time) (found bool) {
	revoked := []byte(`"` + at.UTC().Truncate(time.Second).Format(time.RFC3339) + `"`)
	for _, place := range places() {
		items, here := d.root.Get(place).Items(), false
		texts := make([][]byte, len(items))
		for n, item := range items {
			texts[n] = item.Raw()
			if item.Kind() == jsonx.Object && urlOf(id, item) == key {
				texts[n], here = with(item, "revoked", revoked), true
			}
		}
		if here {
			d.set(place, list(texts))
			found = true
		}
	}
	return found
}

// urlOf is the URL by which proofs name a key that a document defines: a JWK is named by
// its kid, as package did/controller reads a Profile.
func urlOf(id string, key jsonx.Value) string {
	if kid := jsonx.Content(key.Get("kid")); key.Get("kty").Exists() {
		if strings.HasPrefix(kid, id+"#") {
			return kid
		}
		return id + "#" + (&url.URL{Fragment: kid}).EscapedFragment()
	}
	absolute, err := did.Absolute(id, jsonx.Content(key.Get("id")))
	if err != nil {
		return ""
	}
	return absolute
}

// with is an object with one more member, or with another value of it.
func with(object jsonx.Value, name string, value []byte) []byte {
	d := newDraft(object)
	d.set(name, value)
	b := []byte("{")
	for n, m := range d.members {
		if n > 0 {
			b = append(b, ", "...)
		}
		b = append(append(jcs.AppendString(b, m.name), ": "...), m.value...)
	}
	return append(b, '}')
}

// walk calls f for every value of a document.
func walk(v jsonx.Value, f func(jsonx.Value)) {
	f(v)
	for c := v.First(); c.Exists(); c = c.Next() {
		walk(c, f)
	}
}

// The contexts that define what is written here.
const (
	contextDID      = "https://www.w3.org/ns/did/v1"
	contextCID      = "https://www.w3.org/ns/cid/v1" // with both forms of keys
	contextMultikey = "https://w3id.org/security/multikey/v1"
	contextJWK      = "https://w3id.org/security/jwk/v1"
)

// baseContext is that of a document without keys.
func baseContext(id string) string {
	if strings.HasPrefix(id, "did:") {
		return contextDID
	}
	return contextCID
}

// addContext lists the context of a form of keys, or for an https issuer the one that has
// all, where the document has contexts and not this one. One without any is plain JSON and
// stays it.
func (d *draft) addContext(id, context string) {
	have := d.root.Get("@context")
	if !have.Exists() {
		return
	}
	if baseContext(id) == contextCID {
		context = contextCID
	}
	if texts := jsonx.Texts(have); !slices.Contains(texts, context) && !slices.Contains(texts, contextCID) {
		d.append("@context", jcs.AppendString(nil, context))
	}
}
