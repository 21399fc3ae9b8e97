package exchange

import (
	"bytes"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// readDocument reads the table of the document: names in the first line, values
// in the second.
func (r *reader) readDocument(t *table) error {
	if err := t.toHeader(documentColumns(), nil); err != nil {
		return err
	}
	first := true
	return t.each(func(line *row) error {
		if !first {
			line.t.note(casefw.Warning, CodeCellWithoutColumn, "a framework has one document; this line is the second", "passed over")
			return nil
		}
		first = false
		for f := range line.cells {
			r.setDocument(line, f, line.whole(f), line.list(f))
		}
		r.document.LastChangeDateTime = line.changed(r.document.LastChangeDateTime)
		r.extendDocument(line)
		return nil
	})
}

// aboutDocument takes a line "#name,value,…" above the header of the items.
func (r *reader) aboutDocument() func(*row, string) {
	known := documentColumns()
	return func(line *row, name string) {
		values := line.t.cells[1:]
		for len(values) > 0 && strings.TrimSpace(values[len(values)-1]) == "" {
			values = values[:len(values)-1]
		}
		if len(values) == 0 {
			return
		}
		f := known[plain(name)]
		if f == fieldNone {
			line.t.header = []string{name, name}
			line.extra = []int{1}
			line.t.noteAt(0, casefw.Advice, CodeColumnKept, "CASE has no member "+vc.Quote(name), "kept as an extension of the document")
			r.extendDocument(line)
			return
		}
		list := append([]string(nil), values...)
		if len(values) == 1 {
			list = splitList(values[0])
		}
		r.setDocument(line, f, values[0], list)
		if f == fieldChanged {
			line.cells[f] = 1
			r.document.LastChangeDateTime = line.changed(r.document.LastChangeDateTime)
		}
	}
}

// setDocument sets a member of the document.
func (r *reader) setDocument(line *row, f field, text string, list []string) {
	d := &r.document
	word := strings.TrimSpace(text)
	switch f {
	case fieldIdentifier:
		if g, err := casefw.ParseGUID(word); err == nil {
			d.Identifier = g.String()
			return
		}
		line.note(f, casefw.Warning, CodeIdentifierMade, vc.Quote(word)+" is no UUID", "an identifier is made")
	case fieldURI:
		d.URI = vc.IRI(word)
	case "creator":
		d.Creator = word
	case "title":
		d.Title = word
	case "officialSourceURL":
		d.OfficialSourceURL = vc.IRI(word)
	case "publisher":
		d.Publisher = word
	case "description":
		d.Description = text
	case fieldSubject:
		d.Subject = list
	case fieldLanguage:
		d.Language = word
	case "version":
		d.Version = word
	case "adoptionStatus":
		d.AdoptionStatus = word
	case "frameworkType":
		d.FrameworkType = word
	case "caseVersion":
		d.CaseVersion = word
	case fieldStart:
		d.StatusStartDate = word
	case fieldEnd:
		d.StatusEndDate = word
	case fieldNotes:
		d.Notes = text
	case "licenseTitle":
		r.documentLicense().Title = word
	case "licenseText":
		r.documentLicense().LicenseText = text
	}
}

func (r *reader) documentLicense() *casefw.CFLicense {
	if r.license == nil {
		r.license = &casefw.CFLicense{}
	}
	return r.license
}

// extendDocument adds what no member takes to the extensions of the document.
func (r *reader) extendDocument(line *row) {
	more := line.extensionsBeside(r.extended)
	if more == nil {
		return
	}
	r.document.Extensions = joinObjects(r.document.Extensions, more)
}

// joinObjects puts the members of one JSON object, which has some, behind those of
// another, in whose place the outcome may come.
func joinObjects(a, b []byte) []byte {
	if len(a) < 2 || len(bytes.TrimSpace(a[1:len(a)-1])) == 0 {
		return b
	}
	a[len(a)-1] = ','
	return append(a, b[1:]...)
}

// finishDocument gives the document what a document must have.
func (b *builder) finishDocument() {
	d := b.p.CFDocument
	g, err := casefw.ParseGUID(d.Identifier)
	if err != nil || g.IsZero() {
		made := "title and creator"
		g = mint(namespace, "document", d.Title, d.Creator)
		if d.Title == "" && d.Creator == "" {
			made = "the bytes of the tables"
			g = mint(namespace, "document", string(b.sum.Sum(nil)))
		}
		b.report.add(Note{Problem: vc.Problem{Code: CodeIdentifierMade, Message: "the document has no identifier"},
			Level: casefw.Warning, Table: Document, Repair: "made " + g.String() + " of " + made})
	}
	d.Identifier, b.m.document = g.String(), g
	if d.URI == "" {
		d.URI = b.m.uri("CFDocuments", d.Identifier)
	}
	if d.LastChangeDateTime.IsZero() {
		d.LastChangeDateTime = b.now
	}
	if b.license != nil {
		d.LicenseURI = b.licenseLink(b.license.Title, b.license.LicenseText)
	}
}
