package rules

import (
	"sync"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// Options choose what a check looks at. The zero value looks at everything.
type Options struct {
	// SkipEmbedded leaves embedded credentials alone, endorsements among them, for
	// a caller that checks each of them as a document of its own.
	SkipEmbedded bool
	// Disclosed says that the holder shows a part of the document, with a proof that
	// allows it. A required member that is not there is then told as [CodeWithheld] and
	// no fault, and so is a reference to what is not shown. What is there is judged in
	// full; @context, type and issuer must be there.
	Disclosed bool
}

// Check judges a document by the rules of its kind: a badge or an endorsement by
// Open Badges 3.0, a record by CLR 2.0, any other credential and a presentation by
// the Verifiable Credentials Data Model, of the version that its first context
// names. It returns all findings, in the order of the document, and none where all
// is well.
func Check(doc *vc.Document, o Options) []*vc.Problem { return ClassOf(doc).Check(doc, o) }

// CheckJSON parses text, which may be a compact JWS too, and judges it as [Check]
// does. The error is that of [vc.Parse].
func CheckJSON(text []byte) ([]*vc.Problem, error) {
	doc, err := vc.Parse(text)
	if err != nil {
		return nil, err
	}
	return Check(doc, Options{}), nil
}

// The packages of this module look into the table through an inner door.
func init() {
	door.Behind.Schema = schema
	door.Behind.ClassOf = func(v jsonx.Value) string { return string(classOf(v)) }
}

// schema returns the compiled table, made when it is first needed, one for the whole
// process.
var schema = sync.OnceValue(func() *shape.Schema {
	facts := append(credentialFacts(), badgeFacts()...)
	facts = append(facts, shape.Class{Name: nestedCredential, Embedded: true, Variant: nestedKind})
	return shape.MustCompile(append(facts, recordFacts()...))
})

// nestedCredential is the class of a credential within a presentation or a record,
// which chooses its own.
const nestedCredential = "NestedCredential"

// nestedKind judges a nested credential by what it says it is.
func nestedKind(v jsonx.Value) string {
	switch kind := classOf(v); kind {
	case AchievementCredential, EndorsementCredential, ClrCredential, EnvelopedVerifiableCredential:
		return string(kind)
	}
	return string(VerifiableCredential)
}

// byVersion chooses the class of VCDM 1.1 for a credential of that version.
func byVersion(old string) func(jsonx.Value) string {
	return func(v jsonx.Value) string {
		if baseContext(v) == vc.ContextV1 {
			return old
		}
		return ""
	}
}

// baseContext is the first context.
func baseContext(v jsonx.Value) string {
	first := v.Get("@context")
	if first.Kind() == jsonx.Array {
		first = first.First()
	}
	return jsonx.Content(first)
}
