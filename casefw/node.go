package casefw

import "hash/maphash"

// node stores one end of an association and returns which it is; raw is its JSON where
// that is more than title, identifier and uri.
func (b *builder) node(n *LinkGenURI, raw []byte) cell {
	id, whole := nodeID(n.Identifier)
	rec := nodeRec{id: id, uri: b.uriOf(cutURI(id, view(string(n.URI))))}
	if whole != "" {
		rec.identifier = b.shared(view(whole))
	}
	if raw != nil {
		rec.raw = b.shared(raw)
	}
	return b.putNode(rec, view(n.Title))
}

// nodeID reads the identifier of a node; whole is its text where that is not the
// UUID in canonical form.
func nodeID(identifier string) (id GUID, whole string) {
	id, ok := looseGUID(identifier)
	if ok && !id.IsZero() && id.String() == identifier {
		return id, ""
	}
	return id, identifier
}

// putNode finds or adds the node with exactly these parts. But for the title, which
// comes beside it, they stand in the store already, equal ones at one place.
func (b *builder) putNode(n nodeRec, title []byte) cell {
	if 2*(len(b.nodes)+1) > len(b.nodeSlots) {
		b.growNodes()
	}
	mask := uint64(len(b.nodeSlots) - 1)
	i := hashNode(&n, title) & mask
	for ; b.nodeSlots[i] != 0; i = (i + 1) & mask {
		known := b.nodes[b.nodeSlots[i]-1]
		if n.title = known.title; n == known && string(b.bytes(known.title)) == string(title) {
			return b.nodeSlots[i]
		}
	}
	n.title = b.own(title)
	b.nodes = append(doubled(b.nodes), n)
	b.nodeSlots[i] = uint32(len(b.nodes))
	return b.nodeSlots[i]
}

// cutURI cuts a uri before the identifier with which it ends.
func cutURI(id GUID, uri []byte) (prefix []byte, cut bool) {
	n := len(uri) - guidLen
	if n <= 0 || id.IsZero() {
		return uri, false
	}
	g, ok := lowerGUIDAt(uri[n:])
	if !ok || g != id {
		return uri, false
	}
	return uri[:n], true
}

func (b *builder) growNodes() {
	b.nodeSlots = make([]uint32, max(64, 2*len(b.nodeSlots)))
	mask := uint64(len(b.nodeSlots) - 1)
	for k := range b.nodes {
		n := &b.nodes[k]
		i := hashNode(n, b.bytes(n.title)) & mask
		for b.nodeSlots[i] != 0 {
			i = (i + 1) & mask
		}
		b.nodeSlots[i] = uint32(k + 1)
	}
}

// seed makes it impossible to choose what collides.
var seed = maphash.MakeSeed()

// hashNode hashes all parts of a node: somebody who sends a million nodes with
// one identifier must not make the table slow.
func hashNode(n *nodeRec, title []byte) uint64 {
	h := hashGUID(n.id) ^ maphash.Bytes(seed, title)*0x9E3779B97F4A7C15
	h ^= uint64(n.uri) * 0xD6E8FEB86659FD93
	h ^= (uint64(n.identifier)<<32 | uint64(n.raw)) * 0xC2B2AE3D27D4EB4F
	return h ^ h>>32
}

// hashGUID mixes a GUID with a seed of this process, so that nobody can choose
// identifiers that collide.
func hashGUID(id GUID) uint64 { return maphash.Bytes(seed, id[:]) }
