package match

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/casefw"
)

// Index finds in a pool who has what, vouched for by whom, without looking at everybody. It
// keeps of a claim what is asked for and nothing else: no name, and nothing of the person.
//
// A pool is whatever is searched together, such as the applicants of a customer; nothing of
// one is found in another. A holder is whoever a product calls so: use an identifier of its
// own that means nothing elsewhere. [MemoryIndex] is one, package casefw/match/sqlstore has one
// in a data base. Implementations are safe for concurrent use. An error that wraps
// [ErrInvalid] says that the call makes no sense; others are the store's own.
type Index interface {
	// Put keeps the entries of a holder in place of all that were there, as a whole. None is
	// as Remove.
	Put(ctx context.Context, pool, holder string, entries []Entry) error
	// Remove forgets a holder, also one who is not there.
	Remove(ctx context.Context, pool, holder string) error
	// Find returns a page of what a query asks for, in the order of holders, by their bytes,
	// and of a holder's entries as they were put.
	Find(ctx context.Context, pool string, q Query) (Page, error)
}

// ErrInvalid says that a call of an [Index] makes no sense.
var ErrInvalid = errors.New("match: the call makes no sense")

// The limits of an [Index].
const (
	MaxName    = 512     // bytes of a pool or a holder: identifiers
	MaxEntries = 100_000 // of a holder: ten thousand credentials with ten alignments each
	MaxItems   = 200_000 // of a query: a framework with all that is linked
	MaxWords   = 64      // issuers, and types, of a query
	MaxPage    = 1000    // entries of a page
	pageOf     = 100     // by default
)

// Entry is one competency that a claim of a holder is evidence for, or a claim that is
// aligned to none.
type Entry struct {
	Item       string   `json:"item,omitzero"` // the key that [Graph.FindKey] takes, "" for none
	Claim      int      `json:"claim"`         // its place among the holder's claims
	Credential string   `json:"credential,omitzero"`
	Issuer     string   `json:"issuer,omitzero"`
	Type       string   `json:"type,omitzero"`
	Standing   Standing `json:"standing"`
	// Against is why it counts for nothing, "" where it counts.
	Against Reason `json:"against,omitzero"`
	// Level and LevelOf are those of [Held].
	Level   float64 `json:"level,omitzero"`
	LevelOf float64 `json:"levelOf,omitzero"`
	// From and Until are the time for which it holds, zero where it has no such end. They have
	// microseconds.
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"`
}

// Entries returns what an [Index] keeps of claims: the same that [Graph.Hold] counts, and what
// the graph does not know yet by its own names, so that it is found once a framework is there.
// What was revoked after the claims were read is known to whoever reads them again.
func (g *Graph) Entries(claims []Claim, accept func(Claim) (bool, Reason)) (entries []Entry) {
	verdicts := judge(claims, accept)
	for i := range claims {
		c := &claims[i]
		e := Entry{Claim: i, Credential: c.Credential, Issuer: c.Issuer, Type: c.Type, Standing: c.Standing,
			From: micro(c.From), Until: micro(c.Until)}
		if !verdicts[i].Counts {
			e.Against = verdicts[i].Reason
		}
		first := len(entries)
		for a := range c.reached {
			e.Level, e.LevelOf = levelOf(c, a.Result)
			for _, e.Item = range g.keysOf(a.Alignment) {
				if !slices.ContainsFunc(entries[first:], func(other Entry) bool { return other.Item == e.Item }) {
					entries = append(entries, e)
				}
			}
		}
		if len(entries) == first {
			e.Item, e.Level, e.LevelOf = "", 0, 0
			entries = append(entries, e)
		}
	}
	return entries
}

// micro is an instant as an index keeps it.
func micro(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC().Truncate(time.Microsecond)
}

// HoldEntries returns what entries of one holder are evidence for, for [Matcher.Scores] and
// [Matcher.Rank]: what [Graph.Hold] returns of the claims that the entries were made of.
func (g *Graph) HoldEntries(entries []Entry) (held []Held) {
	for i := range entries {
		e := &entries[i]
		t, ok := g.FindKey(e.Item)
		if !ok || slices.ContainsFunc(held, func(h Held) bool { return h.Target == t && h.Claim == e.Claim }) {
			continue
		}
		held = append(held, Held{Target: t, Level: e.Level, LevelOf: e.LevelOf, Claim: e.Claim, Against: e.Against})
	}
	return held
}

// Query asks an [Index]. A list that is nil leaves nothing out, and the zero Query asks for all.
// One that is empty and not nil finds nothing: a skill that no framework knows is not
// everybody's.
type Query struct {
	Items     []string // any of these keys: see [Graph.Narrower] and [Matcher.Keys]
	Issuers   []string // any of these
	Types     []string // any of these, such as Course
	Standings []Standing
	// Counting leaves out what has something against it.
	Counting bool
	// At leaves out what does not hold at an instant by its dates.
	At time.Time
	// After is where the page before ended. The zero Position is the beginning.
	After Position
	Limit int // of the page, 100 where it is zero, at most MaxPage
}

