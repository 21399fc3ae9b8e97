// Package storetest holds stores of plans' states against what plan.Store and plan.Outbox
// promise, for whoever writes one.
package storetest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/guard"
)

// Store is a store with its outbox.
type Store interface {
	plan.Store
	plan.Outbox
}

// Test holds a store against what it promises. open returns an empty one each time that it
// is called; the error names all that was found wrong. Call it from a test of yours, with the
// race detector on:
//
//	if err := storetest.Test(t.Context(), open); err != nil {
//		t.Fatal(err)
//	}
func Test(ctx context.Context, open func() (Store, error)) error {
	s := &suite{ctx: ctx}
	for _, one := range []struct {
		name string
		test func(Store)
	}{{"nobody", s.nobody}, {"states", s.states}, {"conflicts", s.conflicts}, {"outbox", s.outbox}, {"decisions", s.decisions},
		{"races", s.races}, {"many readers", s.readers}} {
		s.name = one.name
		_, err := guard.Call(ctx, func() (struct{}, error) {
			store, err := open()
			if err != nil || store == nil {
				return struct{}{}, errors.Join(errors.New("opening the store"), err)
			}
			one.test(store)
			return struct{}{}, nil
		})
		if err != nil {
			s.fault("%v", err)
		}
	}
	return errors.Join(s.faults...)
}

// suite gathers the faults of a store.
type suite struct {
	ctx    context.Context
	name   string
	mu     sync.Mutex
	faults []error
}

func (s *suite) fault(format string, values ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, fmt.Errorf("%s: %s", s.name, fmt.Sprintf(format, values...)))
}

func (s *suite) want(ok bool, format string, values ...any) {
	if !ok {
		s.fault(format, values...)
	}
}

func decision(key string) plan.Decision {
	return plan.Decision{Verdict: plan.VerdictAward, Plan: "p", Version: 2, Learner: "ana", Achievement: "urn:a", Key: key, Generation: 1,
		AchievedAt: time.Date(2026, 3, 2, 23, 59, 59, 999999999, time.UTC), Requires: []string{"urn:b"},
		Evidence: []plan.Used{{Ref: plan.Ref{Source: "sis", Result: "r1"}, Told: "e1", At: time.Date(2026, 3, 2, 0, 0, 0, 1, time.UTC),
			Value: "87 percent", Met: true, Counted: true}},
		Explanation: &plan.Node{Kind: "allOf", Outcome: plan.OutcomeSatisfied, Have: 1, Need: 1,
			Of: []*plan.Node{{Kind: "percent", Subject: "é𝄞"}}},
		Framework: plan.Framework{Identifier: "f", Changed: "2026-01-01"}, Trigger: "e1"}
}

func (s *suite) load(store Store, learner string) ([]byte, int64) {
	state, revision, err := store.Load(s.ctx, learner)
	s.want(err == nil, "Load: %v", err)
	return state, revision
}

func (s *suite) pending(store Store, most int) []plan.Entry {
	all, err := store.Pending(s.ctx, most)
	s.want(err == nil, "Pending: %v", err)
	s.want(len(all) <= max(most, 0), "Pending returned %d of at most %d", len(all), most)
	return all
}

// nobody is known at first, and nothing waits.
func (s *suite) nobody(store Store) {
	state, revision := s.load(store, "ana")
	s.want(state == nil && revision == 0, "a learner of whom nothing is known has the state %q and the revision %d", state, revision)
	s.want(len(s.pending(store, 10)) == 0, "an empty outbox has something")
	s.want(store.Done(s.ctx, 7) == nil, "Done of what is not there is an error")
	err := store.Commit(s.ctx, "ana", 3, []byte(`{}`), nil)
	s.want(errors.Is(err, plan.ErrConflict), "a commit to a revision that never was gives %v, want ErrConflict", err)
}

// states come back to the byte, each learner's own, whatever the learner is called.
func (s *suite) states(store Store) {
	for i, learner := range []string{"ana", "ANA", "bo ", "bo", "é𝄞", "a'; drop table states; --", string(bytes.Repeat([]byte("x"), 512))} {
		revision := int64(0)
		for n := range 3 {
			text := []byte(fmt.Sprintf(`{"learner":"l%d", "n":%d,  "text":"é\u0000"}`, i, n))
			if err := store.Commit(s.ctx, learner, revision, text, nil); err != nil {
				s.fault("Commit for %.20q: %v", learner, err)
				return
			}
			state, next := s.load(store, learner)
			s.want(bytes.Equal(state, text), "the state of %.20q is %s, want %s", learner, state, text)
			s.want(next != revision, "the revision of %.20q stays %d", learner, revision)
			revision = next
		}
	}
	large := append(append([]byte(`{"x":"`), bytes.Repeat([]byte("y"), 4<<20)...), `"}`...)
	s.want(store.Commit(s.ctx, "large", 0, large, nil) == nil, "a state of 4 MiB is not kept")
	state, _ := s.load(store, "large")
	s.want(bytes.Equal(state, large), "a state of 4 MiB comes back otherwise")
}

