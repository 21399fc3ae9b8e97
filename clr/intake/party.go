package intake

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// party is somebody by what identifies them: whom a credential is about, the learner of a
// record, who presents, who handed it in.
type party struct {
	ids         []string
	identifiers []ob.IdentityObject
}

// mostIdentifiers bounds the comparing: every identifier of one party is held against every
// one of the other, and each may have to be hashed. Records in circulation have one or two.
const mostIdentifiers = 32

// partyOf reads whom a document is about, of a presentation who presents.
func partyOf(doc *vc.Document) (p party) {
	root := door.Root(doc)
	if holder := jsonx.Content(door.HolderOf(root)); holder != "" && kindOf(doc) == KindPresentation {
		p.named(holder)
	}
	for subject := range root.Get("credentialSubject").All() {
		p.named(jsonx.Content(subject.Get("id").Single()))
		for i := range subject.Get("identifier").All() {
			p.identified(ob.IdentityObject{
				Hashed:       hashed(i.Get("hashed").Single()),
				IdentityHash: jsonx.Content(i.Get("identityHash").Single()),
				IdentityType: ob.IdentifierType(jsonx.Content(i.Get("identityType").Single())),
				Salt:         jsonx.Content(i.Get("salt").Single()),
			})
		}
	}
	return p
}

func hashed(v jsonx.Value) *bool {
	switch v.Kind() {
	case jsonx.True:
		return new(true)
	case jsonx.False:
		return new(false)
	}
	return nil
}

// holder is who is known to have handed something in.
func holder(name string) (p party) {
	if rules.IsEmail(name) {
		name = "mailto:" + name
	}
	p.named(name)
	return p
}

// named adds an id. An address as an id is an identifier as well.
func (p *party) named(id string) {
	if id == "" || len(p.ids) >= mostIdentifiers {
		return
	}
	if address, ok := strings.CutPrefix(id, "mailto:"); ok {
		p.identified(ob.IdentityObject{Hashed: new(false), IdentityHash: address, IdentityType: ob.IdentifierEmailAddress})
		return
	}
	p.ids = append(p.ids, id)
}

func (p *party) identified(o ob.IdentityObject) {
	if o.Hashed == nil || o.IdentityHash == "" || len(p.identifiers) >= mostIdentifiers {
		return
	}
	if o.IdentityType == "email" { // which the specification's own example has
		o.IdentityType = ob.IdentifierEmailAddress
	}
	p.identifiers = append(p.identifiers, o)
}

// and is who has the identifiers of both.
func (p party) and(q party) party {
	return party{append(p.ids[:len(p.ids):len(p.ids)], q.ids...),
		append(p.identifiers[:len(p.identifiers):len(p.identifiers)], q.identifiers...)}
}

// is compares two parties: any id or identifier that agrees makes them the same.
func (p party) is(q party) Subject {
	all := SubjectNotComparable
	if len(p.ids) > 0 && len(q.ids) > 0 {
		all = SubjectDifferent
	}
	for _, id := range p.ids {
		for _, other := range q.ids {
			if id == other {
				return SubjectSame
			}
		}
	}
	for i := range p.identifiers {
		for j := range q.identifiers {
			switch identical(&p.identifiers[i], &q.identifiers[j]) {
			case SubjectSame:
				return SubjectSame
			case SubjectDifferent:
				all = SubjectDifferent
			}
		}
	}
	return all
}

// identical compares two identifiers. Of two that are hashed nothing can be said unless they
// were hashed alike.
func identical(a, b *ob.IdentityObject) Subject {
	if a.IdentityType != b.IdentityType {
		return SubjectNotComparable
	}
	if *a.Hashed && !*b.Hashed {
		a, b = b, a
	}
	same := false
	switch {
	case !*a.Hashed && !*b.Hashed:
		same = a.Matches(b.IdentityType, b.IdentityHash) != ob.MatchNone || b.Matches(a.IdentityType, a.IdentityHash) != ob.MatchNone
	case !*a.Hashed:
		if _, _, err := ob.ParseIdentityHash(b.IdentityHash); err != nil {
			return SubjectNotComparable
		}
		same = b.Matches(a.IdentityType, a.IdentityHash) != ob.MatchNone
	default:
		x, first, err := ob.ParseIdentityHash(a.IdentityHash)
		y, second, err2 := ob.ParseIdentityHash(b.IdentityHash)
		if err != nil || err2 != nil || x != y || a.Salt != b.Salt {
			return SubjectNotComparable
		}
		same = string(first) == string(second)
	}
	if same {
		return SubjectSame
	}
	return SubjectDifferent
}

// learners knows who the learner is within each document of an upload. It belongs to one
// reading and one goroutine.
type learners struct {
	holder party
	known  map[*vc.Document]party
}

// within is who the learner of the innermost of some documents is. Each names somebody; where
// that is not who is known already, what is in it is compared with the latter.
func (l *learners) within(around []*vc.Document) party {
	if len(around) == 0 {
		return l.holder
	}
	doc := around[len(around)-1]
	if p, ok := l.known[doc]; ok {
		return p
	}
	outer, own := l.within(around[:len(around)-1]), party{}
	switch kindOf(doc) {
	case KindRecord, KindPresentation:
		own = partyOf(doc)
	}
	p := outer
	if own.is(outer) != SubjectDifferent {
		p = outer.and(own)
	}
	if l.known == nil {
		l.known = map[*vc.Document]party{}
	}
	l.known[doc] = p
	return p
}
