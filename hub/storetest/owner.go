package storetest

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/hub"
)

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
	s.must(s.store.AddLink(s.ctx, link(o, 1, 1)), "adding a link")
	text := export(o)
	equal(s, strings.Count(text, link(o, 1, 1).ID), 1, "the link of whoever is exported")
	for i, want := range []hub.Imported{{Created: 4, Profile: true}, {Unchanged: 4}} {
		got, err := hub.Import(s.ctx, s.store, other, strings.NewReader(text), hub.ImportOptions{})
		s.must(err, "importing")
		equal(s, got, want, fmt.Sprintf("import %d", i+1))
	}
	equal(s, s.badges(other), s.badges(o), "the badges")
	equal(s, s.listed(other), "", "the links that were imported")
	equal(s, string(s.find(other, badge(1, 0)).Raw), string(badge(1, 9).Raw), "a badge")
	p, err := s.store.Profile(s.ctx, other)
	s.must(err, "reading a profile")
	equal(s, string(p.Raw), "{ \"name\":\"Ü\u2028\\u0000\" }\r\n", "the profile")
}
