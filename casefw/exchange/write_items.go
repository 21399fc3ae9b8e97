package exchange

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// itemRow is an item where it stands in the tree.
type itemRow struct {
	item   casefw.Item
	rec    *casefw.CFItem
	level  string
	parent casefw.Item // of the tree, the zero Item at the top
	deep   bool        // too deep for a level
	more   vc.Extra    // the extensions
}

// itemColumnsOf are the columns of an item: those of OpenSALT, in its order, then the
// rest.
var itemColumnsOf = []column[casefw.CFItem]{
	{header: "identifier", always: true, text: func(i *casefw.CFItem) string { return i.Identifier }},
	{header: "fullStatement", always: true, text: func(i *casefw.CFItem) string { return i.FullStatement }},
	{header: "humanCodingScheme", always: true, text: func(i *casefw.CFItem) string { return i.HumanCodingScheme }},
	{header: levelHeader, always: true, members: "-"},
	{header: "listEnumeration", always: true, text: func(i *casefw.CFItem) string { return i.ListEnumeration }},
	{header: "abbreviatedStatement", always: true, text: func(i *casefw.CFItem) string { return i.AbbreviatedStatement }},
	{header: "conceptKeywords", always: true, text: func(i *casefw.CFItem) string { return joinList(i.ConceptKeywords) }},
	{header: "notes", always: true, text: func(i *casefw.CFItem) string { return i.Notes }},
	{header: "language", always: true, text: func(i *casefw.CFItem) string { return i.Language }},
	{header: "educationLevel", always: true, text: func(i *casefw.CFItem) string { return joinList(i.EducationLevel) }},
	{header: "CFItemType", always: true, members: "CFItemType CFItemTypeURI",
		text: func(i *casefw.CFItem) string { return cmp.Or(i.CFItemType, linkTitle(i.CFItemTypeURI)) }},
	{header: "license", always: true, members: "licenseURI", text: func(i *casefw.CFItem) string { return linkTitle(i.LicenseURI) }},
	{header: "lastChangeDateTime", always: true, text: func(i *casefw.CFItem) string { return i.LastChangeDateTime.String() }},
	{header: "uri", always: true, text: func(i *casefw.CFItem) string { return string(i.URI) }},
	{header: "alternativeLabel", text: func(i *casefw.CFItem) string { return i.AlternativeLabel }},
	{header: "subject", text: func(i *casefw.CFItem) string { return joinList(i.Subject) }},
	{header: "statusStartDate", text: func(i *casefw.CFItem) string { return i.StatusStartDate }},
	{header: "statusEndDate", text: func(i *casefw.CFItem) string { return i.StatusEndDate }},
}

const levelHeader = string(fieldLevel)

// cell writes one column of an item.
type cell struct {
	header string
	always bool // written although no item uses it
	text   func(*itemRow) string
}

// itemCells are the columns of the table of items, but for links and extensions.
func itemCells() []cell {
	var all []cell
	for _, c := range itemColumnsOf {
		text := func(r *itemRow) string { return r.level }
		if c.text != nil {
			text = func(r *itemRow) string { return c.text(r.rec) }
		}
		all = append(all, cell{c.header, c.always, text})
	}
	return append(all, cell{string(fieldSequence), false, sequenceCell}, cell{string(fieldParent), false, parentCell})
}

func linkTitle(l *casefw.LinkURI) string {
	if l == nil {
		return ""
	}
	return cmp.Or(l.Title, l.Identifier)
}

// sequenceCell is the sequenceNumber where it is not the place that smartLevel
// shows.
func sequenceCell(r *itemRow) string {
	for a := range r.item.Outgoing(casefw.IsChildOf) {
		if a.Destination().Item() != r.parent {
			continue
		}
		n, ok := a.Sequence()
		if !ok {
			return ""
		}
		if text := strconv.FormatInt(n, 10); text != r.level[strings.LastIndexByte(r.level, '.')+1:] {
			return text
		}
		return ""
	}
	return ""
}

