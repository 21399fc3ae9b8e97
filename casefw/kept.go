package casefw

import (
	"bytes"
	"iter"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/vc"
)

// kept collects members of an object as they were sent. The zero value is empty.
type kept struct {
	names  []string
	values [][]byte
	places map[string]int // of the names, where there are more than a few
}

// fewNames are compared one with another.
const fewNames = 8

func (k *kept) reset() {
	clear(k.values)
	k.names, k.values, k.places = k.names[:0], k.values[:0], nil
}

// add keeps a member; ok is false where there is one of the name.
func (k *kept) add(name string, value []byte) (ok bool) {
	if k.place(name) >= 0 {
		return false
	}
	k.names, k.values = append(k.names, name), append(k.values, value)
	switch {
	case k.places != nil:
		k.places[name] = len(k.names) - 1
	case len(k.names) > fewNames:
		k.places = make(map[string]int, 2*len(k.names))
		for i, name := range k.names {
			k.places[name] = i
		}
	}
	return true
}

func (k *kept) place(name string) int {
	if k.places != nil {
		if i, ok := k.places[name]; ok {
			return i
		}
		return -1
	}
	for i := range k.names {
		if k.names[i] == name {
			return i
		}
	}
	return -1
}

// remove forgets the value of a member.
func (k *kept) remove(name string) {
	if i := k.place(name); i >= 0 {
		k.values[i] = nil
	}
}

// store puts the members into a store as the JSON of an object, absence for none.
func (k *kept) store(b *builder) cell {
	if len(k.names) == 0 {
		return 0
	}
	text := []byte{'{'}
	for i, value := range k.values {
		if value != nil {
			text = append(appendName(text, 1, k.names[i]), value...)
		}
	}
	if len(text) == 1 {
		return 0
	}
	return b.shared(append(text, '}'))
}

// extras reads members that were stored, nil for absence.
func (s *store) extras(at cell) vc.Extra {
	if at == 0 {
		return nil
	}
	all := vc.Extra{}
	for name, value := range membersOf(s.bytes(at)) {
		all[name] = bytes.Clone(value)
	}
	return all
}

// membersOf walks over the members of an object that was checked before it was stored,
// without a tree of what is in them.
func membersOf(text []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		d := jsontext.NewDecoder(bytes.NewBuffer(text), jsontext.AllowDuplicateNames(true))
		if _, err := d.ReadToken(); err != nil || d.StackDepth() == 0 {
			return
		}
		for d.PeekKind() == '"' {
			token, err := d.ReadToken()
			if err != nil {
				return
			}
			name := token.String()
			if value, err := d.ReadValue(); err != nil || !yield(name, value) {
				return
			}
		}
	}
}
