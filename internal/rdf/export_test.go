package rdf

import "unsafe"

// ReleasePoisoned fills every buffer with 0xAA before it releases them, so that a
// run that reads what it did not write gives a wrong form.
func ReleasePoisoned(r *Canonical) {
	if c := r.c; c != nil {
		poison(c.nodes)
		poison(c.mentions)
		poison(c.hashes)
		poison(c.ranks)
		poison(c.next)
		poison(c.likes)
		poison(c.scratch)
		poison(c.subjects)
		poison(c.slots)
		poison(c.batch)
		poison(c.byName)
		poison(c.byNumber)
		poison(c.label)
		poison(c.out)
		poisonSearch(&c.search)
	}
	r.Release()
}

// ResetPoisoned empties a dataset and fills its buffers with 0xAA bytes.
func ResetPoisoned(d *Dataset) {
	d.Reset()
	poison(d.text)
	poison(d.lines)
}

func poisonSearch(s *search) {
	poison(s.trail)
	poison(s.related)
	poison(s.input)
	poison(s.results)
	poison(s.trails)
	poison(s.members)
	for _, f := range s.frames {
		poison(f.data)
		poison(f.list)
		poison(f.path)
		poison(f.pending)
		poison(f.chosen)
		poison(f.trail)
		f.found = true
	}
}

// poison overwrites a buffer of a type without pointers, up to its capacity.
func poison[T any](s []T) {
	s = s[:cap(s)]
	if len(s) == 0 {
		return
	}
	size := int(unsafe.Sizeof(s[0])) * len(s)
	for i := range unsafe.Slice((*byte)(unsafe.Pointer(&s[0])), size) {
		unsafe.Slice((*byte)(unsafe.Pointer(&s[0])), size)[i] = 0xAA
	}
}

// LeastPath gives the least path through nodes that all have a name already: node
// i has the number numbers[i], canonical or temporary.
func LeastPath(numbers []int32, canonical []bool) string {
	c := &canonicalizer{work: work{next: 1 << 20}}
	f := &frame{}
	for i, number := range numbers {
		n := node{canonical: unnamed, temporary: number}
		if canonical[i] {
			n = node{canonical: number, temporary: unnamed}
		}
		c.nodes = append(c.nodes, n)
		f.list = append(f.list, int32(i))
	}
	if err := c.leastPath(f); err != nil {
		return err.Error()
	}
	return string(f.chosen)
}