// parentCell names the parent of an item that is too deep for a level.
func parentCell(r *itemRow) string {
	if !r.deep {
		return ""
	}
	return cmp.Or(r.parent.Identifier(), r.parent.URI())
}

// linkCells are the columns for links, where there is no table for them.
func linkCells() []cell {
	var all []cell
	for _, kind := range linkKinds {
		all = append(all, cell{string(kind), false, func(r *itemRow) string {
			var refs []string
			for a := range r.item.Outgoing(kind) {
				refs = append(refs, nodeReference(a.Destination()))
			}
			return joinList(refs)
		}})
	}
	return all
}

// nodeReference names a node so that Read finds it again.
func nodeReference(n casefw.Node) string {
	if item := n.Item(); !item.IsZero() {
		return item.Identifier()
	}
	if code, ok := strings.CutPrefix(n.URI(), codeScheme); ok && code != "" {
		return n.Identifier()
	}
	if strings.Contains(n.URI(), "://") {
		return n.URI()
	}
	return cmp.Or(n.Identifier(), n.URI())
}

// writeItems writes the table of items.
func (w *writer) writeItems(links bool) error {
	rows := w.itemRows(links)
	cells := itemCells()
	if links {
		cells = append(cells, linkCells()...)
	}
	cells = append(used(cells, rows), extensionCells(rows)...)
	header := make([]string, len(cells)+1)
	for i, c := range cells {
		header[i] = c.header
	}
	header[len(cells)] = string(fieldJSON)
	if err := w.begin(header, itemColumns()); err != nil {
		return err
	}
	line := make([]string, len(header))
	for i := range rows {
		for k, c := range cells {
			line[k] = c.text(&rows[i])
		}
		line[len(cells)] = keep(w, rows[i].rec, w.itemOf(line))
		if err := w.put(line); err != nil {
			return err
		}
	}
	return nil
}

// itemOf is the item that the cells of a line make.
func (w *writer) itemOf(line []string) *casefw.CFItem {
	it := &itemLine{}
	it.read(w.readBack(line), madeTime)
	i := &it.item
	i.Identifier = cmp.Or(i.Identifier, made)
	i.URI = cmp.Or(i.URI, made)
	if it.license != "" {
		i.LicenseURI = &casefw.LinkURI{Title: made}
	}
	return i
}

// used leaves out the columns that no item fills.
func used(cells []cell, rows []itemRow) []cell {
	var all []cell
	for _, c := range cells {
		filled := c.always
		for i := 0; !filled && i < len(rows); i++ {
			filled = c.text(&rows[i]) != ""
		}
		if filled {
			all = append(all, c)
		}
	}
	return all
}

// maxLevels is how deep smartLevel is written: a level repeats all above it, so that
// the text of a chain grows with the square of its depth. Frameworks have five or six.
const maxLevels = 64

// itemRows lists the items in the order of the tree, then those outside it. alone says
// that no table of associations has the tree besides.
func (w *writer) itemRows(alone bool) []itemRow {
	rows := make([]itemRow, 0, w.f.Len())
	seen := make([]bool, w.f.Len())
	named := make(map[string]bool, w.f.Len())
	add := func(r itemRow) {
		seen[r.item.Index()] = true
		if id := canonical(r.item.Identifier()); named[id] {
			w.report.note(Place{Table: Items, Line: len(rows) + 2}, CodeDuplicateIdentifier, vc.Quote(id),
				"both are written, in the order of the tree; links lead to the first")
		} else {
			named[id] = true
		}
		r.rec = r.item.Record()
		if text := r.item.Extensions(); text != nil {
			_ = vc.Unmarshal(text, &r.more) // the framework holds valid JSON; no object has no columns
		}
		rows = append(rows, r)
	}
	var at []int
	var above []casefw.Item
	unlinked, deep := 0, 0
	for item, depth := range w.f.Tree() {
		if depth == 1 && !item.IsTop() {
			unlinked++
		}
		if len(at) < depth {
			at, above = append(at, 0), append(above, item)
		}
		at, above = at[:depth], above[:depth]
		at[depth-1]++
		above[depth-1] = item
		r := itemRow{item: item}
		if depth > 1 {
			r.parent = above[depth-2]
		}
		if r.deep = depth > maxLevels; !r.deep {
			r.level = dotted(at)
		} else {
			deep++
		}
		add(r)
	}
	if alone || !w.hasTree() {
		w.noteTree(CodeOutsideTree, unlinked, "a top item", "a reader of smartLevel makes it one, by an association of its own")
	}
	w.noteTree(CodeDeepTree, deep, "an item", "")
	for item := range w.f.Items() {
		if seen[item.Index()] {
			continue
		}
		add(itemRow{item: item})
		w.report.note(Place{Table: Items, Line: len(rows) + 1}, CodeOutsideTree, vc.Quote(item.Identifier()), "")
	}
	return rows
}

