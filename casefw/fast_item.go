package casefw

// The slots of an item are the members of itemClass in their order.
const (
	itemIdentifier = iota
	itemStatement
	itemLabel
	itemKind
	itemURI
	itemCode
	itemEnum
	itemShort
	itemKeywords
	itemKeywordsURI
	itemNotes
	itemSubject
	itemSubjectURI
	itemLanguage
	itemLevels
	itemKindURI
	itemLicense
	itemStart
	itemEnd
	itemChanged
	itemExtensions
	itemDocument
)

// readItem reads the item at the start of b into the store and returns its length, 0
// where it has to go the slow way.
func (r *fastReader) readItem(b []byte, index int) int {
	f := r.item
	r.scan, r.scratch = scan{b: b}, r.scratch[:0]
	if !f.record(&r.scan) {
		return 0
	}
	id, ok1 := r.identifier(f, itemIdentifier)
	changed, ok2 := r.changed(f, itemChanged)
	if !ok1 || !ok2 || !f.has(itemStatement) {
		return 0
	}
	uri, whole, ok := r.uri(f, itemURI, id)
	if !ok || mismatchAfter(uri, whole) {
		return 0
	}
	profile, ok := r.itemProfile(f)
	if !ok {
		return 0
	}
	enum, ok1 := r.word(f, itemEnum)
	statement, ok2 := r.text(f, itemStatement)
	code, ok3 := r.text(f, itemCode)
	if !ok1 || !ok2 || !ok3 {
		return 0
	}
	rest, ok := r.itemRest(f)
	if !ok {
		return 0
	}
	rec := itemRec{id: id, changed: changed, uri: r.storeURI(f, itemURI, uri, whole), enum: enum,
		statement: r.b.put(statement), code: r.b.present(code), profile: r.b.profile(profile), rest: rest}
	r.b.items = append(doubled(r.b.items), rec)
	r.sawNewer(f, index, itemSubject, itemSubjectURI, itemExtensions)
	if f.has(itemDocument) {
		r.inside(r.list, index, itemClass)
	}
	return r.scan.p
}

// mismatchAfter reports whether a uri needs the full comparison with the item's
// identifier: it does not end in it, or the identifier is glued to something.
func mismatchAfter(stored []byte, whole bool) bool {
	if whole {
		return len(stored) > guidLen && len(FindGUIDs(viewString(stored[len(stored)-guidLen:]))) > 0
	}
	last := stored[len(stored)-1]
	return last|0x20 >= 'a' && last|0x20 <= 'z' || digit(last)
}

func (r *fastReader) itemProfile(f *fast) (p itemProfile, ok bool) {
	good := true
	word := func(i int) text {
		at, ok := r.word(f, i)
		good = good && ok
		return at
	}
	json := func(i int) text {
		at, ok := r.json(f, i)
		good = good && ok
		return at
	}
	p = itemProfile{kind: word(itemKind), kindURI: json(itemKindURI), language: word(itemLanguage), levels: json(itemLevels),
		license: json(itemLicense), subject: json(itemSubject), subjectURI: json(itemSubjectURI),
		start: word(itemStart), end: word(itemEnd), document: json(itemDocument)}
	if p.start != 0 && p.end != 0 && r.b.string(p.end) < r.b.string(p.start) {
		return p, false
	}
	return p, good
}

const restMembers = 1<<itemShort | 1<<itemLabel | 1<<itemNotes | 1<<itemKeywords | 1<<itemKeywordsURI | 1<<itemExtensions

// itemRest stores what few items have. It comes last: nothing may fail after it
// but by its own checks, which come first.
func (r *fastReader) itemRest(f *fast) (index uint32, ok bool) {
	if f.seen&restMembers == 0 {
		return 0, true
	}
	short, ok1 := r.text(f, itemShort)
	label, ok2 := r.text(f, itemLabel)
	notes, ok3 := r.text(f, itemNotes)
	extensions, ok4 := r.free(f, itemExtensions)
	keywords, ok5 := r.json(f, itemKeywords)
	keywordsURI, ok6 := r.json(f, itemKeywordsURI)
	if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 || !ok6 {
		return 0, false
	}
	put := r.b.present
	return r.b.rest(itemRest{short: put(short), label: put(label), notes: put(notes), extensions: put(extensions),
		keywords: keywords, keywordsURI: keywordsURI}), true
}

// sawNewer counts members that 1.0 does not have.
func (r *fastReader) sawNewer(f *fast, index int, slots ...int) {
	for _, i := range slots {
		if f.has(i) {
			r.newer.at(func() string { return pointerTo(r.list, index) + "/" + f.slots[i].m.name })
		}
	}
}
