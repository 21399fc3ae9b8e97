package casefw

import (
	"bytes"
	"strconv"

	"github.com/laurel-edu/laurel/internal/circles"
	"github.com/laurel-edu/laurel/vc"
)

// Lint looks at the framework as a whole and reports what no single record shows:
// identifiers and links that stand twice, links into nowhere, items outside the
// tree or at several places, circles, numbers that do not order, definitions that
// are missing or disagree, rubrics that do not fit together.
//
// It keeps up to most findings of each code, 1,000 for 0, all for a negative
// number. It changes nothing and takes about as long as loading did.
func (f *Framework) Lint(most int) *Report {
	l := linter{f: f, report: newReport(most)}
	l.twins()
	l.associations()
	l.tree()
	l.circles()
	l.definitions()
	l.rubrics()
	return l.report
}

type linter struct {
	f      *Framework
	report *Report
}

// find reports what pointer leads to. Neither pointer nor found is asked for a finding
// that is only counted; found may be nil.
func (l *linter) find(code vc.Code, pointer, found func() string) {
	if p := l.report.find(code); p != nil {
		if p.Pointer = pointer(); found != nil {
			p.Found = found()
		}
	}
}

func quoted(text string) func() string { return func() string { return vc.Quote(text) } }

func itemPointer(i int32) func() string {
	return func() string { return pointerTo("/CFItems/", int(i)) }
}

func linkPointer(i int32) func() string {
	return func() string { return pointerTo("/CFAssociations/", int(i)) }
}

// twins reports items that share an identifier.
func (l *linter) twins() {
	for _, t := range l.f.twins {
		id := quoted((Item{l.f, t.loser}).Identifier())
		l.find(CodeDuplicateIdentifier, itemPointer(t.loser), id)
		a := encoder{form: AsSent}.record(nil, itemClass, (Item{l.f, t.loser}).Record())
		b := encoder{form: AsSent}.record(nil, itemClass, (Item{l.f, t.winner}).Record())
		if !bytes.Equal(a, b) {
			l.conflict(t.loser, t.winner, id)
		}
	}
}

// conflict reports two items of one identifier that differ.
func (l *linter) conflict(loser, winner int32, id func() string) {
	if p := l.report.find(CodeConflictingDuplicate); p != nil {
		p.Pointer, p.Found = itemPointer(loser)(), id()
		p.Fix = "the one at " + itemPointer(winner)() + " is found by it"
	}
}

// associationKey tells links apart that say the same.
type associationKey struct {
	kind                AssociationType
	grouping            GUID
	origin, destination int
}

func (l *linter) associations() {
	ids := make(map[GUID]struct{}, l.f.LenAssociations())
	links := make(map[associationKey]struct{}, l.f.LenAssociations())
	for i := range l.f.links.ids {
		a := Association{l.f, int32(i)}
		if id := a.GUID(); !id.IsZero() {
			n := len(ids)
			if ids[id] = struct{}{}; len(ids) == n {
				l.sameLink(a.i, id)
			}
		}
		if from, to := l.f.end(linkOrigin, uint32(i)), l.f.end(linkDestination, uint32(i)); from >= 0 && to >= 0 {
			key := associationKey{a.Type(), a.Grouping(), from, to}
			n := len(links)
			if links[key] = struct{}{}; len(links) == n {
				l.find(CodeDuplicateAssociation, linkPointer(a.i), quoted(string(a.Type())))
			}
		}
		l.end(a, a.Origin(), "originNodeURI")
		l.end(a, a.Destination(), "destinationNodeURI")
		if a.Type() == IsChildOf && a.Origin().Kind() == NodeDocument {
			l.find(CodeDocumentAsChild, linkPointer(a.i), nil)
		}
	}
}

// sameLink reports an association that has the identifier of another.
func (l *linter) sameLink(i int32, id GUID) {
	if p := l.report.find(CodeDuplicateIdentifier); p != nil {
		p.Pointer, p.Found, p.Fix = linkPointer(i)(), id.String(), "both associations are kept"
	}
}

// end reports how one end of an association was resolved.
func (l *linter) end(a Association, n Node, name string) {
	pointer := func() string { return pointerTo("/CFAssociations/", int(a.i)) + "/" + name }
	if how := n.Resolution(); how == ByURI || how == ByGUIDInURI {
		l.find(CodeNodeResolvedByURI, pointer, quoted(n.Identifier()))
	}
	if n.Kind() == NodeExternal && a.Type() == IsChildOf && !extensionToken(n.TargetType()) {
		l.find(CodeDanglingNode, pointer, quoted(n.Identifier()))
	}
}

