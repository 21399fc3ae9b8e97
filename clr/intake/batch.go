package intake

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// batch is one upload under way.
type batch struct {
	*Reader
	options Options
	tell    func(*Entry)
	mu      sync.Mutex // of tell
}

func (b *batch) tellOne(e *Entry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tell(e)
}

// read unpacks the upload and reads each document in it.
func (b *batch) read(ctx context.Context, upload []byte) (*Reading, error) {
	upload, problem := b.located(ctx, upload)
	if problem != nil {
		return b.unreadable(problem), ctx.Err()
	}
	u := b.unpack(upload)
	if u.bundle {
		return b.bundle(ctx, u)
	}
	if u.problem != nil {
		return b.unreadable(u.problem), ctx.Err()
	}
	out := b.document(ctx, part{bytes: u.bytes, warnings: u.warnings})
	if out.root.Report == nil {
		return nil, out.err
	}
	r := &Reading{Kind: out.kind, Envelope: envelopeOf(out.root, out.warnings), entries: out.entries, records: out.records}
	repeats(r.entries)
	return r, out.err
}

// unreadable is the Reading of what nothing could be taken from.
func (b *batch) unreadable(p *vc.Problem) *Reading {
	report := &verify.Report{Verdict: verify.VerdictUnreadable,
		Checks: []verify.Check{{Name: verify.CheckParse, Outcome: verify.OutcomeFailed, Problems: []*vc.Problem{p}}}}
	return &Reading{Kind: KindOther, Envelope: Envelope{Codes: []vc.Code{p.Code}, Report: report}}
}

// envelopeOf says of a document what it is around its entries.
func envelopeOf(one verify.Embedded, warnings []*vc.Problem) Envelope {
	r := one.Report
	e := Envelope{ID: r.ID, Issuer: r.IssuerID, Holder: r.HolderID, Report: r}
	if len(r.Checks) > 0 { // what was off about the image belongs to the reading
		r.Checks[0].Warnings = append(slices.Clone(warnings), r.Checks[0].Warnings...)
	}
	e.Codes = codesOf(r)
	switch {
	case r.Verdict == verify.VerdictUnreadable:
	case one.Proof == verify.ProofNone:
		e.State = EnvelopeUnsigned
	case r.Verdict == verify.VerdictVerified:
		e.State = EnvelopeVerified
	case r.Verdict == verify.VerdictUndetermined:
		e.State = EnvelopeUndetermined
	default:
		e.State = EnvelopeNotVerified
	}
	return e
}

// codesOf names what is wrong, then what is off, each once.
func codesOf(r *verify.Report) []vc.Code {
	codes := r.Codes()
	for _, p := range r.Warnings() {
		if !slices.Contains(codes, p.Code) {
			codes = append(codes, p.Code)
		}
	}
	return codes
}

// parallel is how many documents are read at the same time.
func (b *batch) parallel() int {
	if n := b.config.Verify.Limits.Parallel; n > 0 {
		return n
	}
	return runtime.GOMAXPROCS(0)
}
