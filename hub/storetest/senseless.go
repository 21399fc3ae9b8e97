package storetest

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/hub"
)

func (s *suite) senseless() {
	o := s.owner("anna")
	long := strings.Repeat("u", hub.MaxName+1)
	for _, bad := range []hub.Owner{{}, {Tenant: "t"}, {User: "a\x00b"}, {Tenant: "\x00", User: "a"}, {User: "\xff"}, {User: long},
		{Tenant: long, User: "u"}} {
		_, _, err := s.store.Upsert(s.ctx, bad, badge(1, 1))
		s.is(err, hub.ErrInvalid, fmt.Sprintf("storing for %q", bad))
		_, err = s.store.List(s.ctx, bad, hub.Query{Kind: hub.KindBadge})
		s.is(err, hub.ErrInvalid, fmt.Sprintf("listing for %q", bad))
		_, err = s.store.Find(s.ctx, bad, badge(1, 1).Key())
		s.is(err, hub.ErrInvalid, fmt.Sprintf("finding for %q", bad))
		s.is(s.store.Delete(s.ctx, bad, badge(1, 1).Key()), hub.ErrInvalid, fmt.Sprintf("deleting for %q", bad))
		_, err = s.store.Profile(s.ctx, bad)
		s.is(err, hub.ErrInvalid, fmt.Sprintf("reading the profile of %q", bad))
		_, err = s.store.PutProfile(s.ctx, bad, []byte("{}"), nil)
		s.is(err, hub.ErrInvalid, fmt.Sprintf("storing the profile of %q", bad))
		s.is(s.store.Erase(s.ctx, bad), hub.ErrInvalid, fmt.Sprintf("erasing %q", bad))
		s.is(s.store.AddLink(s.ctx, link(bad, 1, 1)), hub.ErrInvalid, fmt.Sprintf("adding a link of %q", bad))
		_, err = s.store.Links(s.ctx, bad)
		s.is(err, hub.ErrInvalid, fmt.Sprintf("listing the links of %q", bad))
		s.is(s.store.EndLink(s.ctx, bad, link(o, 1, 1).ID), hub.ErrInvalid, fmt.Sprintf("ending a link of %q", bad))
	}
	for _, spoil := range []func(*hub.Credential){
		func(c *hub.Credential) { c.Kind = 0 }, func(c *hub.Credential) { c.Kind = 9 }, func(c *hub.Credential) { c.Issuer = "" },
		func(c *hub.Credential) { c.ID = " %20\t" }, func(c *hub.Credential) { c.ID = "a\x00" },
		func(c *hub.Credential) { c.Issuer = "\xff" },
		func(c *hub.Credential) { c.ID = strings.Repeat("x", hub.MaxID+1) }, func(c *hub.Credential) { c.Form = 9 },
		func(c *hub.Credential) { c.ValidFrom = c.ValidFrom.AddDate(9000, 0, 0) }, func(c *hub.Credential) { *c = hub.Credential{} },
		func(c *hub.Credential) { c.Raw = nil }, func(c *hub.Credential) { c.Raw = []byte{0xff} },
	} {
		c := badge(1, 1)
		spoil(&c)
		_, _, err := s.store.Upsert(s.ctx, o, c)
		s.is(err, hub.ErrInvalid, fmt.Sprintf("storing %v of %q from %v", c.Kind, c.ID, c.ValidFrom))
	}
	for _, spoil := range []func(*hub.Link){
		func(l *hub.Link) { l.ID = "" }, func(l *hub.Link) { l.ID = "short" }, func(l *hub.Link) { l.ID = strings.Repeat("x", 300) },
		func(l *hub.Link) { l.ID = strings.Repeat("ü", 20) }, func(l *hub.Link) { l.ID += "/" }, func(l *hub.Link) { l.Key.Kind = 0 },
		func(l *hub.Link) { l.Created = l.Created.AddDate(9000, 0, 0) },
	} {
		l := link(o, 1, 1)
		spoil(&l)
		s.is(s.store.AddLink(s.ctx, l), hub.ErrInvalid, fmt.Sprintf("adding the link %q", l.ID))
	}
	for _, q := range []hub.Query{{}, {Kind: 9}, {Kind: 1, Limit: -1}, {Kind: 1, Offset: -1}, {Kind: 1, After: -1},
		{Kind: 1, MaxBytes: -1}, {Kind: 1, By: 9}} {
		_, err := s.store.List(s.ctx, o, q)
		s.is(err, hub.ErrInvalid, fmt.Sprintf("listing %+v", q))
	}
	for _, raw := range [][]byte{nil, {}, {0xff}, bytes.Repeat([]byte{' '}, hub.MaxProfile+1)} {
		_, err := s.store.PutProfile(s.ctx, o, raw, nil)
		s.is(err, hub.ErrInvalid, fmt.Sprintf("a profile of %d bytes", len(raw)))
	}
	for _, limit := range []int{0, -1} {
		_, err := s.store.Owners(s.ctx, s.name, "", limit)
		s.is(err, hub.ErrInvalid, "listing no owners")
	}
	_, err := s.store.Owners(s.ctx, "\x00", "", 1)
	s.is(err, hub.ErrInvalid, "listing the owners of no tenant")
	users, err := s.store.Owners(s.ctx, s.name, "", 1)
	s.must(err, "listing owners")
	equal(s, len(users), 0, "owners who have something after all")
}

func (s *suite) ended() {
	o := s.owner("anna")
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	_, _, err := s.store.Upsert(ctx, o, badge(1, 1))
	s.is(err, context.Canceled, "storing")
	_, err = s.store.List(ctx, o, hub.Query{Kind: hub.KindBadge})
	s.is(err, context.Canceled, "listing")
	_, err = s.store.PutProfile(ctx, o, []byte("{}"), nil)
	s.is(err, context.Canceled, "storing a profile")
	s.is(s.store.Erase(ctx, o), context.Canceled, "erasing")
	equal(s, s.badges(o), "", "the badges")
	s.put(o, badge(1, 1), hub.OutcomeCreated)
}
