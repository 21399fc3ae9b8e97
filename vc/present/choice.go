package present

import (
	"errors"
	"fmt"
	"slices"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Choice says what of a credential is shown, in the terms of whoever holds it. The zero
// value shows all.
type Choice struct {
	// Hide are the parts that are not shown, all else is.
	Hide []Part
	// Only, where it is set, are the parts that are shown, and nothing else is but what
	// always is. What Hide names of them is not shown.
	Only []Part
	// Entries, where it is set, are the places in a record of the credentials that are
	// shown, counted from 0: the others are not. For what is no record it is an error.
	Entries []int
	// Anyway shows what is to be hidden where it cannot be, see [Excerpt.Unmet]. False
	// gives an error in place of the bytes.
	Anyway bool
}

// chosen is a choice that is applied to a credential.
type chosen struct {
	hidden []jsonx.Value // what is not shown, none within another
	wishes []found       // what was to be hidden, and not only what is left over
}

// demanded reports whether a value was to be hidden itself.
func (c *chosen) demanded(v jsonx.Value) bool {
	return slices.ContainsFunc(c.wishes, func(f found) bool { return f.at == v })
}

// apply finds what a choice hides of a credential. What stands in one piece with something
// that is to be hidden stays: it is for the one who asks to leave it out.
func (c *Choice) apply(doc *vc.Document) (*chosen, error) {
	hide, err := wishesOf(c.Hide)
	if err != nil {
		return nil, err
	}
	only, err := wishesOf(c.Only)
	if err != nil {
		return nil, err
	}
	root := door.Root(doc)
	h := hiding{root: root, hidden: map[jsonx.Value]bool{}}
	wishes := find(doc, hide)
	if c.Entries != nil {
		others, err := h.entries(c.Entries)
		if err != nil {
			return nil, err
		}
		wishes = append(wishes, others...)
	}
	if c.Only != nil {
		h.only(find(doc, only))
	}
	for _, f := range wishes {
		if f.whole == f.at {
			h.hidden[f.at] = true
		}
	}
	return &chosen{h.outermost(), wishes}, nil
}

// hiding collects what is hidden.
type hiding struct {
	root   jsonx.Value
	hidden map[jsonx.Value]bool
}

// entries are those of a record that are not chosen.
func (h *hiding) entries(places []int) (others []found, err error) {
	if rules.Class(door.ClassOf(h.root)) != rules.ClrCredential {
		return nil, errors.New("present: Choice.Entries is for records")
	}
	all := entriesOf(h.root)
	wanted := make([]bool, len(all))
	for _, i := range places {
		if i < 0 || i >= len(all) {
			return nil, fmt.Errorf("present: Choice.Entries has %d, and the record has %d entries", i, len(all))
		}
		wanted[i] = true
	}
	for i, entry := range all {
		if !wanted[i] {
			others = append(others, found{"", entry, entry})
		}
	}
	return others, nil
}

// entriesOf are the credentials of a record, as objects.
func entriesOf(root jsonx.Value) []jsonx.Value {
	return root.Get("credentialSubject").Single().Get("verifiableCredential").Items()
}

// only hides all but what was found and what is around it.
func (h *hiding) only(keep []found) {
	kept, around := map[jsonx.Value]bool{}, map[jsonx.Value]bool{}
	for _, f := range keep {
		kept[f.whole] = true
		for up := f.whole; up.Exists() && !around[up]; up = up.Parent() {
			around[up] = true
		}
	}
	around[h.root] = true
	h.rest(h.root, kept, around)
}

func (h *hiding) rest(v jsonx.Value, kept, around map[jsonx.Value]bool) {
	for m := v.First(); m.Exists(); m = m.Next() {
		switch {
		case kept[m], v.Kind() == jsonx.Object && structural(m.Name()):
		case around[m]:
			h.rest(m, kept, around)
		default:
			h.hidden[m] = true
		}
	}
}

// outermost is what is hidden without what is hidden with something around it.
func (h *hiding) outermost() (all []jsonx.Value) {
	var walk func(v jsonx.Value)
	walk = func(v jsonx.Value) {
		if h.hidden[v] {
			all = append(all, v)
			return
		}
		for m := v.First(); m.Exists(); m = m.Next() {
			walk(m)
		}
	}
	walk(h.root)
	return all
}
