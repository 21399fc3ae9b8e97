package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/laurel-edu/laurel/casefw/plan"
)

// fileStore is a plan.Store and a plan.Outbox that are written to a file as a whole. One
// process may use it; a service has a database.
type fileStore struct {
	Cursor json.RawMessage  `json:"cursor,omitempty"`
	States map[string]saved `json:"states"`
	Outbox []plan.Entry     `json:"outbox,omitempty"`
	Last   int64            `json:"last"`
}

type saved struct {
	State    json.RawMessage `json:"state"`
	Revision int64           `json:"revision"`
}

func openStore(name string) (*fileStore, error) {
	s := &fileStore{States: map[string]saved{}}
	if name == "" {
		return s, nil
	}
	text, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(text, s)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

// save writes the file, whole or not at all.
func (s *fileStore) save(name string) error {
	if name == "" {
		return nil
	}
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := os.WriteFile(name+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// Load implements plan.Store.
func (s *fileStore) Load(_ context.Context, learner string) ([]byte, int64, error) {
	k := s.States[learner]
	return k.State, k.Revision, nil
}

// Commit implements plan.Store.
func (s *fileStore) Commit(_ context.Context, learner string, revision int64, state []byte, decisions []plan.Decision) error {
	if s.States[learner].Revision != revision {
		return plan.ErrConflict
	}
	s.States[learner] = saved{state, revision + 1}
	for _, d := range decisions {
		s.Last++
		s.Outbox = append(s.Outbox, plan.Entry{ID: s.Last, Decision: d})
	}
	return nil
}

// Pending implements plan.Outbox.
func (s *fileStore) Pending(_ context.Context, most int) ([]plan.Entry, error) {
	return append([]plan.Entry(nil), s.Outbox[:min(most, len(s.Outbox))]...), nil
}

// Done implements plan.Outbox.
func (s *fileStore) Done(_ context.Context, id int64) error {
	for i := range s.Outbox {
		if s.Outbox[i].ID == id {
			s.Outbox = append(s.Outbox[:i:i], s.Outbox[i+1:]...)
			break
		}
	}
	return nil
}
