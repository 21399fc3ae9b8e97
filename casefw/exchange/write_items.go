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
	item  casefw.Item
	rec   *casefw.CFItem
	level string
	more  vc.Extra // the extensions
}

// cell writes one column of an item.
type cell struct {
	header string
	always bool // written although no item uses it
	text   func(*writer, *itemRow) string
}

// itemCells are the columns: those of OpenSALT, in its order, then the rest.
func itemCells() []cell {
	plain := func(name string, always bool, get func(*casefw.CFItem) string) cell {
		return cell{name, always, func(_ *writer, r *itemRow) string { return get(r.rec) }}
	}
	list := func(name string, always bool, get func(*casefw.CFItem) []string) cell {
		return cell{name, always, func(w *writer, r *itemRow) string { return w.list(get(r.rec), name) }}
	}
	return []cell{
		plain("identifier", true, func(i *casefw.CFItem) string { return i.Identifier }),
		plain("fullStatement", true, func(i *casefw.CFItem) string { return i.FullStatement }),
		plain("humanCodingScheme", true, func(i *casefw.CFItem) string { return i.HumanCodingScheme }),
		{"smartLevel", true, func(_ *writer, r *itemRow) string { return r.level }},
		plain("listEnumeration", true, func(i *casefw.CFItem) string { return i.ListEnumeration }),
		plain("abbreviatedStatement", true, func(i *casefw.CFItem) string { return i.AbbreviatedStatement }),
		list("conceptKeywords", true, func(i *casefw.CFItem) []string { return i.ConceptKeywords }),
		plain("notes", true, func(i *casefw.CFItem) string { return i.Notes }),
		plain("language", true, func(i *casefw.CFItem) string { return i.Language }),
		list("educationLevel", true, func(i *casefw.CFItem) []string { return i.EducationLevel }),
		{"CFItemType", true, func(_ *writer, r *itemRow) string { return r.item.Type() }},
		{"license", true, func(_ *writer, r *itemRow) string { return linkTitle(r.rec.LicenseURI) }},
		plain("lastChangeDateTime", true, func(i *casefw.CFItem) string { return i.LastChangeDateTime.String() }),
		plain("uri", true, func(i *casefw.CFItem) string { return string(i.URI) }),
		plain("alternativeLabel", false, func(i *casefw.CFItem) string { return i.AlternativeLabel }),
		list("subject", false, func(i *casefw.CFItem) []string { return i.Subject }),
		plain("statusStartDate", false, func(i *casefw.CFItem) string { return i.StatusStartDate }),
		plain("statusEndDate", false, func(i *casefw.CFItem) string { return i.StatusEndDate }),
		{"sequenceNumber", false, sequenceCell},
	}
}

func linkTitle(l *casefw.LinkURI) string {
	if l == nil {
		return ""
	}
	return cmp.Or(l.Title, l.Identifier)
}

