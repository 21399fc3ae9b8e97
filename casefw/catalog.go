package casefw

import "iter"

// Catalog is several frameworks that are asked together: links between them are
// followed by identifier, and associations of any of them count, also those of a
// crosswalk package that has no items of its own. It is immutable and safe for
// concurrent use; a lookup asks each framework in turn.
type Catalog struct{ frameworks []*Framework }

// NewCatalog joins frameworks. Where several hold an item of one identifier (an
// item that is reused keeps its own), the first is taken.
func NewCatalog(frameworks ...*Framework) *Catalog {
	c := &Catalog{}
	for _, f := range frameworks {
		if f != nil {
			c.frameworks = append(c.frameworks, f)
		}
	}
	return c
}

// Frameworks walks the frameworks in their order.
func (c *Catalog) Frameworks() iter.Seq[*Framework] {
	return func(yield func(*Framework) bool) {
		for _, f := range c.frameworks {
			if !yield(f) {
				return
			}
		}
	}
}

// Framework returns the framework whose document has an identifier, nil for none.
func (c *Catalog) Framework(id GUID) *Framework {
	for _, f := range c.frameworks {
		if f.GUID() == id && !id.IsZero() {
			return f
		}
	}
	return nil
}

// Find returns the item of an identifier.
func (c *Catalog) Find(id GUID) (Item, bool) {
	for _, f := range c.frameworks {
		if t, ok := f.Find(id); ok {
			return t, true
		}
	}
	return Item{}, false
}

// FindURI returns the item that has exactly this uri.
func (c *Catalog) FindURI(uri string) (Item, bool) {
	for _, f := range c.frameworks {
		if t, ok := f.FindURI(uri); ok {
			return t, true
		}
	}
	return Item{}, false
}

// FindCode returns the items of a human coding scheme in the frameworks of a
// title, exact ones alone where there are any; see [Framework.FindCode]. An empty
// title means all frameworks.
func (c *Catalog) FindCode(framework, code string) (items []Item, exact bool) {
	title := foldText(framework)
	var alike []Item
	for _, f := range c.frameworks {
		if title != "" && foldText(f.Title()) != title {
			continue
		}
		found, same := f.FindCode(code)
		if same {
			items = append(items, found...)
		} else {
			alike = append(alike, found...)
		}
	}
	if len(items) > 0 {
		return items, true
	}
	return alike, false
}

// External walks the identifiers that associations lead to and no framework of the
// catalog holds: what a crosswalk still needs. The node says what is known of it.
func (c *Catalog) External() iter.Seq2[GUID, Node] {
	return func(yield func(GUID, Node) bool) {
		seen := map[GUID]bool{}
		for _, f := range c.frameworks {
			for i := range f.nodes {
				n := Node{f, uint32(i + 1)}
				if n.Kind() != NodeExternal {
					continue
				}
				id := n.GUID()
				if _, known := c.Find(id); known || seen[id] || id.IsZero() || c.Framework(id) != nil {
					continue
				}
				seen[id] = true
				if !yield(id, n) {
					return
				}
			}
		}
	}
}
