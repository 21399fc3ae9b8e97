package casefw

import (
	"bytes"
	"strconv"

	"github.com/laurel-edu/laurel/internal/arena"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// value reads the value of the member at a place of the class.
func (r *reader) value(place int) bool {
	f := &r.facts[place]
	if len(f.raw) > 0 && place != r.t.uri && bytes.HasPrefix(r.B[r.P:], f.raw) {
		r.row[place] = f.cell
		r.P += len(f.raw)
		return true
	}
	start := r.P
	if r.P < len(r.B) {
		switch c := r.B[r.P]; {
		case place == r.t.uri && r.usualURI(f):
			return true
		case c == '"' && f.isText():
			return r.text(place) || r.again(place, start)
		case c == '{' && f.of == nodeClass:
			return r.node(place) || r.again(place, start)
		case c == '{' && f.kind == kRaw, c == '[' && f.many, c == '{' && f.kind == kObject && !f.many:
			return r.json(place)
		case f.kind == kInt && r.integer(place):
			return true
		}
	}
	return r.again(place, start)
}

// again reads a value that is not as the standard has it.
func (r *reader) again(place, start int) bool {
	r.P = start
	v, ok := r.parse()
	if ok && !r.odd(place, v) {
		r.sent.add(r.facts[place].name, v.Raw())
	}
	return ok
}

// isText reports whether the member's values are texts.
func (m *member) isText() bool {
	return !m.many && m.kind != kObject && m.kind != kRaw && m.kind != kInt && m.kind != kFloat
}

// text reads a text that needs no repair; ok is false for any other.
func (r *reader) text(place int) (ok bool) {
	f, start := &r.facts[place], r.P
	content, plain, ok := r.Text(&r.scratch)
	if !ok || len(content) == 0 && !f.required {
		return false
	}
	switch {
	case place == r.t.id:
		r.identifier(content)
	case place == r.t.uri:
		r.ownURI(f, content, plain)
	case f.kind == kAssoc && !wellSpelt(content):
		return false
	case f.shared:
		if at, clean := r.common(f, content, plain); clean {
			f.remember(r.B[start:r.P], at)
			r.row[place] = at
		} else {
			r.row[place] = r.b.shared(content)
		}
	default:
		if !f.quiet || !plain {
			r.k.text(jsonx.Value{}, viewString(content), f.member, r.t.class, plain)
		}
		r.row[place] = r.b.own(content)
	}
	return true
}

// wellSpelt reports whether an association type is none that would be repaired.
func wellSpelt(content []byte) bool {
	t := AssociationType(viewString(content))
	if t.Known() || t.IsExtension() {
		return true
	}
	_, repaired := repairType(string(content))
	return !repaired
}

// common stores a text that many records share. It is checked when it is met first,
// and each time where something is wrong with it.
func (r *reader) common(f *fact, content []byte, plain bool) (at cell, clean bool) {
	known, hash := f.known.Find(content)
	if known == 0 {
		before := r.k.met()
		r.k.text(jsonx.Value{}, viewString(content), f.member, r.t.class, plain)
		if r.k.met() != before {
			return 0, false
		}
		known = r.b.texts.Put(content)
		f.known.Add(known, hash)
	}
	return cell(known), true
}

// remember keeps a value for the record after: its text, which is copied since the
// window moves on, and its place.
func (f *fact) remember(raw []byte, at cell) {
	f.raw, f.cell = append(f.raw[:0], raw...), at
}

func (r *reader) identifier(content []byte) {
	id, ok := lowerGUIDAt(content)
	if ok = ok && len(content) == guidLen; !ok || !id.Standard() {
		f := &r.facts[r.t.id]
		r.k.text(jsonx.Value{}, viewString(content), f.member, r.t.class, false)
	}
	if !ok || id.IsZero() {
		id, _ = looseGUID(viewString(content))
		r.row[r.t.id] = r.b.own(content)
		r.id = id
		return
	}
	r.id, r.idText = id, content
}

// ownURI reads the uri of the record. Where the identifier comes behind it, it is the one
// that the uri ends in, until it shows that it is not.
func (r *reader) ownURI(f *fact, content []byte, plain bool) {
	id := r.idText
	if n := len(content) - guidLen; id == nil && n > 0 {
		id = canonicalAt(content, n)
	}
	r.uri, r.cut = content, r.checkURI(f, r.t.class, content, id, plain)
}

// usualURI reads the uri of the record where it is the usual one.
func (r *reader) usualURI(f *fact) bool {
	id, start := r.idText, r.P+1
	if id == nil {
		id = canonicalAt(r.B, start+len(f.raw))
	}
	if !r.usual(f, id) {
		return false
	}
	r.uri, r.cut = r.B[start:r.P-1], true
	return true
}

// canonicalAt returns the identifier in canonical form that stands at a place, nil where
// none does.
func canonicalAt(text []byte, at int) []byte {
	if at+guidLen > len(text) {
		return nil
	}
	if _, ok := lowerGUIDAt(text[at:]); !ok {
		return nil
	}
	return text[at : at+guidLen]
}

// usual steps over a uri that is an identifier in canonical form behind what stood before
// that in the record before, where nothing was wrong with it.
func (r *reader) usual(f *fact, id []byte) bool {
	text, n := r.B[r.P:], 1+len(f.raw)
	end := n + len(id)
	if id == nil || len(f.raw) == 0 || len(text) <= end || text[0] != '"' || text[end] != '"' ||
		string(text[1:n]) != string(f.raw) || string(text[n:end]) != string(id) {
		return false
	}
	r.P += end + 1
	return true
}

// checkURI checks a uri. Where it ends in an identifier in canonical form, what stands
// before that is checked once: known says that it was found without fault, and is what f
// holds.
func (r *reader) checkURI(f *fact, c *class, content, id []byte, plain bool) (known bool) {
	n := len(content) - len(id)
	if id == nil || n <= 0 || !plain || string(content[n:]) != string(id) {
		r.k.text(jsonx.Value{}, viewString(content), f.member, c, plain)
		return false
	}
	prefix := content[:n]
	if bytes.Equal(f.raw, prefix) {
		return true
	}
	at, hash := f.known.Find(prefix)
	if at == 0 {
		before := r.k.met()
		r.k.text(jsonx.Value{}, viewString(content), f.member, c, plain)
		if r.k.met() != before {
			return false
		}
		at = arena.Text(r.b.prefixes.Put(prefix))
		f.known.Add(at, hash)
	}
	f.remember(prefix, cell(at))
	return true
}

// integer reads a whole number in the shortest form.
func (r *reader) integer(place int) bool {
	p, n := r.P, int64(0)
	for ; p < len(r.B) && digit(r.B[p]) && n < 1<<30; p++ {
		n = n*10 + int64(r.B[p]-'0')
	}
	if digits := p - r.P; digits == 0 || digits > 1 && r.B[r.P] == '0' || n >= 1<<30 || p >= len(r.B) {
		return false
	}
	switch r.B[p] {
	case ',', '}', ' ', '\n', '\t', '\r':
		r.P = p
		r.row[place] = r.b.number(n)
		return true
	}
	return false
}

// json reads an object or an array, which is stored as it was sent: what has to be
// repaired in it is repaired when it is asked for.
func (r *reader) json(place int) bool {
	f := &r.facts[place]
	raw, ok := r.extent()
	if !ok {
		return false
	}
	known, hash := f.known.Find(raw)
	if known == 0 {
		doc, err := jsonx.Parse(raw, r.limits, nil)
		if err != nil {
			return false
		}
		before := r.k.met()
		if !f.standalone {
			r.k.content(doc.Root(), f.member, r.t.class, true)
		}
		if known = r.b.texts.Put(raw); f.kind == kRaw || r.k.met() != before {
			r.row[place] = cell(known)
			return true
		}
		f.known.Add(known, hash)
	}
	r.row[place] = cell(known)
	f.remember(raw, cell(known))
	return true
}

// odd stores a value that is not as the standard has it, repaired where it can be.
// exact reports whether the value that was sent can be told from what is stored.
func (r *reader) odd(place int, v jsonx.Value) (exact bool) {
	f := &r.facts[place]
	if v.Kind() == jsonx.Null {
		if !f.standalone {
			r.k.null(v, r.t.class)
		}
		return false
	}
	if !f.standalone {
		r.k.content(v, f.member, r.t.class, true)
	}
	if f.of != nodeClass && (f.kind == kObject || f.many) {
		r.row[place] = r.b.shared(v.Raw())
		return true
	}
	rec := r.t.class.fresh()
	exact = assign(v, f.member, rec)
	if f.isText() && v.Kind() != jsonx.String && textOf(f.field(rec)) == "" {
		return exact // no text can be read from it
	}
	r.field(place, rec)
	return exact
}

// field stores what a field of a record holds.
func (r *reader) field(place int, rec any) {
	m := r.facts[place].member
	if m.isText() {
		r.repaired(place, textOf(m.field(rec)))
		return
	}
	if !(encoder{}).present(m, rec) {
		return
	}
	text := encoder{form: AsSent}.value(nil, m, rec)
	switch m.kind {
	case kObject:
		n := m.at(rec, 0).(*LinkGenURI)
		if n.TargetType == "" && len(n.Extra) == 0 && len(n.Sent) == 0 {
			text = nil
		}
		r.row[place] = r.b.node(n, text)
	case kInt:
		r.row[place] = r.b.number(**m.field(rec).(**int64))
	case kRaw:
		r.row[place] = r.b.own(text)
	}
}

// number stores a whole number.
func (b *builder) number(n int64) cell {
	if n >= 0 && n < 1<<30 {
		return cell(n) + 1
	}
	return b.own(strconv.AppendInt(nil, n, 10)) | bigNumber
}

// repaired stores a text that is not the one that was sent, or not checked.
func (r *reader) repaired(place int, s string) {
	switch {
	case s == "" && !r.facts[place].required:
	case place == r.t.id:
		id, whole := nodeID(s)
		if r.id = id; whole != "" || s == "" {
			r.row[place] = r.b.own(view(s))
		}
	case place == r.t.uri:
		r.uri = []byte(s)
	default:
		r.row[place] = r.b.shared(view(s))
	}
}