// sequenceCell is the sequenceNumber where it is not the place that smartLevel
// shows.
func sequenceCell(_ *writer, r *itemRow) string {
	for a := range r.item.Outgoing(casefw.IsChildOf) {
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

// linkCells are the columns for links, where there is no table for them.
func linkCells() []cell {
	var all []cell
	for _, kind := range linkKinds {
		all = append(all, cell{string(kind), false, func(w *writer, r *itemRow) string {
			var refs []string
			for a := range r.item.Outgoing(kind) {
				refs = append(refs, nodeReference(a.Destination()))
			}
			return w.list(refs, string(kind))
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
	rows := w.itemRows()
	cells := itemCells()
	if links {
		cells = append(cells, linkCells()...)
	}
	cells = append(used(cells, w, rows), w.extensionCells(rows)...)
	header := make([]string, len(cells))
	for i, c := range cells {
		header[i] = c.header
	}
	if err := w.put(header); err != nil {
		return err
	}
	line := make([]string, len(cells))
	for i := range rows {
		for k, c := range cells {
			line[k] = c.text(w, &rows[i])
		}
		if err := w.put(line); err != nil {
			return err
		}
	}
	w.countLinksOfItems(rows)
	return nil
}

// used leaves out the columns that no item fills.
func used(cells []cell, w *writer, rows []itemRow) []cell {
	quiet := *w
	quiet.report = newReport(0)
	var all []cell
	for _, c := range cells {
		filled := c.always
		for i := 0; !filled && i < len(rows); i++ {
			filled = c.text(&quiet, &rows[i]) != ""
		}
		if filled {
			all = append(all, c)
		}
	}
	return all
}

// itemRows lists the items in the order of the tree, then those outside it.
func (w *writer) itemRows() []itemRow {
	rows := make([]itemRow, 0, w.f.Len())
	seen := make([]bool, w.f.Len())
	var at []int
	add := func(item casefw.Item, level string) {
		seen[item.Index()] = true
		r := itemRow{item: item, rec: item.Record(), level: level}
		if text := item.Extensions(); text != nil {
			_ = vc.Unmarshal(text, &r.more) // the framework holds valid JSON; no object has no columns
		}
		rows = append(rows, r)
	}
	unlinked := 0
	for item, depth := range w.f.Tree() {
		if depth == 1 && !item.IsTop() {
			unlinked++
		}
		if len(at) < depth {
			at = append(at, 0)
		}
		at = at[:depth]
		at[depth-1]++
		add(item, dotted(at))
	}
	if unlinked > 0 {
		found := strconv.Itoa(unlinked) + " × a top item"
		p := w.report.note(Place{Table: Items}, CodeOutsideTree, found, "a reader of smartLevel makes it one")
		p.Severity, p.Message = vc.SeverityAdvice, "an item at the top is no child of the document"
	}
	for item := range w.f.Items() {
		if seen[item.Index()] {
			continue
		}
		add(item, "")
		w.report.note(Place{Table: Items, Line: len(rows) + 1}, CodeOutsideTree, vc.Quote(item.Identifier()), "")
	}
	return rows
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

// extensionCells makes a column of each member of the extensions, in the order in
// which they are met. One whose name is that of another column is renamed.
func (w *writer) extensionCells(rows []itemRow) []cell {
	known := itemColumns()
	seen := map[string]bool{}
	var all []cell
	for i := range rows {
		for _, name := range rows[i].more.Names() {
			if seen[name] {
				continue
			}
			seen[name] = true
			header := name
			if known[plain(name)] != fieldNone || strings.TrimSpace(name) == "" || strings.HasPrefix(name, "#") {
				header = renamed + name
			}
			all = append(all, cell{header, true, func(w *writer, r *itemRow) string { return w.extensionCell(r, name) }})
		}
	}
	return all
}

// extensionCell writes a text as it is, any other value as JSON.
func (w *writer) extensionCell(r *itemRow, name string) string {
	raw, ok := r.more[name]
	if !ok {
		return ""
	}
	if text, is := r.more.Text(name); is {
		return text
	}
	at := Place{Table: Items, Line: w.line + 1}
	p := w.report.note(at, CodeNotExported, inColumn("", name), "its JSON is written, which a reader takes for text")
	p.Severity, p.Message = vc.SeverityAdvice, "an extension is no text"
	return string(raw)
}

// countLinksOfItems notes the members of items that are links to definitions:
// their titles stand in the table at most.
func (w *writer) countLinksOfItems(rows []itemRow) {
	var keywords, subjects, kinds, extra int
	for i := range rows {
		r := rows[i].rec
		subjects += len(r.SubjectURI)
		if r.ConceptKeywordsURI != nil {
			keywords++
		}
		if r.CFItemTypeURI != nil {
			kinds++
		}
		extra += len(r.Extra)
	}
	w.lose(keywords, "conceptKeywordsURI")
	w.lose(subjects, "subjectURI")
	w.lose(kinds, "CFItemTypeURI; the title is kept")
	w.lose(extra, "member of an item that CASE does not have")
}
