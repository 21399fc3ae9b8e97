package rules

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

func checkLearner(w *shape.Walk, v jsonx.Value) {
	checkIdentified(w, v)
	checkNestedSubjects(w, v)
	if associations := v.Get("association"); associations.Exists() {
		checkAssociations(w, associations, achievements(v))
	}
}

// checkNestedSubjects compares the subject of each nested credential with the
// learner. The specification does not ask that they be equal: a name given in one
// way here and in another there is no fault. Two ids that differ, with no
// identifier in common, are one that a reader wants to hear of.
func checkNestedSubjects(w *shape.Walk, learner jsonx.Value) {
	l := identityOf(learner)
	for _, c := range learner.Get("verifiableCredential").Items() {
		s := c.Get("credentialSubject").Single()
		if s.Kind() == jsonx.Object && l.differs(s) {
			w.Fault(string(CodeOtherSubject), s, subjectID(s), subjectID(learner))
		}
	}
}

func subjectID(s jsonx.Value) string {
	if id := s.Get("id"); id.Kind() == jsonx.String {
		return vc.Quote(id.Text())
	}
	return "other identifiers"
}

// identity is who the learner is, made for comparing with many subjects.
type identity struct {
	id      jsonx.Value
	manners map[manner]bool     // the ways in which the learner is identified
	known   map[identifier]bool // and what they are
}

// manner is a way to identify somebody. Hashes of different salts say nothing of
// one another.
type manner struct {
	kind   string
	hashed jsonx.Kind
	salt   string
}

type identifier struct {
	manner
	hash string
}

func identityOf(s jsonx.Value) identity {
	i := identity{id: s.Get("id"), manners: map[manner]bool{}, known: map[identifier]bool{}}
	for _, o := range s.Get("identifier").Items() {
		x := identifierOf(o)
		i.manners[x.manner], i.known[x] = true, true
	}
	return i
}

func identifierOf(o jsonx.Value) identifier {
	m := manner{kind: o.Get("identityType").Single().Text(), hashed: o.Get("hashed").Single().Kind()}
	x := identifier{m, o.Get("identityHash").Single().Text()}
	if x.hashed == jsonx.True {
		x.salt = o.Get("salt").Single().Text()
	}
	return x
}

// differs reports whether a subject can be told from the learner: no id and no
// identifier agrees, and some could.
func (i identity) differs(s jsonx.Value) bool {
	id := s.Get("id")
	both := id.Kind() == jsonx.String && i.id.Kind() == jsonx.String
	if both && id.Text() == i.id.Text() {
		return false
	}
	tellable := both
	for _, o := range s.Get("identifier").Items() {
		x := identifierOf(o)
		if i.known[x] {
			return false
		}
		tellable = tellable || i.manners[x.manner]
	}
	return tellable
}
