package storetest

import (
	"bytes"
	"crypto/sha256"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/vc"
)

func (s *suite) keeps() {
	o, c := s.owner("anna"), badge(1, 0)
	c.ValidFrom = c.ValidFrom.In(time.FixedZone("", 3600)).Add(700 * time.Nanosecond)
	stored := s.put(o, c, hub.OutcomeCreated)
	want := hub.Stored{Credential: c, Pos: 1, Version: 1, Digest: sha256.Sum256(c.Raw), Changed: stored.Changed}
	want.ValidFrom = day(0)
	s.same(stored, want, "what Upsert returned")
	if stored.Changed.IsZero() || stored.Changed != hub.Instant(stored.Changed) {
		s.fault("it changed at %v, which is no instant in microseconds", stored.Changed)
	}
	s.same(s.find(o, c), want, "what Find returned")
	page := s.list(o, hub.Query{Kind: hub.KindBadge})
	equal(s, len(page.Entries), 1, "entries")
	s.same(page.Entries[0], want, "what List returned")
}

func (s *suite) replaces() {
	o, again := s.owner("anna"), badge(1, 2)
	first := s.put(o, badge(1, 2), hub.OutcomeCreated)
	s.same(s.put(o, badge(1, 2), hub.OutcomeUnchanged), first, "the same again")
	s.same(s.put(o, badge(1, 1), hub.OutcomeOlder), first, "an older one")
	again.Raw = append(again.Raw, ' ')
	second := s.put(o, again, hub.OutcomeReplaced)
	equal(s, second.Version, 2, "the version of other bytes")
	equal(s, second.Pos, first.Pos, "the position of other bytes")
	third := s.put(o, badge(1, 3), hub.OutcomeReplaced)
	equal(s, third.Version, 3, "the version of a newer one")
	equal(s, third.Pos, first.Pos, "the position of a newer one")
	equal(s, string(third.Raw), string(badge(1, 3).Raw), "the text of a newer one")
	s.same(s.put(o, again, hub.OutcomeOlder), third, "what was replaced")
	s.same(s.find(o, again), third, "what is there")
	if first.Tag() == second.Tag() || second.Tag() == third.Tag() {
		s.fault("two texts have one tag")
	}
}

func (s *suite) identity() {
	o, c := s.owner("anna"), badge(1, 1)
	first := s.put(o, c, hub.OutcomeCreated)
	same := badge(1, 2)
	same.ID, same.Issuer = " https://school.example/badges/%31", "https://school.example/%69ssuer\t"
	stored := s.put(o, same, hub.OutcomeReplaced)
	equal(s, stored.ID, same.ID, "the id is the one of the new text")
	equal(s, stored.Issuer, same.Issuer, "the issuer is the one of the new text")
	token := badge(1, 3)
	token.Form, token.Raw = vc.FormJWT, []byte("eyJ.eyJ.c2ln")
	stored = s.put(o, token, hub.OutcomeReplaced)
	equal(s, stored.Form, vc.FormJWT, "the form is the one of the new text")
	equal(s, stored.Pos, first.Pos, "the position")
	for i, other := range []hub.Credential{badge(1, 0), badge(1, 0), badge(1, 0), badge(1, 0)} {
		switch i {
		case 0:
			other.Issuer = "https://other.example/issuer"
		case 1:
			other.ID = "HTTPS://school.example/badges/1"
		case 2:
			other.Issuer, other.ID = other.ID, other.Issuer
		case 3: // a zero byte, once decoded, does not move an end
			other.Issuer, other.ID = other.Issuer+"%00"+other.ID, "x"
		}
		s.put(o, other, hub.OutcomeCreated)
	}
	equal(s, s.list(o, hub.Query{Kind: hub.KindBadge}).Total, 5, "the total")
}

func (s *suite) kinds() {
	o := s.owner("anna")
	s.put(o, badge(1, 1), hub.OutcomeCreated)
	s.put(o, record(1, 1), hub.OutcomeCreated)
	s.put(o, record(2, 1), hub.OutcomeCreated)
	for kind, want := range map[hub.Kind]string{hub.KindBadge: "1", hub.KindRecord: "1 2"} {
		page := s.list(o, hub.Query{Kind: kind})
		equal(s, ids(page.Entries), want, kind.String()+"s")
		equal(s, page.Total, len(page.Entries), "the total of "+kind.String()+"s")
	}
	equal(s, s.find(o, record(1, 1)).Form, vc.FormJWT, "the form of a record")
	s.must(s.store.Delete(s.ctx, o, badge(1, 1).Key()), "deleting")
	equal(s, s.list(o, hub.Query{Kind: hub.KindRecord}).Total, 2, "the total of records where a badge was deleted")
}

