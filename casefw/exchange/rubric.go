package exchange

import (
	"cmp"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// rubricLine is one line of the table of rubrics: a rubric, a criterion or a
// level, each with the identifier of what it belongs to.
type rubricLine struct {
	kind                 string
	id, rubric, criteria string
	rub                  casefw.CFRubric
	crit                 casefw.CFRubricCriterion
	level                casefw.CFRubricCriterionLevel
	item                 reference
	line                 int
	kept                 *kept
}

// readRubrics reads the table of rubrics.
func (r *reader) readRubrics(t *table) error {
	if err := t.toHeader(rubricColumns(), nil); err != nil {
		return err
	}
	return t.each(func(line *row) error {
		if err := r.pay(t, 2*lineCost+line.keptCost()); err != nil {
			return err
		}
		l := &rubricLine{line: t.line, kind: strings.ToLower(line.text("type")), id: canonical(line.text(fieldIdentifier)),
			rubric: canonical(line.text("rubricIdentifier")), criteria: canonical(line.text("criterionIdentifier")),
			item: line.reference("CFItemIdentifier")}
		switch l.kind {
		case "rubric":
			rec, k := restored(line, rubricColumnsOf, func() *casefw.CFRubric { return l.readRubric(line, r.now) })
			l.rub, l.kept = *rec, k
		case "criterion":
			rec, k := restored(line, criterionColumnsOf, func() *casefw.CFRubricCriterion { return l.readCriterion(line, r.now) })
			l.crit, l.kept = *rec, k
		case "level":
			rec, k := restored(line, levelColumnsOf, func() *casefw.CFRubricCriterionLevel { return l.readLevel(line, r.now) })
			l.level, l.kept = *rec, k
		default:
			line.note("type", CodeUnknownValue, line.text("type"), "the line is passed over").Expected = "Rubric, Criterion or Level"
			return nil
		}
		r.rubrics = append(r.rubrics, l)
		return r.pay(t, extensionCost*len(l.rub.Extensions)+extensionCost*len(l.crit.Extensions))
	})
}

func (l *rubricLine) readRubric(line *row, now vc.DateTime) *casefw.CFRubric {
	rec := &casefw.CFRubric{Identifier: guidText(l.id), Title: line.whole("title"), Description: line.whole("description"),
		LastChangeDateTime: line.changed(now), URI: vc.IRI(line.text(fieldURI))}
	rec.Extensions = l.others(line, "title description")
	return rec
}

func (l *rubricLine) readCriterion(line *row, now vc.DateTime) *casefw.CFRubricCriterion {
	rec := &casefw.CFRubricCriterion{Identifier: guidText(l.id), Description: line.whole("description"),
		Category: line.whole("category"),
		Weight:   line.number("weight"), Position: line.integer("position"), LastChangeDateTime: line.changed(now),
		URI: vc.IRI(line.text(fieldURI)), RubricID: l.rubric}
	rec.Extensions = l.others(line, "description category weight position CFItemIdentifier")
	return rec
}

func (l *rubricLine) readLevel(line *row, now vc.DateTime) *casefw.CFRubricCriterionLevel {
	rec := &casefw.CFRubricCriterionLevel{Identifier: guidText(l.id), Description: line.whole("description"),
		Quality: line.whole("quality"), Score: line.number("score"), Feedback: line.whole("feedback"), Position: line.integer("position"),
		LastChangeDateTime: line.changed(now), URI: vc.IRI(line.text(fieldURI)), RubricCriterionID: l.criteria}
	if more := l.others(line, "description quality score feedback position"); more != nil {
		rec.Extensions = append(rec.Extensions, more)
	}
	return rec
}

// guidText is an identifier where it is a UUID.
func guidText(id string) string {
	if g, err := casefw.ParseGUID(id); err == nil && !g.IsZero() {
		return g.String()
	}
	return ""
}

// others makes extensions of the cells that the class of a line has no member for.
func (l *rubricLine) others(line *row, takes string) []byte {
	taken := map[string]bool{}
	for _, f := range strings.Fields(takes + " type identifier rubricIdentifier criterionIdentifier uri lastChangeDateTime") {
		taken[f] = true
	}
	taken[string(fieldJSON)] = true
	for i := range line.t.fields {
		f := line.t.fields[i]
		if at, ok := line.cells[f]; ok && at == i && !taken[string(f)] {
			p := line.note(f, CodeColumnKept, "", "")
			p.Severity, p.Message = vc.SeverityWarning, "a "+l.kind+" has no member "+string(f)
			line.keep(f)
		}
	}
	return line.extensions()
}

// canonical writes a UUID as CASE wants it and leaves other texts.
func canonical(id string) string {
	if g, err := casefw.ParseGUID(id); err == nil {
		return g.String()
	}
	return id
}

// addRubrics puts criteria into rubrics and levels into criteria. A line that
// names nothing belongs to the last one above it.
func (b *builder) addRubrics() {
	rubrics, criteria := map[string]int{}, map[string][2]int{}
	for _, l := range b.rubrics {
		id := b.rubricID(l)
		switch l.kind {
		case "rubric":
			l.made(&l.rub.Identifier, &l.rub.URI, id, b.m.uri("CFRubrics", id))
			rubrics[cmp.Or(l.id, id)] = len(b.p.CFRubrics)
			b.p.CFRubrics = append(b.p.CFRubrics, l.rub)
		case "criterion":
			at, ok := rubrics[l.rubric]
			if !ok {
				at = b.homeless(l, l.rubric, "rubric")
			}
			rubric := &b.p.CFRubrics[at]
			l.made(&l.crit.Identifier, &l.crit.URI, id, b.m.uri("CFRubricCriteria", id))
			if !l.kept.has("rubricId") {
				l.crit.RubricID = rubric.Identifier
			}
			if !l.kept.has("CFItemURI") {
				l.crit.CFItemURI = b.itemLink(l.item)
			}
			criteria[cmp.Or(l.id, id)] = [2]int{at, len(rubric.CFRubricCriteria)}
			rubric.CFRubricCriteria = append(rubric.CFRubricCriteria, l.crit)
		case "level":
			b.addLevel(l, id, criteria)
		}
	}
}

func (b *builder) addLevel(l *rubricLine, id string, criteria map[string][2]int) {
	at, ok := criteria[l.criteria]
	if !ok {
		at[0] = b.homeless(l, l.criteria, "criterion")
		rubric := &b.p.CFRubrics[at[0]]
		if len(rubric.CFRubricCriteria) == 0 {
			cid := b.m.id("CFRubricCriterion", rubric.Identifier)
			rubric.CFRubricCriteria = append(rubric.CFRubricCriteria, casefw.CFRubricCriterion{Identifier: cid,
				URI: b.m.uri("CFRubricCriteria", cid), RubricID: rubric.Identifier, LastChangeDateTime: b.now})
		}
		at[1] = len(rubric.CFRubricCriteria) - 1
	}
	c := &b.p.CFRubrics[at[0]].CFRubricCriteria[at[1]]
	l.made(&l.level.Identifier, &l.level.URI, id, b.m.uri("CFRubricCriterionLevels", id))
	if !l.kept.has("rubricCriterionId") {
		l.level.RubricCriterionID = c.Identifier
	}
	c.CFRubricCriterionLevels = append(c.CFRubricCriterionLevels, l.level)
}

// made gives a record the identifier and the uri that it lacks.
func (l *rubricLine) made(identifier *string, uri *vc.IRI, id string, at vc.IRI) {
	if !l.kept.has("identifier") {
		*identifier = id
	}
	if *uri == "" && !l.kept.has("uri") {
		*uri = at
	}
}

// homeless finds a rubric for a line whose own is not there: the last one, or a
// new one.
func (b *builder) homeless(l *rubricLine, wanted, class string) int {
	p := b.report.note(Place{Table: Rubrics, Line: l.line}, CodeUnresolved, "", "put into the last one above")
	if p.Message = "the line names no " + class; wanted != "" {
		p.Message, p.Found = "no line is the "+class+" that this one names", vc.Quote(wanted)
	}
	if len(b.p.CFRubrics) == 0 {
		p.Fix = "put into a rubric that is made for it"
		id := b.m.id("CFRubric", "made")
		b.p.CFRubrics = append(b.p.CFRubrics, casefw.CFRubric{Identifier: id, URI: b.m.uri("CFRubrics", id), LastChangeDateTime: b.now})
	}
	return len(b.p.CFRubrics) - 1
}

// rubricID returns the identifier of a line, made where it has none.
func (b *builder) rubricID(l *rubricLine) string {
	if g, err := casefw.ParseGUID(l.id); err == nil {
		return g.String()
	}
	if !l.kept.has("identifier") {
		b.report.note(Place{Table: Rubrics, Line: l.line}, CodeIdentifierMade, "", "one is made of the line")
	}
	return b.m.id(l.kind, l.id, l.rubric, l.criteria, decimal(l.line))
}

func (b *builder) itemLink(ref reference) *casefw.LinkURI {
	if ref.text == "" {
		return nil
	}
	if n, ok := b.find(ref, -1); ok {
		i := &b.items[n].item
		return &casefw.LinkURI{Title: nodeTitle(i), Identifier: i.Identifier, URI: i.URI}
	}
	b.noteReference(ref, CodeUnresolved, "the link is kept as it is")
	id := canonical(ref.text)
	return b.m.link("CFItems", id, ref.text)
}

// rubricColumnsOf, criterionColumnsOf and levelColumnsOf are the columns of the three
// kinds of lines.
var (
	rubricColumnsOf = []column[casefw.CFRubric]{
		{header: "identifier", text: func(r *casefw.CFRubric) string { return r.Identifier }},
		{header: "title", text: func(r *casefw.CFRubric) string { return r.Title }},
		{header: "description", text: func(r *casefw.CFRubric) string { return r.Description }},
		{header: "uri", text: func(r *casefw.CFRubric) string { return string(r.URI) }},
		{header: "lastChangeDateTime", text: func(r *casefw.CFRubric) string { return r.LastChangeDateTime.String() }},
	}
	criterionColumnsOf = []column[casefw.CFRubricCriterion]{
		{header: "identifier", text: func(c *casefw.CFRubricCriterion) string { return c.Identifier }},
		{header: "description", text: func(c *casefw.CFRubricCriterion) string { return c.Description }},
		{header: "category", text: func(c *casefw.CFRubricCriterion) string { return c.Category }},
		{header: "weight", text: func(c *casefw.CFRubricCriterion) string { return string(c.Weight) }},
		{header: "position", text: func(c *casefw.CFRubricCriterion) string { return number(c.Position) }},
		{header: "CFItemIdentifier", members: "CFItemURI",
			text: func(c *casefw.CFRubricCriterion) string { return linkIdentifier(c.CFItemURI) }},
		{header: "uri", text: func(c *casefw.CFRubricCriterion) string { return string(c.URI) }},
		{header: "lastChangeDateTime", text: func(c *casefw.CFRubricCriterion) string { return c.LastChangeDateTime.String() }},
	}
	levelColumnsOf = []column[casefw.CFRubricCriterionLevel]{
		{header: "identifier", text: func(l *casefw.CFRubricCriterionLevel) string { return l.Identifier }},
		{header: "description", text: func(l *casefw.CFRubricCriterionLevel) string { return l.Description }},
		{header: "quality", text: func(l *casefw.CFRubricCriterionLevel) string { return l.Quality }},
		{header: "score", text: func(l *casefw.CFRubricCriterionLevel) string { return string(l.Score) }},
		{header: "feedback", text: func(l *casefw.CFRubricCriterionLevel) string { return l.Feedback }},
		{header: "position", text: func(l *casefw.CFRubricCriterionLevel) string { return number(l.Position) }},
		{header: "uri", text: func(l *casefw.CFRubricCriterionLevel) string { return string(l.URI) }},
		{header: "lastChangeDateTime", text: func(l *casefw.CFRubricCriterionLevel) string { return l.LastChangeDateTime.String() }},
	}
)

func linkIdentifier(l *casefw.LinkURI) string {
	if l == nil {
		return ""
	}
	return l.Identifier
}
