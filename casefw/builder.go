package casefw

import "github.com/laurel-edu/laurel/internal/arena"

// builder adds records to a store.
type builder struct {
	store
	loose     arena.Interner // texts that many records share, whatever they are
	prefixes  arena.Interner // of uris
	nodeSlots []nodeSlot     // open addressing
}

func newBuilder() *builder {
	b := &builder{}
	b.items = newTable(itemClass, itemIdentifier, itemURI)
	b.links = newTable(associationClass, linkIdentifier, linkURI)
	b.loose, b.prefixes = arena.In(&b.texts), arena.In(&b.texts)
	b.child = b.shared(view(string(IsChildOf)))
	return b
}

// finish returns the store without what only building needs.
func (b *builder) finish() store {
	b.texts.Clip()
	b.items.finish()
	b.links.finish(linkType, linkOrigin, linkDestination)
	b.nodes, b.names, b.raws = clipped(b.nodes), clipped(b.names), clipped(b.raws)
	return b.store
}

// own stores a text of one record.
func (b *builder) own(text []byte) cell { return cell(b.texts.Put(text)) }

// shared stores a text that other records may have too.
func (b *builder) shared(text []byte) cell { return cell(b.loose.Put(text)) }

// uriOf stores a uri, or where the identifier was cut off what stands before it.
func (b *builder) uriOf(uri []byte, cut bool) cell {
	if cut {
		return cell(b.prefixes.Put(uri))
	}
	return b.shared(uri) | uriWhole
}
