package casefw

// items compares the items, and returns the place in the old version of each item of the
// new one, -1 for none.
func (c *Changes) items() (was []int32) {
	var p comparer
	m := match(c.Old.itemRecords(), c.New.itemRecords())
	was = make([]int32, c.New.Len())
	for i := range was {
		was[i] = -1
	}
	for _, pair := range m.pairs {
		old, t := Item{c.Old, pair[0]}, Item{c.New, pair[1]}
		was[pair[1]] = pair[0]
		if members := p.members(itemClass, old.Record(), t.Record()); len(members) > 0 {
			c.Changed = append(c.Changed, ItemChange{old, t, members})
		}
	}
	for _, i := range m.added {
		c.Added = append(c.Added, Item{c.New, i})
	}
	for _, i := range m.removed {
		c.Removed = append(c.Removed, Item{c.Old, i})
	}
	return was
}

func (c *Changes) associations() {
	var p comparer
	m := match(c.Old.associationRecords(), c.New.associationRecords())
	for _, pair := range m.pairs {
		old, a := Association{c.Old, pair[0]}, Association{c.New, pair[1]}
		if members := p.members(associationClass, old.Record(), a.Record()); len(members) > 0 {
			c.ChangedAssociations = append(c.ChangedAssociations, AssociationChange{old, a, members})
		}
	}
	for _, i := range m.added {
		c.AddedAssociations = append(c.AddedAssociations, Association{c.New, i})
	}
	for _, i := range m.removed {
		c.RemovedAssociations = append(c.RemovedAssociations, Association{c.Old, i})
	}
}

// others compares what is no item and no association: whatever the class of a package
// says that there is.
func (c *Changes) others() {
	var p comparer
	a, b := &c.Old.head.CFPackage, &c.New.head.CFPackage
	c.Package = p.members(packageClass, a, b)
	for i := range packageClass.members {
		switch m := &packageClass.members[i]; {
		case !m.holdsRecords() || m.of == itemClass || m.of == associationClass:
		case m.of == documentClass:
			c.Document = p.members(documentClass, m.single(a), m.single(b))
		default:
			c.held(&p, m, a, b, Record{}, Record{})
		}
	}
}

// single returns the record that a member holds, an empty one where it holds none.
func (m *member) single(rec any) any {
	if m.len(rec) == 0 {
		return m.of.fresh()
	}
	return m.at(rec, 0)
}

// held compares the records that a member of two records holds; the records around them
// say where those stand.
func (c *Changes) held(p *comparer, m *member, a, b any, before, after Record) {
	place := func(around Record, i int, rec any) Record {
		pointer := around.Pointer + "/" + m.name
		if m.many {
			pointer = pointerTo(pointer+"/", i)
		}
		return Record{m.of.name, pointer, rec}
	}
	if !m.many {
		c.record(p, m.of, place(before, 0, m.single(a)), place(after, 0, m.single(b)))
		return
	}
	found := match(listed(m, a), listed(m, b))
	for _, pair := range found.pairs {
		i, j := int(pair[0]), int(pair[1])
		c.record(p, m.of, place(before, i, m.at(a, i)), place(after, j, m.at(b, j)))
	}
	for _, i := range found.removed {
		c.RemovedRecords = append(c.RemovedRecords, place(before, int(i), m.at(a, int(i))))
	}
	for _, j := range found.added {
		c.AddedRecords = append(c.AddedRecords, place(after, int(j), m.at(b, int(j))))
	}
}

// record compares two records that are the same one, and what they hold.
func (c *Changes) record(p *comparer, cl *class, old, now Record) {
	if members := p.members(cl, old.Value, now.Value); len(members) > 0 {
		c.ChangedRecords = append(c.ChangedRecords, RecordChange{old, now, members})
	}
	for i := range cl.members {
		if m := &cl.members[i]; m.holdsRecords() {
			c.held(p, m, old.Value, now.Value, old, now)
		}
	}
}
