package ob

import (
	"errors"
	"sync"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// Options choose what [CheckWith] looks at. The zero value looks at everything.
type Options struct {
	// SkipEmbedded leaves embedded credentials alone, endorsements above all, for
	// a caller that checks each of them as a document of its own.
	SkipEmbedded bool
}

// Check judges a document by the rules of its kind: a badge or an endorsement by
// Open Badges 3.0, any other credential and a presentation by the Verifiable
// Credentials Data Model, of the version that its first context names. It returns
// all findings, in the order of the document, and none where all is well.
//
// It is a pure function of the text: nothing is fetched, no clock is read, no
// signature is looked at, and no term is looked up in a context. It is safe for
// concurrent use.
func Check(doc *vc.Document) []Finding { return CheckWith(doc, Options{}) }

// CheckWith is [Check] with options.
func CheckWith(doc *vc.Document, o Options) []Finding {
	return CheckClass(rules(), ClassOf(doc.Root()), doc.Root(), "Open Badges 3.0", nil, o)
}

// CheckJSON parses text, which may be a compact JWS too, and judges it. The
// error is that of [vc.Parse].
func CheckJSON(text []byte) ([]Finding, error) {
	doc, err := vc.Parse(text)
	if err != nil {
		return nil, err
	}
	return Check(doc), nil
}

// Check judges the badge as it would be signed.
func (c AchievementCredential) Check() []Finding { return checkDraft(c.JSON()) }

// Check judges the endorsement as it would be signed.
func (c EndorsementCredential) Check() []Finding { return checkDraft(c.JSON()) }

// checkDraft judges what was just written. A draft that cannot be written, or
// read again, has that as its only finding.
func checkDraft(text []byte, err error) []Finding {
	if err == nil {
		var findings []Finding
		if findings, err = CheckJSON(text); err == nil {
			return findings
		}
	}
	if p, ok := errors.AsType[*vc.Problem](err); ok {
		return []Finding{{Level: Error, Problem: p}}
	}
	return []Finding{{Level: Error, Problem: &vc.Problem{
		Code: vc.CodeJSON, Type: vc.TypeParsing, Message: "the credential cannot be written as JSON", Err: err,
	}}}
}

// rules is the compiled table, made when it is first needed.
var rules = sync.OnceValue(func() *shape.Schema { return shape.MustCompile(Facts(presentedKind)) })

// ClassOf returns the class of the table that a document is judged by, going by
// its type.
func ClassOf(v jsonx.Value) string {
	t := v.Get("type")
	switch {
	case holds(t, "AchievementCredential"), holds(t, "OpenBadgeCredential"):
		return "AchievementCredential"
	case holds(t, "EndorsementCredential"):
		return "EndorsementCredential"
	case holds(t, "EnvelopedVerifiableCredential"):
		return "EnvelopedVerifiableCredential"
	case holds(t, "EnvelopedVerifiablePresentation"):
		return "EnvelopedVerifiablePresentation"
	case holds(t, "VerifiablePresentation"):
		return "VerifiablePresentation"
	}
	return "VerifiableCredential"
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
