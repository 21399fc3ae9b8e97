package exchange

import (
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// itemLine is one line of the table of items.
type itemLine struct {
	item      casefw.CFItem
	named     string // what the cell of the identifier says where it is no UUID
	line      int
	level     string
	license   string
	parent    reference
	childOf   reference
	sequence  *int64
	group     string
	groupName string
	links     []itemLink
	kept      *kept // members that are not of the cells
}

// itemLink is an association that a cell of the item's line names.
type itemLink struct {
	kind casefw.AssociationType
	to   reference
}

// readItems reads the table of items.
func (r *reader) readItems(t *table) error {
	known := itemColumns()
	if err := t.toHeader(known, r.aboutDocument()); err != nil {
		return err
	}
	if !t.have[fieldStatement] {
		return t.fatal(t.place(), CodeNoStatements, "")
	}
	r.levels = t.have[fieldLevel]
	r.explicit = t.have[fieldParent]
	r.sequenced = t.have[fieldSequence]
	r.numbered = r.sequenced || r.levels
	return t.each(r.readItem)
}

func (r *reader) readItem(line *row) error {
	if err := r.pay(line.t, itemCost+line.keptCost()+line.partsCost()); err != nil {
		return err
	}
	it := &itemLine{line: line.t.line}
	var rec *casefw.CFItem
	rec, it.kept = restored(line, itemColumnsOf, func() *casefw.CFItem {
		*it = itemLine{line: line.t.line}
		it.read(line, r.now)
		return &it.item
	})
	it.item = *rec
	r.items = append(r.items, it)
	return r.pay(line.t, extensionCost*len(it.item.Extensions))
}

// partsCost is what the cells cost that hold several values, which may be of two bytes
// each.
func (r *row) partsCost() (cost int) {
	for f, i := range r.cells {
		each := listCost
		if f.isLink() {
			each = linkCost
		} else if f != fieldKeywords && f != fieldLevels && f != fieldSubject {
			continue
		}
		for _, sign := range []string{"|", ",", ";"} {
			cost += strings.Count(r.t.cells[i], sign) * each
		}
		cost += each
	}
	return cost
}

// read reads the cells of a line.
func (it *itemLine) read(line *row, now vc.DateTime) {
	i := &it.item
	i.FullStatement = line.whole(fieldStatement)
	i.HumanCodingScheme = line.text(fieldCode)
	i.ListEnumeration = line.text(fieldList)
	i.AbbreviatedStatement = line.whole(fieldShort)
	i.AlternativeLabel = line.whole(fieldLabel)
	i.ConceptKeywords = line.list(fieldKeywords)
	i.Notes = line.whole(fieldNotes)
	i.Language = line.text(fieldLanguage)
	i.EducationLevel = line.list(fieldLevels)
	i.CFItemType = line.text(fieldType)
	i.Subject = line.list(fieldSubject)
	i.StatusStartDate = line.text(fieldStart)
	i.StatusEndDate = line.text(fieldEnd)
	i.URI = vc.IRI(line.text(fieldURI))
	i.LastChangeDateTime = line.changed(now)
	it.nameItem(line)
	it.level, it.license = line.text(fieldLevel), line.text(fieldLicense)
	it.parent, it.childOf = line.reference(fieldParent), line.reference(fieldChildOf)
	it.sequence = line.integer(fieldSequence)
	it.group, it.groupName = line.text(fieldGroup), line.text(fieldGroupName)
	it.links = line.links()
	if i.FullStatement == "" {
		line.note(fieldStatement, CodeTextWithoutItem, "", statementFrom(i))
	}
	i.Extensions = line.extensions()
}

// nameItem takes the identifier of a line, or what stands in its place.
func (it *itemLine) nameItem(line *row) {
	text := line.text(fieldIdentifier)
	if text == "" {
		return
	}
	if g, err := casefw.ParseGUID(text); err == nil && !g.IsZero() {
		it.item.Identifier = g.String()
		return
	}
	it.named = text
	line.note(fieldIdentifier, CodeIdentifierMade, text, "an identifier is made of it, and it is kept as an extension")
	line.keep(fieldIdentifier)
}

// statementFrom fills an empty statement with what names the item otherwise, and says so.
func statementFrom(i *casefw.CFItem) (repair string) {
	for _, other := range []string{i.AbbreviatedStatement, i.AlternativeLabel, i.HumanCodingScheme} {
		if other != "" {
			i.FullStatement = other
			return "taken from another column: " + vc.Quote(other)
		}
	}
	return ""
}

// reference reads a cell that names another item.
func (r *row) reference(f field) reference {
	text := r.text(f)
	if text == "" {
		return reference{}
	}
	at, header := r.place(f)
	return reference{text, header, at}
}

// links reads the columns that hold associations, in the order of the table.
func (r *row) links() []itemLink {
	var all []itemLink
	for i := range r.t.fields {
		f := r.t.fields[i]
		if at, ok := r.cells[f]; !ok || at != i || !f.isLink() {
			continue
		}
		ref := r.reference(f)
		for _, part := range splitReferences(ref.text) {
			one := ref
			one.text = part
			all = append(all, itemLink{casefw.AssociationType(f), one})
		}
	}
	return all
}
