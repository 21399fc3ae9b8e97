package plan

import (
	"bytes"
	"container/list"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/laurel-edu/laurel/vc"
)

// ErrConflict is what [Store.Commit] returns where somebody else was faster.
var ErrConflict = errors.New("plan: the state was changed by another")

// Store keeps the state of each learner. What [Process] needs of it is one compare and
// set: the decisions are put into the outbox by the commit that changes the state, so
// that none is lost and none made twice.
type Store interface {
	// Load returns the state of a learner as [State] writes it, and its revision: nil
	// and 0 for a learner of whom nothing is known.
	Load(ctx context.Context, learner string) (state []byte, revision int64, err error)
	// Commit keeps a state and puts decisions into the outbox, both or neither. It
	// returns ErrConflict where the revision is no longer the learner's.
	Commit(ctx context.Context, learner string, revision int64, state []byte, decisions []Decision) error
}

// Outbox hands out what was decided, for whoever issues, revokes and asks people to look.
type Outbox interface {
	// Pending returns the oldest decisions that are not done, most at most.
	Pending(ctx context.Context, most int) ([]Entry, error)
	// Done takes a decision out. One that is not there is done.
	Done(ctx context.Context, id int64) error
}

// Entry is a decision in an [Outbox].
type Entry struct {
	ID       int64
	Decision Decision
}

// maxConflicts bounds how often [Process] begins anew: each time another event of the
// same learner was taken in between.
const maxConflicts = 100

// Process applies an event to what a store has of its learner, and returns the decisions
// that came into the outbox. Workers may do so at the same time. An event that came
// before changes nothing.
func (e *Engine) Process(ctx context.Context, s Store, event Event) ([]Decision, error) {
	for range maxConflicts {
		before, revision, err := s.Load(ctx, event.Learner)
		if err != nil {
			return nil, fmt.Errorf("plan: loading a state: %w", err)
		}
		var state State
		if before != nil {
			if state, err = ParseState(before); err != nil {
				return nil, err
			}
		}
		next, decisions, err := e.Apply(state, event)
		if err != nil {
			return nil, err
		}
		decisions = acted(decisions)
		text, err := next.MarshalJSON()
		if err != nil {
			return nil, fmt.Errorf("plan: writing a state: %w", err)
		}
		if len(text) > maxState {
			tooLong := words.Problem(CodeLimit, "", "")
			tooLong.Expected = "at most 64 MiB for what is known of one learner"
			return nil, joined("state", []*vc.Problem{tooLong})
		}
		if bytes.Equal(text, before) {
			return nil, nil
		}
		err = s.Commit(ctx, event.Learner, revision, text, decisions)
		if err == nil {
			return decisions, nil
		}
		if !errors.Is(err, ErrConflict) {
			return nil, fmt.Errorf("plan: keeping a state: %w", err)
		}
	}
	return nil, fmt.Errorf("plan: %d times in a row: %w", maxConflicts, ErrConflict)
}

// acted leaves out decisions that nothing is to be done.
func acted(all []Decision) (some []Decision) {
	for _, d := range all {
		if d.Verdict != VerdictNone {
			some = append(some, d)
		}
	}
	return some
}

// MemoryStore is a [Store] and an [Outbox] in memory, for tests and small products. The
// zero MemoryStore is empty and ready, and safe for concurrent use.
type MemoryStore struct {
	mu     sync.Mutex
	states map[string]kept
	outbox list.List               // of Entry, the oldest first
	places map[int64]*list.Element // in the outbox, by ID
	last   int64
}

type kept struct {
	state    []byte
	revision int64
}

// Load implements [Store].
func (m *MemoryStore) Load(_ context.Context, learner string) ([]byte, int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := m.states[learner]
	return k.state, k.revision, nil
}

// Commit implements [Store].
func (m *MemoryStore) Commit(_ context.Context, learner string, revision int64, state []byte, decisions []Decision) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.states[learner].revision != revision {
		return ErrConflict
	}
	if m.states == nil {
		m.states, m.places = map[string]kept{}, map[int64]*list.Element{}
	}
	m.states[learner] = kept{state, revision + 1}
	for _, d := range decisions {
		m.last++
		m.places[m.last] = m.outbox.PushBack(Entry{m.last, d})
	}
	return nil
}

// Pending implements [Outbox].
func (m *MemoryStore) Pending(_ context.Context, most int) (all []Entry, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for e := m.outbox.Front(); e != nil && len(all) < most; e = e.Next() {
		all = append(all, e.Value.(Entry))
	}
	return all, nil
}

// Done implements [Outbox].
func (m *MemoryStore) Done(_ context.Context, id int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.places[id]; e != nil {
		m.outbox.Remove(e)
		delete(m.places, id)
	}
	return nil
}
