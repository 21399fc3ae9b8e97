package casefw

import "github.com/laurel-edu/laurel/internal/jsonx"

// part is a text of an end of an association.
type part struct {
	content []byte
	there   bool
	plain   bool
}

// node reads an end of an association that has a title, an identifier and a uri and
// nothing else; ok is false for any other.
func (r *reader) node(place int) (ok bool) {
	start := r.P
	var parts [nodeTarget]part
	if !r.Take('{') {
		return false
	}
	for n := range parts {
		if n > 0 && !r.Take(',') || !r.part(&parts, n) {
			return false
		}
		r.Space()
	}
	if !r.at('}') {
		return false
	}
	r.P++
	before := r.k.met()
	r.row[place] = r.storeNode(&parts)
	r.end = -1
	if f := &r.facts[place]; f.shared && r.k.met() == before {
		r.remember(f, start, r.row[place])
	}
	return true
}

// part reads the member that comes as number n.
func (r *reader) part(parts *[nodeTarget]part, n int) bool {
	i := r.partName(n)
	if i < 0 || parts[i].there || !r.Take(':') {
		return false
	}
	content, plain, ok := r.Text(&r.scratch)
	parts[i] = part{content, true, plain}
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

// storeNode checks and stores an end.
func (r *reader) storeNode(parts *[nodeTarget]part) cell {
	title, identifier, uri := &parts[nodeTitle], &parts[nodeIdentifier], &parts[nodeURI]
	var n nodeRec
	canonical, ok := identifier.content, false
	if n.id, ok = lowerGUIDAt(canonical); !ok || len(canonical) != guidLen || n.id.IsZero() {
		n.id, _ = looseGUID(viewString(canonical))
		n.identifier, canonical = r.b.shared(canonical), nil
	}
	for _, i := range [...]int{nodeTitle, nodeIdentifier} {
		r.end = i
		r.k.text(jsonx.Value{}, viewString(parts[i].content), r.ends[i].member, nodeClass, parts[i].plain)
	}
	r.end = nodeURI
	if f := &r.ends[nodeURI]; r.checkURI(f, nodeClass, uri.content, canonical, uri.plain) {
		n.uri = f.cell
	} else {
		n.uri = r.b.uriOf(cutURI(n.id, uri.content))
	}
	return r.b.putNode(n, title.content)
}
