package casefw

import "github.com/laurel-edu/laurel/internal/jsonx"

// parts are the texts of an end of an association.
type parts struct {
	texts [nodeTarget]struct {
		content []byte
		there   bool
		plain   bool
	}
	id        GUID
	canonical []byte // the identifier, where it is in canonical form
	usual     bool   // the uri is the usual one before that
}

// node reads an end of an association that has a title, an identifier and a uri and
// nothing else; ok is false for any other.
func (r *reader) node(place int) (ok bool) {
	start := r.P
	var p parts
	if !r.Take('{') {
		return false
	}
	for n := range p.texts {
		if n > 0 && !r.Take(',') || !r.part(&p, n) {
			return false
		}
		r.Space()
	}
	if !r.at('}') {
		return false
	}
	r.P++
	before := r.k.met()
	r.row[place] = r.storeNode(&p)
	r.end = -1
	if f := &r.facts[place]; f.shared && r.k.met() == before {
		f.remember(r.B[start:r.P], r.row[place])
	}
	return true
}

// part reads the member that comes as number n.
func (r *reader) part(p *parts, n int) (ok bool) {
	i := r.partName(n)
	if i < 0 || p.texts[i].there || !r.Take(':') {
		return false
	}
	t := &p.texts[i]
	if t.there = true; i == nodeURI && r.usual(&r.ends[i], p.canonical) {
		p.usual = true
		return true
	}
	if t.content, t.plain, ok = r.Text(&r.scratch); ok && i == nodeIdentifier {
		p.identify()
	}
	return ok
}

// partName steps over a name and returns the place of the member, -1 where it is none
// of the three.
func (r *reader) partName(n int) int {
	for k := range r.ends {
		if i := (n + k) % len(r.ends); r.Literal(r.ends[i].quoted) {
			return i
		}
	}
	return -1
}

// identify reads the identifier.
func (p *parts) identify() {
	text := p.texts[nodeIdentifier].content
	id, ok := lowerGUIDAt(text)
	if !ok || len(text) != guidLen || id.IsZero() {
		p.id, _ = looseGUID(viewString(text))
		return
	}
	p.id, p.canonical = id, text
}

// storeNode checks and stores an end.
func (r *reader) storeNode(p *parts) cell {
	n := sentNode{nodeRec: nodeRec{id: p.id}, title: p.texts[nodeTitle].content}
	if p.canonical == nil {
		n.name = r.b.shared(p.texts[nodeIdentifier].content)
	}
	for _, i := range [...]int{nodeTitle, nodeIdentifier} {
		if f, t := &r.ends[i], &p.texts[i]; !f.quiet || !t.plain {
			r.end = i
			r.k.text(jsonx.Value{}, viewString(t.content), f.member, nodeClass, t.plain)
		}
	}
	r.end = nodeURI
	f, uri := &r.ends[nodeURI], &p.texts[nodeURI]
	if p.usual || r.checkURI(f, nodeClass, uri.content, p.canonical, uri.plain) {
		n.uri = f.cell
	} else {
		n.uri = r.b.uriOf(cutURI(n.id, uri.content))
	}
	return r.b.putNode(&n)
}
