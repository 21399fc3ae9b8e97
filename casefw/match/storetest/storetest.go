// Package storetest holds indexes of claims against what match.Index promises, for whoever
// writes one.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/internal/guard"
)

// Test holds an index against what [match.Index] promises, and returns how many cases it
// passed, which is the same number for each that passes all. open returns an index; each call
// gives another one over the same data, which are empty at first. An index in memory is
// itself each time. The error names all that was found wrong. Call it from a test of yours,
// with the race detector on:
//
//	if _, err := storetest.Test(t.Context(), open); err != nil {
//		t.Fatal(err)
//	}
func Test(ctx context.Context, open func(context.Context) (match.Index, error)) (passed int, err error) {
	var faults []error
	for _, c := range cases {
		s := &suite{ctx: ctx, open: open, pool: "pool of " + c.name}
		_, err := guard.Call(ctx, func() (struct{}, error) {
			if s.index, err = s.open(ctx); err == nil && s.index == nil {
				err = errors.New("there is none")
			}
			if err != nil {
				return struct{}{}, fmt.Errorf("opening the index: %w", err)
			}
			c.f(s)
			return struct{}{}, nil
		})
		if err = errors.Join(append(s.faults, err)...); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", c.name, err))
			continue
		}
		passed++
	}
	return passed, errors.Join(faults...)
}

// cases are what is tested, each with a pool of its own.
var cases = []struct {
	name string
	f    func(*suite)
}{
	{"an entry is kept as it is", (*suite).keeps},
	{"strange texts", (*suite).texts},
	{"a holder's entries are replaced as a whole", (*suite).replaces},
	{"a holder is removed", (*suite).removes},
	{"pools are apart", (*suite).pools},
	{"each word of a query", (*suite).queries},
	{"the time for which a claim holds", (*suite).times},
	{"many items at once", (*suite).items},
	{"pages", (*suite).pages},
	{"a page while holders come and go", (*suite).moving},
	{"many entries of one holder", (*suite).many},
	{"calls that make no sense", (*suite).senseless},
	{"a context that has ended", (*suite).ended},
	{"many put one holder at once", (*suite).races},
	{"opened anew", (*suite).reopens},
	{"whatever is asked, what everybody has is found", (*suite).agrees},
}

// suite is the case that is run.
type suite struct {
	ctx   context.Context
	open  func(context.Context) (match.Index, error)
	index match.Index
	pool  string

	mu     sync.Mutex
	faults []error
}

func (s *suite) want(ok bool, format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	const most = 20 // of a case that is wrong everywhere
	if !ok && len(s.faults) < most {
		s.faults = append(s.faults, fmt.Errorf(format, args...))
	}
}

func (s *suite) put(holder string, entries ...match.Entry) {
	err := s.index.Put(s.ctx, s.pool, holder, entries)
	s.want(err == nil, "Put of %.40q: %v", holder, err)
}

// find is all that a query finds, page by page.
func (s *suite) find(q match.Query) (all []match.Found) {
	for f, err := range match.All(s.ctx, s.index, s.pool, q) {
		if s.want(err == nil, "Find: %v", err); err != nil {
			break
		}
		all = append(all, f)
	}
	return all
}

// finds is a fault where a query finds others than these, each "holder/place".
func (s *suite) finds(what string, q match.Query, want ...string) {
	var got []string
	for _, f := range s.find(q) {
		got = append(got, place(f.Holder, f.Place))
	}
	s.want(slices.Equal(got, want), "%s: found %v, not %v", what, got, want)
}

// place names an entry. Holders that are long differ in their beginnings.
func place(holder string, i int) string { return fmt.Sprintf("%.30s/%d", holder, i) }

// day is an instant of the tests, so many days after the first.
func day(n int) time.Time {
	return time.Date(2026, 2, 27, 9, 30, 0, 123_456_000, time.UTC).AddDate(0, 0, n)
}

// entry is one of an item that counts.
func entry(item string) match.Entry {
	return match.Entry{Item: item, Claim: 3, Credential: "urn:uuid:of-" + item, Issuer: "https://school.example/issuer", Type: "Course",
		Standing: match.StandingOwnProof, Level: 2.5, LevelOf: 4, From: day(0), Until: day(100)}
}

func same(a, b match.Entry) bool {
	if !a.From.Equal(b.From) || !a.Until.Equal(b.Until) || a.From.IsZero() != b.From.IsZero() {
		return false
	}
	a.From, a.Until, b.From, b.Until = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	return a == b
}

// keeps: all that an entry says comes back, in UTC.
func (s *suite) keeps() {
	bare := match.Entry{}
	against := entry("x")
	against.Against, against.Standing, against.Claim = match.AgainstValidity, match.StandingForged, 0
	against.From = day(0).In(time.FixedZone("", 3600))
	all := []match.Entry{entry("x"), bare, against}
	s.put("ana", all...)
	got := s.find(match.Query{})
	s.want(len(got) == len(all), "%d of %d entries", len(got), len(all))
	for i := range got {
		s.want(got[i].Holder == "ana" && got[i].Place == i && same(got[i].Entry, all[i]), "entry %d is %+v", i, got[i])
	}
	all[0].Item = "changed by whoever put it"
	s.finds("after the caller changed what was put", match.Query{Items: []string{"x"}}, "ana/0", "ana/2")
}

