package casefw

import "hash/maphash"

// bareURI is a uri that stands in place of an identifier: the first item without
// identifier that has it, and whether others have it too.
type bareURI struct {
	first  int32
	shared bool
}

func (f *Framework) buildBareURIs() *map[string]bareURI {
	uris := map[string]bareURI{}
	for t := range f.Items() {
		if !t.GUID().IsZero() || t.Identifier() != "" || t.URI() == "" {
			continue
		}
		if u, taken := uris[t.URI()]; taken {
			uris[t.URI()] = bareURI{u.first, true}
		} else {
			uris[t.URI()] = bareURI{t.i, false}
		}
	}
	return &uris
}

func (f *Framework) bareURI(uri string) (u bareURI, ok bool) {
	u, ok = (*f.bare.get(f.buildBareURIs))[uri]
	return u, ok
}

// counterpart finds the item of another framework with the same identifier; for
// one without, the first of those without that has the same uri.
func counterpart(t Item, in *Framework) (Item, bool) {
	if id := t.GUID(); !id.IsZero() {
		return in.Find(id)
	}
	if identifier := t.Identifier(); identifier != "" {
		return in.FindText(identifier)
	}
	u, ok := in.bareURI(t.URI())
	if !ok {
		return Item{}, false
	}
	return Item{in, u.first}, true
}

// nameless reports whether an item has neither identifier nor a uri of its own:
// one that several such items of either version have tells nothing about which is
// which.
func (c *Changes) nameless(t Item) bool {
	if !t.GUID().IsZero() || t.Identifier() != "" {
		return false
	}
	before, _ := c.Old.bareURI(t.URI())
	now, _ := c.New.bareURI(t.URI())
	return t.URI() == "" || before.shared || now.shared
}

// anonymous compares the items that nothing names, as wholes.
func (c *Changes) anonymous() {
	count := map[uint64]int{}
	each := func(f *Framework, visit func(Item, uint64)) {
		for t := range f.Items() {
			if c.nameless(t) {
				visit(t, maphash.Bytes(seed, encoder{}.record(nil, itemClass, t.Record())))
			}
		}
	}
	each(c.Old, func(_ Item, h uint64) { count[h]++ })
	each(c.New, func(t Item, h uint64) {
		if count[h]--; count[h] < 0 {
			c.Added = append(c.Added, t)
		}
	})
	each(c.Old, func(t Item, h uint64) {
		if count[h] > 0 {
			count[h]--
			c.Removed = append(c.Removed, t)
		}
	})
}
