package rdf

import (
	"slices"
	"strings"
	"sync"
)

// Order is the place of a predicate in a [Vocabulary]: of two that have one, that with
// the lower Order comes first in canonical N-Quads. The zero Order is none; statements
// without one are sorted by their text.
type Order uint64

const (
	NoOrder Order = 1 // the predicate was asked about and has none

	middleOrder Order = 1 << 63
	orderStride Order = 1 << 40 // between neighbours at first: room for 40 more, however they come
	mostOrders        = 4096    // a few times what all contexts in use define
)

// Vocabulary puts predicates in order. Lines are sorted by their predicates above all,
// and numbers are compared faster than the IRIs of one namespace, which begin alike.
// The zero Vocabulary is empty and ready for use. It is safe for concurrent use.
type Vocabulary struct {
	mu     sync.Mutex
	sorted []placed
}

// placed is a predicate as it stands in lines, from its first character to the ">"
// that follows, so that it is ordered as lines are.
type placed struct {
	text  string
	order Order
}

// Order gives a predicate its Order, NoOrder where there is no room for it. The
// vocabulary keeps the IRI, so this is for the terms of known contexts and not for
// what documents bring; who asks keeps the answer, which does not change.
func (v *Vocabulary) Order(iri string) Order {
	v.mu.Lock()
	defer v.mu.Unlock()
	text := iri + ">"
	i, known := slices.BinarySearchFunc(v.sorted, text, func(p placed, text string) int { return strings.Compare(p.text, text) })
	if known {
		return v.sorted[i].order
	}
	if len(v.sorted) == mostOrders {
		return NoOrder
	}
	order := orderBetween(v.sorted, i)
	if order != NoOrder {
		v.sorted = slices.Insert(v.sorted, i, placed{text, order})
	}
	return order
}

// orderBetween is an Order before that of sorted[i] and after that of the one
// before it.
func orderBetween(sorted []placed, i int) Order {
	switch {
	case len(sorted) == 0:
		return middleOrder
	case i == len(sorted):
		return sorted[i-1].order + orderStride
	case i == 0:
		return sorted[0].order - orderStride
	}
	before, after := sorted[i-1].order, sorted[i].order
	if after-before < 2 {
		return NoOrder
	}
	return before + (after-before)/2
}
