package storetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/internal/guard"
)

// items: a query may name more than a statement of a data base takes.
func (s *suite) items() {
	var items, want []string
	for i := range 300 {
		items = append(items, fmt.Sprint("item ", i))
		if i%7 == 0 {
			holder := fmt.Sprintf("holder %03d", 300-i)
			s.put(holder, entry("none"), entry(items[i]))
			want = append(want, holder+"/1")
		}
	}
	slices.Sort(want)
	s.finds("three hundred items", match.Query{Items: items, Limit: 5}, want...)
}

// pages of any length are the whole, in order, with nothing twice.
func (s *suite) pages() {
	var want []string
	for i := range 9 {
		holder := fmt.Sprint("holder ", i)
		for k := range i%3 + 1 {
			want = append(want, fmt.Sprint(holder, "/", k))
		}
		s.put(holder, slices.Repeat([]match.Entry{entry("a")}, i%3+1)...)
	}
	for limit := 1; limit < len(want)+2; limit++ {
		s.finds(fmt.Sprint("pages of ", limit), match.Query{Items: []string{"a"}, Limit: limit}, want...)
	}
	page, err := s.index.Find(s.ctx, s.pool, match.Query{Limit: len(want)})
	whole := err == nil && len(page.Found) == len(want)
	s.want(whole && page.Next == match.Position{}, "the last page has another behind it: %+v, %v", page.Next, err)
}

// moving: who stays is found once.
func (s *suite) moving() {
	for _, h := range []string{"b", "d", "f"} {
		s.put(h, entry("a"))
	}
	first, err := s.index.Find(s.ctx, s.pool, match.Query{Limit: 1})
	s.want(err == nil && len(first.Found) == 1, "the first page: %v", err)
	s.put("a", entry("a"))
	s.put("c", entry("a"))
	s.put("d")
	s.finds("the rest", match.Query{After: first.Next, Limit: 1}, "c/0", "f/0")
}

// many: a long record is put as a whole.
func (s *suite) many() {
	var all []match.Entry
	for i := range 1234 {
		all = append(all, entry(fmt.Sprint("item ", i)))
	}
	s.put("ana", all...)
	s.want(len(s.find(match.Query{Limit: match.MaxPage})) == len(all), "not all are found")
	s.finds("the last", match.Query{Items: []string{"item 1233"}}, "ana/1233")
}

func (s *suite) senseless() {
	bad := func(what string, err error) {
		s.want(errors.Is(err, match.ErrInvalid), "%s: the error is %v", what, err)
	}
	long := string(make([]byte, match.MaxName+1))
	bad("no pool", s.index.Put(s.ctx, "", "ana", nil))
	bad("a long pool", s.index.Put(s.ctx, long, "ana", nil))
	bad("no holder", s.index.Put(s.ctx, s.pool, "", nil))
	bad("a long holder", s.index.Remove(s.ctx, s.pool, long))
	bad("too many entries", s.index.Put(s.ctx, s.pool, "ana", make([]match.Entry, match.MaxEntries+1)))
	bad("a text that is none", s.index.Put(s.ctx, s.pool, "ana", []match.Entry{{Item: "\xff"}}))
	bad("a level that is none", s.index.Put(s.ctx, s.pool, "ana", []match.Entry{{Level: math.NaN()}}))
	bad("a standing that is none", s.index.Put(s.ctx, s.pool, "ana", []match.Entry{{Standing: 77}}))
	for what, q := range map[string]match.Query{
		"many items": {Items: make([]string, match.MaxItems+1)}, "many issuers": {Issuers: make([]string, match.MaxWords+1)},
		"many types": {Types: make([]string, match.MaxWords+1)}, "a long page": {Limit: match.MaxPage + 1}, "a short page": {Limit: -1},
		"no position": {After: match.Position{Next: -1}},
	} {
		_, err := s.index.Find(s.ctx, s.pool, q)
		bad(what, err)
	}
	_, err := s.index.Find(s.ctx, "", match.Query{})
	bad("no pool to find in", err)
	s.finds("after all that", match.Query{})
}