// conflicts change nothing, neither the state nor the outbox.
func (s *suite) conflicts(store Store) {
	s.want(store.Commit(s.ctx, "ana", 0, []byte(`{"n":1}`), []plan.Decision{decision("k1")}) == nil, "the first commit fails")
	_, revision := s.load(store, "ana")
	for _, stale := range []int64{0, revision + 1, -1} {
		err := store.Commit(s.ctx, "ana", stale, []byte(`{"n":2}`), []plan.Decision{decision("k2")})
		s.want(errors.Is(err, plan.ErrConflict), "a commit to revision %d of %d gives %v, want ErrConflict", stale, revision, err)
	}
	state, now := s.load(store, "ana")
	s.want(string(state) == `{"n":1}` && now == revision, "a conflict changed the state to %s, revision %d", state, now)
	s.want(len(s.pending(store, 10)) == 1, "a conflict put something into the outbox")
}

// outbox is in the order of the commits, and what is done is out.
func (s *suite) outbox(store Store) {
	for i := range 5 {
		_, revision := s.load(store, "ana")
		all := []plan.Decision{decision(fmt.Sprint("k", i, "a")), decision(fmt.Sprint("k", i, "b"))}
		s.want(store.Commit(s.ctx, "ana", revision, []byte(fmt.Sprint(i)), all) == nil, "a commit fails")
	}
	waiting := s.pending(store, 100)
	if len(waiting) != 10 {
		s.fault("%d decisions wait, want 10", len(waiting))
		return
	}
	for i, e := range waiting {
		s.want(e.Decision.Key == fmt.Sprint("k", i/2, []string{"a", "b"}[i%2]), "decision %d is %s", i, e.Decision.Key)
	}
	s.want(len(s.pending(store, 3)) == 3, "3 at most are not 3")
	s.want(len(s.pending(store, 0)) == 0 && len(s.pending(store, -1)) == 0, "none at most are some")
	for range 2 {
		s.want(store.Done(s.ctx, waiting[1].ID) == nil, "Done fails")
	}
	left := s.pending(store, 100)
	s.want(len(left) == 9 && left[0].ID == waiting[0].ID && left[1].ID == waiting[2].ID, "after one is done, others wait than before")
}

// decisions come back as they were.
func (s *suite) decisions(store Store) {
	put := decision("k")
	s.want(store.Commit(s.ctx, "ana", 0, []byte(`{}`), []plan.Decision{put}) == nil, "a commit fails")
	waiting := s.pending(store, 1)
	if len(waiting) != 1 {
		s.fault("nothing waits")
		return
	}
	want, err := json.Marshal(put)
	got, fault := json.Marshal(waiting[0].Decision)
	s.want(err == nil && fault == nil && bytes.Equal(want, got), "a decision comes back as %s, want %s", got, want)
}

const workers, each = 8, 10

// races end with one winner a revision, and with the decisions of the winners alone.
func (s *suite) races(store Store) {
	var wait sync.WaitGroup
	var mu sync.Mutex
	won := map[string]bool{}
	for w := range workers {
		wait.Go(func() {
			for i := range each {
				key := fmt.Sprint(w, "-", i)
				for s.ctx.Err() == nil {
					_, revision, err := store.Load(s.ctx, "ana")
					if err == nil {
						err = store.Commit(s.ctx, "ana", revision, []byte(`"`+key+`"`), []plan.Decision{decision(key)})
					}
					if err == nil {
						mu.Lock()
						won[key] = true
						mu.Unlock()
						break
					}
					if !errors.Is(err, plan.ErrConflict) {
						s.fault("under a race: %v", err)
						return
					}
				}
			}
		})
	}
	wait.Wait()
	waiting := s.pending(store, 10*workers*each)
	s.want(len(won) == workers*each && len(waiting) == len(won), "%d commits went well, and %d decisions wait", len(won), len(waiting))
	for _, e := range waiting {
		s.want(won[e.Decision.Key], "the decision %s waits twice, or was never committed", e.Decision.Key)
		delete(won, e.Decision.Key)
	}
}

// readers see a state and its revision together.
func (s *suite) readers(store Store) {
	var wait sync.WaitGroup
	revisions := sync.Map{}
	for range workers {
		wait.Go(func() {
			for range each {
				state, revision := s.load(store, "bo")
				if before, there := revisions.LoadOrStore(revision, string(state)); there && before != string(state) {
					s.fault("revision %d is %q and %q", revision, before, state)
				}
			}
		})
	}
	wait.Go(func() {
		for i := range each {
			_, revision := s.load(store, "bo")
			s.want(store.Commit(s.ctx, "bo", revision, []byte(fmt.Sprint(i)), nil) == nil, "the only writer has a conflict")
		}
	})
	wait.Wait()
}
