package casefw

// The slots of an association are the members of associationClass in their
// order, those of a node the members of nodeClass.
const (
	linkIdentifier = iota
	linkType
	linkSequence
	linkURISlot
	linkOrigin
	linkDestination
	linkGrouping
	linkChanged
	linkNotes
	linkExtensions
	linkDocument
)

const (
	nodeTitle = iota
	nodeIdentifier
	nodeURI
	nodeTarget
)

// fastNode is an end of an association that was checked and not yet stored.
type fastNode struct {
	index             uint32 // where it is the one of the record before
	id                GUID
	whole, uri, title []byte
}

// readAssociation reads the association at the start of b into the store and
// returns its length, 0 where it has to go the slow way.
func (r *fastReader) readAssociation(b []byte, index int) int {
	f := r.link
	r.scan, r.scratch = scan{b: b}, r.scratch[:0]
	if !f.record(&r.scan) {
		return 0
	}
	id, ok1 := r.identifier(f, linkIdentifier)
	changed, ok2 := r.changed(f, linkChanged)
	if !ok1 || !ok2 {
		return 0
	}
	uri, whole, ok1 := r.uri(f, linkURISlot, id)
	profile, ok2 := r.linkProfile(f)
	if !ok1 || !ok2 {
		return 0
	}
	notes, ok1 := r.text(f, linkNotes)
	extensions, ok2 := r.free(f, linkExtensions)
	if !ok1 || !ok2 {
		return 0
	}
	origin, ok1 := r.node(f, linkOrigin)
	destination, ok2 := r.node(f, linkDestination)
	if !ok1 || !ok2 {
		return 0
	}
	rec := associationRec{id: id, changed: changed, uri: r.storeURI(f, linkURISlot, uri, whole), profile: r.b.link(profile),
		origin: r.putNode(f, linkOrigin, origin), destination: r.putNode(f, linkDestination, destination)}
	if profile.sequence == smallSequence {
		rec.sequence = f.vals[linkSequence].number
	}
	if notes != nil || extensions != nil {
		var rest linkRest
		if notes != nil {
			rest.notes = r.b.put(notes)
		}
		if extensions != nil {
			rest.extensions = r.b.put(extensions)
		}
		rec.rest = r.b.linkRest(rest)
	}
	r.b.associations = append(doubled(r.b.associations), rec)
	r.sawNewer(f, "/CFAssociations/", index, linkNotes, linkExtensions)
	if t := r.b.types[profile.kind]; t == IsTranslationOf || !t.Known() {
		r.sawNewer(f, "/CFAssociations/", index, linkType)
	}
	if f.has(linkDocument) {
		r.inside("/CFAssociations/", index)
	}
	return r.scan.p
}

func (r *fastReader) linkProfile(f *fast) (p linkProfile, ok bool) {
	if !f.has(linkType) {
		return p, false
	}
	t := &f.tokens[linkType]
	if !f.vals[linkType].hit {
		content, ok := r.text(f, linkType)
		if kind := AssociationType(content); !ok || !kind.Known() && !kind.IsExtension() {
			return p, false
		} else {
			v := &f.vals[linkType]
			f.remember(linkType, r.scan.b[v.s-1:v.e+1], 0)
			t.node = uint32(r.b.typeOf(kind))
		}
	}
	p.kind = uint16(t.node)
	if f.has(linkSequence) {
		p.sequence = smallSequence
	}
	var ok1, ok2 bool
	p.grouping, ok1 = r.json(f, linkGrouping)
	p.document, ok2 = r.json(f, linkDocument)
	return p, ok1 && ok2
}

// node checks one end of the association.
func (r *fastReader) node(f *fast, i int) (n fastNode, ok bool) {
	if !f.has(i) {
		return n, false
	}
	v := &f.vals[i]
	if v.hit {
		n.index = f.tokens[i].node
		return n, true
	}
	g := r.end
	g.seen = v.ends.seen
	copy(g.vals[:], v.ends.vals[:])
	const all = 1<<nodeTitle | 1<<nodeIdentifier | 1<<nodeURI
	if g.seen != all {
		return n, false
	}
	if n.title, ok = r.text(g, nodeTitle); !ok {
		return n, false
	}
	identifier, ok := r.text(g, nodeIdentifier)
	if !ok {
		return n, false
	}
	if n.id, ok = lowerGUIDAt(identifier); !ok || len(identifier) != guidLen || n.id.IsZero() {
		n.id, _ = looseGUID(viewString(identifier))
		n.whole = identifier
	}
	stored, whole, ok := r.uri(g, nodeURI, n.id)
	if !ok {
		return n, false
	}
	if n.uri = stored; !whole {
		n.uri = stored[:len(stored)+guidLen]
	}
	return n, true
}

// putNode stores an end that was checked.
func (r *fastReader) putNode(f *fast, i int, n fastNode) uint32 {
	if n.index != 0 {
		return n.index
	}
	index := r.b.putNode(n.id, n.whole, n.uri, n.title, nil)
	if i == linkDestination {
		// Siblings have one parent; origins seldom repeat.
		v := &f.vals[i]
		f.remember(i, r.scan.b[v.s:v.e], 0)
		f.tokens[i].node = index
	}
	return index
}
