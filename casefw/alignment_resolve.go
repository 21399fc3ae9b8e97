package casefw

import (
	"net/url"
	"slices"
	"strings"
)

// Method says by what an alignment was resolved.
type Method string

// The methods, the surest first. Those from MethodRubric on resolve to no item.
const (
	MethodURI             Method = "uri"              // targetUrl is the item's uri
	MethodGUIDInURL       Method = "guid-in-url"      // targetUrl holds the item's identifier
	MethodSimilarURI      Method = "similar-uri"      // targetUrl is the item's uri in another spelling
	MethodGUIDInCode      Method = "guid-in-code"     // targetCode is the item's identifier, or a URL of it
	MethodRubricLevel     Method = "rubric-level"     // a level; the item is the one that its criterion scores
	MethodRubricCriterion Method = "rubric-criterion" // a criterion; the item is the one that it scores
	MethodCodeInFramework Method = "code-in-framework"
	MethodRubric          Method = "rubric"     // a rubric
	MethodDocument        Method = "document"   // the framework itself
	MethodAmbiguous       Method = "ambiguous"  // several items, see Candidates
	MethodUnresolved      Method = "unresolved" // an identifier of CASE that the catalog lacks: worth fetching
	MethodNone            Method = "none"
)

// Certainty says how far a resolution may be relied on. The zero value is none.
type Certainty uint8

// The certainties.
const (
	NoCertainty Certainty = iota
	Possible              // something speaks against it; a person should look
	Probable              // by an identifier at an unknown place, or by a code in a named framework
	Certain               // by the item's own uri
)

// String writes the certainty as a word: "probable".
func (c Certainty) String() string { return word(c, "none", "possible", "probable", "certain") }

// AlignmentResolution is what an alignment points at, and how sure that is.
type AlignmentResolution struct {
	Item      Item // the zero Item where there is none
	Method    Method
	Certainty Certainty
	GUID      GUID                    // the identifier of the target, also where the catalog lacks it
	Framework *Framework              // of the target, nil where it is unknown
	Rubric    *CFRubric               // where the target is one, or a part of one
	Criterion *CFRubricCriterion      // likewise
	Level     *CFRubricCriterionLevel // likewise
	// Candidates are the items that the alignment fits alike, where it fits several; of
	// many the first 16.
	Candidates []Item
	// Conflicts says what in the alignment speaks against the resolution: another
	// host than the item's, a code that names another item, another framework.
	Conflicts []string
}

// foreignTypes are target types of other registries: an identifier of theirs says
// nothing of CASE, even where it is equal.
var foreignTypes = []string{"ceasn:Competency", "ceterms:Credential", "CTDL"}

// ResolveAlignment finds the item that an alignment points at. targetUrl wins over
// targetCode, a uri over an identifier in it; a human code counts only together
// with its framework, by title or as the target, for codes repeat between frameworks.
//
// A URL may be written as others write it: with another path of the same server, the
// page of a viewer, a query, an encoding, in large letters. An item in it goes before
// the framework, which URLs name too. Where several items fit, none is chosen, unless
// targetCode says which.
func (c *Catalog) ResolveAlignment(a Alignment) AlignmentResolution {
	r := c.resolveTarget(a)
	if !r.Item.IsZero() {
		r.conflicts(c, a)
	}
	return r
}

func (c *Catalog) resolveTarget(a Alignment) AlignmentResolution {
	u := readURL(a.TargetURL)
	if items := c.exactly(u); len(items) > 0 {
		return c.oneOf(items, MethodURI, Certain, a)
	}
	if slices.Contains(foreignTypes, a.TargetType) {
		return AlignmentResolution{Method: MethodNone}
	}
	if items, m, certainty := c.alike(u); len(items) > 0 {
		return c.oneOf(items, m, certainty, a)
	}
	other, isOther := c.notAnItem(u)
	if other.Rubric != nil {
		return other
	}
	r, ok := c.resolveCode(a, other.Framework)
	switch {
	case ok:
		r.beside(other, isOther)
		return r
	case isOther:
		return other
	}
	return unresolved(a, u)
}

