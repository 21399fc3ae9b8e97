package did

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// VerificationMethod is a key as a document lists it. The material is as written
// and not checked: at most one of PublicKeyMultibase, PublicKeyBase58 and
// PublicKeyJWK belongs to it.
type VerificationMethod struct {
	ID         string    // absolute
	Type       string    // such as "Multikey"
	Controller string    // absolute
	NotBefore  time.Time // first instant at which it may be used, by the nbf of its JWK; zero where there is none
	Expires    time.Time // by the method or its JWK, the earliest; zero where neither names one
	Revoked    time.Time // by the method or its JWK, the earliest; zero where neither names one

	PublicKeyMultibase string
	PublicKeyBase58    string
	PublicKeyJWK       []byte // JSON, nil where there is none

	Pointer string // where the method stands in its document
}

// Method returns the verification method of that URL for a use, as it stands now.
// See [Document.MethodAt].
func (d *Document) Method(methodURL string, rel Relationship) (*VerificationMethod, error) {
	return d.MethodAt(methodURL, rel, time.Now())
}

// MethodAt returns the verification method of that URL for a use, as it stands at
// an instant (Controlled Identifiers 1.0, 3.3, from step 6): the URL without its
// fragment is the document's id, the document has exactly one method of that id,
// it is controlled by the document's subject, listed in the relationship by
// reference or by value, and neither expired nor revoked. A method that cannot be
// read to its end is no method: what it might say of its end counts against it.
// Errors are [*Error].
func (d *Document) MethodAt(methodURL string, rel Relationship, at time.Time) (*VerificationMethod, error) {
	primary, err := splitMethodURL(methodURL)
	if err != nil {
		return nil, err
	}
	if primary != d.id {
		return nil, fail(CodeDocumentID, "the document is of %s, the method's URL begins with %s", quote.Text(d.id), quote.Text(primary))
	}
	return d.DefinedAt(methodURL, rel, at)
}

// DefinedAt is [Document.MethodAt] for a key that is published under a URL of its
// own, outside the document, and that its controller's document defines as well.
// The key is the document's, not that of whoever answers at methodURL, which is
// why no proof may be checked with it before the document's id is compared with
// its issuer. [CodeMethodNotFound] says that the document has no definition of it.
func (d *Document) DefinedAt(methodURL string, rel Relationship, at time.Time) (*VerificationMethod, error) {
	if d.deactivated {
		return nil, fail(CodeDeactivated, "%s is deactivated", quote.Text(d.id))
	}
	m, err := d.Definition(methodURL)
	if err != nil {
		return nil, err
	}
	if err := d.allow(m, rel, at); err != nil {
		return nil, err
	}
	return m, nil
}

// Definition returns the method of that URL as the document defines it, whoever controls
// it, whatever it is listed for and whether it is in force: for those who publish the
// document. No proof may be checked with it; see [Document.MethodAt]. Errors are [*Error].
func (d *Document) Definition(methodURL string) (*VerificationMethod, error) {
	v, err := d.find(methodURL)
	if err != nil {
		return nil, err
	}
	return d.method(v)
}

// splitMethodURL checks a method's URL and returns it without its fragment.
func splitMethodURL(methodURL string) (string, error) {
	if err := checkURL(methodURL); err != nil {
		return "", NewError(CodeInvalidURL, "the verification method is named by no URL", err)
	}
	primary, fragment := cutBefore(methodURL, "#")
	if len(fragment) < 2 {
		return "", fail(CodeInvalidURL, "%s has no fragment, which names a method in a document", quote.Text(methodURL))
	}
	return primary, nil
}

// find returns the one method of that id, wherever it is defined. The same text
// in several relationships is one method.
func (d *Document) find(methodURL string) (jsonx.Value, error) {
	var found jsonx.Value
	for _, m := range d.methods {
		if m.id != methodURL || m.id == "" {
			continue
		}
		if found.Exists() && !bytes.Equal(found.Raw(), m.value.Raw()) {
			return jsonx.Value{}, at(m.value, fail(CodeMethodAmbiguous, "the document has two different methods %s", quote.Text(methodURL)))
		}
		found = m.value
	}
	if !found.Exists() {
		return jsonx.Value{}, fail(CodeMethodNotFound, "the document of %s has no method %s", quote.Text(d.id), quote.Text(methodURL))
	}
	return found, nil
}

