package casefw

import "hash/maphash"

// sentNode is one end of an association on its way into the store.
type sentNode struct {
	nodeRec        // without the title
	name, raw cell // see nodeRec
	title     []byte
}

// nodeSlot is where a node is found by the hash of its parts.
type nodeSlot struct {
	hash uint32
	at   cell // which of the nodes, from one
}

// node stores one end of an association and returns which it is; raw is its JSON where
// that is more than title, identifier and uri.
func (b *builder) node(n *LinkGenURI, raw []byte) cell {
	id, whole := nodeID(n.Identifier)
	sent := sentNode{nodeRec: nodeRec{id: id, uri: b.uriOf(cutURI(id, view(string(n.URI))))}, title: view(n.Title)}
	if whole != "" {
		sent.name = b.shared(view(whole))
	}
	if raw != nil {
		sent.raw = b.shared(raw)
	}
	return b.putNode(&sent)
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

// putNode finds or adds the node with exactly these parts. But for the title they stand
// in the store already, equal ones at one place.
func (b *builder) putNode(n *sentNode) cell {
	if 2*(len(b.nodes)+1) > len(b.nodeSlots) {
		b.growNodes()
	}
	mask, hash := uint32(len(b.nodeSlots)-1), hashNode(n)
	i := hash & mask
	for ; b.nodeSlots[i].at != 0; i = (i + 1) & mask {
		if s := b.nodeSlots[i]; s.hash == hash && b.isNode(int32(s.at-1), n) {
			return s.at
		}
	}
	number := len(b.nodes)
	n.nodeRec.title = b.own(n.title)
	b.nodes = append(doubled(b.nodes), n.nodeRec)
	if n.name != 0 {
		put(&b.names, number, n.name)
	}
	if n.raw != 0 {
		put(&b.raws, number, n.raw)
	}
	b.nodeSlots[i] = nodeSlot{hash, cell(number) + 1}
	return cell(number) + 1
}

// isNode reports whether a stored node has exactly these parts.
func (b *builder) isNode(node int32, n *sentNode) bool {
	known := &b.nodes[node]
	return known.id == n.id && known.uri == n.uri && in(b.names, node) == n.name && in(b.raws, node) == n.raw &&
		string(b.bytes(known.title)) == string(n.title)
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
	old := b.nodeSlots
	b.nodeSlots = make([]nodeSlot, max(64, 2*len(old)))
	mask := uint32(len(b.nodeSlots) - 1)
	for _, s := range old {
		if s.at == 0 {
			continue
		}
		i := s.hash & mask
		for b.nodeSlots[i].at != 0 {
			i = (i + 1) & mask
		}
		b.nodeSlots[i] = s
	}
}

// seed makes it impossible to choose what collides.
var seed = maphash.MakeSeed()

// hashNode hashes all parts of a node: somebody who sends a million nodes with
// one identifier must not make the table slow.
func hashNode(n *sentNode) uint32 {
	h := hashGUID(n.id) ^ maphash.Bytes(seed, n.title)*0x9E3779B97F4A7C15
	h ^= uint64(n.uri) * 0xD6E8FEB86659FD93
	h ^= (uint64(n.name)<<32 | uint64(n.raw)) * 0xC2B2AE3D27D4EB4F
	return uint32(h ^ h>>32)
}

// hashGUID mixes a GUID with a seed of this process, so that nobody can choose
// identifiers that collide.
func hashGUID(id GUID) uint64 { return maphash.Bytes(seed, id[:]) }
