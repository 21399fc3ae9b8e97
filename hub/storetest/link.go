package storetest

import (
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/hub"
)

// link is one of an owner to a badge, made on a day.
func link(o hub.Owner, number, on int) hub.Link {
	return hub.Link{ID: fmt.Sprintf("link-%020d-%d", number, on), Owner: o, Key: badge(number, 0).Key(), File: number%2 == 1,
		Created: day(on)}
}

// listed are the IDs of the links of an owner, in their order.
func (s *suite) listed(o hub.Owner) string {
	links, err := s.store.Links(s.ctx, o)
	s.must(err, "listing links")
	var all []string
	for _, l := range links {
		all = append(all, l.ID)
	}
	return strings.Join(all, " ")
}

func (s *suite) addLinks(links ...hub.Link) {
	for _, l := range links {
		s.must(s.store.AddLink(s.ctx, l), "adding a link")
	}
}

func (s *suite) links() {
	o, other, away := s.owner("anna"), s.owner("annabel"), hub.Owner{Tenant: s.name + "b", User: "anna"}
	one, two, three := link(o, 1, 1), link(o, 2, 3), link(o, 1, 2)
	same := one
	same.Owner = away // of another tenant
	s.addLinks(one, two, three, same, link(other, 4, 4))
	for _, want := range []hub.Link{one, two, three, same} {
		got, err := s.store.Link(s.ctx, want.Owner.Tenant, want.ID)
		s.must(err, "finding a link")
		equal(s, got, want, "a link")
	}
	equal(s, s.listed(o), two.ID+" "+three.ID+" "+one.ID, "the links, the newest first")
	s.is(s.store.AddLink(s.ctx, one), hub.ErrInvalid, "adding a link again")
	taken := two
	taken.Owner = other
	s.is(s.store.AddLink(s.ctx, taken), hub.ErrInvalid, "adding a link under another's ID")
	for _, id := range []string{"", "link", strings.ToUpper(one.ID), one.ID[:len(one.ID)-1], one.ID + "0", one.ID + " ", "%"} {
		_, err := s.store.Link(s.ctx, o.Tenant, id)
		s.is(err, hub.ErrNotFound, fmt.Sprintf("finding the link %q", id))
	}
	_, err := s.store.Link(s.ctx, away.Tenant, two.ID)
	s.is(err, hub.ErrNotFound, "finding a link of another tenant")
	s.is(s.store.EndLink(s.ctx, other, one.ID), hub.ErrNotFound, "ending the link of another")
	s.must(s.store.EndLink(s.ctx, o, one.ID), "ending a link")
	s.is(s.store.EndLink(s.ctx, o, one.ID), hub.ErrNotFound, "ending it again")
	_, err = s.store.Link(s.ctx, o.Tenant, one.ID)
	s.is(err, hub.ErrNotFound, "finding what was withdrawn")
	equal(s, s.listed(o), two.ID+" "+three.ID, "what is left")
	equal(s, s.listed(away), same.ID, "the link of another tenant")
}

func (s *suite) linksEnd() {
	o, other := s.owner("anna"), s.owner("bert")
	for _, o := range []hub.Owner{o, other} {
		s.fill(o, 3)
	}
	for i := range 3 {
		mine, theirs := link(o, i, i), link(other, i, i)
		theirs.ID += "-b"
		s.addLinks(mine, theirs)
	}
	s.must(s.store.Delete(s.ctx, o, badge(1, 0).Key()), "deleting")
	equal(s, s.listed(o), link(o, 2, 2).ID+" "+link(o, 0, 0).ID, "the links of what is left")
	s.must(s.store.Erase(s.ctx, o), "erasing")
	equal(s, s.listed(o), "", "the links of whoever was erased")
	_, err := s.store.Link(s.ctx, o.Tenant, link(o, 0, 0).ID)
	s.is(err, hub.ErrNotFound, "finding a link of whoever was erased")
	equal(s, len(strings.Fields(s.listed(other))), 3, "the links of another")
	alone := link(s.owner("carl"), 1, 1)
	alone.ID += "-c"
	s.addLinks(alone)
	users, err := s.store.Owners(s.ctx, s.name, "bert", 10)
	s.must(err, "listing owners")
	equal(s, fmt.Sprint(users), "[carl]", "whoever has links alone is somebody")
}
