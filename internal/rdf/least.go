package rdf

import (
	"bytes"
	"math/bits"
)

// leastPath is the least path where every neighbour has a name already. Then
// nothing is visited and no name is issued: a path is its names one after the
// other, and the least of all orders is had by sorting. Comparing the names in
// both orders, ab with ba, is the order that makes the concatenation least: if
// any two adjacent names stood otherwise, swapping them would give a path of the
// same length that is less. No permutation needs to be tried.
//
// This is frequent: neighbours that the walk met through an earlier related hash.
func (c *canonicalizer) leastPath(f *frame) error {
	if err := c.work.spend(len(f.list) * bits.Len(uint(len(f.list)))); err != nil {
		return err
	}
	var x, y [2 * len("_:c14n2147483647")]byte
	sortFew(&c.watch, f.list, func(a, b int32) int {
		if a == b {
			return 0
		}
		ab := c.appendName(c.appendName(x[:0], a), b)
		ba := c.appendName(c.appendName(y[:0], b), a)
		return bytes.Compare(ab, ba)
	})
	for _, n := range f.list {
		f.chosen = c.appendName(f.chosen, n)
	}
	return nil
}
