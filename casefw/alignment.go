package casefw

import (
	"net/url"
	"slices"
	"strings"
)

// Alignment has the fields of an Open Badges 3.0 Alignment, which is how a
// credential points into a framework. It is a type of its own, for this package
// knows nothing of credentials: copy the fields.
type Alignment struct {
	TargetURL         string
	TargetName        string
	TargetCode        string
	TargetFramework   string
	TargetType        string
	TargetDescription string
}

// The target types of Open Badges 3.0 that name classes of CASE.
const (
	TargetItem      = "CFItem"
	TargetRubric    = "CFRubric"
	TargetCriterion = "CFRubricCriterion"
	TargetLevel     = "CFRubricCriterionLevel"
)

// AlignmentOf returns the alignment that points at an item, after the convention
// of the standard's own example: the uri, the identifier for the code, the title
// of the document. A publisher who has canonical uris that outlive the versions
// of the REST paths should put them into TargetURL.
func AlignmentOf(t Item) Alignment {
	if t.IsZero() {
		return Alignment{}
	}
	a := Alignment{TargetType: TargetItem, TargetURL: t.URI(), TargetName: t.Statement(), TargetCode: t.Identifier(),
		TargetFramework: t.f.Title()}
	if short := t.ShortStatement(); short != "" {
		a.TargetName, a.TargetDescription = short, t.Statement()
	}
	return a
}

// AlignmentOfLevel returns the alignment that points at a level of a rubric of the
// framework, for the result that a learner achieved.
func (f *Framework) AlignmentOfLevel(l *CFRubricCriterionLevel) Alignment {
	return Alignment{TargetURL: string(l.URI), TargetName: firstText(l.Quality, l.Description), TargetCode: l.Identifier,
		TargetFramework: f.Title(), TargetType: TargetLevel, TargetDescription: l.Description}
}

// AlignmentOfCriterion returns the alignment that points at a criterion of a rubric.
func (f *Framework) AlignmentOfCriterion(c *CFRubricCriterion) Alignment {
	return Alignment{TargetURL: string(c.URI), TargetName: firstText(c.Category, c.Description), TargetCode: c.Identifier,
		TargetFramework: f.Title(), TargetType: TargetCriterion, TargetDescription: c.Description}
}

