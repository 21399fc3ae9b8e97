package storetest

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/hub"
)

func (s *suite) profile() {
	o := s.owner("anna")
	_, err := s.store.Profile(s.ctx, o)
	s.is(err, hub.ErrNotFound, "reading a profile that is not there")
	s.put(o, badge(1, 1), hub.OutcomeCreated)
	_, err = s.store.Profile(s.ctx, o)
	s.is(err, hub.ErrNotFound, "reading the profile of somebody with a badge")
	var last hub.Profile
	text := "{\"id\":\"a\" ,\n\"name\":\"Ü\"}"
	for i, text := range []string{text, strings.Repeat(" ", 100_000) + "{}", text} {
		p := s.putProfile(o, text, nil)
		equal(s, p.Tag.Version, uint64(i+1), "the version of a profile")
		equal(s, string(p.Raw), text, "a profile")
		equal(s, p.Changed.IsZero(), false, "whether nobody knows when it changed")
		last = s.putProfile(o, text, nil)
		equal(s, last.Tag, p.Tag, "the tag where nothing changed")
		equal(s, last.Changed, p.Changed, "the time where nothing changed")
	}
	read, err := s.store.Profile(s.ctx, o)
	s.must(err, "reading a profile")
	equal(s, fmt.Sprintf("%q %v %v", read.Raw, read.Tag, read.Changed), fmt.Sprintf("%q %v %v", last.Raw, last.Tag, last.Changed),
		"what was read")
	equal(s, s.badges(o), "1", "the badges")
}

func (s *suite) putProfile(o hub.Owner, text string, was *hub.Tag) hub.Profile {
	p, err := s.store.PutProfile(s.ctx, o, []byte(text), was)
	s.must(err, "storing a profile")
	return p
}

func (s *suite) condition() {
	o := s.owner("anna")
	put := func(text string, was hub.Tag) error {
		_, err := s.store.PutProfile(s.ctx, o, []byte(text), &was)
		return err
	}
	s.is(put("{}", hub.Tag{Version: 1}), hub.ErrChanged, "replacing what is not there")
	_, err := s.store.Profile(s.ctx, o)
	s.is(err, hub.ErrNotFound, "reading what was refused")
	first := s.putProfile(o, "{}", &hub.Tag{})
	s.is(put(`{"a":1}`, hub.Tag{}), hub.ErrChanged, "replacing nothing where something is")
	second := s.putProfile(o, `{"a":2}`, &first.Tag)
	equal(s, second.Tag.Version, 2, "the version")
	s.is(put(`{"a":3}`, first.Tag), hub.ErrChanged, "replacing what was replaced")
	s.is(put(`{"a":3}`, hub.Tag{Version: 2, Digest: first.Tag.Digest}), hub.ErrChanged, "replacing another text of the version")
	s.is(put(`{"a":3}`, hub.Tag{Version: 3, Digest: second.Tag.Digest}), hub.ErrChanged, "replacing the text of another version")
	s.is(put(`{"a":2}`, first.Tag), hub.ErrChanged, "replacing what was replaced by what is there")
	equal(s, s.putProfile(o, `{"a":2}`, &second.Tag).Tag, second.Tag, "the tag where nothing changed")
	s.must(s.store.Erase(s.ctx, o), "erasing")
	s.is(put(`{"a":3}`, second.Tag), hub.ErrChanged, "replacing what was erased")
	equal(s, s.putProfile(o, `{"a":3}`, &hub.Tag{}).Tag.Version, 1, "the version of what comes again")
}

// strangers are names that a store might take for one another, or for more than a name.
func strangers() []hub.Owner {
	return []hub.Owner{
		{Tenant: "isolation", User: "bc"}, {Tenant: "isolationb", User: "c"}, {Tenant: "isolation", User: "b"},
		{Tenant: "isolation", User: "BC"}, {Tenant: "Isolation", User: "bc"}, {Tenant: "", User: "isolation"}, {Tenant: "", User: "bc"},
		{Tenant: "isolation", User: "bc "}, {Tenant: "isolation", User: "%"}, {Tenant: "isolation", User: "_c"},
		{Tenant: "isolation", User: "b\x01"}, {Tenant: "isolation\x01", User: "bc"},
		{Tenant: "isolation", User: "'; DROP TABLE credential; --"},
		{Tenant: "isolation", User: "é"}, {Tenant: "isolation", User: "e\u0301"}, {Tenant: "isolation", User: "\\x00"},
		{Tenant: strings.Repeat("t", hub.MaxName), User: strings.Repeat("u", hub.MaxName)},
		{Tenant: strings.Repeat("t", hub.MaxName), User: strings.Repeat("u", hub.MaxName-1)},
	}
}

