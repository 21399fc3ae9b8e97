package verify

import (
	"strconv"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// undefinedTerms is a context made to give every unknown member a meaning. A
// document that lists it hides its misspellings, and what they would have said.
const undefinedTerms = "https://www.w3.org/ns/credentials/undefined-terms/v2"

// exampleTerms does the same for the examples of the specifications, in which
// nobody is deceived by it.
const exampleTerms = "https://www.w3.org/ns/credentials/examples/v2"

// contexts looks at what @context lists before anything depends on it. A token is
// not processed as JSON-LD (OB 3.0, 7.2), but its contexts must be there.
func (s *state) contexts() {
	c := Check{Name: CheckContexts, Outcome: OutcomePassed, Pointer: door.Root(s.doc).Pointer() + "/@context"}
	root := door.Root(s.doc)
	l := contextList{state: s, warnings: told{severity: vc.SeverityWarning}}
	if own := root.Get("@context"); !own.Exists() || own.Kind() == jsonx.Array && own.Len() == 0 {
		l.problems.all = append(l.problems.all, &vc.Problem{Code: rules.CodeContextMissing, Type: vc.TypeMalformedValue, Pointer: c.Pointer, Message: "the document has no @context, so its members mean nothing",
			Expected: vc.ContextV2, Fix: "list the contexts of the data model and of Open Badges", Spec: "VCDM 2.0, 4.3"})
	} else {
		l.listed(own)
	}
	if s.doc.Form() == vc.FormJSON {
		l.below(root)
	}
	if c.Problems, c.Warnings = l.problems.done(), l.warnings.done(); len(c.Problems) > 0 {
		c.Outcome = OutcomeFailed
	}
	s.strange = len(c.Problems) > 0 || len(c.Warnings) > 0
	s.add(c)
}

// contextList is what is found out about the contexts of a document.
type contextList struct {
	*state
	problems, warnings told
}

// maxContexts bounds the items of one @context: documents in use list six at most.
const maxContexts = 16

// listed judges the items of one @context.
func (l *contextList) listed(ctx jsonx.Value) {
	if ctx.Kind() != jsonx.Array {
		l.item(ctx)
		return
	}
	if n := ctx.Len(); n > maxContexts {
		l.problems.add(func() *vc.Problem {
			return &vc.Problem{Code: CodeContextTooMany, Type: vc.TypeMalformedValue, Pointer: ctx.Pointer(), Message: "the document lists more contexts than are read, repetitions counted",
				Found: strconv.Itoa(n), Expected: "at most " + strconv.Itoa(maxContexts), Fix: "list each context once", Spec: "Data Integrity 1.0, 5"}
		})
		return
	}
	for item := ctx.First(); item.Exists(); item = item.Next() {
		l.item(item)
	}
}

func (l *contextList) item(item jsonx.Value) {
	url := item.Text()
	vocabulary := url == undefinedTerms || url == exampleTerms
	if item.Kind() == jsonx.String && !vocabulary && (l.proofs.Knows(url) || l.config.FetchContexts) {
		return
	}
	if l.takesInline(item) {
		l.inlineTaken(item)
		return
	}
	// A token's meaning does not depend on its contexts.
	harmless := l.doc.Form() == vc.FormJWT || vocabulary && (l.lenient() || url == exampleTerms)
	list := &l.problems
	if harmless {
		list = &l.warnings
	}
	list.add(func() *vc.Problem { return contextProblem(item, vocabulary) })
}

func contextProblem(item jsonx.Value, vocabulary bool) *vc.Problem {
	url := item.Text()
	p := &vc.Problem{Pointer: item.Pointer(), Spec: "Data Integrity 1.0, 4.6"}
	switch {
	case item.Kind() != jsonx.String:
		p.Code, p.Message, p.Expected, p.Fix = CodeContextInline, "the document defines terms itself, so they can mean anything", "the URL of a published context", "publish the context and list its URL"
	case vocabulary:
		p.Code, p.Message, p.Fix = CodeContextVocabulary, "the context gives a meaning to every unknown member, so none can be told from a misspelling", "list contexts that define the terms, or verify leniently"
		p.Found = vc.Quote(url)
	default:
		p.Code, p.Message, p.Fix = CodeContextUnknown, "the context is not part of this program, and contexts are not fetched", "use the published contexts, or give the verifier this one (Config.Contexts) after reading it"
		p.Found = vc.Quote(url)
	}
	return p
}

// below looks for contexts below the top. The signature covers what they make of
// a member, not its name, so they may stand only where an embedded credential
// begins, and there they must be known ones.
func (l *contextList) below(v jsonx.Value) {
	for m := v.First(); m.Exists(); m = m.Next() {
		if m.Kind() < jsonx.Array || m.Name() == "@context" || m.Name() == "proof" {
			continue
		}
		if ctx := m.Get("@context"); ctx.Exists() {
			if !door.HasType(m, "VerifiableCredential") && !isEnvelope(m) {
				l.problems.add(func() *vc.Problem {
					return &vc.Problem{Code: CodeContextNested, Pointer: ctx.Pointer(), Message: "a context stands in the middle of the document, where it can change what names mean",
						Fix: "list contexts at the top of a credential only", Spec: "Data Integrity 1.0, 4.6"}
				})
			}
			l.listed(ctx)
		}
		l.below(m)
	}
}
