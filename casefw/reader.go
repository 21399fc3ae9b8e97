package casefw

import (
	"bytes"
	"math/bits"

	"github.com/laurel-edu/laurel/internal/arena"
	"github.com/laurel-edu/laurel/internal/casescan"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// reader reads records of one class from JSON text into their table, by the facts of
// the class alone. What is as the standard has it goes into the store without a
// detour; a value that is not is parsed, checked and repaired by itself. Whatever it
// meets it takes, but for a text that is not JSON of the strict kind: then it gives
// up, and the record's text has to be mended first.
//
// It is quick because it predicts: that members come in the order of the record
// before, and that what many records share is what it was.
type reader struct {
	b      *builder
	k      *checker
	t      *table
	limits jsonx.Limits // of a value in a record
	facts  []fact       // of each member
	order  []int8       // the places of the members of the record before, -1 for a stranger

	casescan.Scan                  // at the record
	ends          [nodeTarget]fact // of an end of an association
	row           []cell           // of the record
	id            GUID
	idText        []byte // the identifier, where it is in canonical form
	uri           []byte // stored when the identifier is known
	cut           bool   // the uri ends in it, and is without fault
	seen, exact   uint32 // members that were met, and met under the name of the standard
	extra, sent   kept
	spelt         []spelt // members under other names, for the end of the record
	scratch       []byte
	// What is checked at the moment: a record of a list, a member of it, one of that.
	list       string
	index      int
	place, end int    // the member, or one of the names below; of it the part, -1 for none
	alias      string // the member under otherName
}

// fact is a member of the class as the reader uses it.
type fact struct {
	*member
	quoted string         // its name with quotes
	below  string         // the step of a JSON Pointer to it
	quiet  bool           // nothing can be wrong with a text of ASCII without control characters
	known  arena.Interner // shared values in which nothing is wrong
	raw    []byte         // the value of the record before, with its place in the store
	cell   cell
}

// spelt is a member under another name than the standard's.
type spelt struct {
	place int
	name  string
	value int // where its value begins
}

func newReader(b *builder, k *checker, t *table, limits jsonx.Limits) *reader {
	limits.Depth--
	r := &reader{b: b, k: k, t: t, limits: limits, row: make([]cell, len(t.class.members))}
	for i := range t.class.members {
		r.facts = append(r.facts, b.fact(&t.class.members[i], k))
	}
	for i := range r.ends {
		r.ends[i] = b.fact(&nodeClass.members[i], k)
	}
	return r
}

func (b *builder) fact(m *member, k *checker) fact {
	f := fact{member: m, quoted: `"` + m.name + `"`, below: "/" + m.name, known: arena.In(&b.texts)}
	f.quiet = m.kind == kNorm && !(k.advise && m.advise > 0)
	if m.kind == kAssoc {
		_, hash := f.known.Find(view(string(IsChildOf)))
		f.known.Add(arena.Text(b.child), hash)
	}
	return f
}

// read reads the record at the start of text into the store and returns its length,
// 0 where text does not hold a whole record of strict JSON. Findings of an attempt
// that failed are for the caller to take back.
func (r *reader) read(text []byte, index int) int {
	r.index = index
	r.Scan, r.scratch = casescan.Scan{B: text}, r.scratch[:0]
	r.id, r.idText, r.uri, r.cut = GUID{}, nil, nil, false
	r.seen, r.exact, r.spelt = 0, 0, r.spelt[:0]
	r.extra.reset()
	r.sent.reset()
	clear(r.row)
	if !r.members() {
		return 0
	}
	end := r.P
	for _, s := range r.spelt {
		if !r.respelt(s) {
			return 0
		}
	}
	r.finish()
	return end
}

// members walks over one object.
func (r *reader) members() bool {
	if !r.Take('{') {
		return false
	}
	for n := 0; !r.at('}'); n++ {
		if n > 0 && !r.Take(',') || !r.member(n) {
			return false
		}
		r.Space()
	}
	r.P++
	return true
}

// at reports whether c stands here; white space was stepped over.
func (r *reader) at(c byte) bool { return r.P < len(r.B) && r.B[r.P] == c }

// member reads the member that comes as number n.
func (r *reader) member(n int) bool {
	place, name := r.name(n)
	switch {
	case place >= 0 && r.exact&(1<<place) != 0, !r.Take(':'):
		return false // a member that stands twice
	case place >= 0:
		r.seen |= 1 << place
		r.exact |= 1 << place
		r.point(place)
		return r.value(place)
	case place == unknown:
		return r.stranger(name)
	}
	return false
}

// What is checked, where it is no member in its place.
const (
	wholeRecord = -1
	otherName   = -2
)

const (
	unknown = -1 // no member of the class has the name
	noName  = -2 // no name stands there
)

// name steps over a member name and returns the place of the member; an unknown one
// is returned itself.
func (r *reader) name(n int) (place int, name string) {
	if n < len(r.order) && r.order[n] >= 0 && r.Literal(r.facts[r.order[n]].quoted) {
		return int(r.order[n]), ""
	}
	content, _, ok := r.Text(&r.scratch)
	if !ok {
		return noName, ""
	}
	place = r.t.class.place(viewString(content))
	r.order = append(r.order[:min(n, len(r.order))], int8(place))
	if place == unknown {
		name = string(content)
	}
	return place, name
}

// stranger reads a member that the class does not have, or not under this name.
func (r *reader) stranger(name string) bool {
	start := r.P
	v, ok := r.parse()
	if !ok || !r.extra.add(name, v.Raw()) {
		return false
	}
	r.place, r.end, r.alias = otherName, -1, name
	r.k.unknown(v, name, r.t.class, false)
	if place := r.t.class.resolve(name); place >= 0 {
		r.spelt = append(r.spelt, spelt{place, name, start})
	}
	return true
}

// respelt reads a member under another name, where no exact one and none before it was.
func (r *reader) respelt(s spelt) bool {
	if r.seen&(1<<s.place) != 0 {
		return true
	}
	r.seen |= 1 << s.place
	r.P = s.value
	v, ok := r.parse()
	if !ok {
		return false
	}
	r.extra.remove(s.name)
	r.point(s.place)
	r.odd(s.place, v)
	r.sent.add(s.name, v.Raw())
	return true
}

// parse reads the next value, whatever it is.
func (r *reader) parse() (v jsonx.Value, ok bool) {
	raw, ok := r.extent()
	if !ok {
		return v, false
	}
	doc, err := jsonx.Parse(raw, r.limits, nil)
	if err != nil {
		return v, false
	}
	return doc.Root(), true
}

// extent steps over the next value.
func (r *reader) extent() (raw []byte, ok bool) {
	n, state := casescan.Skip(r.B[r.P:], false)
	raw = r.B[r.P : r.P+n]
	r.P += n
	return raw, state == casescan.Whole
}

// finish checks what shows only in the whole record, and stores it.
func (r *reader) finish() {
	c := r.t.class
	r.cut = r.cut && len(r.idText) > 0 && bytes.HasSuffix(r.uri, r.idText)
	r.marked()
	r.k.missing(jsonx.Value{}, c, c.required&^c.outside&^r.exact, r.seen)
	if c == itemClass {
		r.item()
	}
	r.row[r.t.uri] = r.storedURI()
	r.t.add(r.id, r.row, r.extra.store(r.b), r.sent.store(r.b))
}

// item checks what shows only in a whole item; see checker.record.
func (r *reader) item() {
	if !r.cut || glued(viewString(r.uri)) {
		identifier := r.b.named(r.row[itemIdentifier], r.id)
		if r.point(wholeRecord); identifier != "" {
			r.point(itemURI)
		}
		r.k.identity(jsonx.Value{}, identifier, jsonx.Value{}, viewString(r.uri))
	}
	if r.row[itemStatement] == 0 {
		r.point(itemStatement)
		r.k.statement(jsonx.Value{}, r.b.string(r.row[itemLabel]), r.b.string(r.row[itemShort]))
	}
	if from, to := r.row[itemStart], r.row[itemEnd]; from != 0 && to != 0 {
		r.point(itemEnd)
		r.k.period(jsonx.Value{}, itemClass, r.b.string(from), r.b.string(to))
	}
}

// marked tells of members that have no place in a package, and counts those that 1.0
// does not have.
func (r *reader) marked() {
	c := r.t.class
	for rest := r.seen & (c.outside | c.newer); rest != 0; rest &= rest - 1 {
		place := bits.TrailingZeros32(rest)
		r.point(place)
		r.k.placed(jsonx.Value{}, r.facts[place].member, c, true)
	}
	r.point(wholeRecord)
}

// point says what is checked from here on: the member at a place, where it was sent, or
// the record.
func (r *reader) point(place int) {
	if r.place, r.end = place, -1; place >= 0 && r.seen&(1<<place) == 0 {
		r.place = wholeRecord
	}
	for _, s := range r.spelt {
		if place == s.place && r.exact&(1<<place) == 0 {
			r.place, r.alias = otherName, s.name
			return
		}
	}
}

// pointer returns the JSON Pointer of what is checked.
func (r *reader) pointer() string {
	var name, end string
	switch {
	case r.place == otherName:
		name = "/" + jsonx.EscapePointer(r.alias)
	case r.place >= 0:
		name = r.facts[r.place].below
	}
	if r.end >= 0 {
		end = r.ends[r.end].below
	}
	return pointerTo(r.list, r.index) + name + end
}

// storedURI stores the uri that was read: with the identifier cut off where it ends
// in it.
func (r *reader) storedURI() cell {
	switch {
	case r.uri == nil:
		return 0
	case r.cut:
		return r.facts[r.t.uri].cell
	}
	return r.b.uriOf(cutURI(r.id, r.uri))
}