// hasTree reports whether the table of associations will have links of the tree, by
// which a reader knows that it has them all.
func (w *writer) hasTree() bool {
	for a := range w.f.Associations() {
		if a.Type() == casefw.IsChildOf {
			return true
		}
	}
	return false
}

func (w *writer) noteTree(code vc.Code, n int, what, fix string) {
	if n == 0 {
		return
	}
	p := w.report.note(Place{Table: Items}, code, strconv.Itoa(n)+" × "+what, fix)
	if code == CodeOutsideTree {
		p.Severity, p.Message = vc.SeverityAdvice, "an item at the top is no child of the document"
	}
}

func dotted(at []int) string {
	var b []byte
	for i, n := range at {
		if i > 0 {
			b = append(b, '.')
		}
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return string(b)
}

// maxExtensions is how many extensions have a column of their own: a reader takes 500
// columns in all by default, and people read fewer.
const maxExtensions = 300

// extensionCells makes a column of each member of the extensions that is a text, a
// number or a truth value, in the order in which they are met. One whose name is that
// of another column is renamed.
func extensionCells(rows []itemRow) []cell {
	known := itemColumns()
	seen := map[string]bool{}
	var all []cell
	for i := range rows {
		for _, name := range rows[i].more.Names() {
			if seen[name] || len(all) == maxExtensions || extensionText(rows[i].more, name) == "" {
				continue
			}
			seen[name] = true
			all = append(all, cell{extensionHeader(name, known), true, func(r *itemRow) string { return extensionText(r.more, name) }})
		}
	}
	return all
}

func extensionHeader(name string, known map[string]field) string {
	if needsRenaming(name, known) {
		return renamed + name
	}
	return name
}

// extensionText shows an extension in a cell: a text, a number or a truth value.
func extensionText(more vc.Extra, name string) string {
	if len(name) > maxName-len(renamed) {
		return ""
	}
	if text, is := more.Text(name); is {
		return text
	}
	switch raw := more[name]; raw.Kind() {
	case '0', 't', 'f':
		return string(raw)
	}
	return ""
}

// dropEditedExtensions takes the extensions that the text of a cell shows to be edited
// from the cells.
func (k *kept) dropEditedExtensions(line *row, extensions []byte) (edited bool) {
	var more vc.Extra
	if !k.has("extensions") || len(extensions) > 0 && vc.Unmarshal(extensions, &more) != nil {
		return false
	}
	for i, f := range line.t.fields {
		name, text := line.t.header[i], ""
		if f != fieldNone || i >= len(line.t.cells) {
			continue
		}
		if text = line.at(i); sameWords(text, extensionText(more, name)) {
			continue
		}
		line.t.noteAt(i, CodeCellEdited, text, "")
		if edited = true; strings.TrimSpace(text) == "" {
			delete(more, name)
		} else {
			more = with(more, name, appendText(nil, text))
		}
	}
	if edited {
		k.remove("extensions")
		k.members = with(k.members, "extensions", appendMembers(nil, more))
	}
	return edited
}