func firstText(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// Method says by what an alignment was resolved.
type Method string

// The methods, the surest first. Those from MethodDocument on resolve to no item.
const (
	MethodURI             Method = "uri"              // targetUrl is the item's uri
	MethodGUIDInURL       Method = "guid-in-url"      // targetUrl holds the item's identifier
	MethodGUIDInCode      Method = "guid-in-code"     // targetCode is the item's identifier
	MethodRubricLevel     Method = "rubric-level"     // a level; the item is the one that its criterion scores
	MethodRubricCriterion Method = "rubric-criterion" // a criterion; the item is the one that it scores
	MethodCodeInFramework Method = "code-in-framework"
	MethodDocument        Method = "document"   // the framework itself
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

// AlignmentResolution is what an alignment points at, and how sure that is.
type AlignmentResolution struct {
	Item      Item // the zero Item where there is none
	Method    Method
	Certainty Certainty
	GUID      GUID                    // the identifier of the target, also where the catalog lacks it
	Framework *Framework              // of the target, nil where it is unknown
	Rubric    *CFRubric               // where the target is a part of one
	Criterion *CFRubricCriterion      // likewise
	Level     *CFRubricCriterionLevel // likewise
	// Conflicts says what in the alignment speaks against the resolution: another
	// host than the item's, a code that names another item, another framework.
	Conflicts []string
}

// foreignTypes are target types of other registries: an identifier of theirs says
// nothing of CASE, even where it is equal.
var foreignTypes = []string{"ceasn:Competency", "ceterms:Credential", "CTDL"}

// ResolveAlignment finds the item that an alignment points at. targetUrl wins over
// targetCode, a uri over an identifier in it; a human code counts only together
// with the title of its framework, for codes repeat between frameworks.
func (c *Catalog) ResolveAlignment(a Alignment) AlignmentResolution {
	r := c.resolveTarget(a)
	if !r.Item.IsZero() {
		r.conflicts(c, a)
	}
	return r
}

func (c *Catalog) resolveTarget(a Alignment) AlignmentResolution {
	if t, ok := c.FindURI(a.TargetURL); ok && a.TargetURL != "" {
		return found(t, MethodURI, Certain)
	}
	if slices.Contains(foreignTypes, a.TargetType) {
		return AlignmentResolution{Method: MethodNone}
	}
	guids := FindGUIDs(a.TargetURL)
	if r, ok := c.notAnItem(a, guids); ok {
		return r
	}
	for _, id := range slices.Backward(guids) {
		if t, ok := c.Find(id); ok {
			return found(t, MethodGUIDInURL, Probable)
		}
	}
	if id, ok := looseGUID(a.TargetCode); ok {
		if t, ok := c.Find(id); ok {
			return found(t, MethodGUIDInCode, Probable)
		}
	}
	if r, ok := c.byCode(a); ok {
		return r
	}
	return unresolved(a, guids)
}

func found(t Item, m Method, certainty Certainty) AlignmentResolution {
	return AlignmentResolution{Item: t, Method: m, Certainty: certainty, GUID: t.GUID(), Framework: t.f}
}

// notAnItem recognises what is of CASE and no item: the path of an endpoint says
// so, or the identifier of a document or a part of a rubric.
func (c *Catalog) notAnItem(a Alignment, guids []GUID) (AlignmentResolution, bool) {
	for _, id := range slices.Backward(guids) {
		if _, isItem := c.Find(id); isItem {
			break
		}
		if f := c.Framework(id); f != nil {
			return AlignmentResolution{Method: MethodDocument, GUID: id, Framework: f}, true
		}
		if r, ok := c.rubricPart(id); ok {
			return r, true
		}
	}
	switch class := endpointOf(a.TargetURL); class {
	case "", "CFItems", "CFRubrics", "CFRubricCriteria", "CFRubricCriterionLevels":
		return AlignmentResolution{}, false
	case "CFDocuments", "CFPackages":
		return AlignmentResolution{Method: MethodDocument, GUID: lastGUID(guids)}, true
	}
	return AlignmentResolution{Method: MethodNone, GUID: lastGUID(guids)}, true
}

// endpointOf returns the segment of a URL that names a class: "CFItems".
func endpointOf(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return ""
	}
	for segment := range strings.SplitSeq(u.Path, "/") {
		if strings.HasPrefix(segment, "CF") && len(segment) > 4 {
			return segment
		}
	}
	return ""
}

func lastGUID(guids []GUID) GUID {
	if len(guids) == 0 {
		return GUID{}
	}
	return guids[len(guids)-1]
}

// rubricPart finds a criterion or a level by its identifier.
func (c *Catalog) rubricPart(id GUID) (AlignmentResolution, bool) {
	is := func(identifier string) bool {
		g, ok := looseGUID(identifier)
		return ok && g == id
	}
	for _, f := range c.frameworks {
		for i := range f.head.CFRubrics {
			rubric := &f.head.CFRubrics[i]
			for j := range rubric.CFRubricCriteria {
				criterion := &rubric.CFRubricCriteria[j]
				r := AlignmentResolution{Item: f.scored(criterion), GUID: id, Framework: f, Rubric: rubric, Criterion: criterion,
					Method: MethodRubricCriterion, Certainty: Probable}
				if is(criterion.Identifier) {
					return r, true
				}
				for k := range criterion.CFRubricCriterionLevels {
					if level := &criterion.CFRubricCriterionLevels[k]; is(level.Identifier) {
						r.Level, r.Method = level, MethodRubricLevel
						return r, true
					}
				}
			}
		}
	}
	return AlignmentResolution{}, false
}

// byCode resolves a human code in the framework that the alignment names.
func (c *Catalog) byCode(a Alignment) (AlignmentResolution, bool) {
	if a.TargetCode == "" || a.TargetFramework == "" {
		return AlignmentResolution{}, false
	}
	items, exact := c.FindCode(a.TargetFramework, a.TargetCode)
	if len(items) == 0 {
		return AlignmentResolution{}, false
	}
	r := found(items[0], MethodCodeInFramework, Probable)
	if !exact {
		r.Certainty = Possible
		r.Conflicts = append(r.Conflicts, "the item's code is written "+items[0].Code())
	}
	if len(items) > 1 && !copiesOf(items) {
		r.Certainty = Possible
		r.Conflicts = append(r.Conflicts, "several items of the framework have the code")
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
func unresolved(a Alignment, guids []GUID) AlignmentResolution {
	id := lastGUID(guids)
	if code, ok := looseGUID(a.TargetCode); ok && id.IsZero() {
		id = code
	}
	ofCASE := strings.HasPrefix(a.TargetType, "CF") || endpointOf(a.TargetURL) != ""
	if id.IsZero() || !ofCASE {
		return AlignmentResolution{Method: MethodNone, GUID: id}
	}
	return AlignmentResolution{Method: MethodUnresolved, GUID: id}
}

// conflicts looks for what the alignment says besides. A host that is not the
// item's matters: anybody can mint a URL with a known identifier in it.
func (r *AlignmentResolution) conflicts(c *Catalog, a Alignment) {
	if u, err := url.Parse(a.TargetURL); err == nil && r.Method == MethodGUIDInURL && u.Host != "" {
		if own, err := url.Parse(r.Item.URI()); err == nil && !strings.EqualFold(own.Host, u.Host) {
			r.against("targetUrl is on another host than the item")
		}
	}
	if id, ok := looseGUID(a.TargetCode); ok && id != r.GUID && r.Method != MethodGUIDInCode {
		if other, known := c.Find(id); known && other != r.Item {
			r.against("targetCode is the identifier of another item")
		}
	} else if code := r.Item.Code(); !ok && r.Criterion == nil && a.TargetCode != "" && code != "" &&
		NormalizeCode(a.TargetCode) != NormalizeCode(code) {
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