func (s *suite) instants() {
	o := s.owner("anna")
	for i, at := range []time.Time{
		time.Date(1, 1, 1, 0, 0, 0, 1000, time.UTC), time.Date(1969, 12, 31, 23, 59, 59, 999_999_000, time.UTC),
		time.Unix(0, 0).UTC(), time.Date(2262, 4, 12, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999_999_000, time.UTC),
	} {
		c := badge(1, i)
		c.ValidFrom = at
		want := hub.OutcomeReplaced
		if i == 0 {
			want = hub.OutcomeCreated
		}
		stored := s.put(o, c, want)
		equal(s, stored.ValidFrom, at, "the validFrom")
		equal(s, s.find(o, c).ValidFrom, at, "the validFrom that is found")
	}
}

func (s *suite) texts() {
	o := s.owner("anna")
	long := badge(1, 1)
	long.ID = "urn:" + strings.Repeat("x", hub.MaxID-4)
	long.Raw = bytes.Repeat([]byte("0123456789abcdé\n"), 1<<16)
	odd := badge(2, 1)
	odd.ID, odd.Issuer = `urn:'";--%_\%25é日本𝄞`, `urn:$1?:name`
	odd.Raw = []byte("\t\r\n{\"a\\u0000b\":\"\u2028\u00e9e\u0301'; DROP TABLE credential; --\\x00\"}\r\n ")
	for _, c := range []hub.Credential{long, odd} {
		stored := s.put(o, c, hub.OutcomeCreated)
		s.same(s.find(o, c), stored, "what was stored")
		if !bytes.Equal(stored.Raw, c.Raw) || stored.ID != c.ID || stored.Issuer != c.Issuer {
			s.fault("the text, the id or the issuer is another than was given")
		}
	}
}

func (s *suite) aliases() {
	o, c := s.owner("anna"), badge(1, 1)
	stored := s.put(o, c, hub.OutcomeCreated)
	spoil := func(b []byte) {
		for i := range b {
			b[i] = 'x'
		}
	}
	spoil(c.Raw)
	spoil(stored.Raw)
	spoil(s.find(o, badge(1, 1)).Raw)
	spoil(s.list(o, hub.Query{Kind: hub.KindBadge}).Entries[0].Raw)
	spoil(s.put(o, badge(1, 1), hub.OutcomeUnchanged).Raw)
	spoil(s.put(o, badge(1, 0), hub.OutcomeOlder).Raw)
	equal(s, string(s.find(o, badge(1, 1)).Raw), string(badge(1, 1).Raw), "the text")
	raw := []byte(`{"id":"a"}`)
	p, err := s.store.PutProfile(s.ctx, o, raw, nil)
	s.must(err, "storing a profile")
	spoil(raw)
	spoil(p.Raw)
	p, err = s.store.Profile(s.ctx, o)
	s.must(err, "reading a profile")
	equal(s, string(p.Raw), `{"id":"a"}`, "the profile")
}

func (s *suite) deletes() {
	o := s.owner("anna")
	all := s.fill(o, 3)
	_, err := s.store.Find(s.ctx, o, badge(9, 1).Key())
	s.is(err, hub.ErrNotFound, "finding what is not there")
	_, err = s.store.Find(s.ctx, o, hub.Key{Kind: hub.KindRecord, Identity: badge(1, 1).Key().Identity})
	s.is(err, hub.ErrNotFound, "finding it as another kind")
	s.is(s.store.Delete(s.ctx, o, badge(9, 1).Key()), hub.ErrNotFound, "deleting what is not there")
	s.must(s.store.Delete(s.ctx, o, all[1].Key()), "deleting")
	s.is(s.store.Delete(s.ctx, o, all[1].Key()), hub.ErrNotFound, "deleting it again")
	_, err = s.store.Find(s.ctx, o, all[1].Key())
	s.is(err, hub.ErrNotFound, "finding what was deleted")
	equal(s, s.badges(o), "0 2", "what is left")
	equal(s, s.list(o, hub.Query{Kind: hub.KindBadge}).Total, 2, "the total of what is left")
	again := s.put(o, badge(1, 0), hub.OutcomeCreated) // older than the one that was deleted
	equal(s, again.Version, 1, "the version of what comes again")
	equal(s, s.badges(o), "0 2 1", "what comes again comes last")
}
