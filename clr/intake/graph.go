package intake

import (
	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/internal/circles"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Graph is how the achievements of a record hang together: what its publisher says of that,
// which is nothing that their issuers said. The zero Graph is empty. It is immutable and safe
// for concurrent use.
type Graph struct {
	associations []Association
	from         map[string][]int // by source
	to           map[string][]int // by target
	ids          []string
	number       map[string]int32 // of ids
}

// Association is how one achievement stands to another (CLR 2.0, Association).
type Association struct {
	Member, Record string // the file, and the Pointer of the record that has it
	Type           clr.AssociationType
	Source, Target string // ids of achievements: the source is a child of the target, a part of it, …
	// AssertedBy is the issuer of the record, "" where nobody can be held to it.
	AssertedBy string
	// Dangling says that the record has no achievement of the source or of the target.
	Dangling bool
}

// Associations returns the associations, in the order of the documents. They must not be
// changed.
func (g *Graph) Associations() []Association { return g.associations }

// Parents are the achievements that one is a child of, in the order in which they are first
// named; Children are those that are children of it. Both read isChildOf and isParentOf.
func (g *Graph) Parents(id string) []string { return g.walk(id, clr.IsChildOf, clr.IsParentOf) }

// Children are the achievements that are children of one, see [Graph.Parents].
func (g *Graph) Children(id string) []string { return g.walk(id, clr.IsParentOf, clr.IsChildOf) }

// Parts are the achievements that are parts of one.
func (g *Graph) Parts(id string) []string { return g.walk(id, "", clr.IsPartOf) }

// Wholes are the achievements that one is a part of.
func (g *Graph) Wholes(id string) []string { return g.walk(id, clr.IsPartOf, "") }

// Before are the achievements that precede one, and After those that it precedes.
func (g *Graph) Before(id string) []string { return g.walk(id, "", clr.Precedes) }

// After are the achievements that one precedes.
func (g *Graph) After(id string) []string { return g.walk(id, clr.Precedes, "") }

// walk takes one step from an achievement: along associations of one type, and against those of
// another.
func (g *Graph) walk(id string, along, against clr.AssociationType) (all []string) {
	seen := map[string]bool{}
	add := func(other string) {
		if !seen[other] {
			seen[other] = true
			all = append(all, other)
		}
	}
	for _, i := range g.from[id] {
		if a := &g.associations[i]; a.Type == along {
			add(a.Target)
		}
	}
	for _, i := range g.to[id] {
		if a := &g.associations[i]; a.Type == against {
			add(a.Source)
		}
	}
	return all
}

// Cycles returns the sets of achievements that stand above themselves, be it as parents, as
// wholes or by what precedes what: from each of a set every other of it can be reached. What
// draws a tree must leave out one step of each.
func (g *Graph) Cycles() (all [][]string) {
	for _, step := range [...]func(string) []string{g.Parents, g.Wholes, g.After} {
		for _, circle := range circles.Find(len(g.ids), func(i int32, visit func(int32)) {
			for _, next := range step(g.ids[i]) {
				visit(g.number[next])
			}
		}) {
			ids := make([]string, len(circle))
			for i, n := range circle {
				ids[i] = g.ids[n]
			}
			all = append(all, ids)
		}
	}
	return all
}

// Graph returns the associations of all records of the reading.
func (r *Reading) Graph() *Graph {
	g := &Graph{from: map[string][]int{}, to: map[string][]int{}, number: map[string]int32{}}
	for i := range r.records {
		g.record(&r.records[i])
	}
	for i := range g.associations {
		a := &g.associations[i]
		g.from[a.Source] = append(g.from[a.Source], i)
		g.to[a.Target] = append(g.to[a.Target], i)
		for _, id := range [...]string{a.Source, a.Target} {
			if _, known := g.number[id]; !known {
				g.number[id] = int32(len(g.ids))
				g.ids = append(g.ids, id)
			}
		}
	}
	return g
}

// record is a record of an upload, be it the envelope or an entry.
type record struct {
	member  string
	found   verify.Embedded
	entries []*Entry // that stand in it
	signed  basis    // who can be held to what it says
}

// record adds the associations of one record.
func (g *Graph) record(r *record) {
	subject := door.Root(r.found.Document()).Get("credentialSubject").Single()
	known := map[string]bool{}
	for a := range subject.Get("achievement").All() {
		known[jsonx.Content(a.Get("id").Single())] = true
	}
	for _, e := range r.entries {
		for s := range door.Root(e.found.Document()).Get("credentialSubject").All() {
			known[jsonx.Content(s.Get("achievement").Single().Get("id").Single())] = true
		}
	}
	by := ""
	if r.signed.standing == StandingRecordSameIssuer && r.signed.issuer == r.found.Report.IssuerID {
		by = r.signed.issuer
	}
	for a := range subject.Get("association").All() {
		text := func(name string) string { return jsonx.Content(a.Get(name).Single()) }
		source, target := text("sourceId"), text("targetId")
		g.associations = append(g.associations, Association{Member: r.member, Record: r.found.Pointer,
			Type: clr.AssociationType(text("associationType")), Source: source, Target: target, AssertedBy: by,
			Dangling: source == "" || target == "" || !known[source] || !known[target]})
	}
}
