package reading

import (
	"hash/maphash"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
)

// node is an object with an id, or a text that stands for one.
type node struct {
	digest uint64 // of the id
	value  int32  // number of the object or text
	class  int32  // of the table
	graph  int32
	entry  int32 // number of the unsigned credential that it is part of
	role   role
	text   bool
	signed bool // part of a credential with a good proof of its own
}

// identified notes an object that has an id.
func (j *judge) identified(p shape.Place, v, id jsonx.Value, f frame) {
	j.nodes = append(j.nodes, node{digest: maphash.String(seed, id.Text()), value: int32(v.ID()), class: int32(p.Number()),
		graph: f.graph, entry: f.entry, role: f.role})
}

// reference notes a text that stands for an object.
func (j *judge) reference(fact shape.Fact, v jsonx.Value, f frame) {
	m := fact.Member()
	if m == nil || m.Kind != shape.Object && m.Kind != shape.Ref || j.in.Off&GuardReferences != 0 {
		return
	}
	switch m.Name {
	case "issuer", "creator", "source", "parentOrg", "achievement", "image":
		j.nodes = append(j.nodes, node{digest: maphash.String(seed, v.Text()), value: int32(v.ID()), class: int32(fact.Place(v).Number()),
			graph: f.graph, entry: f.entry, text: true})
	}
}

// apart reports whether an embedded credential is a document of its own.
func (j *judge) apart(v jsonx.Value) bool {
	if !v.Get("proof").Exists() {
		return false
	}
	return j.in.Embedded == nil || j.in.Embedded(v) == Good
}

// signed notes of a credential with a good proof of its own what an unsigned one may
// have been given: what it says of its subject and achievement.
func (j *judge) signed(p shape.Place, v jsonx.Value, f frame) {
	fact := p.Member("credentialSubject")
	for s := range v.Get("credentialSubject").All() {
		place := fact.Place(s)
		j.claim(place, s, f, theSubject)
		achievement := place.Member("achievement")
		for a := range s.Get("achievement").All() {
			j.claim(achievement.Place(a), a, f, theAchievement)
		}
	}
}

func (j *judge) claim(p shape.Place, v jsonx.Value, f frame, r role) {
	if id := v.Get("id"); id.Kind() == jsonx.String {
		j.nodes = append(j.nodes, node{digest: maphash.String(seed, id.Text()), value: int32(v.ID()), class: int32(p.Number()),
			graph: f.graph, role: r, signed: true})
	}
}

// sharedSubjects judges unsigned credentials whose subjects have one id: which of them says
// what of it, nothing fixes. It reports whether there are several.
func (j *judge) sharedSubjects(spots []spot) (shared bool) {
	first := int32(0)
	for i := range spots {
		if n := &spots[i].node; n.role == theSubject && n.entry != 0 && !n.signed {
			shared = shared || first != 0 && first != n.entry
			first = n.entry
		}
	}
	if !shared || j.in.Off&GuardEntries != 0 {
		return shared
	}
	f := Finding{Code: CodeNodeSplit, Found: "several credentials without proofs about one subject", Expected: "signed credentials"}
	if j.in.Interchangeable {
		f.Code, f.Severity = CodeInterchangeable, Warn
	}
	for i := range spots {
		if n := &spots[i].node; n.role == theSubject && n.entry != 0 && !n.signed {
			f.At = spots[i].value
			j.share(f.At)
			j.tell(f)
		}
	}
	return true
}

// share tells what another credential may have said.
func (j *judge) share(v jsonx.Value) {
	if j.in.Shared != nil {
		j.in.Shared(v)
	}
}
