package bake

import (
	"cmp"
	"slices"
)

// edit replaces the bytes from start to end, which may be empty, by insert.
type edit struct {
	start, end int
	insert     []byte
}

// splice copies src with the edits applied; all other bytes stay as they are.
// The edits do not overlap. Those at the same place keep their order.
func splice(src []byte, edits []edit) []byte {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	size := len(src)
	for _, e := range edits {
		size += len(e.insert) - (e.end - e.start)
	}
	out := make([]byte, 0, size)
	at := 0
	for _, e := range edits {
		out = append(out, src[at:e.start]...)
		out = append(out, e.insert...)
		at = e.end
	}
	return append(out, src[at:]...)
}