// resolveCode goes by targetCode, where targetUrl leads to no item: to f, the framework,
// at the most.
func (c *Catalog) resolveCode(a Alignment, f *Framework) (r AlignmentResolution, ok bool) {
	if items := c.inCode(a.TargetCode); len(items) > 0 {
		return c.oneOf(items, MethodGUIDInCode, Probable, Alignment{TargetFramework: a.TargetFramework}), true
	}
	return c.byCode(a, f)
}

// beside notes what targetUrl leads to, where the item is not of it.
func (r *AlignmentResolution) beside(other AlignmentResolution, isOther bool) {
	switch {
	case !isOther || r.Item.IsZero():
	case other.Framework != nil && other.Framework != r.Framework:
		r.against("targetUrl is another framework than the item's")
	case other.Method == MethodNone:
		r.against("targetUrl is of another class than the item")
	}
}

func found(t Item, m Method, certainty Certainty) AlignmentResolution {
	return AlignmentResolution{Item: t, Method: m, Certainty: certainty, GUID: t.GUID(), Framework: t.f}
}

// oneOf is the resolution to one of several items that fit: the only one, or the one
// that the rest of the alignment names.
func (c *Catalog) oneOf(items []Item, m Method, certainty Certainty, a Alignment) AlignmentResolution {
	if len(items) == 1 {
		return found(items[0], m, certainty)
	}
	named := c.inCode(a.TargetCode)
	for _, says := range []func(t Item) bool{
		func(t Item) bool { return slices.ContainsFunc(named, t.same) },
		func(t Item) bool { return t.Code() != "" && NormalizeCode(t.Code()) == NormalizeCode(a.TargetCode) },
		func(t Item) bool {
			return a.TargetFramework != "" && foldText(t.f.Title()) == foldText(a.TargetFramework)
		},
	} {
		if left := slices.DeleteFunc(slices.Clone(items), func(t Item) bool { return !says(t) }); len(left) == 1 {
			return found(left[0], m, min(certainty, Probable))
		}
	}
	return AlignmentResolution{Method: MethodAmbiguous, Candidates: items}
}

// notAnItem recognises what is of CASE and no item: the identifier of a part of a rubric
// or of a document, or a path that says so.
func (c *Catalog) notAnItem(u targetURL) (r AlignmentResolution, ok bool) {
	parts := *c.parts.get(c.buildParts)
	for _, id := range u.ids {
		if p, isPart := parts[id]; isPart && (!ok || p.depth() >= r.depth()) {
			r, ok = p.resolution(id), true
		}
	}
	if ok {
		return r, true
	}
	for _, id := range slices.Backward(u.ids) {
		if f := c.Framework(id); f != nil {
			return AlignmentResolution{Method: MethodDocument, GUID: id, Framework: f}, true
		}
	}
	for _, f := range c.frameworks {
		if d := f.Document(); d != nil && d.URI != "" && plainURI(string(d.URI)) == u.plain {
			return AlignmentResolution{Method: MethodDocument, GUID: f.GUID(), Framework: f}, true
		}
	}
	switch u.class() {
	case nil, itemClass, rubricClass, criterionClass, levelClass:
		return r, false
	case documentClass, packageClass:
		return AlignmentResolution{Method: MethodDocument, GUID: u.last()}, true
	}
	return AlignmentResolution{Method: MethodNone, GUID: u.last()}, true
}

// rubricPart is a rubric, or a criterion or a level of it.
type rubricPart struct {
	f         *Framework
	rubric    *CFRubric
	criterion *CFRubricCriterion
	level     *CFRubricCriterionLevel
}

func (p rubricPart) resolution(id GUID) AlignmentResolution {
	r := AlignmentResolution{GUID: id, Framework: p.f, Rubric: p.rubric, Criterion: p.criterion, Level: p.level}
	switch {
	case p.level != nil:
		r.Method = MethodRubricLevel
	case p.criterion != nil:
		r.Method = MethodRubricCriterion
	default:
		r.Method = MethodRubric
		return r
	}
	r.Item, r.Certainty = p.f.scored(p.criterion), Probable
	return r
}

func (p rubricPart) depth() int { return depthOf(p.criterion, p.level) }

func (r AlignmentResolution) depth() int { return depthOf(r.Criterion, r.Level) }

func depthOf(c *CFRubricCriterion, l *CFRubricCriterionLevel) int {
	switch {
	case l != nil:
		return 2
	case c != nil:
		return 1
	}
	return 0
}

