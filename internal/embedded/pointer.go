package embedded

import (
	"errors"
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// A selection is what JSON pointers (RFC 6901) choose of a document: values as a whole,
// and the objects and arrays on the way to them, which are shown as far as they must be.
type selection struct {
	root  jsonx.Value
	skip  jsonx.Value   // the proofs, which nobody chooses
	trace *jsonld.Trace // what the names mean
	whole []bool        // by number of the value: it is shown, and all within it
	path  []bool        // by number of the value: something within it is shown
}

func newSelection(doc *vc.Document, t *jsonld.Trace) *selection {
	root := door.Root(doc)
	n := root.Doc().Nodes() + 1
	return &selection{root: root, skip: root.Get("proof"), trace: t, whole: make([]bool, n), path: make([]bool, n)}
}

// add chooses what the pointers lead to. Every fault is told.
func (s *selection) add(pointers []string) error {
	var all []error
	if len(pointers) > MaxPointers {
		return problem(proof.CodePointer, "", "more than a thousand pointers", "at most 1024")
	}
	for _, p := range pointers {
		if target, fault := s.follow(p); fault != nil {
			all = append(all, fault)
		} else {
			s.take(target)
		}
	}
	return errors.Join(all...)
}

// spare chooses all but what the pointers lead to. Every fault is told.
func (s *selection) spare(pointers []string) error {
	var all []error
	if len(pointers) > MaxHidden {
		return problem(proof.CodePointer, "", fmt.Sprint(len(pointers), " pointers"), fmt.Sprint("at most ", MaxHidden))
	}
	hidden, around := map[int]bool{}, map[int]bool{}
	for _, p := range pointers {
		target, fault := s.follow(p)
		if fault != nil {
			all = append(all, fault)
			continue
		}
		hidden[target.ID()] = true
		for up := target; up.Exists() && !around[up.ID()]; up = up.Parent() {
			around[up.ID()] = true
		}
	}
	s.rest(s.root, hidden, around)
	return errors.Join(all...)
}

// rest takes what is not hidden of a value. One of which all is hidden is not there at all.
func (s *selection) rest(v jsonx.Value, hidden, around map[int]bool) {
	switch {
	case hidden[v.ID()] || v == s.skip:
	case !around[v.ID()] && v != s.root:
		s.take(v)
	default:
		for m := v.First(); m.Exists(); m = m.Next() {
			s.rest(m, hidden, around)
		}
	}
}

// take shows a value and marks what is around it.
func (s *selection) take(v jsonx.Value) {
	first, end := v.ID(), endOf(v)
	if !s.whole[first] {
		for i := first; i < end; i++ {
			s.whole[i] = true
		}
	}
	s.pass(v)
}

// pass shows that a value is there, and what is around it.
func (s *selection) pass(v jsonx.Value) {
	for up := v; up.Exists(); up = up.Parent() {
		s.path[up.ID()] = true
		if up == s.root {
			return
		}
	}
}

// endOf is the number after the last value within v: numbers rise in the order of the
// text.
func endOf(v jsonx.Value) int {
	for {
		last := v.First()
		if !last.Exists() {
			return v.ID() + 1
		}
		for next := last.Next(); next.Exists(); next = next.Next() {
			last = next
		}
		v = last
	}
}

// follow goes along a pointer. What RDF has in one piece is shown whole or not at all: a
// list, a JSON literal, a text with its language; and a credential with a proof of its
// own, which would not be good for a part.
func (s *selection) follow(pointer string) (jsonx.Value, *vc.Problem) {
	at := s.root
	if pointer == "" {
		return at, nil
	}
	if pointer[0] != '/' {
		return at, pointerFault(pointer, "no slash at the beginning")
	}
	for _, token := range strings.Split(pointer[1:], "/") {
		name, ok := unescape(token)
		if !ok {
			return at, pointerFault(pointer, "a tilde that escapes nothing")
		}
		if fault := s.divisible(at, pointer); fault != nil {
			return at, fault
		}
		next := step(at, name)
		if !next.Exists() || next == s.skip || next.Name() == "@context" && next.Parent() == s.root {
			return at, pointerFault(pointer, "nothing that can be shown stands there")
		}
		at = next
	}
	return at, nil
}

// divisible reports a value of which no part can be shown.
func (s *selection) divisible(v jsonx.Value, pointer string) *vc.Problem {
	what := ""
	switch meaning := s.trace.Name(v); {
	case v.Kind() == jsonx.Array && meaning.IsList(), meaning.IRI() == "@list":
		what = "a list"
	case meaning.IsJSON():
		what = "a JSON literal"
	case v.Get("@value").Exists():
		what = "a text with its language"
	case v != s.root && v.Get("proof").Exists():
		what = "a credential with a proof of its own"
	case meaning.IRI() == "@type" || v.Name() == "@context":
		what = "the types and contexts"
	default:
		return nil
	}
	p := words.Problem(proof.CodePointerInside, pointer, what)
	p.Expected = "a pointer to " + where(v)
	return p
}

func where(v jsonx.Value) string { return vc.Quote(v.Pointer()) }

func pointerFault(pointer, found string) *vc.Problem {
	return words.Problem(proof.CodePointer, pointer, found)
}

// unescape reads a token of a pointer (RFC 6901, 4).
func unescape(token string) (string, bool) {
	for i := 0; i < len(token); i++ {
		if token[i] == '~' && (i+1 == len(token) || token[i+1] != '0' && token[i+1] != '1') {
			return "", false
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~"), true
}

// step is the member of an object of that name, or the element of an array: a number
// names a member where an object has one of that name.
func step(v jsonx.Value, name string) jsonx.Value {
	if v.Kind() != jsonx.Array {
		return v.Get(name)
	}
	if name == "" || len(name) > 1 && name[0] == '0' || len(name) > 9 {
		return jsonx.Value{}
	}
	index := 0
	for _, c := range []byte(name) {
		if c < '0' || c > '9' {
			return jsonx.Value{}
		}
		index = 10*index + int(c-'0')
	}
	item := v.First()
	for ; index > 0 && item.Exists(); index-- {
		item = item.Next()
	}
	return item
}

// shows reports whether the statement that a value made is shown: it lies in what was
// chosen, or links or types an object on the way there.
func (s *selection) shows(value int) bool {
	return value < len(s.whole) && (s.whole[value] || s.path[value])
}

// AppendJSON writes what is shown, in the order and the spelling of the document. Of an
// object on the way its contexts, its id and its types are shown too, since they say
// what is chosen of it.
func (s *selection) appendJSON(dst []byte, v jsonx.Value) []byte {
	if s.whole[v.ID()] && v != s.root {
		return append(dst, v.Raw()...)
	}
	opening, closing := byte('{'), byte('}')
	if v.Kind() == jsonx.Array {
		opening, closing = '[', ']'
	}
	dst = append(dst, opening)
	first := true
	for m := v.First(); m.Exists(); m = m.Next() {
		if !s.keeps(v, m) {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		if v.Kind() == jsonx.Object {
			dst = append(appendName(dst, m.Name()), ':')
		}
		if s.path[m.ID()] || s.whole[m.ID()] {
			dst = s.appendJSON(dst, m)
		} else {
			dst = append(dst, m.Raw()...)
		}
	}
	return append(dst, closing)
}

// keeps reports whether a member or an element is shown.
func (s *selection) keeps(holder, m jsonx.Value) bool {
	switch {
	case m == s.skip:
		return false
	case s.whole[m.ID()] || s.path[m.ID()]:
		return true
	case holder.Kind() != jsonx.Object:
		return false
	}
	switch meaning := s.trace.Name(m).IRI(); meaning {
	case "@id":
		return !strings.HasPrefix(m.Text(), "_:")
	case "@type":
		return true
	}
	return m.Name() == "@context"
}
