package reading

import "slices"

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
			g.share(said[i].value)
			g.tell(Finding{Code: CodeInterchangeable, Severity: Warn, At: said[i].value, About: signed[0].value,
				Found: "what a signed credential says, repeated in an unsigned one", Expected: "signed credentials"})
		}
	}
}
