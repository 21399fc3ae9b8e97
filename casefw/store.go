package casefw

import (
	"bytes"
	"unsafe"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// store is a framework in a compact form: fixed records without pointers, texts
// in one arena, what repeats stored once. It is written by one goroutine while a
// framework is read and never again.
//
// A record holds what nearly every item has. What items share (type, language,
// levels, licence, …) is a profile that many point to; what few have is in a
// rest that few own.
type store struct {
	arena
	items        []itemRec
	profiles     []itemProfile
	rests        []itemRest
	associations []associationRec
	links        []linkProfile
	linkRests    []linkRest
	nodes        []nodeRec
	types        []AssociationType
}

// uriWhole marks a uri that is stored whole; without it the text is what stands
// before the record's identifier.
const uriWhole = 1 << 31

type itemRec struct {
	id                    GUID
	changed               stamp
	uri                   text
	statement, code, enum text
	profile               uint32
	rest                  uint32 // index+1 into rests
}

type itemProfile struct {
	kind, kindURI, language, levels, license text
	subject, subjectURI, start, end          text
	document                                 text
}

type itemRest struct {
	short, label, notes, keywords, keywordsURI, extensions text
	identifier                                             text // where it is not the id in canonical form
	extra, sent                                            text
}

type associationRec struct {
	id                  GUID
	changed             stamp
	uri                 text
	origin, destination uint32 // index+1 into nodes
	sequence            int32
	profile             uint32
	rest                uint32 // index+1 into linkRests
}

type linkProfile struct {
	kind               uint16 // index into types
	sequence           uint8  // noSequence, smallSequence, restSequence
	grouping, document text
}

const (
	noSequence    = iota
	smallSequence // in associationRec.sequence
	restSequence  // in linkRest.sequence
)

type linkRest struct {
	sequence                             int64
	notes, extensions, identifier, extra text
	sent                                 text
}

// nodeRec is one end of associations; equal ends are stored once.
type nodeRec struct {
	id         GUID // of the identifier, read tolerantly
	identifier text // where it is not the id in canonical form
	uri, title text
	raw        text // the node as sent, where it is more than title, identifier and uri
}

// builder adds records to a store.
type builder struct {
	store
	words, loose interner // loose also takes what is malformed
	prefixes     interner
	lastProfile  itemProfile
	lastIndex    uint32
	profileIndex map[itemProfile]uint32
	lastLink     linkProfile
	lastLinkAt   uint32
	linkIndex    map[linkProfile]uint32
	nodeSlots    []uint32 // open addressing: index+1 into nodes
	typeIndex    map[AssociationType]uint16
	scratch      []byte
}

func newBuilder() *builder {
	b := &builder{profileIndex: map[itemProfile]uint32{}, linkIndex: map[linkProfile]uint32{}, typeIndex: map[AssociationType]uint16{}}
	b.words.arena, b.loose.arena, b.prefixes.arena = &b.store.arena, &b.store.arena, &b.store.arena
	b.typeOf(IsChildOf) // always the first
	return b
}

// finish returns the store without what only building needs.
func (b *builder) finish() store {
	b.clip()
	s := b.store
	s.items, s.associations, s.nodes = clipped(s.items), clipped(s.associations), clipped(s.nodes)
	s.rests, s.linkRests = clipped(s.rests), clipped(s.linkRests)
	return s
}

// doubled returns s with room for one more. It doubles where append would add a
// quarter: what is copied and thrown away on the way costs more than the room.
func doubled[E any](s []E) []E {
	if len(s) < cap(s) {
		return s
	}
	return append(make([]E, 0, max(16, 2*len(s))), s...)
}

func clipped[E any](s []E) []E {
	if cap(s)-len(s) <= len(s)/16 {
		return s
	}
	return append(make([]E, 0, len(s)), s...)
}

func (b *builder) typeOf(t AssociationType) uint16 {
	i, ok := b.typeIndex[t]
	if !ok {
		i = uint16(min(len(b.types), 1<<16-1))
		if int(i) == len(b.types) {
			b.types = append(b.types, t)
		}
		b.typeIndex[t] = i
	}
	return i
}

func (b *builder) profile(p itemProfile) uint32 {
	if p == b.lastProfile && len(b.profiles) > 0 {
		return b.lastIndex
	}
	i, ok := b.profileIndex[p]
	if !ok {
		i = uint32(len(b.profiles))
		b.profiles = append(b.profiles, p)
		b.profileIndex[p] = i
	}
	b.lastProfile, b.lastIndex = p, i
	return i
}

func (b *builder) link(p linkProfile) uint32 {
	if p == b.lastLink && len(b.links) > 0 {
		return b.lastLinkAt
	}
	i, ok := b.linkIndex[p]
	if !ok {
		i = uint32(len(b.links))
		b.links = append(b.links, p)
		b.linkIndex[p] = i
	}
	b.lastLink, b.lastLinkAt = p, i
	return i
}

func (b *builder) rest(r itemRest) uint32 {
	if r == (itemRest{}) {
		return 0
	}
	b.rests = append(doubled(b.rests), r)
	return uint32(len(b.rests))
}

func (b *builder) linkRest(r linkRest) uint32 {
	if r == (linkRest{}) {
		return 0
	}
	b.linkRests = append(doubled(b.linkRests), r)
	return uint32(len(b.linkRests))
}

// optional stores a text, absence for an empty one.
func (b *builder) optional(s string) text {
	if s == "" {
		return 0
	}
	return b.put(view(s))
}

// present stores a text that is there, absence for nil.
func (b *builder) present(content []byte) text {
	if content == nil {
		return 0
	}
	return b.put(content)
}

func (b *builder) word(s string) text {
	if s == "" {
		return 0
	}
	return b.loose.put(view(s))
}

// view is the bytes of a text, to be read only.
func view(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// identity stores an identifier and the uri of a record.
func (b *builder) identity(identifier, uri string) (id GUID, whole, at text) {
	id, ok := looseGUID(identifier)
	ok = ok && !id.IsZero()
	if identifier != "" && !(ok && isCanonical(id, identifier)) {
		whole = b.put(view(identifier))
	}
	if n := len(uri) - guidLen; n > 0 && ok && isCanonical(id, uri[n:]) {
		return id, whole, b.prefixes.put(view(uri[:n]))
	}
	if uri == "" {
		return id, whole, 0
	}
	return id, whole, b.put(view(uri)) | uriWhole
}

func isCanonical(id GUID, s string) bool {
	var c [guidLen]byte
	id.encode(&c)
	return s == string(c[:])
}

func (b *builder) stamp(s string) stamp {
	if s == "" {
		return 0
	}
	if p, ok := packStamp(s); ok {
		return p
	}
	return stampText | stamp(b.loose.put(view(s)))
}

// json stores a part of a record as JSON, in the form as sent.
func (b *builder) json(m *member, rec any) text {
	if !(encoder{}).present(m, rec) {
		return 0
	}
	b.scratch = encoder{form: AsSent}.value(b.scratch[:0], m, rec)
	return b.loose.put(b.scratch)
}

// addItem stores a typed item.
func (b *builder) addItem(i *CFItem) {
	id, whole, uri := b.identity(i.Identifier, string(i.URI))
	part := func(name string) text { return b.json(itemClass.find(name), i) }
	extra, sent := b.members(&i.Members)
	rec := itemRec{id: id, changed: b.stamp(i.LastChangeDateTime.String()), uri: uri,
		statement: b.optional(i.FullStatement), code: b.optional(i.HumanCodingScheme), enum: b.word(i.ListEnumeration),
		profile: b.profile(itemProfile{kind: b.word(i.CFItemType), kindURI: part("CFItemTypeURI"), language: b.word(i.Language),
			levels: part("educationLevel"), license: part("licenseURI"), subject: part("subject"), subjectURI: part("subjectURI"),
			start: b.word(i.StatusStartDate), end: b.word(i.StatusEndDate), document: part("CFDocumentURI")}),
		rest: b.rest(itemRest{short: b.optional(i.AbbreviatedStatement), label: b.optional(i.AlternativeLabel), notes: b.optional(i.Notes),
			keywords: part("conceptKeywords"), keywordsURI: part("conceptKeywordsURI"), extensions: b.optional(string(i.Extensions)),
			identifier: whole, extra: extra, sent: sent})}
	b.items = append(doubled(b.items), rec)
}

// addAssociation stores a typed association.
func (b *builder) addAssociation(a *CFAssociation) {
	id, whole, uri := b.identity(a.Identifier, string(a.URI))
	part := func(name string) text { return b.json(associationClass.find(name), a) }
	extra, sent := b.members(&a.Members)
	link := linkProfile{kind: b.typeOf(a.AssociationType), grouping: part("CFAssociationGroupingURI"), document: part("CFDocumentURI")}
	rest := linkRest{notes: b.optional(a.Notes), extensions: b.optional(string(a.Extensions)), identifier: whole, extra: extra, sent: sent}
	rec := associationRec{id: id, changed: b.stamp(a.LastChangeDateTime.String()), uri: uri,
		origin: b.node(a.OriginNodeURI), destination: b.node(a.DestinationNodeURI)}
	if n := a.SequenceNumber; n != nil {
		if link.sequence = smallSequence; *n == int64(int32(*n)) {
			rec.sequence = int32(*n)
		} else {
			link.sequence, rest.sequence = restSequence, *n
		}
	}
	rec.profile, rec.rest = b.link(link), b.linkRest(rest)
	b.associations = append(doubled(b.associations), rec)
}

// members stores extra members and those that were repaired, each as the text of
// an object; what was absent though required is the list under "absent".
func (b *builder) members(m *Members) (extra, sent text) {
	if len(m.Extra) > 0 {
		extra = b.loose.put(appendMembers(nil, m.Extra))
	}
	if len(m.Sent) == 0 {
		return extra, 0
	}
	var absent []string
	there := vc.Extra{}
	for _, name := range m.Sent.Names() {
		if value := m.Sent[name]; value != nil {
			there[name] = value
		} else {
			absent = append(absent, name)
		}
	}
	b.scratch = append(b.scratch[:0], `{"sent":`...)
	b.scratch = append(appendMembers(b.scratch, there), `,"absent":`...)
	b.scratch = append(appendStrings(b.scratch, absent), '}')
	return extra, b.loose.put(b.scratch)
}

func appendMembers(b []byte, members vc.Extra) []byte {
	b = append(b, '{')
	start := len(b)
	for _, name := range members.Names() {
		b = append(appendName(b, start, name), members[name]...)
	}
	return append(b, '}')
}

// readMembers gives back what members stored.
func (s *store) readMembers(extra, sent text) (m Members) {
	if extra != 0 {
		m.Extra = objectMembers(s.parsed(extra))
	}
	if sent == 0 {
		return m
	}
	root := s.parsed(sent)
	m.Sent = objectMembers(root.Get("sent"))
	for e := root.Get("absent").First(); e.Exists(); e = e.Next() {
		m.Sent[e.Text()] = nil
	}
	return m
}

func objectMembers(v jsonx.Value) vc.Extra {
	all := make(vc.Extra, v.Len())
	for c := v.First(); c.Exists(); c = c.Next() {
		all[c.Name()] = bytes.Clone(c.Raw())
	}
	return all
}

// parsed returns a stored JSON text as a value, missing for absence.
func (s *store) parsed(t text) jsonx.Value {
	if t == 0 {
		return jsonx.Value{}
	}
	doc, err := jsonx.Parse(s.bytes(t), rawLimits, nil)
	if err != nil {
		return jsonx.Value{}
	}
	return doc.Root()
}

// parseStored reads a JSON text that was checked before it was stored.
func parseStored(b []byte) (jsonx.Value, error) {
	doc, err := jsonx.Parse(b, rawLimits, nil)
	if err != nil {
		return jsonx.Value{}, err
	}
	return doc.Root(), nil
}
