package casefw

import (
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

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
	r.row[place] = r.storeNode(place, &parts)
	if r.k.met() == before {
		r.remember(&r.facts[place], start, r.row[place])
	}
	return true
}

// part reads the member that comes as number n.
func (r *reader) part(parts *[nodeTarget]part, n int) bool {
	i := r.partName(n)
	if i < 0 || parts[i].there || !r.Take(':') {
		return false
	}
	span, ok := r.Text()
	if !ok {
		return false
	}
	content, ok := r.Content(span, &r.scratch)
	parts[i] = part{content, true, !span.Escaped && !span.Exotic}
	return ok && (!span.Exotic || utf8.Valid(content))
}

// partName steps over a name and returns the place of the member, -1 where it is none
// of the three.
func (r *reader) partName(n int) int {
	for k := range r.ends {
		i := (n + k) % len(r.ends)
		if q := r.ends[i].quoted; len(r.B)-r.P >= len(q) && string(r.B[r.P:r.P+len(q)]) == q {
			r.P += len(q)
			return i
		}
	}
	return -1
}

// storeNode checks and stores the end at a place of the association.
func (r *reader) storeNode(place int, parts *[nodeTarget]part) cell {
	outer := r.facts[place].name
	for i := range parts {
		r.k.path = append(r.k.path[:0], outer, r.ends[i].name)
		if f, p := &r.ends[i], &parts[i]; i == nodeURI {
			r.checkURI(f, nodeClass, p.content, p.plain)
		} else {
			r.k.text(jsonx.Value{}, viewString(p.content), f.member, nodeClass, p.plain)
		}
	}
	r.k.path = r.k.path[:1]
	identifier := parts[nodeIdentifier].content
	var whole []byte
	id, ok := lowerGUIDAt(identifier)
	if !ok || len(identifier) != guidLen || id.IsZero() {
		id, _ = looseGUID(viewString(identifier))
		whole = identifier
	}
	return r.b.putNode(id, whole, parts[nodeURI].content, parts[nodeTitle].content, nil)
}
