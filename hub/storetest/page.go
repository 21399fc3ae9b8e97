package storetest

import (
	"bytes"
	"time"

	"github.com/laurel-edu/laurel/hub"
)

func (s *suite) order() {
	o := s.owner("anna")
	for _, n := range []int{5, 1, 9, 3} {
		s.put(o, badge(n, 1), hub.OutcomeCreated)
	}
	s.put(o, badge(1, 2), hub.OutcomeReplaced)
	s.put(o, badge(3, 0), hub.OutcomeOlder)
	s.put(o, badge(5, 1), hub.OutcomeUnchanged)
	s.put(o, badge(7, -400), hub.OutcomeCreated)
	equal(s, s.badges(o), "5 1 9 3 7", "the order")
}

func (s *suite) offsets() {
	o := s.owner("anna")
	s.fill(o, 7)
	for _, c := range []struct {
		limit, offset int
		want          string
		more          bool
	}{
		{0, 0, numbers(0, 7), false}, {7, 0, numbers(0, 7), false}, {6, 0, numbers(0, 6), true}, {3, 0, numbers(0, 3), true},
		{3, 3, numbers(3, 6), true}, {3, 6, "6", false}, {3, 4, numbers(4, 7), false}, {3, 7, "", false}, {1, 1 << 31, "", false},
		{hub.MaxLimit + 1, 1, numbers(1, 7), false},
	} {
		page := s.list(o, hub.Query{Kind: hub.KindBadge, Limit: c.limit, Offset: c.offset})
		equal(s, ids(page.Entries), c.want, "a page")
		equal(s, page.Total, 7, "its total")
		equal(s, page.Next != 0, c.more, "whether more follows")
	}
	page := s.list(s.owner("nobody"), hub.Query{Kind: hub.KindBadge})
	equal(s, len(page.Entries)+page.Total+int(page.Next), 0, "what nobody has")
}

func (s *suite) positions() {
	o := s.owner("anna")
	all := s.fill(o, 7)
	for limit := 1; limit <= 8; limit++ {
		var got []hub.Stored
		q := hub.Query{Kind: hub.KindBadge, Limit: limit}
		for {
			page := s.list(o, q)
			equal(s, page.Total, 7, "the total")
			got = append(got, page.Entries...)
			if page.Next == 0 || len(got) > 7 {
				break
			}
			q.After = page.Next
		}
		equal(s, ids(got), numbers(0, 7), "all pages")
	}
	page := s.list(o, hub.Query{Kind: hub.KindBadge, After: all[2].Pos, Offset: 1, Limit: 2})
	equal(s, ids(page.Entries), "4 5", "an offset behind a position")
	page = s.list(o, hub.Query{Kind: hub.KindBadge, After: all[6].Pos})
	equal(s, len(page.Entries), 0, "what is behind the last")
	equal(s, page.Total, 7, "the total behind the last")
}

func (s *suite) moving() {
	o := s.owner("anna")
	all := s.fill(o, 6)
	page := s.list(o, hub.Query{Kind: hub.KindBadge, Limit: 3})
	s.must(s.store.Delete(s.ctx, o, all[0].Key()), "deleting one before")
	s.must(s.store.Delete(s.ctx, o, all[2].Key()), "deleting the one that the page ended with")
	s.must(s.store.Delete(s.ctx, o, all[4].Key()), "deleting one behind")
	s.put(o, badge(3, 99), hub.OutcomeReplaced)
	s.put(o, badge(6, 0), hub.OutcomeCreated)
	s.put(o, badge(0, 0), hub.OutcomeCreated)
	next := s.list(o, hub.Query{Kind: hub.KindBadge, Limit: 9, After: page.Next})
	equal(s, ids(next.Entries), "3 5 6 0", "the next page")
	equal(s, next.Total, 5, "the total")
}

func (s *suite) heavy() {
	o := s.owner("anna")
	for i := range 5 {
		c := badge(i, 1)
		c.Raw = bytes.Repeat([]byte{'a'}, 1000)
		s.put(o, c, hub.OutcomeCreated)
	}
	for _, c := range []struct {
		bytes int
		want  string
		more  bool
	}{{1, "0", true}, {1999, "0", true}, {2000, "0 1", true}, {4999, numbers(0, 4), true}, {5000, numbers(0, 5), false}} {
		page := s.list(o, hub.Query{Kind: hub.KindBadge, MaxBytes: c.bytes})
		equal(s, ids(page.Entries), c.want, "a page of so many bytes")
		equal(s, page.Next != 0, c.more, "whether more follows")
		equal(s, page.Total, 5, "the total")
	}
}

func (s *suite) since() {
	o := s.owner("anna")
	all := s.fill(o, 5)
	var replaced hub.Stored
	for replaced.Version == 0 || !replaced.Changed.After(all[4].Changed) { // clocks may be coarse
		c := badge(0, 0)
		c.Raw = append(replaced.Raw, ' ')
		replaced = s.put(o, c, hub.OutcomeReplaced)
	}
	for _, c := range []struct {
		what  string
		since time.Time
		by    hub.SinceBy
		want  string
	}{
		{"issued after a day", day(2), hub.SinceIssued, "3 4"},
		{"issued just before a day", day(2).Add(-time.Microsecond), hub.SinceIssued, "2 3 4"},
		{"issued a nanosecond later", day(2).Add(time.Nanosecond), hub.SinceIssued, "3 4"},
		{"issued before all", time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC), hub.SinceIssued, numbers(0, 5)},
		{"issued after all", day(5000), hub.SinceIssued, ""},
		{"changed after the others", all[4].Changed, hub.SinceChanged, "0"},
		{"either", all[4].Changed, hub.SinceEither, "0"},
	} {
		page := s.list(o, hub.Query{Kind: hub.KindBadge, Since: c.since, By: c.by})
		equal(s, ids(page.Entries), c.want, c.what)
		equal(s, page.Total, len(page.Entries), "the total of "+c.what)
	}
	page := s.list(o, hub.Query{Kind: hub.KindBadge, Since: day(0), Limit: 2, Offset: 1})
	equal(s, ids(page.Entries), "2 3", "a page since a day")
	equal(s, page.Total, 4, "its total")
	page = s.list(o, hub.Query{Kind: hub.KindBadge, Since: day(0), Limit: 2, After: page.Next})
	equal(s, ids(page.Entries), "4", "the next page since a day")
	equal(s, page.Total, 4, "its total")
}
