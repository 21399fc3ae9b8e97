package exchange

import (
	"cmp"
	"strconv"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// made stands for what a reader makes of an empty cell: no record has it, so that the
// writer keeps what the record has there.
const made = "\x00made"

var madeTime = func() (d vc.DateTime) {
	_ = d.UnmarshalText([]byte(made)) // takes any text
	return d
}()

// cellsOf writes the cells of a record; those of columns without a text stay empty.
func cellsOf[R any](columns []column[R], rec *R) []string {
	cells := make([]string, len(columns))
	for i := range columns {
		if columns[i].text != nil {
			cells[i] = columns[i].text(rec)
		}
	}
	return cells
}

func headersOf[R any](columns []column[R]) []string {
	all := make([]string, len(columns))
	for i := range columns {
		all[i] = columns[i].header
	}
	return all
}

// writeDocument writes the table of the document, with OpenSALT's columns first.
func (w *writer) writeDocument() error {
	d := w.f.Document()
	if d == nil {
		d = &casefw.CFDocument{}
	}
	license := casefw.CFLicense{Title: linkTitle(d.LicenseURI)}
	if defs := w.f.Definitions(); defs != nil && d.LicenseURI != nil {
		for _, l := range defs.CFLicenses {
			if l.Identifier == d.LicenseURI.Identifier {
				license = l
			}
		}
	}
	var header, line []string
	for _, c := range documentColumnsOf {
		text := license.Title
		if c.header == "licenseText" {
			text = license.LicenseText
		} else if c.text != nil {
			text = c.text(d)
		}
		if c.always || text != "" {
			header, line = append(header, c.header), append(line, text)
		}
	}
	var more vc.Extra
	if d.Extensions != nil {
		_ = vc.Unmarshal(d.Extensions, &more) // the framework holds valid JSON; no object has no columns
	}
	known := documentColumns()
	for i, name := range more.Names() {
		if text := extensionText(more, name); text != "" && i < maxExtensions {
			header, line = append(header, extensionHeader(name, known)), append(line, text)
		}
	}
	header, line = append(header, string(fieldJSON)), append(line, "")
	if err := w.begin(header, known); err != nil {
		return err
	}
	line[len(line)-1] = keep(w, d, w.documentOf(line))
	return w.put(line)
}

// documentOf is the document that the cells of a line make.
func (w *writer) documentOf(line []string) *casefw.CFDocument {
	r := &reader{extended: map[string]int{}}
	d := r.documentLine(w.readBack(line))
	d.Identifier = cmp.Or(d.Identifier, made)
	d.URI = cmp.Or(d.URI, made)
	if d.LastChangeDateTime.IsZero() {
		d.LastChangeDateTime = madeTime
	}
	if r.license != nil {
		d.LicenseURI = &casefw.LinkURI{Title: made}
	}
	return d
}

// writeAssociations writes all associations, those of the tree too: smartLevel
// has no place for their identifiers, groupings and further parents.
func (w *writer) writeAssociations() error {
	header := append(headersOf(associationColumnsOf), string(fieldJSON))
	if err := w.begin(header, associationColumns()); err != nil {
		return err
	}
	for a := range w.f.Associations() {
		rec := a.Record()
		line := append(cellsOf(associationColumnsOf, rec), "")
		for i, c := range associationColumnsOf {
			switch c.header {
			case "originNodeHumanCodingScheme":
				line[i] = a.Origin().Item().Code()
			case "destinationNodeHumanCodingScheme":
				line[i] = a.Destination().Item().Code()
			}
		}
		line[len(line)-1] = keep(w, rec, w.associationOf(line))
		if err := w.put(line); err != nil {
			return err
		}
	}
	return nil
}

// associationOf is the association that the cells of a line make.
func (w *writer) associationOf(line []string) *casefw.CFAssociation {
	l := &linkLine{}
	l.read(w.readBack(line), madeTime)
	a := &l.a
	a.Identifier = cmp.Or(a.Identifier, made)
	a.URI = cmp.Or(a.URI, made)
	a.AssociationType = cmp.Or(a.AssociationType, made)
	for _, n := range []*casefw.LinkGenURI{a.OriginNodeURI, a.DestinationNodeURI} {
		if n.Identifier == "" || n.Title == "" || n.URI == "" {
			n.Title = made
		}
	}
	if l.group != "" || l.groupName != "" {
		a.CFAssociationGroupingURI = &casefw.LinkURI{Title: made}
	}
	return a
}

// rubricHeaders are the columns of the table of rubrics.
var rubricHeaders = []string{"Type", "Identifier", "RubricIdentifier", "CriterionIdentifier", "Title", "Description", "Category", "Weight",
	"Position", "Quality", "Score", "Feedback", "CFItemIdentifier", "uri", "lastChangeDateTime", string(fieldJSON)}

// writeRubrics writes a line for each rubric, criterion and level.
func (w *writer) writeRubrics() error {
	if err := w.begin(rubricHeaders, rubricColumns()); err != nil {
		return err
	}
	for _, r := range w.f.Rubrics() {
		criteria := r.CFRubricCriteria
		w.noteLists("a rubric", r.Sent, len(criteria), "CFRubricCriteria")
		shorten(&r.CFRubricCriteria)
		if err := putRubric(w, &r, rubricColumnsOf, "Rubric", "", "", (*rubricLine).readRubric); err != nil {
			return err
		}
		for _, c := range criteria {
			if err := w.writeCriterion(r.Identifier, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) writeCriterion(rubric string, c casefw.CFRubricCriterion) error {
	levels := c.CFRubricCriterionLevels
	w.noteLists("a criterion of a rubric", c.Sent, len(levels), "CFRubricCriterionLevels")
	shorten(&c.CFRubricCriterionLevels)
	read := func(l *rubricLine, line *row, now vc.DateTime) *casefw.CFRubricCriterion {
		rec := l.readCriterion(line, now)
		if rec.RubricID = rubric; line.has("CFItemIdentifier") {
			rec.CFItemURI = &casefw.LinkURI{Title: made}
		}
		return rec
	}
	err := putRubric(w, &c, criterionColumnsOf, "Criterion", rubric, "", read)
	for i := 0; i < len(levels) && err == nil; i++ {
		err = putRubric(w, &levels[i], levelColumnsOf, "Level", "", c.Identifier,
			func(l *rubricLine, line *row, now vc.DateTime) *casefw.CFRubricCriterionLevel {
				rec := l.readLevel(line, now)
				rec.RubricCriterionID = c.Identifier
				return rec
			})
	}
	return err
}

// putRubric writes a line of the table of rubrics; read reads its cells back.
func putRubric[R casefw.Resource](w *writer, rec *R, columns []column[R], kind, rubric, criterion string,
	read func(*rubricLine, *row, vc.DateTime) *R) error {
	line := make([]string, len(rubricHeaders))
	line[0], line[2], line[3] = kind, rubric, criterion
	known := rubricColumns()
	for _, c := range columns {
		for i, header := range rubricHeaders {
			if known[plain(header)] == known[plain(c.header)] {
				line[i] = c.text(rec)
			}
		}
	}
	back := w.readBack(line)
	l := &rubricLine{kind: back.text("type"), id: canonical(back.text(fieldIdentifier))}
	cells := read(l, back, madeTime)
	switch r := any(cells).(type) {
	case *casefw.CFRubric:
		r.Identifier, r.URI = cmp.Or(r.Identifier, made), cmp.Or(r.URI, made)
	case *casefw.CFRubricCriterion:
		r.Identifier, r.URI = cmp.Or(r.Identifier, made), cmp.Or(r.URI, made)
	case *casefw.CFRubricCriterionLevel:
		r.Identifier, r.URI = cmp.Or(r.Identifier, made), cmp.Or(r.URI, made)
	}
	line[len(line)-1] = keep(w, rec, cells)
	return w.put(line)
}

// number writes a whole number, nothing where there is none.
func number(p *int64) string {
	if p == nil {
		return ""
	}
	return strconv.FormatInt(*p, 10)
}
