package casefw

import (
	"iter"
	"slices"
)

// Catalog is several frameworks that are asked together: links between them are
// followed by identifier, and associations of any of them count, also those of a
// crosswalk package that has no items of its own. It is immutable and safe for
// concurrent use; a lookup asks each framework in turn.
type Catalog struct {
	frameworks []*Framework
	uris       lazy[uriIndex]
	parts      lazy[map[GUID]rubricPart]
	strangers  lazy[strangers]
}

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

// External walks what associations lead to and no framework of the catalog holds: what
// a crosswalk still needs. The node says what is known of it. What has no UUID, such as
// an occupation of another registry, comes under the zero GUID, once for all frameworks
// that name it.
func (c *Catalog) External() iter.Seq2[GUID, Node] {
	return func(yield func(GUID, Node) bool) {
		seen := map[Place]bool{}
		for _, f := range c.frameworks {
			for i := range f.nodes {
				n := Node{f, uint32(i + 1)}
				if n.Kind() != NodeExternal {
					continue
				}
				at, t := c.PlaceOf(n)
				if !t.IsZero() || seen[at] || c.Framework(at.id) != nil {
					continue
				}
				seen[at] = true
				if !yield(at.id, n) {
					return
				}
			}
		}
	}
}

// uriIndex finds items by a uri that does not end in their identifier, by its plain form.
type uriIndex map[string][]Item

func (c *Catalog) buildURIs() *uriIndex {
	x := uriIndex{}
	for _, f := range c.frameworks {
		for t := range f.Items() {
			if t.cell(itemURI)&uriWhole != 0 && !f.lost[t.i] {
				plain := plainURI(t.URI())
				x[plain] = join(x[plain], t)
			}
		}
	}
	return &x
}

// maxCandidates is how many items that fit alike are kept: more than one is too many.
const maxCandidates = 16

// join adds an item to a list in which each identifier stands once.
func join(items []Item, t Item) []Item {
	if len(items) == maxCandidates || slices.ContainsFunc(items, t.same) {
		return items
	}
	return append(items, t)
}

// same reports whether two items are one, be it in two frameworks.
func (t Item) same(other Item) bool {
	return t == other || !t.GUID().IsZero() && t.GUID() == other.GUID()
}

// spelled returns the items that have a uri in some spelling; ids are the identifiers
// that stand in it.
func (c *Catalog) spelled(plain string, ids []GUID) (items []Item) {
	for _, t := range (*c.uris.get(c.buildURIs))[plain] {
		items = join(items, t)
	}
	for _, id := range ids {
		if t, ok := c.Find(id); ok && plainURI(t.URI()) == plain {
			items = join(items, t)
		}
	}
	return items
}
