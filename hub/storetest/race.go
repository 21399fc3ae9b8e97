package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"

	"github.com/laurel-edu/laurel/hub"
)

// The clients of a race, and how often each of them asks.
const clients, rounds = 8, 100

func (s *suite) raceOneKey() {
	o := s.owner("anna")
	var outcomes [hub.OutcomeOlder + 1]atomic.Int64
	versions := sync.Map{}
	s.together(clients, func(i int) {
		random := rand.New(rand.NewPCG(1, uint64(i)))
		for round := range rounds {
			c := badge(1, random.IntN(1000))
			if round == rounds/2 && i == 0 {
				c = badge(1, 1000)
			}
			stored, outcome, err := s.store.Upsert(s.ctx, o, c)
			if err != nil {
				s.fault("storing: %w", err)
				return
			}
			outcomes[outcome].Add(1)
			if _, twice := versions.LoadOrStore(stored.Version, stored.Digest); !twice {
				continue
			}
			if digest, _ := versions.Load(stored.Version); digest != stored.Digest {
				s.fault("version %d is two texts", stored.Version)
			}
		}
	})
	last := s.find(o, badge(1, 1))
	equal(s, last.ValidFrom, day(1000), "the newest stays")
	equal(s, outcomes[hub.OutcomeCreated].Load(), 1, "how often it was created")
	equal(s, int64(last.Version), 1+outcomes[hub.OutcomeReplaced].Load(), "its version, and how often it was replaced")
	equal(s, s.list(o, hub.Query{Kind: hub.KindBadge}).Total, 1, "the total")
}

func (s *suite) raceSame() {
	o := s.owner("anna")
	for number := range 10 {
		var created, unchanged atomic.Int64
		s.together(clients, func(int) {
			_, outcome, err := s.store.Upsert(s.ctx, o, badge(number, 1))
			switch {
			case err != nil:
				s.fault("storing: %w", err)
			case outcome == hub.OutcomeCreated:
				created.Add(1)
			case outcome == hub.OutcomeUnchanged:
				unchanged.Add(1)
			default:
				s.fault("the outcome is %v", outcome)
			}
		})
		equal(s, created.Load(), 1, "how often it was created")
		equal(s, unchanged.Load(), clients-1, "how often it was unchanged")
	}
	equal(s, s.badges(o), numbers(0, 10), "the badges")
}

// perClient is how many credentials each client has of its own.
const perClient = 12

// race stores credentials of one owner from several sides, each side's in its order.
func (s *suite) race(o hub.Owner) {
	s.together(clients, func(i int) {
		for k := range perClient {
			if _, outcome, err := s.store.Upsert(s.ctx, o, badge(i*perClient+k, 1)); err != nil || outcome != hub.OutcomeCreated {
				s.fault("storing: %v, %w", outcome, errors.Join(err))
				return
			}
		}
	})
}

func (s *suite) raceOwner() {
	o := s.owner("anna")
	s.race(o)
	page := s.list(o, hub.Query{Kind: hub.KindBadge, Limit: hub.MaxLimit})
	equal(s, len(page.Entries), clients*perClient, "how many there are")
	place := map[string]int{}
	for i, e := range page.Entries { // that positions differ is guarded
		place[e.ID] = i
	}
	for i := range clients * perClient {
		if i%perClient > 0 && place[badge(i, 1).ID] < place[badge(i-1, 1).ID] {
			s.fault("badge %d stands before %d, which was there first", i, i-1)
		}
	}
}

// raceReaders reads from behind what it has seen, and so sees each entry once.
func (s *suite) raceReaders() {
	o := s.owner("anna")
	done := make(chan struct{})
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			seen := 0
			for q, last := (hub.Query{Kind: hub.KindBadge}), false; ; {
				select {
				case <-done:
					last = true
				default:
				}
				page, err := s.store.List(s.ctx, o, q)
				if err != nil {
					s.fault("listing: %w", err)
					return
				}
				if seen += len(page.Entries); len(page.Entries) > 0 {
					q.After = page.Entries[len(page.Entries)-1].Pos
				} else if last {
					equal(s, seen, clients*perClient, "how many a reader saw")
					return
				}
			}
		})
	}
	s.race(o)
	close(done)
	group.Wait()
}

func (s *suite) raceProfile() {
	o := s.owner("anna")
	var was hub.Tag
	for round := range 5 {
		var won atomic.Int64
		var next atomic.Pointer[hub.Profile]
		s.together(16, func(i int) {
			p, err := s.store.PutProfile(s.ctx, o, fmt.Appendf(nil, `{"round":%d,"by":%d}`, round, i), &was)
			switch {
			case err == nil:
				won.Add(1)
				next.Store(&p)
			case !errors.Is(err, hub.ErrChanged):
				s.fault("storing a profile: %w", err)
			}
		})
		equal(s, won.Load(), 1, "how many of sixteen won")
		p, err := s.store.Profile(s.ctx, o)
		s.must(err, "reading a profile")
		if n := next.Load(); n == nil || p.Tag != n.Tag || p.Tag.Version != uint64(round+1) {
			s.fault("the profile is not the winner's")
		}
		was = p.Tag
	}
}

func (s *suite) raceErase() {
	o := s.owner("anna")
	s.together(clients, func(i int) {
		for k := range perClient {
			if i == 0 && k%4 == 3 {
				if err := s.store.Erase(s.ctx, o); err != nil {
					s.fault("erasing: %w", err)
				}
				continue
			}
			if _, _, err := s.store.Upsert(s.ctx, o, badge(i*perClient+k, 1)); err != nil {
				s.fault("storing: %w", err)
			}
		}
	})
	page := s.list(o, hub.Query{Kind: hub.KindBadge, Limit: hub.MaxLimit})
	equal(s, len(page.Entries), page.Total, "entries and total")
	s.must(s.store.Erase(s.ctx, o), "erasing")
	equal(s, s.list(o, hub.Query{Kind: hub.KindBadge}).Total, 0, "what is left")
}
