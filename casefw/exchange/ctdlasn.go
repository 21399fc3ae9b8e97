package exchange

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// CTDLASNContext is the JSON-LD context of CTDL-ASN, whose terms begin with
// ceasn.
const CTDLASNContext = "https://credreg.net/ctdlasn/schema/context/json"

// CTDLASNOptions steers [WriteCTDLASN].
type CTDLASNOptions struct {
	// Language is that of texts whose language neither item nor document gives;
	// "und" (undetermined) by default. CTDL-ASN has no text without language.
	Language string
	// CTID adds the registry's identifiers, ceterms:ctid, made of the CASE
	// identifiers. A framework that the registry has already has others.
	CTID bool
	// MaxFindings is how many findings of each code a report keeps, 1,000 by
	// default, all where negative.
	MaxFindings int
}

// WriteCTDLASN writes a framework as JSON-LD in the terms of CTDL-ASN: a
// ceasn:CompetencyFramework and a ceasn:Competency for each item, with the uris
// of CASE for their names.
//
// CASE itself gives no mapping to CTDL-ASN. This one takes a term only where its
// definition covers that of CASE:
//
//	isChildOf within the framework        ceasn:isChildOf, hasChild, isTopChildOf, hasTopChild
//	isChildOf, isPartOf of something else ceasn:broadAlignment (the other is the broader)
//	exactMatchOf                          ceasn:exactAlignment
//	precedes                              ceasn:prerequisiteAlignment
//	isRelatedTo, isPeerOf                 ceasn:alignTo
//
// Everything else (other associations, education levels, whose values CTDL-ASN
// takes from a vocabulary of its own, definitions, rubrics, extensions) is left
// out and noted with [CodeNoTerm]. The error is that of the writer or of ctx.
func WriteCTDLASN(ctx context.Context, w io.Writer, f *casefw.Framework, o CTDLASNOptions) (*Report, error) {
	if o.Language == "" {
		o.Language = "und"
	}
	c := &ctdlasn{ctx: ctx, f: f, o: o, report: newReport(o.MaxFindings), w: bufio.NewWriterSize(w, 64<<10)}
	if d := f.Document(); d != nil {
		c.framework = c.iri(string(d.URI), d.Identifier)
	}
	if err := c.write(); err != nil {
		return c.report, fmt.Errorf("exchange: CTDL-ASN: %w", err)
	}
	c.noteRest()
	return c.report, nil
}

// ctdlasn writes one graph.
type ctdlasn struct {
	ctx       context.Context
	f         *casefw.Framework
	o         CTDLASNOptions
	report    *Report
	w         *bufio.Writer
	framework string // @id of the document
}

func (c *ctdlasn) write() error {
	c.w.WriteString(`{"@context":"` + CTDLASNContext + `","@graph":[`) // errors of a bufio.Writer stay until Flush
	c.w.Write(c.document())
	for item := range c.f.Items() {
		if item.Index()%256 == 0 {
			if err := c.ctx.Err(); err != nil {
				return err
			}
		}
		c.w.WriteString(",\n")
		c.w.Write(c.competency(item))
	}
	c.w.WriteString("]}\n")
	return c.w.Flush()
}

// iri names an object: its uri where that is absolute, else its identifier.
func (c *ctdlasn) iri(uri, identifier string) string {
	if u, err := url.Parse(uri); err == nil && u.IsAbs() {
		return uri
	}
	if g, err := casefw.ParseGUID(identifier); err == nil {
		return "urn:uuid:" + g.String()
	}
	return string(codeURI(identifier))
}

func (c *ctdlasn) itemIRI(t casefw.Item) string { return c.iri(t.URI(), t.Identifier()) }

func (c *ctdlasn) document() []byte {
	d := c.f.Document()
	if d == nil {
		d = &casefw.CFDocument{}
	}
	lang := c.language(d.Language)
	n := newNode(c.framework, "ceasn:CompetencyFramework")
	n.ctid(c.o.CTID, d.GUID())
	n.texts("ceasn:name", lang, d.Title)
	n.texts("ceasn:description", lang, d.Description)
	n.text("ceasn:author", d.Creator)
	n.texts("ceasn:publisherName", lang, d.Publisher)
	n.list("ceasn:inLanguage", languageList(d.Language))
	n.list("ceasn:source", nonEmpty(string(d.OfficialSourceURL)))
	n.text("ceasn:dateModified", d.LastChangeDateTime.String())
	n.text("ceasn:dateValidFrom", d.StatusStartDate)
	n.text("ceasn:dateValidUntil", d.StatusEndDate)
	n.textLists("ceasn:localSubject", lang, d.Subject)
	if d.LicenseURI != nil {
		n.text("ceasn:license", string(d.LicenseURI.URI))
	}
	status, ok := publicationStatus(d.Status())
	n.text("ceasn:publicationStatusType", status)
	if !ok && d.AdoptionStatus != "" {
		c.without("adoptionStatus "+vc.Quote(d.AdoptionStatus), 1)
	}
	var top []string
	for t := range c.f.Roots() {
		top = append(top, c.itemIRI(t))
	}
	n.list("ceasn:hasTopChild", top)
	return n.end()
}

// publicationStatus maps the adoption statuses that the vocabulary of CTDL-ASN
// has.
func publicationStatus(s casefw.Status) (iri string, ok bool) {
	switch s {
	case casefw.Draft, casefw.PrivateDraft:
		return "publicationStatus:Draft", true
	case casefw.Implemented:
		return "publicationStatus:Published", true
	case casefw.Retired:
		return "publicationStatus:Deprecated", true
	}
	return "", false
}

