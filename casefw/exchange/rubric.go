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
}

// readRubrics reads the table of rubrics.
func (r *reader) readRubrics(t *table) error {
	if err := t.toHeader(rubricColumns(), nil); err != nil {
		return err
	}
	return t.each(func(line *row) error {
		l := rubricLine{line: t.line, kind: strings.ToLower(line.text("type")), id: canonical(line.text(fieldIdentifier)),
			rubric: canonical(line.text("rubricIdentifier")), criteria: canonical(line.text("criterionIdentifier")),
			item: line.reference("CFItemIdentifier")}
		changed, uri := line.changed(r.now), vc.IRI(line.text(fieldURI))
		switch l.kind {
		case "rubric":
			l.rub = casefw.CFRubric{Title: line.text("title"), Description: line.whole("description"),
				LastChangeDateTime: changed, URI: uri}
		case "criterion":
			l.crit = casefw.CFRubricCriterion{Description: line.whole("description"), Category: line.text("category"),
				Weight: line.number("weight"), Position: line.integer("position"), LastChangeDateTime: changed, URI: uri}
		case "level":
			l.level = casefw.CFRubricCriterionLevel{Description: line.whole("description"), Quality: line.text("quality"),
				Score: line.number("score"), Feedback: line.whole("feedback"), Position: line.integer("position"),
				LastChangeDateTime: changed, URI: uri}
		default:
			line.note("type", CodeUnknownValue, line.text("type"), "the line is passed over").Expected = "Rubric, Criterion or Level"
			return nil
		}
		r.keepCells(&l, line)
		r.rubrics = append(r.rubrics, l)
		return nil
	})
}

// keepCells keeps the cells that the class of a line has no member for.
func (r *reader) keepCells(l *rubricLine, line *row) {
	takes := map[string]string{
		"rubric":    "title description",
		"criterion": "description category weight position CFItemIdentifier",
		"level":     "description quality score feedback position",
	}[l.kind]
	taken := map[string]bool{}
	for _, f := range strings.Fields(takes + " type identifier rubricIdentifier criterionIdentifier uri lastChangeDateTime") {
		taken[f] = true
	}
	for i := range line.t.fields {
		f := line.t.fields[i]
		if at, ok := line.cells[f]; ok && at == i && !taken[string(f)] {
			p := line.note(f, CodeColumnKept, "", "")
			p.Severity, p.Message = vc.SeverityWarning, "a "+l.kind+" has no member "+string(f)
			line.extra = append(line.extra, i)
		}
	}
	more := line.extensions()
	if more == nil {
		return
	}
	l.rub.Extensions, l.crit.Extensions, l.level.Extensions = more, more, append(l.level.Extensions, more)
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
	for i := range b.rubrics {
		l := &b.rubrics[i]
		id := b.rubricID(l)
		switch l.kind {
		case "rubric":
			l.rub.Identifier, l.rub.URI = id, cmp.Or(l.rub.URI, b.m.uri("CFRubrics", id))
			rubrics[cmp.Or(l.id, id)] = len(b.p.CFRubrics)
			b.p.CFRubrics = append(b.p.CFRubrics, l.rub)
		case "criterion":
			at, ok := rubrics[l.rubric]
			if !ok {
				at = b.homeless(l, l.rubric, "rubric")
			}
			rubric := &b.p.CFRubrics[at]
			l.crit.Identifier, l.crit.URI, l.crit.RubricID = id, cmp.Or(l.crit.URI, b.m.uri("CFRubricCriteria", id)), rubric.Identifier
			l.crit.CFItemURI = b.itemLink(l.item)
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
	l.level.Identifier, l.level.RubricCriterionID = id, c.Identifier
	l.level.URI = cmp.Or(l.level.URI, b.m.uri("CFRubricCriterionLevels", id))
	c.CFRubricCriterionLevels = append(c.CFRubricCriterionLevels, l.level)
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
	b.report.note(Place{Table: Rubrics, Line: l.line}, CodeIdentifierMade, "", "one is made of the line")
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
