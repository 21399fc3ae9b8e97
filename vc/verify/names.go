package verify

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// A signature over RDF covers statements, not JSON: the end of a credential may
// be written under the name validUntil, under the IRI that the name stands for,
// or in another object that has the credential's id, and the signature is the
// same. Whoever holds a credential could so write its end or its status where no
// reader of JSON looks for it. Documents are therefore read in their compacted
// form only (VCDM 2.0, 6.1), and a credential speaks of itself in one place.

// governing are the members of a credential on which a verdict depends.
var governing = []string{"issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus", "credentialSchema", "credentialSubject", "refreshService", "termsOfUse"}

// classes are terms of Open Badges that name a class. In some of its contexts a
// property has the same IRI, result that of Result.
var classes = []string{"Achievement", "Address", "Criteria", "GeoCoordinates", "Image", "Profile", "Result", "RubricCriterionLevel"}

// place is where in a document an object stands.
type place struct {
	credential bool // it is a credential: the outer one, or one embedded
	embedded   bool // it is or belongs to an embedded one
}

// of is the place of a member's value.
func (p place) of(m jsonx.Value) place {
	switch m.Name() {
	case "endorsement", "verifiableCredential":
		return place{credential: true, embedded: true}
	}
	return p
}

// legible notes the members of an object that a reader of JSON would miss. The
// keywords outside of embedded credentials are left to the rules.
func (s *state) legible(v jsonx.Value, at place) {
	apart := v != s.doc.Root() && s.apart(v, at)
	for m := v.First(); m.Exists(); m = m.Next() {
		name := m.Name()
		switch {
		case strings.IndexByte(name, ':') >= 0:
			s.unread(m, "a member is named by an IRI, so readers of JSON miss what the signature covers")
		case name != "" && name[0] <= 'Z' && slices.Contains(classes, name):
			s.unread(m, "a member is named like a class, so readers of JSON miss what the signature covers")
		case at.embedded && strings.HasPrefix(name, "@") && hides(v, name):
			s.unread(m, "a JSON-LD keyword stands in a node, so readers of JSON miss what the signature covers")
		case apart && slices.Contains(governing, name):
			s.unread(m, "an object within the credential says of the credential what only the credential itself may say")
		}
	}
}

// maxIllegible bounds what is told of one document.
const maxIllegible = 100

func (s *state) unread(m jsonx.Value, message string) {
	if len(s.illegible) == maxIllegible {
		return
	}
	s.illegible = append(s.illegible, &vc.Problem{Code: CodeIllegible, Type: vc.TypeMalformedValue, Pointer: m.Pointer(), Message: message,
		Found: vc.Quote(m.Name()), Expected: "the term that the contexts define, where the data model has it", Fix: "take the credential again from its source, as the issuer wrote it", Spec: "VCDM 2.0, 6.1"})
}

// hides reports whether a keyword may state things that are not where they seem.
// Contexts and the objects of languages are judged elsewhere.
func hides(v jsonx.Value, name string) bool {
	switch name {
	case "@context":
		return false
	case "@value", "@language", "@direction":
		return !v.Get("@value").Exists()
	}
	return true
}

// apart reports whether an object may speak for the credential without being it:
// it has its id, or the type whose context gives the names their meaning. An
// embedded credential has that type by right and an id of its own.
func (s *state) apart(v jsonx.Value, at place) bool {
	id, own := v.Get("id"), s.doc.Root().Get("id")
	if id.Kind() == jsonx.String && own.Kind() == jsonx.String && id.Text() == own.Text() {
		return true
	}
	return !at.credential && vc.HasType(v, "VerifiableCredential")
}
