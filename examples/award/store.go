package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/vc"
)

// fileStore is a plan.Store and a plan.Outbox that are written to a file as a whole, when the
// outbox is done: what was not is decided again the next time. One process may use it; a
// service has package casefw/plan/sqlstore.
type fileStore struct {
	Cursor json.RawMessage  `json:"cursor,omitempty"`
	States map[string]saved `json:"states"`
	// Issued are the entries in status lists, by the key of the award.
	Issued map[string]vc.CredentialStatus `json:"issued,omitempty"`

	outbox []plan.Entry
	last   int64
}

type saved struct {
	State    json.RawMessage `json:"state"`
	Revision int64           `json:"revision"`
}

func openStore(name string) (*fileStore, error) {
	s := &fileStore{States: map[string]saved{}, Issued: map[string]vc.CredentialStatus{}}
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
		s.last++
		s.outbox = append(s.outbox, plan.Entry{ID: s.last, Decision: d})
	}
	return nil
}

// Pending implements plan.Outbox.
func (s *fileStore) Pending(_ context.Context, most int) ([]plan.Entry, error) {
	return append([]plan.Entry(nil), s.outbox[:min(most, len(s.outbox))]...), nil
}

// Done implements plan.Outbox.
func (s *fileStore) Done(_ context.Context, id int64) error {
	s.outbox = slices.DeleteFunc(s.outbox, func(e plan.Entry) bool { return e.ID == id })
	return nil
}
