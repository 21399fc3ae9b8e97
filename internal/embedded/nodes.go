package embedded

import (
	"cmp"
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
)

// comparison is what is worked out of the objects of one id; it is empty but for a
// document that has such.
type comparison struct {
	places places
	spots  []spot
	said   []statement
	keys   map[string]int32
	states map[uint64]bool
	begun  bool
}

// spot is an object, or a text that refers to one, with its place.
type spot struct {
	node
	value jsonx.Value
	class shape.Place
	place int32
	step  string // the member that leads to it
}

// statement is a member of a spot that says something.
type statement struct {
	key   int32 // of the member's IRI
	spot  int32
	value jsonx.Value
	says  uint64
}

func (c *comparison) end() {
	if !c.begun {
		return
	}
	c.places.end()
	if cap(c.spots) > mostKept || cap(c.said) > mostKept || len(c.keys) > mostKept {
		*c = comparison{places: c.places}
		return
	}
	clear(c.spots)
	clear(c.said)
	clear(c.keys)
	clear(c.states)
	c.begun = false
}

// compare judges the objects of each id that has several, within one graph.
func (j *judge) compare() {
	if len(j.nodes) < 2 || j.stopped {
		return
	}
	slices.SortFunc(j.nodes, func(a, b node) int {
		return cmp.Or(cmp.Compare(a.digest, b.digest), cmp.Compare(a.graph, b.graph), cmp.Compare(a.value, b.value))
	})
	for i := 0; i < len(j.nodes) && !j.stopped; {
		end := i + 1
		for end < len(j.nodes) && j.nodes[end].digest == j.nodes[i].digest && j.nodes[end].graph == j.nodes[i].graph {
			end++
		}
		if end > i+1 {
			j.oneID(j.nodes[i:end])
		}
		i = end
	}
}

// oneID judges the objects of one id.
func (j *judge) oneID(nodes []node) {
	j.gather(nodes)
	c := &j.same
	own := len(c.spots)
	for own > 0 && c.spots[own-1].signed { // those stand last
		own--
	}
	shared := j.sharedSubjects(c.spots[:own])
	group := group{judge: j, spots: c.spots[:own], shared: shared, minor: allMinor(c.spots[:own])}
	for i := 0; i < len(c.said) && j.step(); {
		end := i + 1
		for end < len(c.said) && c.said[end].key == c.said[i].key {
			end++
		}
		group.member(c.said[i:end])
		i = end
	}
}

// gather lists the spots, the nearest first, and what they state.
func (j *judge) gather(nodes []node) {
	c := &j.same
	if !c.begun {
		c.places.begin()
		c.begun = true
		if c.keys == nil {
			c.keys, c.states = map[string]int32{}, map[uint64]bool{}
		}
	}
	c.spots, c.said = c.spots[:0], c.said[:0]
	clear(c.keys)
	for _, n := range nodes {
		v := j.value32(n.value)
		s := spot{node: n, value: v, class: j.in.Schema.Numbered(int(n.class)), place: c.places.at(j.in.Root, v)}
		s.step = c.places.list[s.place].name
		c.spots = append(c.spots, s)
	}
	slices.SortFunc(c.spots, func(a, b spot) int {
		if a.signed != b.signed {
			if b.signed {
				return -1
			}
			return 1
		}
		return cmp.Or(c.places.compare(a.place, b.place), cmp.Compare(a.node.value, b.node.value))
	})
	for i := range c.spots {
		j.statements(int32(i))
	}
	slices.SortFunc(c.said, func(a, b statement) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.spot, b.spot))
	})
}

