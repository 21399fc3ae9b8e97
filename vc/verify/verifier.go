package verify

import (
	"cmp"
	"context"
	"errors"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/vc"
)

// Verifier verifies credentials by one Config. It is safe for concurrent use;
// keep one rather than making one for each document. Make it with [New]: the zero
// Verifier and a nil one have no Config, and verify nothing but give an error.
type Verifier struct {
	config Config
	proofs *embedded.Verifier
}

// New returns a verifier. The error is a contradiction in the Config. Later changes
// of the Config's slices and maps do not reach it.
func New(c Config) (*Verifier, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	v := &Verifier{config: c, proofs: embedded.NewVerifier(c.proofConfig())}
	v.config.Limits.Parse = door.Numbered(c.Limits.Parse, v.proofs.Symbols())
	return v, nil
}

// Verify verifies one credential, see [Verifier.Verify].
func Verify(ctx context.Context, credential []byte, c Config) (*Verified, error) {
	v, err := New(c)
	if err != nil {
		return nil, err
	}
	return v.Verify(ctx, credential)
}

// Inspect reports on one credential, see [Verifier.Inspect].
func Inspect(ctx context.Context, credential []byte, c Config) (*Report, error) {
	v, err := New(c)
	if err != nil {
		return nil, err
	}
	return v.Inspect(ctx, credential)
}

// Verify returns the credential if it may be believed. Otherwise the error is an
// [*Error] with the report, which also holds the error of ctx where that ended
// first, or a [*vc.Problem] where the bytes are no credential.
func (v *Verifier) Verify(ctx context.Context, credential []byte) (*Verified, error) {
	a, err := v.take(ctx, credential, func(r *Report, err error) bool { return err == nil && r.Verdict == VerdictVerified })
	if err != nil {
		return nil, err
	}
	return &Verified{*a}, nil
}

// Authenticate returns the credential if it is its issuer's word, be it expired,
// revoked, or of a status that could not be had in time: the question of a host that
// keeps what people hand in. The errors are those of [Verifier.Verify].
func (v *Verifier) Authenticate(ctx context.Context, credential []byte) (*Authentic, error) {
	return v.take(ctx, credential, func(r *Report, _ error) bool { return r.Authentic() })
}

// take returns the credential if its report is as it has to be. err is why the inspection
// ended early.
func (v *Verifier) take(ctx context.Context, credential []byte, will func(r *Report, err error) bool) (*Authentic, error) {
	if err := v.made(); err != nil {
		return nil, err
	}
	doc, err := v.parse(credential)
	if err != nil {
		return nil, err
	}
	s, err := v.inspect(ctx, doc, nil, nil)
	if !will(s.report, err) {
		return nil, &Error{Report: s.report, Err: err}
	}
	return &Authentic{doc: s.doc, report: s.report}, nil
}

// Inspect runs every check that is safe to run and returns the report, whatever
// the verdict. The error is that of ctx, or [context.DeadlineExceeded] at the end of
// Config.Limits.Timeout; the report then says what was found out until then. A Config.Now
// that panics is an error too.
func (v *Verifier) Inspect(ctx context.Context, credential []byte) (*Report, error) {
	if err := v.made(); err != nil {
		return nil, err
	}
	doc, err := v.parse(credential)
	if err != nil {
		return v.unreadable(ctx, credential, err)
	}
	s, err := v.inspect(ctx, doc, nil, nil)
	return s.report, err
}

// unreadable is the report of what cannot be parsed.
func (v *Verifier) unreadable(ctx context.Context, text []byte, why error) (*Report, error) {
	at, broken := v.now()
	s := state{report: &Report{Verdict: VerdictUnreadable, At: at}, room: room{left: outerRoom + outerFactor*len(text)}}
	problems := problemsOf(why, vc.CodeNotACredential)
	s.add(Check{Name: s.report.unread(problems), Outcome: OutcomeFailed, Problems: problems})
	return s.report, cmp.Or(broken, ctx.Err())
}

// made tells a Verifier of [New] from a zero one.
func (v *Verifier) made() error {
	if v == nil || v.proofs == nil {
		return errors.New("verify: the Verifier was not made by New")
	}
	return nil
}

func (v *Verifier) parse(credential []byte) (*vc.Document, error) {
	return v.config.Limits.Parse.Parse(credential)
}

// inspect bounds the time where something may take long: whoever is asked, or a document
// of more than a badge. Computing on less is bounded by its own limits. e is what a
// presentation must answer, nil for a credential. each, where it is there, is told of what is
// embedded as it is decided, by one goroutine or another.
func (v *Verifier) inspect(ctx context.Context, doc *vc.Document, e *Expect, each func(Embedded)) (*state, error) {
	c := &v.config
	asks := c.Fetcher != nil || c.Resolver != nil || c.Status.Cache != nil || c.Authorize != nil || c.InlineContexts != nil
	if c.Limits.Timeout > 0 && (asks || len(doc.Bytes()) > longDocument) {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.Limits.Timeout)
		defer cancel()
	}
	r, err := v.newRun()
	r.expect, r.each = e, each
	s := r.tree(ctx, doc)
	return s, cmp.Or(err, ctx.Err())
}

const longDocument = 64 << 10
