package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// learners says who the persons of a gradebook are, and whom badges are for.
type learners struct {
	persons map[string]person // nil where everybody is who the gradebook says
	by      map[string]person // by learner
}

// person is one who is mapped.
type person struct {
	Learner string `json:"learner"`
	Email   string `json:"email"` // hashed in badges
	ID      vc.IRI `json:"id"`    // a DID, say
}

func readLearners(name string) (*learners, error) {
	if name == "" {
		return &learners{}, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	l := &learners{by: map[string]person{}}
	if err := json.Unmarshal(text, &l.persons); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for _, p := range l.persons {
		l.by[p.Learner] = p
	}
	return l, nil
}

// Learner implements plan.Learners.
func (l *learners) Learner(_ context.Context, _, who string) (string, bool, error) {
	if l.persons == nil {
		return who, who != "", nil
	}
	p, ok := l.persons[who]
	return p.Learner, ok, nil
}

// recipient is whom the badge of a learner is for.
func (l *learners) recipient(learner string) ob.Recipient {
	switch p := l.by[learner]; {
	case p.Email != "":
		r := ob.RecipientEmail(p.Email, rand.Text())
		r.ID = p.ID
		return r
	case p.ID != "":
		return ob.Recipient{ID: p.ID}
	}
	return ob.Recipient{Identifiers: []ob.IdentityObject{ob.PlainIdentity(ob.IdentifierOneRosterSourcedID, learner)}}
}
