package casefw

import (
	"cmp"
	"slices"
)

// indexTree lists the children of each item and of the document.
func (x *index) indexTree(f *Framework) {
	n := f.Len()
	x.tree.at = make([]uint32, n+2)
	x.tree.edges = make([]edge, 0, f.LenAssociations())
	under := make([]int32, n) // the parent+1 under which an item was listed last
	for parent := 0; parent <= n; parent++ {
		start := len(x.tree.edges)
		for _, link := range x.in.of(parent) {
			if !f.isChild(link) {
				continue
			}
			if child := f.end(linkOrigin, link); child >= 0 && child < n {
				x.tree.edges = append(x.tree.edges, edge{child: int32(child), link: int32(link)})
			}
		}
		x.sortChildren(f, start)
		x.dropRepeated(f, start, parent, under)
		x.tree.at[parent+1] = uint32(len(x.tree.edges))
	}
	x.tree.edges = clipped(x.tree.edges)
}

// dropRepeated leaves out a child that stands before by the same grouping, and
// marks one that stands before by another.
func (x *index) dropRepeated(f *Framework, start, parent int, under []int32) {
	type place struct {
		child    int32
		grouping GUID
	}
	of := func(e edge) place { return place{e.child, (Association{f, e.link}).Grouping()} }
	var listed map[place]bool // made when a child comes again, which is rare
	kept := start
	for k := start; k < len(x.tree.edges); k++ {
		e := x.tree.edges[k]
		if under[e.child] == int32(parent)+1 {
			if listed == nil {
				listed = map[place]bool{}
				for _, before := range x.tree.edges[start:kept] {
					listed[of(before)] = true
				}
			}
			if listed[of(e)] {
				continue
			}
			e.again = true
		}
		if listed != nil {
			listed[of(e)] = true
		}
		under[e.child] = int32(parent) + 1
		x.tree.edges[kept] = e
		kept++
	}
	x.tree.edges = x.tree.edges[:kept]
}

// sortChildren orders the children from start: by sequenceNumber, those without
// one last; then by listEnumeration, by humanCodingScheme, both as people count;
// then as they came.
func (x *index) sortChildren(f *Framework, start int) {
	edges := x.tree.edges[start:]
	for k := 1; k < len(edges); k++ {
		if f.before(edges[k-1], edges[k]) != -1 {
			slices.SortStableFunc(edges, f.siblingOrder)
			return
		}
	}
}

// before compares by sequenceNumber alone.
func (f *Framework) before(a, b edge) int {
	x, y := f.links.at(a.link, linkSequence), f.links.at(b.link, linkSequence)
	if x != 0 && y != 0 && (x|y)&bigNumber == 0 {
		return cmp.Compare(x, y)
	}
	na, oka := (Association{f, a.link}).Sequence()
	nb, okb := (Association{f, b.link}).Sequence()
	switch {
	case oka && okb:
		return cmp.Compare(na, nb)
	case oka:
		return -1
	case okb:
		return 1
	}
	return 0
}

func (f *Framework) siblingOrder(a, b edge) int {
	if c := f.before(a, b); c != 0 {
		return c
	}
	ta, tb := Item{f, a.child}, Item{f, b.child}
	if c := emptyLast(ta.ListEnumeration(), tb.ListEnumeration()); c != 0 {
		return c
	}
	if c := emptyLast(ta.Code(), tb.Code()); c != 0 {
		return c
	}
	return cmp.Compare(a.child, b.child)
}

func emptyLast(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	}
	return naturalCompare(a, b)
}
