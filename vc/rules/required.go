package rules

import (
	"slices"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// envelope are the members of a credential by which it is judged whether it holds, and
// whose word it is. Who can hide one of them hides that it was revoked, or has ended.
var envelope = []string{"issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus", "credentialSchema"}

// Required returns JSON pointers (RFC 6901) to what a credential must show whatever else
// of it is shown: who issued it, from when to when it holds, its status and schema, the
// types, and every member that its rules require. Credentials that are embedded in it
// are not entered, since each can be shown or not.
func Required(doc *vc.Document) []string {
	root := door.Root(doc)
	r := required{root: root}
	r.object(schema().Place(string(ClassOf(doc)), root), root)
	return r.pointers
}

type required struct {
	root     jsonx.Value
	pointers []string
}

func (r *required) add(v jsonx.Value) { r.pointers = append(r.pointers, v.Pointer()) }

func (r *required) object(place shape.Place, v jsonx.Value) {
	class := place.Class()
	for m := v.First(); class != nil && m.Exists(); m = m.Next() {
		fact := place.Member(m.Name())
		switch {
		case v == r.root && slices.Contains(envelope, m.Name()):
			r.add(m)
		case fact.Member() == nil || !fact.Member().Required || roleOf(fact.Member()) != "":
		case m.Name() == "@context" || m.Name() == "type" && v != r.root || m.Name() == "id":
		default:
			r.value(fact, m)
		}
	}
}

// value adds what of a required member must be shown: of an object what its class
// requires, and at least that it is there.
func (r *required) value(fact shape.Fact, v jsonx.Value) {
	switch {
	case v.Kind() == jsonx.Array && fact.Class() != nil && v.Len() > 0:
		for item := v.First(); item.Exists(); item = item.Next() {
			r.value(fact, item)
		}
	case v.Kind() != jsonx.Object || fact.Member().Kind == shape.String || v.Get("@value").Exists():
		r.add(v)
	default:
		r.presence(v)
		if fact.Class() != nil {
			r.object(fact.Place(v), v)
		}
	}
}

// presence adds what shows that an object is there and no more. One that is an id and
// nothing else is added itself: by the algorithm of the specification it is a reference,
// into which no pointer leads.
func (r *required) presence(v jsonx.Value) {
	if v.Len() == 1 {
		r.add(v)
		return
	}
	for _, name := range [...]string{"type", "id"} {
		if m := v.Get(name); m.Exists() {
			r.add(m)
			return
		}
	}
	r.add(v)
}
