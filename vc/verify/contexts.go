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
		l.problems.all = append(l.problems.all, words.Problem(rules.CodeContextMissing, c.Pointer, ""))
	} else {
		l.listed(own)
	}
	if s.doc.Form() == vc.FormJSON {
		l.below(root)
	}
	if c.Problems, c.Warnings = l.problems.done(), l.warnings.done(); len(c.Problems) > 0 {
		c.Outcome = OutcomeFailed
		if s.config.InlineContexts != nil {
			s.late(&c) // and had not said whether it takes them
		}
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
			return problem(CodeContextTooMany, ctx.Pointer(), strconv.Itoa(n), "at most "+strconv.Itoa(maxContexts))
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
	harmless := l.doc.Token() != nil || vocabulary && (l.lenient() || url == exampleTerms)
	list := &l.problems
	if harmless {
		list = &l.warnings
	}
	list.add(func() *vc.Problem { return contextProblem(item, vocabulary) })
}

func contextProblem(item jsonx.Value, vocabulary bool) *vc.Problem {
	switch {
	case item.Kind() == jsonx.Object:
		return words.Problem(CodeContextInline, item.Pointer(), "")
	case item.Kind() != jsonx.String || !vc.IsAbsoluteIRI(item.Text()):
		return words.Problem(rules.CodeContextItem, item.Pointer(), item.Shown())
	case vocabulary:
		return words.Problem(CodeContextVocabulary, item.Pointer(), vc.Quote(item.Text()))
	}
	return words.Problem(CodeContextUnknown, item.Pointer(), vc.Quote(item.Text()))
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
					return words.Problem(CodeContextNested, ctx.Pointer(), "")
				})
			}
			l.listed(ctx)
		}
		l.below(m)
	}
}
