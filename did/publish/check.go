package publish

import (
	"context"
	"fmt"
	"iter"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Options say how [Check] verifies. The zero value does it offline, for credentials of
// every kind, now.
type Options struct {
	// Verifier is the verifier that credentials are put to, but for its keys of the issuer:
	// those come from the document that is asked about, and Fetcher is asked for all else.
	// Kinds are all by default. Set Now to the future to see what a change means then.
	Verifier verify.Config
}

// Result is what [Check] tells of one credential, or of one embedded in it.
type Result struct {
	Index   int    // of the credential among those that were given, from 0
	Pointer string // where an embedded one stands, "" for the credential itself
	ID      string // its own, "" where it has none
	Issuer  string // whose it says that it is

	Before, After bool // whether it is authentic by the one state of the issuer, and by the other
	// Problems are why it is not authentic by after, or by before where it never was; each
	// has its code.
	Problems []*vc.Problem
}

// Lost reports whether the change costs the credential.
func (r *Result) Lost() bool { return r.Before && !r.After }

// Check verifies issued credentials, JSON or tokens, by two states of an issuer, and
// yields those for which there is something to say: which are authentic
// ([verify.Report.Authentic]) by before and not by after; which become so; and which are
// not so by either, since a list of issued credentials should have none of these. It
// yields nothing of a credential that stays good. What is embedded counts by itself, where
// it is the issuer's and has a proof. A credential is held in memory alone, so that the list may be long.
//
// Expired and revoked credentials count like others: their issuer's word stays that. When
// ctx is done its error is yielded, and that is the end, as is an Issuer or a Config that
// cannot be used.
func Check(ctx context.Context, before, after *Issuer, issued iter.Seq[[]byte], o Options) iter.Seq2[*Result, error] {
	return func(yield func(*Result, error) bool) {
		c, err := newCheck(before, after, o)
		if err != nil {
			yield(nil, err)
			return
		}
		index := 0
		for credential := range issued {
			results, err := c.results(ctx, credential)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, r := range results {
				r.Index = index
				if !yield(r, nil) {
					return
				}
			}
			index++
		}
	}
}

// check has a verifier for each state.
type check struct {
	before, after *verify.Verifier
	ids           [2]string
}

func newCheck(before, after *Issuer, o Options) (*check, error) {
	c := &check{ids: [2]string{before.ID(), after.ID()}}
	var err error
	if c.before, err = before.verifier(o.Verifier); err != nil {
		return nil, err
	}
	c.after, err = after.verifier(o.Verifier)
	return c, err
}

// verifier is one for which the issuer publishes this document.
func (i *Issuer) verifier(c verify.Config) (*verify.Verifier, error) {
	pack, err := i.Pack()
	if err != nil {
		return nil, err
	}
	c.Fetcher = fetch.Layered(pack, c.Fetcher)
	if c.Kinds == nil {
		c.Kinds = []string{verify.AnyKind}
	}
	v, err := verify.New(c)
	if err != nil {
		return nil, fmt.Errorf("publish: %w", err)
	}
	return v, nil
}

// results are what is to be said of one credential and those in it.
func (c *check) results(ctx context.Context, credential []byte) (all []*Result, err error) {
	was, err := inspected(ctx, c.before, credential)
	if err != nil {
		return nil, err
	}
	will, err := inspected(ctx, c.after, credential)
	if err != nil {
		return nil, err
	}
	all = said(nil, "", was, will)
	embedded(was, will, func(pointer string, was, will *verify.Report) {
		if was.IssuerID == c.ids[0] || was.IssuerID == c.ids[1] {
			all = said(all, pointer, was, will)
		}
	})
	return all, nil
}

// inspected is the report of a credential. That its time was over before ctx was done is
// said in it.
func inspected(ctx context.Context, v *verify.Verifier, credential []byte) (*verify.Report, error) {
	report, err := v.Inspect(ctx, credential)
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	if ctx.Err() != nil || report == nil {
		return nil, fmt.Errorf("publish: %w", err)
	}
	return report, nil
}

// embedded goes through the reports of what is embedded, at every depth. Where it stands
// does not depend on keys, so that both reports have the same in the same order.
func embedded(was, will *verify.Report, f func(pointer string, was, will *verify.Report)) {
	for n := range was.Nested {
		if was.Nested[n].Proof == verify.ProofNone {
			continue // the word of whoever signed around it
		}
		later := &verify.Report{} // not authentic
		if n < len(will.Nested) && will.Nested[n].Pointer == was.Nested[n].Pointer {
			later = will.Nested[n].Report
		}
		f(was.Nested[n].Pointer, was.Nested[n].Report, later)
		embedded(was.Nested[n].Report, later, f)
	}
}

func said(all []*Result, pointer string, was, will *verify.Report) []*Result {
	r := &Result{Pointer: pointer, ID: was.ID, Issuer: was.IssuerID, Before: was.Authentic(), After: will.Authentic()}
	switch {
	case r.Before && r.After:
		return all
	case !r.After:
		r.Problems = against(will)
	default:
		r.Problems = against(was)
	}
	return append(all, r)
}

// against are the problems of the checks that make a credential authentic: not those of
// dates, of a status or of a schema.
func against(r *verify.Report) (all []*vc.Problem) {
	for n := range r.Checks {
		switch c := &r.Checks[n]; c.Name {
		case verify.CheckParse, verify.CheckContexts, verify.CheckProof, verify.CheckBinding,
			verify.CheckRules, verify.CheckReading, verify.CheckNested:
			if !c.Advisory {
				all = append(all, c.Problems...)
			}
		}
	}
	return all
}
