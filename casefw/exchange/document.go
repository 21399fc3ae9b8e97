package exchange

import (
	"bytes"
	"maps"
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
			p := r.report.note(line.t.place(), CodeCellWithoutColumn, "", "passed over")
			p.Message = "a framework has one document; this line is the second"
			return nil
		}
		first = false
		before, extended := r.document, maps.Clone(r.extended)
		rec, k := restored(line, documentColumnsOf, func() *casefw.CFDocument {
			r.document, r.license = before, nil
			r.document.Extensions = bytes.Clone(before.Extensions)
			r.extended = maps.Clone(extended)
			return r.documentLine(line)
		})
		r.document, r.docKept = *rec, k
		return r.pay(t, lineCost+line.keptCost()+extensionCost*len(r.document.Extensions))
	})
}

// documentLine reads the cells of the document into what is known of it.
func (r *reader) documentLine(line *row) *casefw.CFDocument {
	for f := range line.cells {
		r.setDocument(line, f, line.whole(f), line.list(f))
	}
	r.document.LastChangeDateTime = line.changed(r.document.LastChangeDateTime)
	r.extendDocument(line)
	d := r.document
	return &d
}

// aboutDocument takes a line "#name,value,…" above the header of the items.
func (r *reader) aboutDocument() func(*row, string) error {
	known := documentColumns()
	take := r.takeAbout(known)
	return func(line *row, name string) error {
		take(line, name)
		return r.pay(line.t, lineCost+4*len(name)+len(line.t.cells)*listCost)
	}
}

// takeAbout takes one such line.
func (r *reader) takeAbout(known map[string]field) func(*row, string) {
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
			line.t.noteAt(0, CodeColumnKept, "", "kept as an extension of the document")
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
		if g, err := casefw.ParseGUID(word); err == nil && !g.IsZero() {
			d.Identifier = g.String()
			return
		}
		p := line.note(f, CodeIdentifierMade, word, "an identifier is made")
		p.Severity, p.Message = vc.SeverityWarning, "the identifier of the document is no UUID"
	case fieldURI:
		d.URI = vc.IRI(word)
	case "creator":
		d.Creator = text
	case "title":
		d.Title = text
	case "officialSourceURL":
		d.OfficialSourceURL = vc.IRI(word)
	case "publisher":
		d.Publisher = text
	case "description":
		d.Description = text
	case fieldSubject:
		d.Subject = list
	case fieldLanguage:
		d.Language = word
	case "version":
		d.Version = text
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
		r.documentLicense().Title = text
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
		if !b.docKept.has("identifier") {
			p := b.report.note(Place{Table: Document}, CodeIdentifierMade, "", g.String()+" is made of "+made)
			p.Severity, p.Message = vc.SeverityWarning, "the document has no identifier"
		}
	}
	b.m.document = g
	if !b.docKept.has("identifier") {
		d.Identifier = g.String()
	}
	if d.URI == "" && !b.docKept.has("uri") {
		d.URI = b.m.uri("CFDocuments", d.Identifier)
	}
	if d.LastChangeDateTime.IsZero() && !b.docKept.has("lastChangeDateTime") {
		d.LastChangeDateTime = b.now
	}
}

// addDocumentLicense links the document to its licence, once the definitions are there.
func (b *builder) addDocumentLicense() {
	d := b.p.CFDocument
	if b.license != nil && !b.docKept.has("licenseURI") {
		d.LicenseURI = b.licenseLink(b.license.Title, b.license.LicenseText)
	}
}

// documentColumnsOf are the columns of the document, OpenSALT's first. Those of the
// licence show it; the writer knows it.
var documentColumnsOf = []column[casefw.CFDocument]{
	{header: "identifier", always: true, text: func(d *casefw.CFDocument) string { return d.Identifier }},
	{header: "creator", always: true, text: func(d *casefw.CFDocument) string { return d.Creator }},
	{header: "title", always: true, text: func(d *casefw.CFDocument) string { return d.Title }},
	{header: "lastChangeDate", always: true, members: "lastChangeDateTime",
		text: func(d *casefw.CFDocument) string { return d.LastChangeDateTime.String() }},
	{header: "officialSourceURL", always: true, text: func(d *casefw.CFDocument) string { return string(d.OfficialSourceURL) }},
	{header: "publisher", always: true, text: func(d *casefw.CFDocument) string { return d.Publisher }},
	{header: "description", always: true, text: func(d *casefw.CFDocument) string { return d.Description }},
	{header: "subject", always: true, text: func(d *casefw.CFDocument) string { return joinList(d.Subject) }},
	{header: "language", always: true, text: func(d *casefw.CFDocument) string { return d.Language }},
	{header: "version", always: true, text: func(d *casefw.CFDocument) string { return d.Version }},
	{header: "adoptionStatus", always: true, text: func(d *casefw.CFDocument) string { return d.AdoptionStatus }},
	{header: "statusStartDate", always: true, text: func(d *casefw.CFDocument) string { return d.StatusStartDate }},
	{header: "statusEndDate", always: true, text: func(d *casefw.CFDocument) string { return d.StatusEndDate }},
	{header: "licenseTitle", always: true, members: "licenseURI"},
	{header: "licenseText", always: true, members: "licenseURI"},
	{header: "notes", always: true, text: func(d *casefw.CFDocument) string { return d.Notes }},
	{header: "uri", always: true, text: func(d *casefw.CFDocument) string { return string(d.URI) }},
	{header: "frameworkType", text: func(d *casefw.CFDocument) string { return d.FrameworkType }},
	{header: "caseVersion", text: func(d *casefw.CFDocument) string { return d.CaseVersion }},
}
