package schema

import (
	"context"
	"errors"
	"fmt"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// A step is about a microsecond, and half a kilobyte where it ends in an error.
const (
	bytesPerUnit = 16  // of texts that are looked at, in a step
	textPerStep  = 256 // bytes of an error's places and quotations
	matchPerStep = 64  // characters of a text by instructions of a pattern
	indexSize    = 8   // of the index of an item, in a place
)

// tally is what evaluation takes at most, were every schema to apply to every value
// that it may apply to, and every one of them in vain.
type tally struct {
	steps int
	text  int // of the places that errors tell, from here on
}

// counter counts the steps of a schema over a document, each pair of them once.
type counter struct {
	most int
	done map[pair]tally
	over bool
}

type pair struct {
	schema *plan
	value  int // jsonx.Value.ID
	name   bool
}

// evaluate judges the credential by a schema, if that does not take too long.
func (k *checker) evaluate(c *compiled) ([]*vc.Problem, *fault) {
	n := &counter{most: k.left, done: map[pair]tally{}}
	total := n.of(c.plan, k.root, false)
	if total.steps += total.text / textPerStep; n.over || total.steps > k.left {
		return nil, &fault{code: CodeTooCostly, found: "more steps", expected: fmt.Sprintf("at most %d for all schemas", k.MaxSteps)}
	}
	k.left -= total.steps
	err := k.validate(c.schema)
	if err == nil {
		return nil, nil
	}
	if invalid, ok := errors.AsType[*jsonschema.ValidationError](err); ok {
		return mismatches(invalid), nil
	}
	return nil, &fault{code: CodeFailed, found: vc.Quote(err.Error()), err: err}
}

// of counts what a schema and all within it take for a value, or for its name.
func (n *counter) of(p *plan, v jsonx.Value, name bool) tally {
	at := pair{p, v.ID(), name}
	if t, ok := n.done[at]; ok || n.over {
		return t
	}
	if len(n.done) > n.most {
		n.over = true
		return tally{}
	}
	n.done[at] = tally{} // a schema that leads to itself at one value is an error of the library
	t := tally{steps: 1 + p.own, text: p.text}
	switch {
	case name:
		t.match(p, len(v.Name()))
	case v.Kind() == jsonx.Object:
		n.members(&t, p, v)
	case v.Kind() == jsonx.Array:
		n.items(&t, p, v)
	case v.Kind() == jsonx.String:
		t.match(p, len(v.Raw()))
	}
	for _, e := range p.here {
		n.add(&t, e.to, v, name, e.label)
	}
	n.done[at] = t
	return t
}

// match counts what a text of a length takes.
func (t *tally) match(p *plan, size int) {
	t.steps += size/bytesPerUnit + size*p.pattern/matchPerStep
	if p.quotes {
		t.text += size
	}
}

// add counts a schema within another. The places of its errors begin with the way to it.
func (n *counter) add(t *tally, to *plan, v jsonx.Value, name bool, way int) {
	sub := n.of(to, v, name)
	t.steps += sub.steps
	t.text += sub.text + sub.steps*way
	n.over = n.over || t.steps > n.most || t.text/textPerStep > n.most
}

func (n *counter) members(t *tally, p *plan, v jsonx.Value) {
	names := 0
	for m := v.First(); m.Exists(); m = m.Next() {
		names += len(m.Name()) + 4
		if e, ok := p.member[m.Name()]; ok {
			n.add(t, e.to, m, false, e.label+len(m.Name()))
		}
		for _, e := range p.members {
			n.add(t, e.to, m, false, e.label+len(m.Name()))
		}
		for _, e := range p.names {
			n.add(t, e.to, m, true, e.label+len(m.Name()))
		}
		if n.over {
			return
		}
	}
	t.steps += v.Len()/4 + names*p.patterns/matchPerStep
	t.text += names // which a schema without further members quotes
}

func (n *counter) items(t *tally, p *plan, v jsonx.Value) {
	i := 0
	for item := v.First(); item.Exists() && !n.over; item = item.Next() {
		if i < len(p.item) {
			n.add(t, p.item[i].to, item, false, p.item[i].label+indexSize)
		}
		for _, e := range p.items {
			n.add(t, e.to, item, false, e.label+indexSize)
		}
		i++
	}
	t.steps += i / 4
	if p.unique { // up to twenty are compared each with each, more by hashes, which may collide
		t.steps += min(i, 20)*len(v.Raw())/bytesPerUnit + i*i/matchPerStep
	}
}

// validate lets the library look at the credential. A panic is an error.
func (k *checker) validate(s *jsonschema.Schema) error {
	_, err := guard.Call(context.Background(), func() (struct{}, error) {
		if k.value == nil {
			k.value = decoded(k.root)
		}
		return struct{}{}, s.Validate(k.value)
	})
	return err
}
