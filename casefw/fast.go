package casefw

import (
	"bytes"
	"unicode/utf8"
	"unsafe"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// fast reads the records of one class straight from the text into the store. It
// takes a record only where the strict and tolerant reader would find nothing in
// it but what fast reports itself; at anything else it stops, having changed
// nothing, and the record goes the slow way. A test holds both ways equal.
//
// It is quick because it predicts: that members come in the order of the record
// before, and that what repeats (types, levels, links) is what it was.
type fast struct {
	class  *class
	slots  []slot
	order  []int8 // the slots of the last record, as they came
	count  int
	seen   uint32
	vals   [maxSlots]fastValue
	tokens [maxSlots]token
	end    *fast // reads the nodes of an association
}

const maxSlots = 24

type shape uint8

const (
	ownText  shape = iota // a text that differs from record to record
	wordText              // a text that many records share
	rawJSON               // an object or array that many records share
	freeJSON              // an object of extensions
	integer
	nodeLink
)

type slot struct {
	name  string // in quotes
	shape shape
	m     *member
}

// fastValue is what one member of the record at hand holds.
type fastValue struct {
	span
	hit    bool // as in the record before
	number int32
	ends   *nodeSpans
}

// nodeSpans is what the members of a node hold.
type nodeSpans struct {
	seen uint32
	vals [4]fastValue
}

// token is the value of a member in the record before, and its place in the store.
type token struct {
	raw  []byte
	at   text
	node uint32
}

func newFast(c *class, words ...string) *fast {
	f := &fast{class: c}
	for i := range c.members {
		m := &c.members[i]
		f.slots = append(f.slots, slot{`"` + m.name + `"`, shapeOf(m, words), m})
	}
	return f
}

func shapeOf(m *member, words []string) shape {
	switch {
	case m.kind == kInt:
		return integer
	case m.kind == kRaw:
		return freeJSON
	case m.of == nodeClass:
		return nodeLink
	case m.many || m.kind == kObject:
		return rawJSON
	}
	for _, w := range words {
		if m.name == w {
			return wordText
		}
	}
	return ownText
}

// record walks over one object and notes where its members stand.
func (f *fast) record(s *scan) bool {
	f.seen, f.count = 0, 0
	if !s.take('{') {
		return false
	}
	for {
		i := f.key(s)
		if i < 0 || f.seen&(1<<i) != 0 || !s.take(':') || !f.value(s, i) {
			return false
		}
		f.seen |= 1 << i
		if s.take(',') {
			continue
		}
		if s.p < len(s.b) && s.b[s.p] == '}' {
			s.p++
			return true
		}
		return false
	}
}

// key steps over a member name and returns its slot, -1 for an unknown one.
func (f *fast) key(s *scan) int {
	n := f.count
	f.count++
	if n < len(f.order) {
		i := f.order[n]
		if name := f.slots[i].name; s.has(name) {
			s.p += len(name)
			return int(i)
		}
		f.order = f.order[:n]
	}
	for i := range f.slots {
		if name := f.slots[i].name; s.has(name) {
			s.p += len(name)
			f.order = append(f.order, int8(i))
			return i
		}
	}
	return -1
}

func (s *scan) has(name string) bool {
	return len(s.b)-s.p >= len(name) && string(s.b[s.p:s.p+len(name)]) == name
}

func (f *fast) value(s *scan, i int) (ok bool) {
	v := &f.vals[i]
	switch f.slots[i].shape {
	case ownText:
		v.span, ok = s.str()
		return ok
	case integer:
		return v.integer(s)
	case freeJSON:
		return v.extent(s)
	}
	if raw := f.tokens[i].raw; len(raw) > 0 && bytes.HasPrefix(s.b[s.p:], raw) {
		v.hit, v.s, v.e = true, s.p, s.p+len(raw)
		s.p = v.e
		return true
	}
	v.hit = false
	if f.slots[i].shape == wordText {
		v.span, ok = s.str()
		return ok
	}
	if f.slots[i].shape == nodeLink {
		return f.node(s, v)
	}
	return v.extent(s)
}

// node walks over the end of an association.
func (f *fast) node(s *scan, v *fastValue) bool {
	v.s = s.p
	if !f.end.record(s) {
		return false
	}
	if v.ends == nil {
		v.ends = new(nodeSpans)
	}
	v.e, v.ends.seen = s.p, f.end.seen
	copy(v.ends.vals[:], f.end.vals[:])
	return true
}

// extent notes an object or array as a whole.
func (v *fastValue) extent(s *scan) bool {
	v.hit = false
	if s.p >= len(s.b) || s.b[s.p] != '{' && s.b[s.p] != '[' {
		return false
	}
	n, state := skip(s.b[s.p:], false)
	v.s, v.e = s.p, s.p+n
	s.p = v.e
	return state == skipWhole
}

func (v *fastValue) integer(s *scan) bool {
	v.s = s.p
	p, n, negative := s.p, int64(0), false
	if p < len(s.b) && s.b[p] == '-' {
		negative = true
		p++
	}
	first := p
	for ; p < len(s.b) && digit(s.b[p]); p++ {
		if n = n*10 + int64(s.b[p]-'0'); n > 1<<31 {
			return false
		}
	}
	if negative {
		n = -n
	}
	v.number, v.e, s.p = int32(n), p, p
	leadingZero := p-first > 1 && s.b[first] == '0'
	// A fraction or exponent ends in a byte that no member ends with.
	return p > first && p < len(s.b) && !leadingZero && n == int64(int32(n)) && s.b[p] != '.' && s.b[p]|0x20 != 'e'
}

func (f *fast) has(i int) bool { return f.seen&(1<<i) != 0 }

// remember keeps a value for the record after. The text is copied: the window
// moves on.
func (f *fast) remember(i int, raw []byte, at text) {
	t := &f.tokens[i]
	t.raw, t.at = append(t.raw[:0], raw...), at
}

// fastReader is the fast way for both classes of a package that are many.
type fastReader struct {
	b       *builder
	scan    scan
	item    *fast
	link    *fast
	end     *fast // of a node
	clean   interner
	links   interner // JSON texts that were checked, by shape
	lists   interner
	uris    interner // what stands before the identifier in a uri that was checked
	scratch []byte
	newer   *newer
	report  *Report
	limits  jsonx.Limits
	list    string                                 // pointer of the list that is read
	inside  func(list string, index int, c *class) // reports a CFDocumentURI
}

func newFastReader(b *builder, report *Report, newer *newer, limits jsonx.Limits) *fastReader {
	r := &fastReader{b: b, report: report, newer: newer, limits: limits,
		item: newFast(itemClass, "CFItemType", "language", "listEnumeration", "statusStartDate", "statusEndDate"),
		link: newFast(associationClass, "associationType"),
		end:  newFast(nodeClass)}
	r.link.end = r.end
	for _, n := range []*interner{&r.clean, &r.links, &r.lists, &r.uris} {
		n.arena = &b.store.arena
	}
	return r
}

// text returns the content of a member where nothing is wrong with it, nil for
// absence.
func (r *fastReader) text(f *fast, i int) (content []byte, ok bool) {
	if !f.has(i) {
		return nil, true
	}
	v := &f.vals[i]
	content, ok = r.scan.content(v.span, &r.scratch)
	if !ok || len(content) == 0 && !f.slots[i].m.required {
		return nil, false // an empty optional text needs a note that it was there
	}
	norm := f.slots[i].m.kind != kText
	if (v.exotic || v.escaped) && !tidy(content, norm) {
		return nil, false
	}
	if !norm && bytes.IndexByte(content, ':') >= 0 && unsafeLink(viewString(content)) {
		return nil, false
	}
	return content, true
}

func tidy(content []byte, norm bool) bool {
	if !utf8.Valid(content) {
		return false
	}
	_, bad := controlIn(viewString(content), norm)
	return !bad
}

// word returns the place of a shared text.
func (r *fastReader) word(f *fast, i int) (at text, ok bool) {
	if !f.has(i) {
		return 0, true
	}
	v := &f.vals[i]
	if v.hit {
		return f.tokens[i].at, true
	}
	content, ok := r.text(f, i)
	if !ok {
		return 0, false
	}
	if f.slots[i].m.kind == kDate {
		if _, strict, _ := ParseDate(viewString(content)); !strict {
			return 0, false
		}
	}
	at = r.clean.put(content)
	f.remember(i, r.scan.b[v.s-1:v.e+1], at)
	return at, true
}

// json returns the place of a shared object or array, which is checked when it is
// met first.
func (r *fastReader) json(f *fast, i int) (at text, ok bool) {
	if !f.has(i) {
		return 0, true
	}
	v := &f.vals[i]
	if v.hit {
		return f.tokens[i].at, true
	}
	raw := r.scan.b[v.s:v.e]
	known := &r.links
	if f.slots[i].m.many && f.slots[i].m.kind != kObject {
		known = &r.lists
	} else if f.slots[i].m.many {
		// Lists of links are rare: they are checked each time.
		if !r.faultless(f, i, raw) {
			return 0, false
		}
		return r.b.loose.put(raw), true
	}
	at, hash := known.find(raw)
	if at == 0 {
		if !r.faultless(f, i, raw) {
			return 0, false
		}
		at = r.b.put(raw)
		known.add(at, hash)
	}
	f.remember(i, raw, at)
	return at, true
}

// faultless reports whether the checker finds nothing in a JSON text.
func (r *fastReader) faultless(f *fast, i int, raw []byte) bool {
	doc, err := jsonx.Parse(raw, r.limits, nil)
	if err != nil {
		return false
	}
	k := checker{report: newReport(1), version: V1p1}
	m := f.slots[i].m
	if m.many {
		k.array(doc.Root(), m, f.class, true)
	} else {
		k.value(doc.Root(), m, f.class, true)
	}
	return k.report.Total() == 0
}

// free checks an extension object and returns its text.
func (r *fastReader) free(f *fast, i int) (raw []byte, ok bool) {
	if !f.has(i) {
		return nil, true
	}
	raw = r.scan.b[f.vals[i].s:f.vals[i].e]
	doc, err := jsonx.Parse(raw, r.limits, nil)
	return raw, err == nil && doc.Root().Kind() == jsonx.Object
}

// uri checks a uri and returns what is stored of it: where it ends in id, what
// stands before.
func (r *fastReader) uri(f *fast, i int, id GUID) (stored []byte, whole, ok bool) {
	content, ok := r.text(f, i)
	if !ok || len(content) == 0 {
		return nil, false, false
	}
	prefix, cut := cutURI(id, content)
	if !cut {
		s := viewString(content)
		return content, true, absoluteURI(s) && !unsafeURI(s)
	}
	if t := &f.tokens[i]; string(t.raw) == string(prefix) {
		return prefix, false, true
	}
	at, hash := r.uris.find(prefix)
	if at == 0 {
		if s := viewString(content); !absoluteURI(s) || unsafeURI(s) {
			return nil, false, false
		}
		r.uris.add(r.b.put(prefix), hash)
	}
	f.remember(i, prefix, at)
	return prefix, false, true
}

// storeURI puts what uri returned.
func (r *fastReader) storeURI(f *fast, i int, stored []byte, whole bool) text {
	if whole {
		return r.b.put(stored) | uriWhole
	}
	if t := &f.tokens[i]; t.at != 0 && string(t.raw) == string(stored) {
		return t.at
	}
	at := r.uris.put(stored)
	f.tokens[i].at = at
	return at
}

// identifier reads a UUID that is exactly as the standard wants it.
func (r *fastReader) identifier(f *fast, i int) (GUID, bool) {
	v := &f.vals[i]
	if !f.has(i) || v.e-v.s != guidLen {
		return GUID{}, false
	}
	id, ok := lowerGUIDAt(r.scan.b[v.s:v.e])
	return id, ok && id.Standard()
}

// changed reads the time stamp.
func (r *fastReader) changed(f *fast, i int) (stamp, bool) {
	if !f.has(i) {
		return 0, false
	}
	v := &f.vals[i]
	return packStamp(r.scan.b[v.s:v.e])
}

func viewString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
