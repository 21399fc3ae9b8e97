package reading

import "github.com/laurel-edu/laurel/internal/jsonx"

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
	f := Finding{Code: CodeNodeSplit, Severity: s, At: at, About: n.about, Found: found,
		Expected: "one object of the id that says all, nearest to the root"}
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