// method reads a verification method and checks its shape (Controlled
// Identifiers 1.0, 2.2).
func (d *Document) method(v jsonx.Value) (*VerificationMethod, error) {
	m := &VerificationMethod{Pointer: v.Pointer(), PublicKeyJWK: v.Get("publicKeyJwk").Raw()}
	for _, member := range [...]struct {
		name     string
		into     *string
		required bool
	}{
		{"id", &m.ID, true}, {"type", &m.Type, true}, {"controller", &m.Controller, true},
		{"publicKeyMultibase", &m.PublicKeyMultibase, false}, {"publicKeyBase58", &m.PublicKeyBase58, false},
	} {
		if err := text(v, member.name, member.into, member.required); err != nil {
			return nil, err
		}
	}
	jwk := v.Get("publicKeyJwk")
	if k := jwk.Kind(); k != jsonx.Missing && k != jsonx.Object {
		return nil, at(jwk, fail(CodeInvalidMethod, "\"publicKeyJwk\" must be an object, and is %s", k))
	}
	if err := noSecret(v); err != nil {
		return nil, err
	}
	if err := m.readDates(v); err != nil {
		return nil, err
	}
	if err := d.makeAbsolute(m, v); err != nil {
		return nil, err
	}
	return m, nil
}

func (d *Document) makeAbsolute(m *VerificationMethod, v jsonx.Value) error {
	var err error
	if m.ID, err = Absolute(d.id, m.ID); err != nil {
		return at(v.Get("id"), NewError(CodeInvalidMethod, "the method's id is no URL", err))
	}
	if m.Controller, err = Absolute(d.id, m.Controller); err != nil {
		return at(v.Get("controller"), NewError(CodeInvalidMethod, "the method's controller is no URL", err))
	}
	return nil
}

func text(v jsonx.Value, name string, into *string, required bool) error {
	m := v.Get(name)
	switch {
	case m.Kind() == jsonx.String && m.Text() != "":
		*into = m.Text()
	case m.Exists():
		return at(m, fail(CodeInvalidMethod, "%q must be a string with content, and is %s", name, m.Kind()))
	case required:
		return at(v, fail(CodeInvalidMethod, "the method lacks %q", name))
	}
	return nil
}

// noSecret refuses a method whose secret key is published with it.
func noSecret(v jsonx.Value) error {
	for m := v.First(); m.Exists(); m = m.Next() {
		if strings.HasPrefix(m.Name(), "secretKey") || strings.HasPrefix(m.Name(), "privateKey") {
			return at(m, fail(CodeInvalidMethod, "the method publishes its secret key"))
		}
	}
	return nil
}

// allow checks who controls the method, what it is listed for, and until when.
func (d *Document) allow(m *VerificationMethod, rel Relationship, now time.Time) error {
	if m.Controller != d.id {
		return m.at(fail(CodeMethodController,
			"the method is controlled by %s, not by the document's %s", quote.Text(m.Controller), quote.Text(d.id)))
	}
	if !d.lists(m.ID, rel) {
		return m.at(fail(CodeRelationship, "the document does not list the method for %q", string(rel)))
	}
	if now.Before(m.NotBefore) {
		return m.at(fail(CodeMethodNotYetValid, "the method may be used from %s on", m.NotBefore.Format(time.RFC3339)))
	}
	if !m.Revoked.IsZero() && !now.Before(m.Revoked) {
		return m.at(fail(CodeMethodRetired, "the method is revoked since %s", m.Revoked.Format(time.RFC3339)))
	}
	if !m.Expires.IsZero() && !now.Before(m.Expires) {
		return m.at(fail(CodeMethodRetired, "the method expired at %s", m.Expires.Format(time.RFC3339)))
	}
	return nil
}

func (d *Document) lists(methodURL string, rel Relationship) bool {
	return methodURL != "" && slices.Contains(d.listed[rel], methodURL)
}

// Listed returns the absolute URLs of the methods that the document lists for a
// use, by reference or by value, whether it defines them or not. What a listed
// method is, [Document.MethodAt] says.
func (d *Document) Listed(rel Relationship) []string {
	return slices.DeleteFunc(slices.Clone(d.listed[rel]), func(url string) bool { return url == "" })
}

// Named returns the URLs of the methods whose JWK has that kid (RFC 7517, 4.5), each
// once. What such a method is, [Document.MethodAt] says.
func (d *Document) Named(kid string) []string {
	var urls []string
	for _, m := range d.methods {
		name := m.value.Get("publicKeyJwk").Get("kid")
		if name.Kind() == jsonx.String && name.Text() == kid && m.id != "" && !slices.Contains(urls, m.id) {
			urls = append(urls, m.id)
		}
	}
	return urls
}

// Problems checks every method's shape and returns what is wrong, for those who
// publish the document.
func (d *Document) Problems() []error {
	var list []error
	first := make(map[string]jsonx.Value)
	for _, definition := range d.methods {
		v := definition.value
		m, err := d.method(v)
		if err != nil {
			list = append(list, err)
			continue
		}
		if other, seen := first[m.ID]; seen && !bytes.Equal(other.Raw(), v.Raw()) {
			list = append(list, at(v, fail(CodeMethodAmbiguous, "the document has two different methods %s", quote.Text(m.ID))))
		}
		first[m.ID] = v
	}
	return list
}

func at(v jsonx.Value, e *Error) *Error {
	e.Pointer = v.Pointer()
	return e
}

func (m *VerificationMethod) at(e *Error) error {
	e.Pointer = m.Pointer
	return e
}