// Position is one of an entry in the order of an [Index].
type Position struct {
	Holder string
	Next   int // the number of the holder's entries that stand before
}

// Found is an entry with whose it is.
type Found struct {
	Holder string
	Place  int // among the holder's entries
	Entry
}

// Page is a part of what a [Query] found.
type Page struct {
	Found []Found
	// Next is where the next page begins, zero where there is none.
	Next Position
}

// Normal returns the query with its defaults, or an error that wraps [ErrInvalid].
func (q Query) Normal() (Query, error) {
	switch {
	case len(q.Items) > MaxItems:
		return q, fmt.Errorf("%w: a query has %d items, more than %d", ErrInvalid, len(q.Items), MaxItems)
	case len(q.Issuers) > MaxWords || len(q.Types) > MaxWords:
		return q, fmt.Errorf("%w: a query has more than %d issuers or types", ErrInvalid, MaxWords)
	case q.Limit < 0 || q.Limit > MaxPage:
		return q, fmt.Errorf("%w: a page of %d entries", ErrInvalid, q.Limit)
	case q.After.Next < 0 || len(q.After.Holder) > MaxName:
		return q, fmt.Errorf("%w: no such position", ErrInvalid)
	case q.Limit == 0:
		q.Limit = pageOf
	}
	return q, nil
}

// FindsNothing reports whether a list of the query is empty and not nil: for those who
// implement [Index].
func (q *Query) FindsNothing() bool {
	none := func(list []string) bool { return list != nil && len(list) == 0 }
	return none(q.Items) || none(q.Issuers) || none(q.Types) || q.Standings != nil && len(q.Standings) == 0
}

// takes reports whether an entry is one that the query asks for, whatever its item.
func (q *Query) takes(e *Entry) bool {
	among := func(list []string, s string) bool { return list == nil || slices.Contains(list, s) }
	switch {
	case q.Counting && e.Against != "",
		q.Standings != nil && !slices.Contains(q.Standings, e.Standing),
		!q.At.IsZero() && (e.From.After(q.At) || !e.Until.IsZero() && !e.Until.After(q.At)):
		return false
	}
	return among(q.Issuers, e.Issuer) && among(q.Types, e.Type)
}

// CheckPut returns an error that wraps [ErrInvalid] where [Index.Put] makes no sense: for
// those who implement it.
func CheckPut(pool, holder string, entries []Entry) error {
	switch {
	case pool == "" || holder == "" || len(pool) > MaxName || len(holder) > MaxName:
		return fmt.Errorf("%w: a pool and a holder have 1 to %d bytes", ErrInvalid, MaxName)
	case len(entries) > MaxEntries:
		return fmt.Errorf("%w: %d entries of a holder, more than %d", ErrInvalid, len(entries), MaxEntries)
	}
	for i := range entries {
		if !entries[i].sound() {
			return fmt.Errorf("%w: entry %d has a text, a level or a standing that is none", ErrInvalid, i)
		}
	}
	return nil
}

// sound reports whether an entry can be written by any index.
func (e *Entry) sound() bool {
	for _, text := range []string{e.Item, e.Credential, e.Issuer, e.Type, string(e.Against)} {
		if !utf8.ValidString(text) {
			return false
		}
	}
	return e.Level >= 0 && e.Level < math.MaxFloat64 && e.LevelOf >= 0 && e.LevelOf < math.MaxFloat64 && int(e.Standing) < len(standings)
}

// All yields whatever a query finds, page by page. It ends with the first error.
func All(ctx context.Context, index Index, pool string, q Query) iter.Seq2[Found, error] {
	return func(yield func(Found, error) bool) {
		for {
			page, err := index.Find(ctx, pool, q)
			if err == nil && page.Next != (Position{}) && !page.Next.after(q.After) {
				err = errors.New("match: the index gives the same page again")
			}
			if err != nil {
				yield(Found{}, err)
				return
			}
			for _, f := range page.Found {
				if !yield(f, nil) {
					return
				}
			}
			if page.Next == (Position{}) {
				return
			}
			q.After = page.Next
		}
	}
}

// after reports whether a position is behind another.
func (p Position) after(q Position) bool {
	c := strings.Compare(p.Holder, q.Holder)
	return c > 0 || c == 0 && p.Next > q.Next
}

// Skill is the query for whoever has a competency, or a narrower one, by a claim that counts
// and holds at an instant: [Graph.Narrower] has the items.
func (g *Graph) Skill(a casefw.Alignment, at time.Time) Query {
	return Query{Items: g.Narrower(a), Counting: true, At: at}
}
