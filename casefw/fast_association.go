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

// fastLink is an association that was checked and not yet stored.
type fastLink struct {
	rec                 associationRec
	uri                 []byte
	whole               bool // the uri is stored whole
	profile             linkProfile
	notes, extensions   []byte
	origin, destination fastNode
}

// readAssociation reads the association at the start of b into the store and
// returns its length, 0 where it has to go the slow way.
func (r *fastReader) readAssociation(b []byte, index int) int {
	f := r.link
	r.scan, r.scratch = scan{b: b}, r.scratch[:0]
	if !f.record(&r.scan) {
		return 0
	}
	var l fastLink
	if !r.checkLink(f, &l) {
		return 0
	}
	r.storeLink(f, &l)
	r.sawNewer(f, index, linkNotes, linkExtensions)
	if t := r.b.types[l.profile.kind]; t == IsTranslationOf || !t.Known() {
		r.sawNewer(f, index, linkType)
	}
	if f.has(linkDocument) {
		r.inside(r.list, index, associationClass)
	}
	return r.scan.p
}

// checkLink checks all members and stores none.
func (r *fastReader) checkLink(f *fast, l *fastLink) (ok bool) {
	if l.rec.id, ok = r.identifier(f, linkIdentifier); !ok {
		return false
	}
	if l.rec.changed, ok = r.changed(f, linkChanged); !ok {
		return false
	}
	if l.uri, l.whole, ok = r.uri(f, linkURISlot, l.rec.id); !ok {
		return false
	}
	if l.profile, ok = r.linkProfile(f); !ok {
		return false
	}
	if l.notes, ok = r.text(f, linkNotes); !ok {
		return false
	}
	if l.extensions, ok = r.free(f, linkExtensions); !ok {
		return false
	}
	if l.origin, ok = r.node(f, linkOrigin); !ok {
		return false
	}
	l.destination, ok = r.node(f, linkDestination)
	return ok
}

// storeLink stores what was checked.
func (r *fastReader) storeLink(f *fast, l *fastLink) {
	rec := &l.rec
	rec.uri, rec.profile = r.storeURI(f, linkURISlot, l.uri, l.whole), r.b.link(l.profile)
	rec.origin, rec.destination = r.putNode(f, linkOrigin, l.origin), r.putNode(f, linkDestination, l.destination)
	if l.profile.sequence == smallSequence {
		rec.sequence = f.vals[linkSequence].number
	}
	if l.notes != nil || l.extensions != nil {
		rec.rest = r.b.linkRest(linkRest{notes: r.b.present(l.notes), extensions: r.b.present(l.extensions)})
	}
	r.b.associations = append(doubled(r.b.associations), *rec)
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
