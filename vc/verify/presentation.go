package verify

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/vc"
)

// Expect says what a presentation must answer. Whoever asks for one gives out a challenge,
// keeps it, takes it back once, and says here what it was. The zero value asks for nothing:
// the presentation is then verified with a warning, since it may be a copy of one that was
// made for somebody else.
type Expect struct {
	// Challenge is what was given out: the challenge of each proof, the nonce of a token.
	// Empty is not asked for.
	Challenge string
	// Domain is whom the presentation must be made for: the domain of each proof, the aud
	// of a token, as a set. Nil is not asked for, as some flows give out none, and is then
	// judged by Config.Audience; a set without members asks that nobody is named.
	Domain []string
	// HolderIsSubject demands that each credential is about whoever presents it, and each
	// entry of a record. Where it is false that is reported and left to the caller, see [Nested.Holding].
	HolderIsSubject bool
	// AllowUnsigned takes a presentation that nobody signed, such as wallets send where
	// nobody asked who they are. Then nobody presents it: each credential in it stands for
	// itself, as if it had been handed in alone. It contradicts Challenge, Domain and
	// HolderIsSubject.
	AllowUnsigned bool
}

func (e *Expect) check() error {
	if e.AllowUnsigned && (e.Challenge != "" || e.Domain != nil || e.HolderIsSubject) {
		return errors.New("verify: Expect has AllowUnsigned beside what only a signed presentation can answer")
	}
	return nil
}

// VerifyPresentation verifies one presentation, see [Verifier.VerifyPresentation].
func VerifyPresentation(ctx context.Context, presentation []byte, e Expect, c Config) (*VerifiedPresentation, error) {
	v, err := New(c)
	if err != nil {
		return nil, err
	}
	return v.VerifyPresentation(ctx, presentation, e)
}

// InspectPresentation reports on one presentation, see [Verifier.InspectPresentation].
func InspectPresentation(ctx context.Context, presentation []byte, e Expect, c Config) (*Report, error) {
	v, err := New(c)
	if err != nil {
		return nil, err
	}
	return v.InspectPresentation(ctx, presentation, e)
}

// VerifyPresentation returns the presentation if it may be believed: its proofs are good
// and made for authentication, they answer what is expected, the keys are the holder's, and
// of the credentials in it none is bad, as Config.Nested says. An error is one as of
// [Verifier.Verify], or an Expect that contradicts itself.
//
// It takes JSON with embedded proofs, a vp+jwt, a vp+sd-jwt, a token of VCDM 1.1 with the claim vp,
// and an EnvelopedVerifiablePresentation. A good presentation says who sent its credentials,
// and nothing of what they say: see [VerifiedPresentation.Credentials].
func (v *Verifier) VerifyPresentation(ctx context.Context, presentation []byte, e Expect) (*VerifiedPresentation, error) {
	s, err := v.presentation(ctx, presentation, e)
	switch {
	case s == nil:
		return nil, err
	case err != nil || s.report.Verdict != VerdictVerified:
		return nil, &Error{Report: s.report, Err: err}
	}
	return &VerifiedPresentation{doc: s.doc, report: s.report}, nil
}

// InspectPresentation runs every check that is safe to run and returns the report, whatever
// the verdict. Errors are those of [Verifier.Inspect], or an Expect that contradicts itself.
func (v *Verifier) InspectPresentation(ctx context.Context, presentation []byte, e Expect) (*Report, error) {
	s, err := v.presentation(ctx, presentation, e)
	if s == nil && vc.ProblemOf(err) != nil {
		return v.unreadable(ctx, presentation, err)
	} else if s == nil {
		return nil, err
	}
	return s.report, err
}

// presentation verifies one. Without a state the error is why nothing was looked at.
func (v *Verifier) presentation(ctx context.Context, presentation []byte, e Expect) (*state, error) {
	if err := errors.Join(v.made(), e.check()); err != nil {
		return nil, err
	}
	doc, err := v.config.Limits.Parse.ParsePresentation(presentation)
	if err != nil {
		return nil, err
	}
	e.Domain = slices.Clone(e.Domain)
	return v.inspect(ctx, doc, &e, nil)
}

// VerifiedPresentation is a presentation that may be believed: its holder signed it as an
// answer to what was expected, unless Expect.AllowUnsigned. It holds its own copy of what
// was verified and nothing else.
type VerifiedPresentation struct {
	doc    *vc.Document
	report *Report
}

// Report returns how the verdict came about.
func (v *VerifiedPresentation) Report() *Report { return v.report }

// Holder returns who presents: the id of the holder, whose key signed. It is "" where the
// presentation names none, or where nobody signed it.
func (v *VerifiedPresentation) Holder() string { return v.report.presenter }

// Presentation returns the JSON of the presentation: the document itself, or what a token
// carries, be that in an envelope or not. It must not be changed.
func (v *VerifiedPresentation) Presentation() []byte { return door.Root(v.doc).Raw() }

// Secured returns the bytes that were verified, with their proof. They must not be changed.
func (v *VerifiedPresentation) Secured() []byte { return v.doc.Bytes() }

// Credentials yields the credentials that are presented, in their order, each with what
// became of its proof and whether its subject presents it. One counts where its own Report
// says verified; what is embedded in it follows in that report. Status lists that were
// brought along are among them.
func (v *VerifiedPresentation) Credentials() iter.Seq[Embedded] {
	return func(yield func(Embedded) bool) {
		for _, n := range v.report.Nested {
			if !yield(Embedded{n}) {
				return
			}
		}
	}
}
