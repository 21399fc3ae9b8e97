package storetest

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/vc"
)

// day is an instant of the tests, so many days after the first.
func day(n int) time.Time {
	return time.Date(2024, 2, 28, 9, 30, 0, 123_456_000, time.UTC).AddDate(0, 0, n)
}

// badge is a credential that a number tells from others, valid from a day.
func badge(number, from int) hub.Credential {
	id := fmt.Sprintf("https://school.example/badges/%d", number)
	return hub.Credential{Kind: hub.KindBadge, Issuer: "https://school.example/issuer", ID: id, ValidFrom: day(from),
		Raw: fmt.Appendf(nil, "{ \"id\": %q,\n\t\"name\": \"Müller \\u00fc\", \"from\": %d }", id, from)}
}

// record is a badge as a record, and a token.
func record(number, from int) hub.Credential {
	c := badge(number, from)
	c.Kind, c.Form, c.Raw = hub.KindRecord, vc.FormJWT, fmt.Appendf(nil, "eyJ%d.eyJ%d.c2ln", number, from)
	return c
}

// put upserts a credential, and is a fault where the outcome is another.
func (s *suite) put(o hub.Owner, c hub.Credential, want hub.Outcome) hub.Stored {
	stored, outcome, err := s.store.Upsert(s.ctx, o, c)
	s.must(err, "storing "+c.ID)
	if outcome != want {
		s.fault("storing %s of %s: it is %v, not %v", c.ID, c.ValidFrom, outcome, want)
	}
	return stored
}

// fill stores badges of the numbers from 0 on.
func (s *suite) fill(o hub.Owner, n int) (all []hub.Stored) {
	for i := range n {
		all = append(all, s.put(o, badge(i, i), hub.OutcomeCreated))
	}
	return all
}

func (s *suite) list(o hub.Owner, q hub.Query) hub.Page {
	page, err := s.store.List(s.ctx, o, q)
	s.must(err, "listing")
	return page
}

// badges are the ids of all badges of an owner in their order, each by its last segment.
func (s *suite) badges(o hub.Owner) string {
	var all []hub.Stored
	for e, err := range hub.All(s.ctx, s.store, o, hub.KindBadge) {
		s.must(err, "listing all")
		all = append(all, e)
	}
	return ids(all)
}

func ids(entries []hub.Stored) string {
	var all []string
	for _, e := range entries {
		all = append(all, e.ID[strings.LastIndex(e.ID, "/")+1:])
	}
	return strings.Join(all, " ")
}

// numbers are those from a to before b, as ids has them.
func numbers(a, b int) string {
	var all []string
	for i := a; i < b; i++ {
		all = append(all, fmt.Sprint(i))
	}
	return strings.Join(all, " ")
}

// same is a fault where two entries differ in anything.
func (s *suite) same(got, want hub.Stored, what string) {
	if g, w := describe(got), describe(want); g != w {
		s.fault("%s:\n got %s\nwant %s", what, g, w)
	}
}

// describe tells everything of an entry, the beginning of its text and a digest of it.
func describe(e hub.Stored) string {
	const layout = time.RFC3339Nano + " MST"
	return fmt.Sprintf("%v %q %q %s %v %q %x %d %d %x %s", e.Kind, e.Issuer, e.ID, e.ValidFrom.Format(layout), e.Form,
		e.Raw[:min(len(e.Raw), 100)], sha256.Sum256(e.Raw), e.Pos, e.Version, e.Digest, e.Changed.Format(layout))
}

func (s *suite) find(o hub.Owner, c hub.Credential) hub.Stored {
	e, err := s.store.Find(s.ctx, o, c.Key())
	s.must(err, "finding "+c.ID)
	return e
}
