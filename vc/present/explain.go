package present

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/vc"
)

// explain says of an excerpt what is seen of it and why, what is hidden, and what should have
// been: by the bytes that are sent, not by what was chosen.
func (e *Excerpt) explain(c *chosen) {
	held, sent := door.Root(e.held.doc), door.Root(e.doc)
	at := align(held, sent, c.hidden)
	shown := map[jsonx.Value]bool{} // of what is held
	for _, v := range at {
		shown[v] = true
	}
	r := e.reasons()
	l := looker{seen: &Seen{Form: e.doc.Form(), Types: e.doc.Types()}}
	l.note = func(v jsonx.Value) {
		learned := &l.seen.Learned[len(l.seen.Learned)-1]
		learned.Reason = r.of(learned, at[v])
	}
	l.document(e.doc)
	e.seen = l.seen
	for _, w := range e.seen.Within {
		w.because(e.seen.reasonAt(w.At))
	}
	e.hide(held, shown)
	e.compare(c, shown)
}

// reasonAt is why the value at a pointer is learned.
func (s *Seen) reasonAt(pointer string) Reason {
	for _, l := range s.Learned {
		if l.Place == PlaceDocument && l.Pointer == pointer {
			return l.Reason
		}
	}
	return ""
}

// because gives one reason for all that is learned of a document.
func (s *Seen) because(r Reason) {
	for i := range s.Learned {
		s.Learned[i].Reason = r
	}
	for _, w := range s.Within {
		w.because(r)
	}
}

// reasons are why the values of an excerpt are shown.
type reasons struct {
	held   *Held
	root   jsonx.Value
	always map[string]bool // pointers: the mandatory ones, or those of the disclosures
}

func (e *Excerpt) reasons() *reasons {
	r := &reasons{held: e.held, root: door.Root(e.held.doc), always: map[string]bool{}}
	switch e.held.mechanism {
	case MechanismStatements:
		for _, p := range e.held.base.Pointers {
			r.always[p] = true
		}
	case MechanismDisclosures:
		for _, d := range door.DisclosedIn(e.held.doc).Disclosures {
			r.always[d.Path()] = true
		}
	}
	return r
}

// of is why a value is learned that stands at v in what is held.
func (r *reasons) of(l *Learned, v jsonx.Value) Reason {
	if l.Place != PlaceDocument || within(l.Pointer, "/proof") {
		return ReasonProof
	}
	listed := v.Exists() && r.listed(v)
	switch {
	case r.held.mechanism == MechanismWhole:
		return ReasonWhole
	case r.held.mechanism == MechanismDisclosures && listed:
		return ReasonChosen
	case r.held.mechanism == MechanismDisclosures:
		return ReasonInClear
	case listed:
		return ReasonMandatory
	case structuralAt(l.Pointer):
		return ReasonStructure
	}
	return ReasonChosen
}

// listed reports whether one of the pointers leads to a value or to what it stands in.
func (r *reasons) listed(v jsonx.Value) bool {
	at := pathOf(v, r.root)
	for {
		if r.always[at] {
			return true
		}
		i := strings.LastIndexByte(at, '/')
		if i < 0 {
			return false
		}
		at = at[:i]
	}
}

// structuralAt reports whether a pointer leads to an id, a type, a context, or into one.
func structuralAt(pointer string) bool {
	steps := strings.Split(pointer, "/")
	for _, s := range steps[max(0, len(steps)-2):] {
		if structural(s) {
			return true
		}
	}
	return strings.Contains(pointer, "/@context/")
}

// hide notes what is held and not shown.
func (e *Excerpt) hide(held jsonx.Value, shown map[jsonx.Value]bool) {
	l := looker{seen: &Seen{Form: vc.FormJSON}, depth: mostDeep}
	l.note = func(v jsonx.Value) {
		last := len(l.seen.Learned) - 1
		if p := l.seen.Learned[last].Pointer; shown[v] || within(p, "/proof") {
			l.seen.Learned = l.seen.Learned[:last]
		}
	}
	l.object(placeOf(held), held, "", "")
	e.hidden = l.seen.Learned
}

// compare holds what is shown against what was to be hidden.
func (e *Excerpt) compare(c *chosen, shown map[jsonx.Value]bool) {
	root, told := door.Root(e.held.doc), map[jsonx.Value]bool{}
	for _, f := range c.wishes {
		if told[f.whole] || !anyOf(f.whole, shown) {
			continue
		}
		told[f.whole] = true
		code := CodeShownAlways
		if f.whole != f.at || e.held.mechanism == MechanismWhole {
			code = CodeShownWhole
		}
		e.unmet = append(e.unmet, words.Problem(code, quote.Abridge(pathOf(f.whole, root), jsonx.MaxPointer), string(f.part)))
	}
}

// anyOf reports whether something of a value is shown.
func anyOf(v jsonx.Value, shown map[jsonx.Value]bool) bool {
	if shown[v] {
		return true
	}
	for m := v.First(); m.Exists(); m = m.Next() {
		if anyOf(m, shown) {
			return true
		}
	}
	return false
}