// reach is which items hang below the document, and how deep.
type reach struct {
	depth  []int32 // of each item below the document, or below the roots where nothing links to it; 0 for none
	linked bool    // items link to the document
}

func (f *Framework) buildReach() *reach {
	r := &reach{depth: make([]int32, f.Len()), linked: f.linksToDocument()}
	var level []int32
	add := func(t Item, depth int32) {
		if r.depth[t.i] == 0 {
			r.depth[t.i] = depth
			level = append(level, t.i)
		}
	}
	top := f.Top()
	if !r.linked {
		top = f.Roots()
	}
	for t := range top {
		add(t, 1)
	}
	for depth := int32(2); len(level) > 0; depth++ {
		above := level
		level = nil
		for _, i := range above {
			for _, e := range f.edges(int(i)) {
				add(Item{f, e.child}, depth)
			}
		}
	}
	return r
}

// linksToDocument reports whether any isChildOf association leads to the document,
// be it from an item that the package lacks.
func (f *Framework) linksToDocument() bool {
	for _, link := range f.in.of(f.Len()) {
		if f.isChild(link) {
			return true
		}
	}
	return false
}

// Depth returns how deep the item hangs below the document, 1 at the top, by the
// shortest way; 0 where it is outside the tree. Where no item links to the
// document the roots are the top.
func (t Item) Depth() int {
	if t.f == nil {
		return 0
	}
	return int(t.f.reach.get(t.f.buildReach).depth[t.i])
}

func (l *linter) tree() {
	f := l.f
	r := f.reach.get(f.buildReach)
	if !r.linked && f.Len() > 0 {
		l.report.findAt(CodeNoLinkToDocument, "/CFAssociations")
	}
	for i := range f.items.ids {
		if r.depth[i] == 0 && !f.lost[int32(i)] {
			l.find(CodeItemOutsideTree, itemPointer(int32(i)), nil)
		}
		if l.severalParents(i) {
			l.find(CodeMultipleParents, itemPointer(int32(i)), nil)
		}
	}
	for parent := 0; parent <= f.Len(); parent++ {
		l.numbers(f.edges(parent))
	}
}

// severalParents reports whether an item has two parents by links of one grouping, or by
// two without any. A link of a grouping beside one without is an alternative pathway,
// which is what groupings are for.
func (l *linter) severalParents(i int) bool {
	var parents map[GUID]int // made for the second link, which most items do not have
	first, in := -1, GUID{}
	for a, parent := range l.f.parentLinks(i) {
		g := a.Grouping()
		switch {
		case first < 0:
			first, in = parent, g
			continue
		case parents == nil:
			parents = map[GUID]int{in: first}
		}
		if other, known := parents[g]; known && other != parent {
			return true
		}
		parents[g] = parent
	}
	return false
}

// numbers reports siblings that sequenceNumber does not order.
func (l *linter) numbers(siblings []edge) {
	type place struct {
		grouping GUID
		number   int64
	}
	var last map[place]struct{}
	if len(siblings) > 1 {
		last = make(map[place]struct{}, len(siblings))
	}
	for _, e := range siblings {
		a := Association{l.f, e.link}
		n, ok := a.Sequence()
		switch {
		case len(siblings) == 1:
		case !ok:
			l.find(CodeMissingSequenceNumber, linkPointer(e.link), nil)
		default:
			before := len(last)
			if last[place{a.Grouping(), n}] = struct{}{}; len(last) == before {
				l.find(CodeDuplicateSequenceNumber, linkPointer(e.link), func() string { return strconv.FormatInt(n, 10) })
			}
		}
	}
}

func (l *linter) circles() {
	l.circle(CodeHierarchyCycle, func(i int32, visit func(int32)) {
		for _, e := range l.f.edges(int(i)) {
			visit(e.child)
		}
	})
	for _, c := range []struct {
		kind AssociationType
		code vc.Code
	}{{Precedes, CodePrerequisiteCycle}, {ReplacedBy, CodeReplacementCycle}} {
		if !l.uses(c.kind) {
			continue
		}
		l.circle(c.code, func(i int32, visit func(int32)) {
			for next := range l.f.follow(i, c.kind, false) {
				visit(next)
			}
		})
	}
}

func (l *linter) uses(t AssociationType) bool {
	var last cell
	for i := range l.f.links.ids {
		at := l.f.links.at(int32(i), linkType)
		if at != last && AssociationType(l.f.string(at)) == t {
			return true
		}
		last = at
	}
	return false
}

func (l *linter) circle(code vc.Code, next func(int32, func(int32))) {
	for _, circle := range circles.Find(l.f.Len(), next) {
		for _, i := range circle {
			l.find(code, itemPointer(i), quoted((Item{l.f, i}).String()))
		}
	}
}