func (c *ctdlasn) competency(t casefw.Item) []byte {
	lang := c.language(t.Language())
	n := newNode(c.itemIRI(t), "ceasn:Competency")
	n.ctid(c.o.CTID, t.GUID())
	n.texts("ceasn:competencyText", lang, t.Statement())
	n.texts("ceasn:competencyLabel", lang, t.ShortStatement())
	n.texts("ceasn:competencyCategory", lang, t.Type())
	n.text("ceasn:codedNotation", t.Code())
	n.text("ceasn:listID", t.ListEnumeration())
	n.textLists("ceasn:comment", lang, nonEmpty(t.Notes()))
	n.textLists("ceasn:conceptKeyword", lang, t.Keywords())
	n.textLists("ceasn:localSubject", lang, t.Subjects())
	n.list("ceasn:inLanguage", languageList(t.Language()))
	n.text("ceasn:dateModified", changedText(t))
	n.text("ceasn:isPartOf", c.framework)
	c.tree(n, t)
	c.alignments(n, t)
	return n.end()
}

func changedText(t casefw.Item) string {
	if at, ok := t.Changed(); ok {
		return vc.NewDateTime(at).String()
	}
	return ""
}

// tree writes the links of the tree.
func (c *ctdlasn) tree(n *node, t casefw.Item) {
	var up, down []string
	for p := range t.Parents() {
		up = append(up, c.itemIRI(p))
	}
	for k := range t.Children() {
		down = append(down, c.itemIRI(k))
	}
	if t.IsTop() || len(up) == 0 {
		n.text("ceasn:isTopChildOf", c.framework)
	}
	n.list("ceasn:isChildOf", up)
	n.list("ceasn:hasChild", down)
}

// alignmentTerm maps association types to terms with the item for subject.
func alignmentTerm(kind casefw.AssociationType) string {
	switch kind {
	case casefw.ExactMatchOf:
		return "ceasn:exactAlignment"
	case casefw.IsPartOf, casefw.IsChildOf:
		return "ceasn:broadAlignment"
	case casefw.Precedes:
		return "ceasn:prerequisiteAlignment"
	case casefw.IsRelatedTo, casefw.IsPeerOf:
		return "ceasn:alignTo"
	}
	return ""
}

func (c *ctdlasn) alignments(n *node, t casefw.Item) {
	targets := map[string][]string{}
	for a := range t.Outgoing() {
		to := a.Destination()
		if a.Type() == casefw.IsChildOf && to.Kind() != casefw.NodeExternal {
			continue // written by tree
		}
		term := alignmentTerm(a.Type())
		if term == "" || to.Kind() == casefw.NoNode {
			continue // counted by noteRest
		}
		iri := c.iri(to.URI(), to.Identifier())
		if item := to.Item(); !item.IsZero() {
			iri = c.itemIRI(item)
		}
		targets[term] = append(targets[term], iri)
	}
	for _, term := range []string{"ceasn:exactAlignment", "ceasn:broadAlignment", "ceasn:prerequisiteAlignment", "ceasn:alignTo"} {
		n.list(term, targets[term])
	}
}

// language returns the language of a text that has this tag.
func (c *ctdlasn) language(tag string) string {
	return cmp.Or(hyphened(tag), c.o.Language)
}

func languageList(tag string) []string { return nonEmpty(hyphened(tag)) }

// hyphened brings a language tag into the form of BCP 47: CASE files have en_US.
func hyphened(tag string) string { return strings.ReplaceAll(strings.TrimSpace(tag), "_", "-") }

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// without notes that n things of a kind have no term.
func (c *ctdlasn) without(what string, n int) {
	if n > 0 {
		c.report.note(Place{}, CodeNoTerm, fmt.Sprintf("%d × %s", n, what), "")
	}
}

// noteRest counts what was left out.
func (c *ctdlasn) noteRest() {
	kinds := map[casefw.AssociationType]int{}
	var order []casefw.AssociationType
	foreign := 0
	for a := range c.f.Associations() {
		if a.Origin().Item().IsZero() {
			foreign++
			continue
		}
		if alignmentTerm(a.Type()) != "" {
			continue
		}
		if kinds[a.Type()] == 0 {
			order = append(order, a.Type())
		}
		kinds[a.Type()]++
	}
	for _, kind := range order {
		c.without("association "+vc.Quote(string(kind)), kinds[kind])
	}
	c.without("association that begins outside the framework", foreign)
	levels, labels, dates, extensions := 0, 0, 0, 0
	for t := range c.f.Items() {
		levels += min(len(t.EducationLevels()), 1)
		labels += min(len(t.Label()), 1)
		dates += min(len(t.StartDate())+len(t.EndDate()), 1)
		extensions += min(len(t.Extensions()), 1)
	}
	c.without("educationLevel of an item", levels)
	c.without("alternativeLabel of an item", labels)
	c.without("status dates of an item", dates)
	c.without("extensions of an item", extensions)
	c.without("rubric", len(c.f.Rubrics()))
	if d := c.f.Definitions(); d != nil {
		c.without("definition", len(d.CFConcepts)+len(d.CFSubjects)+len(d.CFLicenses)+len(d.CFItemTypes)+len(d.CFAssociationGroupings))
	}
}
