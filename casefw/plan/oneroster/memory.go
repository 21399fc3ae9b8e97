package oneroster

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/casefw/plan"
)

// memory is what a cursor holds.
type memory struct {
	Version int                        `json:"v"`
	Since   map[string]time.Time       `json:"since"` // the newest record of each collection
	Full    time.Time                  `json:"full,omitzero"`
	Scales  map[string]json.RawMessage `json:"scales"`
	Items   map[string]json.RawMessage `json:"items"`
	Known   map[string]known           `json:"known"` // results that were told of
	Waiting map[string]waiting         `json:"waiting"`
	Missed  map[string]bool            `json:"missed,omitempty"` // what the last reading of everything did not have
}

// known is a result that an event told of.
type known struct {
	Learner  string    `json:"l"`
	Item     string    `json:"i"`
	At       time.Time `json:"a"`
	Modified time.Time `json:"m"`
	Digest   string    `json:"d"`
	// Part counts how often the date of the score went back: the event of a result whose
	// date is earlier would else be the older one.
	Part int  `json:"g,omitempty"`
	Gone bool `json:"z,omitempty"`
}

// waiting is a record that is parked.
type waiting struct {
	Kind   string          `json:"k,omitempty"` // the prefix
	Row    json.RawMessage `json:"row"`
	Person string          `json:"p,omitempty"`
	Item   string          `json:"i,omitempty"`
	Reason plan.Reason     `json:"r"`
	Since  time.Time       `json:"s"`
	Tries  int             `json:"n"`
}

const memoryVersion = 1

// remembered reads a cursor.
func remembered(cursor []byte) (*memory, error) {
	m := &memory{Version: memoryVersion}
	if len(cursor) > 0 {
		if err := json.Unmarshal(cursor, m); err != nil || m.Version != memoryVersion {
			return nil, fmt.Errorf("oneroster: this is no cursor of this package (version %d): %w", m.Version, err)
		}
	}
	if m.Since == nil {
		m.Since = map[string]time.Time{}
	}
	if m.Scales == nil {
		m.Scales = map[string]json.RawMessage{}
	}
	if m.Items == nil {
		m.Items = map[string]json.RawMessage{}
	}
	if m.Known == nil {
		m.Known = map[string]known{}
	}
	if m.Missed == nil {
		m.Missed = map[string]bool{}
	}
	if m.Waiting == nil {
		m.Waiting = map[string]waiting{}
	}
	return m, nil
}

// missedAgain reports whether a reading of everything before this one did not have a record
// either, which has to do where a gradebook cannot be asked for it.
func (m *memory) missedAgain(id string) bool {
	if m.Missed[id] {
		delete(m.Missed, id)
		return true
	}
	m.Missed[id] = true
	return false
}

func (m *memory) text() ([]byte, error) { return json.Marshal(m) }

// parked lists what waits, by id.
func (m *memory) parked(tries int) (all []plan.Parked) {
	for _, id := range slices.Sorted(maps.Keys(m.Waiting)) {
		w := m.Waiting[id]
		all = append(all, plan.Parked{Result: id, Person: w.Person, LineItem: w.Item, Reason: w.Reason, Since: w.Since, Tries: w.Tries,
			Dead: w.Tries >= tries || w.Reason == plan.ReasonRecordMalformed})
	}
	return all
}

// park keeps a record for the next pull.
func (p *pull) park(id string, k kind, row []byte, person, item string, reason plan.Reason) {
	w := p.m.Waiting[id]
	if w.Tries == 0 {
		w.Since = p.now
	}
	if !p.tried[id] {
		w.Tries++
	}
	p.tried[id] = true
	p.m.Waiting[id] = waiting{k.prefix, row, person, item, reason, w.Since, w.Tries}
}
