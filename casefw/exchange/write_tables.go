package exchange

import (
	"strconv"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

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
	cells := [][2]string{
		{"identifier", d.Identifier}, {"creator", d.Creator}, {"title", d.Title}, {"lastChangeDate", d.LastChangeDateTime.String()},
		{"officialSourceURL", string(d.OfficialSourceURL)}, {"publisher", d.Publisher}, {"description", d.Description},
		{"subject", w.list(d.Subject, "subject")}, {"language", d.Language}, {"version", d.Version}, {"adoptionStatus", d.AdoptionStatus},
		{"statusStartDate", d.StatusStartDate}, {"statusEndDate", d.StatusEndDate}, {"licenseTitle", license.Title},
		{"licenseText", license.LicenseText}, {"notes", d.Notes}, {"uri", string(d.URI)},
	}
	for _, more := range [][2]string{{"frameworkType", d.FrameworkType}, {"caseVersion", d.CaseVersion}} {
		if more[1] != "" {
			cells = append(cells, more)
		}
	}
	cells = append(cells, w.documentExtensions(d)...)
	w.lose(len(d.SubjectURI), "subjectURI of the document")
	w.lose(len(d.Extra), "member of the document that CASE does not have")
	header, values := make([]string, len(cells)), make([]string, len(cells))
	for i, c := range cells {
		header[i], values[i] = c[0], c[1]
	}
	if err := w.put(header); err != nil {
		return err
	}
	return w.put(values)
}

func (w *writer) documentExtensions(d *casefw.CFDocument) [][2]string {
	var more vc.Extra
	if d.Extensions != nil {
		_ = vc.Unmarshal(d.Extensions, &more) // the framework holds valid JSON; no object has no columns
	}
	known := documentColumns()
	var cells [][2]string
	for _, name := range more.Names() {
		header := name
		if known[plain(name)] != fieldNone {
			header = renamed + name
		}
		text, is := more.Text(name)
		if !is {
			text = string(more[name])
		}
		cells = append(cells, [2]string{header, text})
	}
	return cells
}

// writeAssociations writes all associations, those of the tree too: smartLevel
// has no place for their identifiers, groupings and further parents.
func (w *writer) writeAssociations() error {
	if err := w.put([]string{"identifier", "originNodeURI", "originNodeIdentifier", "originNodeHumanCodingScheme", "associationType",
		"destinationNodeURI", "destinationNodeIdentifier", "destinationNodeHumanCodingScheme",
		"associationGroupIdentifier", "associationGroupName", "sequenceNumber", "uri", "originNodeTitle", "originTargetType",
		"destinationNodeTitle", "destinationTargetType", "notes", "lastChangeDateTime"}); err != nil {
		return err
	}
	extended := 0
	for a := range w.f.Associations() {
		r := a.Record()
		group, name := "", ""
		if g := r.CFAssociationGroupingURI; g != nil {
			group, name = g.Identifier, g.Title
		}
		from, to := endOf(a.Origin()), endOf(a.Destination())
		err := w.put([]string{r.Identifier, from.uri, from.id, from.code, string(r.AssociationType), to.uri, to.id, to.code, group, name,
			number(r.SequenceNumber), string(r.URI), from.title, from.target, to.title, to.target, r.Notes, r.LastChangeDateTime.String()})
		if err != nil {
			return err
		}
		if len(r.Extensions) > 0 || len(r.Extra) > 0 {
			extended++
		}
	}
	w.lose(extended, "association with extensions, which are left out")
	return nil
}

// ends are the cells of one end of an association.
type ends struct{ uri, id, code, title, target string }

func endOf(n casefw.Node) ends {
	return ends{uri: n.URI(), id: n.Identifier(), code: n.Item().Code(), title: n.Title(), target: n.TargetType()}
}

// writeRubrics writes a line for each rubric, criterion and level.
func (w *writer) writeRubrics() error {
	if err := w.put([]string{"Type", "Identifier", "RubricIdentifier", "CriterionIdentifier", "Title", "Description", "Category", "Weight",
		"Position", "Quality", "Score", "Feedback", "CFItemIdentifier", "uri", "lastChangeDateTime"}); err != nil {
		return err
	}
	extended := 0
	for _, r := range w.f.Rubrics() {
		if err := w.put([]string{"Rubric", r.Identifier, "", "", r.Title, r.Description, "", "",
			"", "", "", "", "", string(r.URI), r.LastChangeDateTime.String()}); err != nil {
			return err
		}
		for _, c := range r.CFRubricCriteria {
			item := ""
			if c.CFItemURI != nil {
				item = c.CFItemURI.Identifier
			}
			if err := w.put([]string{"Criterion", c.Identifier, r.Identifier, "", "", c.Description, c.Category, string(c.Weight),
				number(c.Position), "", "", "", item, string(c.URI), c.LastChangeDateTime.String()}); err != nil {
				return err
			}
			for _, l := range c.CFRubricCriterionLevels {
				if err := w.put([]string{"Level", l.Identifier, "", c.Identifier, "", l.Description, "", "", number(l.Position), l.Quality,
					string(l.Score), l.Feedback, "", string(l.URI), l.LastChangeDateTime.String()}); err != nil {
					return err
				}
				extended += len(l.Extensions)
			}
			if len(c.Extensions) > 0 {
				extended++
			}
		}
		if len(r.Extensions) > 0 {
			extended++
		}
	}
	w.lose(extended, "extension of a rubric")
	return nil
}

// number writes a whole number, nothing where there is none.
func number(p *int64) string {
	if p == nil {
		return ""
	}
	return strconv.FormatInt(*p, 10)
}