// buildParts finds the parts of rubrics by identifier, the first of each.
func (c *Catalog) buildParts() *map[GUID]rubricPart {
	parts := map[GUID]rubricPart{}
	add := func(identifier string, p rubricPart) {
		if id, ok := looseGUID(identifier); ok {
			if _, taken := parts[id]; !taken {
				parts[id] = p
			}
		}
	}
	for _, f := range c.frameworks {
		for i := range f.head.CFRubrics {
			p := rubricPart{f: f, rubric: &f.head.CFRubrics[i]}
			add(p.rubric.Identifier, p)
			for j := range p.rubric.CFRubricCriteria {
				p := rubricPart{f: f, rubric: p.rubric, criterion: &p.rubric.CFRubricCriteria[j]}
				add(p.criterion.Identifier, p)
				for k := range p.criterion.CFRubricCriterionLevels {
					p.level = &p.criterion.CFRubricCriterionLevels[k]
					add(p.level.Identifier, p)
				}
			}
		}
	}
	return &parts
}

// byCode resolves a human code in the framework that the alignment names: f, where
// targetUrl leads to it, else by its title.
func (c *Catalog) byCode(a Alignment, f *Framework) (AlignmentResolution, bool) {
	var items, all []Item
	var exact bool
	switch {
	case f != nil:
		all, exact = f.FindCode(a.TargetCode)
	case a.TargetFramework != "":
		all, exact = c.FindCode(a.TargetFramework, a.TargetCode)
	}
	for _, t := range all {
		items = join(items, t)
	}
	switch {
	case len(items) == 0:
		return AlignmentResolution{}, false
	case len(items) > 1 && !copiesOf(items):
		return AlignmentResolution{Method: MethodAmbiguous, Candidates: items}, true
	}
	r := found(items[0], MethodCodeInFramework, Probable)
	if !exact {
		r.Certainty = Possible
		r.Conflicts = append(r.Conflicts, "the item's code is written "+items[0].Code())
	}
	return r, true
}

// copiesOf reports whether items are copies of one another.
func copiesOf(items []Item) bool {
	same := items[0].SameCompetency()
	for _, t := range items[1:] {
		if !slices.Contains(same, t) {
			return false
		}
	}
	return true
}

// unresolved keeps the identifier of a target that may be one of CASE.
func unresolved(a Alignment, u targetURL) AlignmentResolution {
	id := u.last()
	if code, ok := looseGUID(a.TargetCode); ok && id.IsZero() {
		id = code
	}
	if ofCASE := strings.HasPrefix(a.TargetType, "CF") || u.class() != nil; id.IsZero() || !ofCASE {
		return AlignmentResolution{Method: MethodNone, GUID: id}
	}
	return AlignmentResolution{Method: MethodUnresolved, GUID: id}
}

// conflicts looks for what the alignment says besides. A host that is not the
// item's matters: anybody can mint a URL with a known identifier in it.
func (r *AlignmentResolution) conflicts(c *Catalog, a Alignment) {
	if u, err := url.Parse(a.TargetURL); err == nil && r.Method == MethodGUIDInURL && u.Host != "" {
		if own, err := url.Parse(r.Item.URI()); err == nil && !strings.EqualFold(own.Hostname(), u.Hostname()) {
			r.against("targetUrl is on another host than the item")
		}
	}
	if other := slices.DeleteFunc(c.known(readURL(a.TargetURL).ids), r.Item.same); r.Method == MethodURI && len(other) > 0 {
		r.against("targetUrl holds the identifier of another item")
	}
	if id, ok := looseGUID(a.TargetCode); ok && id != r.GUID && r.Method != MethodGUIDInCode {
		if other, known := c.Find(id); known && other != r.Item {
			r.against("targetCode is the identifier of another item")
		}
	} else if code := r.Item.Code(); !ok && r.Criterion == nil && r.Method != MethodGUIDInCode && a.TargetCode != "" && code != "" &&
		bareCode(a.TargetCode) != bareCode(code) {
		r.against("targetCode is not the item's code")
	}
	if a.TargetFramework != "" && foldText(a.TargetFramework) != foldText(r.Framework.Title()) {
		r.against("targetFramework is not the title of the item's framework")
	}
}

func (r *AlignmentResolution) against(what string) {
	r.Conflicts = append(r.Conflicts, what)
	r.Certainty = max(r.Certainty-1, Possible)
}
