package exchange

// openCircles sees to it that each item is in the tree: where the parents of an item
// lead back to it, one of the links is not made, and the item stands under the
// document. A guess gives way to what is stated. What the table of associations
// states stays, and a note says which items it leaves outside of the tree.
func (b *builder) openCircles(places []place) {
	c := circles{b: b, places: places, in: make([]bool, len(places)), children: make([][]int32, len(places))}
	for n := range places {
		above, _ := c.above(n)
		for _, parent := range above {
			c.children[parent] = append(c.children[parent], int32(n))
		}
	}
	for n := range places {
		if _, top := c.above(n); top {
			c.reach(n)
		}
	}
	for n := range places {
		if !c.in[n] {
			c.open(n)
		}
	}
	for n, it := range b.items {
		if !c.in[n] {
			p := b.noteItem(it, CodeOutsideTree, "the links stay as the table of associations has them")
			p.Message = "the parents of the item lead back to it or to each other"
		}
	}
}

// circles knows which items are in the tree.
type circles struct {
	b        *builder
	places   []place
	in       []bool
	children [][]int32
	walked   []int // the walk that met the item, 0 for none
	walks    int
}

// above are the items that an item hangs under; top is for one that stands under the
// document, or hangs nowhere.
func (c *circles) above(n int) (items []int, top bool) {
	if at := c.places[n]; at.how != nowhere {
		if at.under < 0 {
			return nil, true
		}
		return []int{at.under}, false
	}
	hung := c.b.hung[n]
	for _, parent := range hung {
		if parent < 0 {
			top = true
		} else {
			items = append(items, parent)
		}
	}
	return items, top || len(hung) == 0
}

// reach puts an item into the tree, and what hangs under it.
func (c *circles) reach(n int) {
	for next := []int{n}; len(next) > 0; {
		at := next[len(next)-1]
		next = next[:len(next)-1]
		if c.in[at] {
			continue
		}
		c.in[at] = true
		for _, child := range c.children[at] {
			next = append(next, int(child))
		}
	}
}

// open walks up from an item that is not in the tree until an item comes again, and
// takes out a link of that circle.
func (c *circles) open(n int) {
	if c.walked == nil {
		c.walked = make([]int, len(c.places))
	}
	c.walks++
	for c.walked[n] == 0 {
		c.walked[n] = c.walks
		above, _ := c.above(n)
		n = above[0]
	}
	if c.walked[n] != c.walks || c.in[n] {
		return
	}
	cut, from := -1, n
	for {
		if at := c.places[n]; at.how != nowhere && (cut < 0 || at.how == byGuess && c.places[cut].how != byGuess ||
			n < cut && (at.how == byGuess) == (c.places[cut].how == byGuess)) {
			cut = n
		}
		above, _ := c.above(n)
		if n = above[0]; n == from {
			break
		}
	}
	if cut < 0 {
		return
	}
	c.b.noteItem(c.b.items[cut], CodeParentCircle, "")
	c.places[cut] = place{under: -1, how: byDefault}
	c.reach(cut)
}