// statements notes what a spot states of what any model has.
func (j *judge) statements(at int32) {
	c := &j.same
	s := &c.spots[at]
	if s.text {
		return
	}
	for m := s.value.First(); m.Exists() && j.step(); m = m.Next() {
		meaning := j.in.Trace.Name(m)
		if m == j.in.Skip || !meaning.Exists() || meaning.IsKeyword() || !j.in.Schema.NamesMember(m.Name()) || isProof(s.class.Member(m.Name())) || saysNothing(m) {
			continue
		}
		key, known := c.keys[meaning.IRI()]
		if !known {
			key = int32(len(c.keys))
			c.keys[meaning.IRI()] = key
		}
		d := shown
		if meaning.IsList() {
			d = list
		}
		c.said = append(c.said, statement{key, at, m, j.content(m, d)})
	}
}

func saysNothing(v jsonx.Value) bool {
	return v.Kind() == jsonx.Null || v.Kind() == jsonx.Array && v.Len() == 0
}

// group are the objects of one id, the nearest first.
type group struct {
	*judge
	spots  []spot
	shared bool // several unsigned credentials are about it
	minor  bool // each of them stands where it is a mention
}

// allMinor reports whether all objects stand where one mentions something that is
// described elsewhere.
func allMinor(spots []spot) bool {
	for i := range spots {
		switch spots[i].step {
		case "creator", "source", "parentOrg", "related", "criteria", "evidence":
		default:
			return false
		}
	}
	return true
}

// has reports whether the class of a spot has a member, under the name and the IRI
// that a statement has for it.
func (g *group) has(s *spot, name, iri string) bool {
	if s.class.Member(name).Member() == nil {
		return false
	}
	return s.text || g.in.Trace.Defines(s.value, name).IRI() == iri
}

// member judges one member by all that is stated of it.
func (g *group) member(said []statement) {
	name, iri := said[0].value.Name(), g.in.Trace.Name(said[0].value).IRI()
	own := len(said)
	for own > 0 && int(said[own-1].spot) >= len(g.spots) {
		own--
	}
	g.copies(said[:own], said[own:])
	said = said[:own]
	first := slices.IndexFunc(g.spots, func(s spot) bool { return g.has(&s, name, iri) })
	if first < 0 || len(said) == 0 {
		return
	}
	n := nearest{group: g, name: name, iri: iri, first: first, end: first}
	for n.end < len(g.spots) && g.spots[n.end].place == g.spots[first].place {
		n.end++
	}
	n.collect(said)
	n.judge(said)
}

// copies warns of what an unsigned credential says as a signed one does: it may be
// the signed one's, written twice.
func (g *group) copies(said, signed []statement) {
	if len(signed) == 0 || g.in.Off&GuardCopies != 0 {
		return
	}
	clear(g.same.states)
	for i := range signed {
		g.same.states[signed[i].says] = true
	}
	for i := range said {
		s := &g.spots[said[i].spot]
		if s.entry != 0 && (s.role == theSubject || s.role == theAchievement) && g.same.states[said[i].says] {
			g.tell(Finding{Code: CodeInterchangeable, Severity: Warn, At: said[i].value, About: signed[0].value,
				Found: "what a signed credential says, repeated in an unsigned one", Expected: "signed credentials"})
		}
	}
}

// nearest are the spots of the nearest place whose class has a member, and what they
// state of it.
type nearest struct {
	*group
	name, iri  string
	first, end int
	alike      bool
	states     map[uint64]bool // 0 is for one that leaves the member out
	about      jsonx.Value
}

func (n *nearest) within(s int32) bool {
	return int(s) >= n.first && int(s) < n.end && n.has(&n.spots[s], n.name, n.iri)
}

// collect finds what the nearest state.
func (n *nearest) collect(said []statement) {
	n.states = n.same.states
	clear(n.states)
	stating, having := 0, 0
	for i := n.first; i < n.end; i++ {
		if n.has(&n.spots[i], n.name, n.iri) {
			having++
		}
	}
	for i := range said {
		if n.within(said[i].spot) {
			stating++
			n.states[said[i].says] = true
			if !n.about.Exists() {
				n.about = said[i].value
			}
		}
	}
	if stating < having {
		n.states[0] = true
	}
	if !n.about.Exists() {
		n.about = n.spots[n.first].value
	}
	n.alike = len(n.states) == 1
}

