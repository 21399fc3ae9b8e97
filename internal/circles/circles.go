// Package circles finds what leads back to itself in a directed graph.
package circles

import "slices"

// Find returns the numbers below n from which next leads back to themselves, in sets of which
// each member leads to every other: the strongly connected components of more than one
// member, and those that lead to themselves. It is Tarjan's algorithm with a stack of its
// own, for a framework may be a chain of many thousand levels.
func Find(n int, next func(i int32, visit func(int32))) [][]int32 {
	t := tarjan{order: make([]int32, n), low: make([]int32, n), open: make([]bool, n), next: next}
	for i := range n {
		if t.order[i] == 0 {
			t.run(int32(i))
		}
	}
	return t.found
}

type tarjan struct {
	order, low []int32
	open       []bool // on the stack of components
	stack      []int32
	count      int32
	next       func(int32, func(int32))
	found      [][]int32
}

type tarjanStep struct {
	at       int32
	children []int32
	self     bool
}

func (t *tarjan) enter(i int32) tarjanStep {
	t.count++
	t.order[i], t.low[i], t.open[i] = t.count, t.count, true
	t.stack = append(t.stack, i)
	s := tarjanStep{at: i}
	t.next(i, func(c int32) {
		s.children = append(s.children, c)
		s.self = s.self || c == i
	})
	return s
}

func (t *tarjan) run(from int32) {
	for steps := []tarjanStep{t.enter(from)}; len(steps) > 0; {
		s := &steps[len(steps)-1]
		if len(s.children) > 0 {
			c := s.children[0]
			s.children = s.children[1:]
			if t.order[c] == 0 {
				steps = append(steps, t.enter(c))
			} else if t.open[c] {
				t.low[s.at] = min(t.low[s.at], t.order[c])
			}
			continue
		}
		at, self := s.at, s.self
		steps = steps[:len(steps)-1]
		if len(steps) > 0 {
			above := steps[len(steps)-1].at
			t.low[above] = min(t.low[above], t.low[at])
		}
		if t.low[at] == t.order[at] {
			t.close(at, self)
		}
	}
}

// close takes a component off the stack.
func (t *tarjan) close(root int32, self bool) {
	start := len(t.stack) - 1
	for t.stack[start] != root {
		start--
	}
	component := t.stack[start:]
	for _, i := range component {
		t.open[i] = false
	}
	if len(component) > 1 || self {
		t.found = append(t.found, slices.Clone(component))
	}
	t.stack = t.stack[:start]
}
