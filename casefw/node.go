package casefw

import "hash/maphash"

// node stores one end of an association and returns which it is; raw is its JSON where
// that is more than title, identifier and uri.
func (b *builder) node(n *LinkGenURI, raw []byte) cell {
	id, whole := nodeID(n.Identifier)
	uri, cut := cutURI(id, view(string(n.URI)))
	return b.putNode(id, view(whole), uri, cut, view(n.Title), raw)
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

// putNode finds or adds the node with exactly these parts; of a uri that was cut it
// gets what stands before the identifier.
func (b *builder) putNode(id GUID, whole, uri []byte, cut bool, title, raw []byte) cell {
	if 2*(len(b.nodes)+1) > len(b.nodeSlots) {
		b.growNodes()
	}
	mask := uint64(len(b.nodeSlots) - 1)
	i := hashNode(id, whole, uri, title) & mask
	for ; b.nodeSlots[i] != 0; i = (i + 1) & mask {
		if b.sameNode(b.nodeSlots[i]-1, id, whole, uri, cut, title, raw) {
			return b.nodeSlots[i]
		}
	}
	rec := nodeRec{id: id, title: b.own(title), uri: b.uriOf(uri, cut)}
	if len(whole) > 0 {
		rec.identifier = b.own(whole)
	}
	if raw != nil {
		rec.raw = b.shared(raw)
	}
	b.nodes = append(doubled(b.nodes), rec)
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

func (b *builder) sameNode(at uint32, id GUID, whole, uri []byte, cut bool, title, raw []byte) bool {
	n := &b.nodes[at]
	return n.id == id && (n.uri&uriWhole == 0) == cut &&
		string(b.bytes(n.uri&^uriWhole)) == string(uri) &&
		string(b.bytes(n.title)) == string(title) &&
		string(b.bytes(n.identifier)) == string(whole) &&
		string(b.bytes(n.raw)) == string(raw)
}

func (b *builder) growNodes() {
	b.nodeSlots = make([]uint32, max(64, 2*len(b.nodeSlots)))
	mask := uint64(len(b.nodeSlots) - 1)
	for k := range b.nodes {
		n := &b.nodes[k]
		i := hashNode(n.id, b.bytes(n.identifier), b.bytes(n.uri&^uriWhole), b.bytes(n.title)) & mask
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
func hashNode(id GUID, whole, uri, title []byte) uint64 {
	h := hashGUID(id) ^ maphash.Bytes(seed, title)*0x9E3779B97F4A7C15 ^ maphash.Bytes(seed, uri)
	if len(whole) > 0 {
		h ^= maphash.Bytes(seed, whole) * 0xD6E8FEB86659FD93
	}
	return h
}

// hashGUID mixes a GUID with a seed of this process, so that nobody can choose
// identifiers that collide.
func hashGUID(id GUID) uint64 { return maphash.Bytes(seed, id[:]) }
