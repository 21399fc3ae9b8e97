package did

import (
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// Relationship is a verification relationship: what a document lists a method
// for (Controlled Identifiers 1.0, 2.3).
type Relationship string

// The relationships, by their member names.
const (
	Authentication       Relationship = "authentication"       // prove who is there: presentations
	AssertionMethod      Relationship = "assertionMethod"      // state claims: credentials
	KeyAgreement         Relationship = "keyAgreement"         // encryption
	CapabilityInvocation Relationship = "capabilityInvocation" // use an authorisation
	CapabilityDelegation Relationship = "capabilityDelegation" // pass one on
)

// Relationships lists the relationships, in the order of the constants.
func Relationships() []Relationship {
	return []Relationship{Authentication, AssertionMethod, KeyAgreement, CapabilityInvocation, CapabilityDelegation}
}

// limits of a document: the largest in use have some dozen keys.
var limits = jsonx.Limits{Bytes: 1 << 20, Depth: 32}

// MaxMethods is the most verification methods that a document may define in all,
// and the most entries of one of its relationships. Issuers that rotate keys have
// a dozen; what is looked for among a stranger's keys costs in proportion.
const MaxMethods = 64

// Document is a DID document or another controlled identifier document. It is
// immutable and safe for concurrent use.
type Document struct {
	root        jsonx.Value
	id          string
	controllers []string
	alsoKnownAs []string
	deactivated bool
	methods     []definition
	listed      map[Relationship][]string // absolute URLs, "" where an entry names none
}

// definition is a method as it stands in a document: in verificationMethod or in a
// relationship.
type definition struct {
	id    string // absolute, "" where it has none that can be read
	value jsonx.Value
}

// ParseDocument reads a document and checks its shape: id is a DID or another URL
// without fragment; controller and alsoKnownAs are URLs; verificationMethod and
// the relationships are arrays, of objects, and of objects and URLs, of at most
// [MaxMethods]. The methods' own shape is checked when one is asked for, so that
// one unusual key does not take the others with it; [Document.Problems] checks
// them all.
//
// src must not be changed afterwards. Errors are [*Error] of [CodeInvalidDocument]
// and [CodeTooManyMethods].
func ParseDocument(src []byte) (*Document, error) {
	doc, err := jsonx.Parse(src, limits, nil)
	if err != nil {
		return nil, NewError(CodeInvalidDocument, "not JSON that can be read", err)
	}
	d := &Document{root: doc.Root()}
	if err := d.read(); err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Document) read() error {
	if d.root.Kind() != jsonx.Object {
		return malformed(d.root, "a document must be an object, and is %s", d.root.Kind())
	}
	var err error
	if d.id, err = urlMember(d.root, "id"); err != nil {
		return err
	}
	if _, fragment := cutBefore(d.id, "#"); fragment != "" {
		return malformed(d.root.Get("id"), "the id of a document has no fragment")
	}
	if d.controllers, err = urls(d.root.Get("controller")); err != nil {
		return err
	}
	if v := d.root.Get("alsoKnownAs"); v.Exists() && v.Kind() != jsonx.Array {
		return malformed(v, "\"alsoKnownAs\" must be an array, and is %s", v.Kind())
	}
	if d.alsoKnownAs, err = urls(d.root.Get("alsoKnownAs")); err != nil {
		return err
	}
	// Whatever else stands there was not written to say that the document is in use.
	deactivated := d.root.Get("deactivated")
	d.deactivated = deactivated.Exists() && deactivated.Kind() != jsonx.False
	return d.readMethods()
}

func (d *Document) readMethods() error {
	if err := checkArray(d.root.Get("verificationMethod"), jsonx.Object); err != nil {
		return err
	}
	d.define(d.root.Get("verificationMethod"))
	d.listed = make(map[Relationship][]string, 5)
	for _, rel := range Relationships() {
		list := d.root.Get(string(rel))
		if err := checkArray(list, jsonx.Object, jsonx.String); err != nil {
			return err
		}
		d.define(list)
		for c := list.First(); c.Exists(); c = c.Next() {
			if c.Kind() == jsonx.String {
				d.listed[rel] = append(d.listed[rel], d.absolute(c))
			} else {
				d.listed[rel] = append(d.listed[rel], d.absolute(c.Get("id")))
			}
		}
	}
	if len(d.methods) > MaxMethods {
		return tooMany(d.root, len(d.methods))
	}
	return nil
}

// define takes the methods that an array defines.
func (d *Document) define(list jsonx.Value) {
	for v := list.First(); v.Exists(); v = v.Next() {
		if v.Kind() == jsonx.Object {
			d.methods = append(d.methods, definition{d.absolute(v.Get("id")), v})
		}
	}
}

// absolute resolves a reference in the document, "" where it is none.
func (d *Document) absolute(reference jsonx.Value) string {
	if reference.Kind() != jsonx.String {
		return ""
	}
	absolute, err := Absolute(d.id, reference.Text())
	if err != nil {
		return ""
	}
	return absolute
}

func checkArray(v jsonx.Value, kinds ...jsonx.Kind) error {
	if !v.Exists() {
		return nil
	}
	if v.Kind() != jsonx.Array {
		return malformed(v, "%q must be an array, and is %s", v.Name(), v.Kind())
	}
	if v.Len() > MaxMethods {
		return tooMany(v, v.Len())
	}
	for c := v.First(); c.Exists(); c = c.Next() {
		if !slices.Contains(kinds, c.Kind()) {
			return malformed(c, "%s does not belong here", c.Kind())
		}
	}
	return nil
}

func tooMany(v jsonx.Value, n int) *Error {
	return at(v, fail(CodeTooManyMethods, "the document has %d verification methods, at most %d are read", n, MaxMethods))
}

// urlMember returns a member that must be an absolute URL.
func urlMember(v jsonx.Value, name string) (string, error) {
	m := v.Get(name)
	if m.Kind() != jsonx.String {
		return "", malformed(v, "%q must be a string, and is %s", name, m.Kind())
	}
	if err := checkURL(m.Text()); err != nil {
		return "", malformed(m, "%q is no URL: %s", name, quote.Text(m.Text()))
	}
	return m.Text(), nil
}

// urls returns one absolute URL or an array of them.
func urls(v jsonx.Value) ([]string, error) {
	var list []string
	for _, c := range v.Items() {
		if c.Kind() != jsonx.String {
			return nil, malformed(c, "a URL must be a string, and is %s", c.Kind())
		}
		if err := checkURL(c.Text()); err != nil {
			return nil, malformed(c, "%s is no URL", quote.Text(c.Text()))
		}
		list = append(list, c.Text())
	}
	return list, nil
}

func malformed(v jsonx.Value, format string, args ...any) *Error {
	return at(v, fail(CodeInvalidDocument, format, args...))
}

// ID returns the identifier that the document is of.
func (d *Document) ID() string { return d.id }

// Controllers returns who may change the document, none where it does not say.
func (d *Document) Controllers() []string { return slices.Clone(d.controllers) }

// AlsoKnownAs returns the other identifiers that the document claims for its
// subject. A claim it is: each is to be checked from the other side.
func (d *Document) AlsoKnownAs() []string { return slices.Clone(d.alsoKnownAs) }

// Deactivated reports whether the identifier was given up: its document has a
// member deactivated that is anything but false. No method of such a document is
// returned.
func (d *Document) Deactivated() bool { return d.deactivated }

// AsDeactivated returns the document marked as deactivated, for resolvers whose
// method says so beside the document.
func (d *Document) AsDeactivated() *Document {
	gone := *d
	gone.deactivated = true
	return &gone
}

// Bytes returns the document's text. It must not be changed.
func (d *Document) Bytes() []byte { return d.root.Raw() }
