package ob

import (
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// pointers writes JSON Pointers of values of one document. It remembers for each
// array how far it counted: findings come in the order of the document, and each
// on its own would count a long array from its beginning.
type pointers struct {
	counted map[jsonx.Value]place // by array
}

// place is an element and its index.
type place struct {
	element jsonx.Value
	index   int
}

func (p *pointers) of(v jsonx.Value) string {
	var steps []string
	for parent := v.Parent(); parent.Exists(); v, parent = parent, parent.Parent() {
		if parent.Kind() == jsonx.Array {
			steps = append(steps, strconv.Itoa(p.index(parent, v)))
		} else {
			steps = append(steps, jsonx.EscapePointer(v.Name()))
		}
	}
	if len(steps) == 0 {
		return ""
	}
	slices.Reverse(steps)
	return "/" + strings.Join(steps, "/")
}

func (p *pointers) index(array, element jsonx.Value) int {
	at, known := p.counted[array]
	if !known || at.element.ID() > element.ID() {
		at = place{array.First(), 0}
	}
	for at.element != element && at.element.Exists() {
		at = place{at.element.Next(), at.index + 1}
	}
	if p.counted == nil {
		p.counted = map[jsonx.Value]place{}
	}
	p.counted[array] = at
	return at.index
}
