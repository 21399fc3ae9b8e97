package intake

import (
	"cmp"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/casefw/plan"
)

// Transcript is what a record says by terms. Sums are exact; one that nothing was added to is
// the zero Number, and not 0.
type Transcript struct {
	Terms []Term // in their order
	// Earned are the credits of all claims about the learner that are not known to be false or
	// withdrawn, whoever vouches for them, and Proven those of the claims that count. Each
	// achievement is in each of them once.
	Earned, Proven plan.Number
	Stated         []StatedGPA // the grade point averages that results state
	GPA            GPA         // the one that grades and credits give
}

// Term is the part of a transcript that belongs to one term.
type Term struct {
	Name           string    // "" where the claims name none
	Start, End     time.Time // of what was done in it, zero where that is not said
	Claims         []Claim   // in the order of the reading
	Earned, Proven plan.Number
}

// Transcript sorts the claims of the reading into terms. Terms are in the order of when they
// began, as far as their claims say that, then as in the record.
func (r *Reading) Transcript() *Transcript {
	claims := r.Claims()
	t := &Transcript{Stated: statedGPAs(claims), GPA: computedGPA(claims)}
	number := map[string]int{}
	for i := range claims {
		name := claims[i].Term.String()
		n, known := number[name]
		if !known {
			n = len(t.Terms)
			number[name] = n
			t.Terms = append(t.Terms, Term{Name: name})
		}
		t.Terms[n].add(&claims[i])
	}
	seen := ledger{}
	for i := range t.Terms {
		t.Terms[i].sum(seen)
		t.Earned, t.Proven = t.Earned.Plus(t.Terms[i].Earned), t.Proven.Plus(t.Terms[i].Proven)
	}
	slices.SortStableFunc(t.Terms, func(a, b Term) int {
		if a.Start.IsZero() || b.Start.IsZero() {
			return cmp.Compare(rank(a.Start), rank(b.Start))
		}
		return a.Start.Compare(b.Start)
	})
	return t
}

// rank puts terms of which nobody says when they were behind the others.
func rank(t time.Time) int {
	if t.IsZero() {
		return 1
	}
	return 0
}

// add takes a claim into its term. Without dates of the activity, that of the credential says
// when it ended.
func (t *Term) add(c *Claim) {
	start, end := c.Start, c.End
	if end.IsZero() {
		end = first(start, first(c.Awarded, c.From))
	}
	start = first(start, end)
	if t.Start.IsZero() || !start.IsZero() && start.Before(t.Start) {
		t.Start = start
	}
	if end.After(t.End) {
		t.End = end
	}
	t.Claims = append(t.Claims, *c)
}

// ledger notes which achievements were summed, proven and at all.
type ledger map[entered]bool

type entered struct {
	achievement string
	proven      bool
}

// enters notes an achievement, and reports whether it is the first time. One without an id is
// always another.
func (l ledger) enters(achievement string, proven bool) bool {
	key := entered{achievement, proven}
	if achievement == "" {
		return true
	}
	first := !l[key]
	l[key] = true
	return first
}

func (t *Term) sum(seen ledger) {
	for i := range t.Claims {
		c := &t.Claims[i]
		n, ok := earned(c)
		if !ok || !said(c) {
			continue
		}
		if seen.enters(c.Achievement, false) {
			t.Earned = t.Earned.Plus(n)
		}
		if c.Against == "" && seen.enters(c.Achievement, true) {
			t.Proven = t.Proven.Plus(n)
		}
	}
}

// said reports whether a claim is part of what the learner says to have reached.
func said(c *Claim) bool {
	return c.Standing != StandingForged && c.Subject != SubjectDifferent &&
		c.Validity != ValidityRevoked && c.Validity != ValiditySuspended && c.Validity != ValidityNotYetValid
}