func (s *suite) isolation() {
	all := strangers()
	for i, o := range all {
		c := badge(1, i)
		s.put(o, c, hub.OutcomeCreated)
		s.putProfile(o, string(c.Raw), &hub.Tag{})
	}
	check := func(i int, o hub.Owner) {
		want := string(badge(1, i).Raw)
		page := s.list(o, hub.Query{Kind: hub.KindBadge})
		equal(s, page.Total, 1, fmt.Sprintf("the total of %q", o))
		equal(s, string(s.find(o, badge(1, 0)).Raw), want, fmt.Sprintf("the badge of %q", o))
		p, err := s.store.Profile(s.ctx, o)
		s.must(err, "reading a profile")
		equal(s, string(p.Raw), want, fmt.Sprintf("the profile of %q", o))
	}
	for i, o := range all {
		check(i, o)
	}
	for i, o := range all { // each that goes leaves the others
		if i%2 == 0 {
			s.must(s.store.Erase(s.ctx, o), "erasing")
		} else {
			s.must(s.store.Delete(s.ctx, o, badge(1, 0).Key()), "deleting")
		}
		for k := i + 1; k < len(all); k++ {
			check(k, all[k])
		}
	}
}

func (s *suite) owners() {
	users := []string{"B", "a", "aa", "b", "b\x01", "é", "日"} // in the order of their bytes
	for _, tenant := range []string{s.name, s.name + "b", s.name[:3]} {
		for i := range users {
			o := hub.Owner{Tenant: tenant, User: users[(i*3)%len(users)]}
			if i%2 == 0 {
				s.putProfile(o, "{}", nil)
			}
			if i%3 != 2 {
				s.put(o, badge(1, 1), hub.OutcomeCreated)
			}
			if i%2 == 1 && i%3 == 2 {
				s.put(o, record(1, 1), hub.OutcomeCreated)
			}
		}
	}
	list := func(after string, limit int) string {
		got, err := s.store.Owners(s.ctx, s.name, after, limit)
		s.must(err, "listing owners")
		return fmt.Sprintf("%q", got)
	}
	equal(s, list("", 100), fmt.Sprintf("%q", users), "the owners")
	equal(s, list("", 2), fmt.Sprintf("%q", users[:2]), "two owners")
	equal(s, list("aa", 2), fmt.Sprintf("%q", users[3:5]), "two owners behind one")
	equal(s, list("ab", 1), fmt.Sprintf("%q", users[3:4]), "one behind somebody who is not there")
	equal(s, list("日", 9), "[]", "owners behind the last")
	s.must(s.store.Delete(s.ctx, s.owner("b"), badge(1, 1).Key()), "deleting the only thing that somebody has")
	equal(s, list("aa", 1), fmt.Sprintf("%q", users[4:5]), "whoever has nothing left is none")
}

func (s *suite) erases() {
	o, other := s.owner("anna"), s.owner("annabel")
	for _, o := range []hub.Owner{o, other} {
		s.fill(o, 3)
		s.put(o, record(1, 1), hub.OutcomeCreated)
		s.putProfile(o, "{}", nil)
	}
	s.must(s.store.Erase(s.ctx, o), "erasing")
	s.must(s.store.Erase(s.ctx, o), "erasing again")
	s.must(s.store.Erase(s.ctx, s.owner("nobody")), "erasing nobody")
	for _, kind := range hub.Kinds() {
		equal(s, s.list(o, hub.Query{Kind: kind}).Total, 0, "what is left")
	}
	_, err := s.store.Profile(s.ctx, o)
	s.is(err, hub.ErrNotFound, "reading the profile of whoever was erased")
	equal(s, s.badges(other), "0 1 2", "the badges of another")
	_, err = s.store.Profile(s.ctx, other)
	s.must(err, "reading the profile of another")
	equal(s, s.put(o, badge(1, 0), hub.OutcomeCreated).Version, 1, "the version of what comes again")
}

func (s *suite) erasesTenant() {
	tenant, near := s.name, s.name+"b"
	for i := range 12 {
		for _, t := range []string{tenant, near} {
			s.put(hub.Owner{Tenant: t, User: fmt.Sprint("user", i)}, badge(1, 1), hub.OutcomeCreated)
		}
	}
	s.must(hub.EraseTenant(s.ctx, s.store, tenant), "erasing a tenant")
	for t, want := range map[string]int{tenant: 0, near: 12} {
		got, err := s.store.Owners(s.ctx, t, "", 100)
		s.must(err, "listing owners")
		equal(s, len(got), want, "the owners of "+t)
	}
}

func (s *suite) exports() {
	o, other := s.owner("anna"), s.owner("bert")
	s.fill(o, 3)
	s.put(o, badge(1, 9), hub.OutcomeReplaced)
	s.put(o, record(7, 1), hub.OutcomeCreated)
	s.putProfile(o, "{ \"name\":\"Ü\u2028\\u0000\" }\r\n", nil)
	export := func(o hub.Owner) string {
		var b bytes.Buffer
		s.must(hub.Export(s.ctx, s.store, o, &b), "exporting")
		return b.String()
	}
	text := export(o)
	for i, want := range []hub.Imported{{Created: 4, Profile: true}, {Unchanged: 4}} {
		got, err := hub.Import(s.ctx, s.store, other, strings.NewReader(text), hub.ImportOptions{})
		s.must(err, "importing")
		equal(s, got, want, fmt.Sprintf("import %d", i+1))
	}
	equal(s, s.badges(other), s.badges(o), "the badges")
	equal(s, string(s.find(other, badge(1, 0)).Raw), string(badge(1, 9).Raw), "a badge")
	p, err := s.store.Profile(s.ctx, other)
	s.must(err, "reading a profile")
	equal(s, string(p.Raw), "{ \"name\":\"Ü\u2028\\u0000\" }\r\n", "the profile")
}

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