// texts of any kind are kept and told apart.
func (s *suite) texts() {
	texts := []string{
		"", " ", "a", "A", "a ", "a\x00", "\u00e9", "e\u0301", "𝄞", "'; DROP TABLE match_entry; --", "%", "_", strings.Repeat("x", 100_000),
	}
	holders := []string{"ana", "ANA", "ana ", "an'a", "é", "\x00", "\xff\xfe", strings.Repeat("h", match.MaxName)}
	for _, h := range holders {
		var all []match.Entry
		for _, text := range texts {
			e := entry(text)
			e.Issuer, e.Type, e.Credential = text, text, text
			all = append(all, e)
		}
		s.put(h, all...)
	}
	slices.Sort(holders)
	for i, text := range texts {
		for _, q := range []match.Query{{Items: []string{text}}, {Issuers: []string{text}}, {Types: []string{text}}} {
			var want []string
			for _, h := range holders {
				want = append(want, place(h, i))
			}
			s.finds(fmt.Sprintf("by %.20q", text), q, want...)
		}
	}
}

func (s *suite) replaces() {
	s.put("ana", entry("a"), entry("b"), entry("c"))
	s.put("bo", entry("a"))
	s.put("ana", entry("b"))
	s.finds("what was there", match.Query{Items: []string{"a", "c"}}, "bo/0")
	s.finds("what is there", match.Query{}, "ana/0", "bo/0")
}

func (s *suite) removes() {
	s.put("ana", entry("a"))
	s.put("bo", entry("a"))
	s.want(s.index.Remove(s.ctx, s.pool, "ana") == nil, "Remove is an error")
	s.want(s.index.Remove(s.ctx, s.pool, "nobody") == nil, "Remove of who is not there is an error")
	s.finds("after one was removed", match.Query{Items: []string{"a"}}, "bo/0")
	s.put("bo")
	s.finds("after nothing was put", match.Query{})
}

func (s *suite) pools() {
	s.put("ana", entry("a"))
	mine := s.pool
	s.pool = mine + "2"
	s.finds("in another pool", match.Query{})
	s.put("ana", entry("b"))
	s.want(s.index.Remove(s.ctx, mine, "ana") == nil, "Remove is an error")
	s.finds("after the other's was removed", match.Query{}, "ana/0")
	s.pool = mine
	s.finds("in the pool of who was removed", match.Query{})
}

// queries: each word alone, and all of them together.
func (s *suite) queries() {
	a := entry("a")
	b := entry("b")
	b.Issuer, b.Type, b.Standing = "https://guild.example", "Badge", match.StandingRecordSameIssuer
	c := entry("a")
	c.Issuer, c.Standing, c.Against = b.Issuer, match.StandingNobody, match.AgainstStanding
	s.put("ana", a, b)
	s.put("bo", c)
	s.finds("everything", match.Query{}, "ana/0", "ana/1", "bo/0")
	s.finds("an item", match.Query{Items: []string{"a"}}, "ana/0", "bo/0")
	s.finds("two items", match.Query{Items: []string{"b", "a", "b"}}, "ana/0", "ana/1", "bo/0")
	s.finds("an item that nobody has", match.Query{Items: []string{"z"}})
	s.finds("an issuer", match.Query{Issuers: []string{b.Issuer}}, "ana/1", "bo/0")
	s.finds("a type", match.Query{Types: []string{"Badge"}}, "ana/1")
	s.finds("an item of an issuer", match.Query{Items: []string{"a"}, Issuers: []string{b.Issuer, "https://nobody.example"}}, "bo/0")
	s.finds("a standing", match.Query{Standings: []match.Standing{match.StandingRecordSameIssuer}}, "ana/1")
	s.finds("two standings", match.Query{Standings: []match.Standing{match.StandingNobody, match.StandingOwnProof}}, "ana/0", "bo/0")
	s.finds("the zero standing", match.Query{Standings: []match.Standing{match.StandingNotChecked}})
	s.finds("no items", match.Query{Items: []string{}})
	s.finds("no issuers", match.Query{Issuers: []string{}})
	s.finds("no types", match.Query{Types: []string{}})
	s.finds("no standings", match.Query{Standings: []match.Standing{}})
	s.finds("what counts", match.Query{Items: []string{"a"}, Counting: true}, "ana/0")
	s.finds("all at once", match.Query{Items: []string{"a", "b"}, Issuers: []string{a.Issuer}, Types: []string{"Course"},
		Standings: []match.Standing{match.StandingOwnProof}, Counting: true, At: day(1)}, "ana/0")
}

// times: from its beginning on, and before its end.
func (s *suite) times() {
	open := entry("a")
	open.From, open.Until = time.Time{}, time.Time{}
	s.put("ana", entry("a"), open)
	for what, c := range map[string]struct {
		at   time.Time
		want []string
	}{
		"before":      {day(0).Add(-time.Microsecond), []string{"ana/1"}},
		"at its from": {day(0), []string{"ana/0", "ana/1"}},
		"in between":  {day(50), []string{"ana/0", "ana/1"}},
		"the last":    {day(100).Add(-time.Microsecond), []string{"ana/0", "ana/1"}},
		"at its end":  {day(100), []string{"ana/1"}},
		"long ago":    {time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC), []string{"ana/1"}},
		"never":       {time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), []string{"ana/1"}},
	} {
		s.finds(what, match.Query{At: c.at}, c.want...)
	}
}
