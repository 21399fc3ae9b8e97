package storetest

import (
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
