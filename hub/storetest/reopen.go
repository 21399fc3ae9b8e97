package storetest

import "github.com/laurel-edu/laurel/hub"

func (s *suite) reopens() {
	o := s.owner("anna")
	all := s.fill(o, 4)
	all[1] = s.put(o, badge(1, 9), hub.OutcomeReplaced)
	s.must(s.store.Delete(s.ctx, o, all[2].Key()), "deleting")
	was := s.putProfile(o, "{}", nil)
	s.store = s.opened()
	equal(s, s.badges(o), "0 1 3", "the badges")
	s.same(s.find(o, badge(1, 0)), all[1], "a badge that was replaced")
	s.put(o, badge(1, 8), hub.OutcomeOlder)
	s.put(o, badge(1, 9), hub.OutcomeUnchanged)
	s.put(o, badge(2, 0), hub.OutcomeCreated)
	equal(s, s.badges(o), "0 1 3 2", "the badges and a new one")
	equal(s, s.putProfile(o, `{"a":1}`, &was.Tag).Tag.Version, 2, "the version of the profile")
	s.must(s.store.Erase(s.ctx, o), "erasing")
	s.store = s.opened()
	equal(s, s.badges(o), "", "what was erased")
}

func (s *suite) shares() {
	o, one, two := s.owner("anna"), s.store, s.opened()
	for i := range 10 {
		s.store = one
		if i%2 == 1 {
			s.store = two
		}
		s.put(o, badge(i, 1), hub.OutcomeCreated)
		equal(s, s.badges(o), numbers(0, i+1), "the badges")
	}
	first := s.putProfile(o, "{}", &hub.Tag{})
	s.store = one
	equal(s, s.putProfile(o, `{"a":1}`, &first.Tag).Tag.Version, 2, "the version of the profile")
	stores := []hub.Store{one, two}
	s.together(clients, func(i int) {
		for k := range perClient {
			if _, _, err := stores[i%2].Upsert(s.ctx, o, badge(0, 2+i*perClient+k)); err != nil {
				s.fault("storing: %w", err)
			}
		}
	})
	for _, s.store = range stores {
		equal(s, s.find(o, badge(0, 1)).ValidFrom, day(1+clients*perClient), "the newest")
	}
}