func (n *nearest) judge(said []statement) {
	if !n.alike {
		n.split(said)
	}
	for i := range said {
		if !n.within(said[i].spot) {
			n.farther(&said[i])
		}
	}
	if n.minor || n.isPortrait() {
		n.differing(said)
	}
}

// split is about objects of one place that state a member otherwise, or of which
// one leaves it out.
func (n *nearest) split(said []statement) {
	if n.shared && n.spots[n.first].role == theSubject && n.spots[n.first].entry != 0 {
		return // judged as credentials that can be exchanged
	}
	severity := Refuse
	if n.isCaption(n.first) {
		severity = Warn
	}
	switch n.spots[n.first].step {
	case "criteria", "evidence", "related":
		if n.minor {
			severity = Warn
		}
	}
	for i := range said {
		if n.within(said[i].spot) {
			n.differs(GuardAlike, severity, said[i].value, "objects of one id and one place that differ in "+n.name)
		}
	}
}

// farther is about a statement elsewhere than at the nearest place.
func (n *nearest) farther(s *statement) {
	lacks := !n.has(&n.spots[s.spot], n.name, n.iri)
	if n.states[s.says] {
		if lacks {
			n.differs(0, Warn, s.value, "a member that the class lacks, as another object of the id has it")
		}
		return
	}
	severity := Refuse
	if n.minor || n.isCaption(int(s.spot)) || n.isPortrait() || n.isEndorsement(int(s.spot)) {
		severity = Warn
	}
	switch {
	case lacks:
		n.differs(GuardLacks, severity, s.value, "a member that the class lacks and that another object of the id could have")
	case n.alike && n.states[0]:
		n.differs(GuardAdds, severity, s.value, "a member that the nearest object of the id leaves out")
	default:
		n.differs(GuardOtherwise, severity, s.value, "a member that the nearest object of the id states otherwise")
	}
}

// differing warns, where it is tolerated that objects differ, of one that leaves out
// what the nearest states: nothing fixes that either.
func (n *nearest) differing(said []statement) {
	if n.states[0] {
		return
	}
	stated := 0
	for i := range n.spots {
		for stated < len(said) && int(said[stated].spot) < i {
			stated++
		}
		if states := stated < len(said) && int(said[stated].spot) == i; !states && n.has(&n.spots[i], n.name, n.iri) {
			n.differs(0, Warn, n.spots[i].value, "an object that leaves out "+n.name+", which another of the id has")
		}
	}
}

func (n *nearest) differs(guard Guards, s Severity, at jsonx.Value, found string) {
	if n.in.Off&guard != 0 {
		return
	}
	f := Finding{Code: CodeNodeSplit, Severity: s, At: at, About: n.about, Found: found, Expected: "one object of the id that says all, nearest to the root"}
	if s == Warn {
		f.Code = CodeNodeRepeated
	}
	n.tell(f)
}

// isCaption reports whether the member is the caption of an image.
func (n *nearest) isCaption(spot int) bool {
	return n.name == "caption" && n.className(spot) == "Image"
}

// isEndorsement reports whether the member is an endorsement of a profile.
func (n *nearest) isEndorsement(spot int) bool {
	return (n.name == "endorsement" || n.name == "endorsementJwt") && n.className(spot) == "Profile"
}

func (n *nearest) className(spot int) string {
	if c := n.spots[spot].class.Class(); c != nil {
		return c.Name
	}
	return ""
}

// isPortrait reports whether the member is the image of somebody who is issuer and
// subject.
func (n *nearest) isPortrait() bool {
	if n.name != "image" {
		return false
	}
	issuer, subject := false, false
	for i := range n.spots {
		issuer = issuer || n.spots[i].step == "issuer"
		subject = subject || n.spots[i].step == "credentialSubject"
	}
	return issuer && subject
}