func (s *suite) ended() {
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	s.want(s.index.Put(ctx, s.pool, "ana", []match.Entry{entry("a")}) != nil, "Put in a context that has ended")
	_, err := s.index.Find(ctx, s.pool, match.Query{})
	s.want(err != nil, "Find in a context that has ended")
	s.finds("after that", match.Query{})
}

// races: of many who put a holder at once, one is there as a whole, and whoever reads
// meanwhile sees nothing in between.
func (s *suite) races() {
	const writers, rounds = 6, 5
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			_, err := guard.Call(s.ctx, func() (struct{}, error) {
				for range rounds {
					s.put("ana", slices.Repeat([]match.Entry{entry(fmt.Sprint("of ", w))}, w+1)...)
					page, err := s.index.Find(s.ctx, s.pool, match.Query{})
					s.want(err == nil, "Find: %v", err)
					s.whole(page.Found)
				}
				return struct{}{}, nil
			})
			s.want(err == nil, "%v", err)
		})
	}
	group.Wait()
	s.whole(s.find(match.Query{}))
}

// whole is a fault where entries are not those of one writer.
func (s *suite) whole(all []match.Found) {
	for i := range all {
		s.want(all[i].Item == all[0].Item, "entries of two writers: %s, %s", all[0].Item, all[i].Item)
		s.want(all[i].Item == fmt.Sprint("of ", len(all)-1), "%d entries of %s", len(all), all[i].Item)
	}
	s.want(len(all) > 0, "nothing is there")
}

func (s *suite) reopens() {
	s.put("ana", entry("a"))
	again, err := s.open(s.ctx)
	if s.want(err == nil && again != nil, "opening anew: %v", err); err != nil || again == nil {
		return
	}
	s.index = again
	s.finds("after it was opened anew", match.Query{Items: []string{"a"}}, "ana/0")
}

// agrees: random queries find what looking at everybody finds.
func (s *suite) agrees() {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same each time
	everybody := map[string][]match.Entry{}
	pick := func(kind string, n int) string { return fmt.Sprint(kind, " ", r.IntN(n)) }
	for range 60 {
		holder := pick("holder", 40)
		everybody[holder] = nil
		for range r.IntN(6) {
			e := match.Entry{Item: pick("item", 8), Issuer: pick("issuer", 4), Type: pick("type", 3), Standing: match.Standing(r.IntN(6)),
				From: day(r.IntN(5)), Until: day(r.IntN(5) + 5)}
			if r.IntN(3) == 0 {
				e.Against = match.AgainstStanding
			}
			everybody[holder] = append(everybody[holder], e)
		}
		s.put(holder, everybody[holder]...)
	}
	for range 150 {
		q := match.Query{Counting: r.IntN(3) == 0, Limit: 1 + r.IntN(7)}
		for range r.IntN(4) {
			q.Items = append(q.Items, pick("item", 9))
		}
		for range r.IntN(3) {
			q.Issuers = append(q.Issuers, pick("issuer", 4))
		}
		for range r.IntN(3) {
			q.Types = append(q.Types, pick("type", 3))
		}
		for range r.IntN(4) {
			q.Standings = append(q.Standings, match.Standing(r.IntN(6)))
		}
		if r.IntN(2) == 0 {
			q.At = day(r.IntN(11))
		}
		s.finds(fmt.Sprintf("%+v", q), q, looked(everybody, &q)...)
	}
}

// looked is what a query finds by looking at everybody.
func looked(everybody map[string][]match.Entry, q *match.Query) (all []string) {
	var holders []string
	for h := range everybody {
		holders = append(holders, h)
	}
	slices.Sort(holders)
	in := func(list []string, s string) bool { return len(list) == 0 || slices.Contains(list, s) }
	for _, h := range holders {
		for i, e := range everybody[h] {
			now := q.At == time.Time{} || !q.At.Before(e.From) && q.At.Before(e.Until)
			stands := len(q.Standings) == 0 || slices.Contains(q.Standings, e.Standing)
			if now && stands && (!q.Counting || e.Against == "") && in(q.Items, e.Item) && in(q.Issuers, e.Issuer) && in(q.Types, e.Type) {
				all = append(all, fmt.Sprint(h, "/", i))
			}
		}
	}
	return all
}
