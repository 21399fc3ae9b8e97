package verify

import (
	"context"
	"errors"
	"iter"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// InspectEach inspects a credential or a presentation, whichever was handed in, and yields
// each credential embedded in it as soon as it is decided, in no order, and at last the
// document itself, whose Number is 0. What is embedded stands by its own Proof, whatever
// becomes of the document around it; package clr/intake says who can be held to what.
//
// Whoever stops early ends the inspection. The error is one of [Verifier.Inspect] or of
// [Verifier.InspectPresentation], beside the document itself where there is a report.
// A presentation without a proof is taken as Expect.AllowUnsigned takes it, unless something
// is expected of it.
func (v *Verifier) InspectEach(ctx context.Context, handedIn []byte, e Expect) iter.Seq2[Embedded, error] {
	return func(yield func(Embedded, error) bool) {
		if err := errors.Join(v.made(), e.check()); err != nil {
			yield(Embedded{}, err)
			return
		}
		doc, err := v.config.Limits.Parse.ParsePresentation(handedIn)
		if err != nil {
			report, err := v.unreadable(ctx, handedIn, err)
			yield(Embedded{Nested{Proof: ProofNone, Report: report}}, err)
			return
		}
		v.each(ctx, doc, e.of(doc), yield)
	}
}

// of is what is expected of a document, nil for one that is no presentation.
func (e Expect) of(doc *vc.Document) *Expect {
	switch class := door.ClassOf(door.Root(doc)); class {
	case string(rules.VerifiablePresentation), string(rules.EnvelopedVerifiablePresentation):
		unsigned := class == string(rules.VerifiablePresentation) && doc.Form() == vc.FormJSON && len(door.Proofs(doc)) == 0
		e.AllowUnsigned = unsigned && e.Challenge == "" && e.Domain == nil && !e.HolderIsSubject
		return &e
	}
	return nil
}

// each inspects on one goroutine and yields on the caller's. The end of ctx ends the
// inspection, and what was found out until then is yielded all the same.
func (v *Verifier) each(ctx context.Context, doc *vc.Document, e *Expect, yield func(Embedded, error) bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type end struct {
		s   *state
		err error
	}
	found, done, left := make(chan Embedded), make(chan end, 1), make(chan struct{})
	go func() {
		defer close(found)
		s, err := v.inspect(ctx, doc, e, func(one Embedded) {
			select {
			case found <- one:
			case <-left: // nobody listens any more
			}
		})
		done <- end{s, err}
	}()
	for one := range found {
		if !yield(one, nil) {
			cancel()
			close(left)
			for range found { //nolint:revive // until the inspection has ended
			}
			return
		}
	}
	last := <-done
	yield(Embedded{last.s.entry.told()}, last.err)
}
