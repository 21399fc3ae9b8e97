package exchange

import (
	"bytes"
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// fieldJSON is the column of what the other cells of a line do not give back: the
// members of its record as JSON. A writer reads its own cells as [Read] does and
// compares, so that whatever cells cannot hold stands here.
const fieldJSON field = "CASE JSON"

// kept are the members of a record that its cells do not give back, and the names of
// those that they give and the record lacks. A cell has them as an object or, where
// there are such names, as an array of two, the second with the names.
type kept struct {
	members vc.Extra
	dropped []string
}

// has reports whether a member is not that of the cells; nil has none.
func (k *kept) has(member string) bool {
	if k == nil {
		return false
	}
	_, set := k.members[member]
	return set || slices.Contains(k.dropped, member)
}

// remove leaves a member to the cells.
func (k *kept) remove(member string) {
	delete(k.members, member)
	k.dropped = slices.DeleteFunc(k.dropped, func(name string) bool { return name == member })
}

func (k *kept) empty() bool { return len(k.members)+len(k.dropped) == 0 }

// String writes what stands in the cell, nothing where nothing is kept.
func (k *kept) String() string {
	if k.empty() {
		return ""
	}
	b := appendMembers(nil, k.members)
	if len(k.dropped) == 0 {
		return string(b)
	}
	dropped := vc.Extra{}
	for _, name := range k.dropped {
		dropped[name] = []byte("null")
	}
	b = append(append([]byte{'['}, b...), ',')
	return string(append(appendMembers(b, dropped), ']'))
}

// parseKept reads what String wrote.
func parseKept(text string) (*kept, error) {
	k := &kept{}
	if !strings.HasPrefix(text, "[") {
		return k, vc.Unmarshal([]byte(text), &k.members)
	}
	var both []vc.Extra
	if err := vc.Unmarshal([]byte(text), &both); err != nil {
		return k, err
	}
	for i, part := range both {
		if i == 0 {
			k.members = part
		} else {
			k.dropped = append(k.dropped, part.Names()...)
		}
	}
	return k, nil
}

// appendMembers writes an object, its members in the order of their names.
func appendMembers(b []byte, members vc.Extra) []byte {
	size := 2
	for name, value := range members {
		size += len(name) + len(value) + 8
	}
	b = append(slices.Grow(b, size), '{')
	for i, name := range members.Names() {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(appendText(b, name), ':'), members[name]...)
	}
	return append(b, '}')
}

// membersOf are the members of a record as they were sent.
func membersOf[R casefw.Resource](rec *R) (all vc.Extra, err error) {
	return all, vc.Unmarshal(casefw.Append(nil, rec, casefw.AsSent), &all)
}

// difference is what a record has otherwise than the cells give it.
func difference[R casefw.Resource](rec, cells *R) (*kept, error) {
	want, err := membersOf(rec)
	if err != nil {
		return nil, err
	}
	have, err := membersOf(cells)
	if err != nil {
		return nil, err
	}
	k := &kept{members: vc.Extra{}}
	for name, value := range want {
		if !bytes.Equal(have[name], value) {
			k.members[name] = value
		}
	}
	for _, name := range have.Names() {
		if _, there := want[name]; !there {
			k.dropped = append(k.dropped, name)
		}
	}
	return k, nil
}

// with is the record of the cells with what is kept.
func (k *kept) with(cells vc.Extra) vc.Extra {
	for name, value := range k.members {
		cells[name] = value
	}
	for _, name := range k.dropped {
		delete(cells, name)
	}
	return cells
}

// apply gives a record of the cells what is kept. What is kept is read by itself, and its
// fields set beside those of the cells: to read the whole record again would cost more
// than all else that is done with a line.
func apply[R casefw.Resource](cells *R, k *kept) (*R, error) {
	own, err := parseMembers[R](k.members)
	if err != nil && !k.has(extensionsMember) {
		// An object without a member of the class is not known for one.
		own, err = parseMembers[R](with(maps.Clone(k.members), extensionsMember, []byte("{}")))
	}
	if err != nil {
		return nil, err
	}
	if i, is := any(own).(*casefw.CFItem); is && standsIn(i) && i.FullStatement == cmp.Or(i.AlternativeLabel, i.AbbreviatedStatement) {
		i.FullStatement = "" // of what is kept alone; below it is of all
	}
	rec := *cells
	to, from := reflect.ValueOf(&rec).Elem(), reflect.ValueOf(own).Elem()
	names := fieldNames(to.Type())
	clearField := func(name string) {
		if i, ok := names[strings.ToLower(name)]; ok {
			to.Field(i).SetZero()
		}
	}
	for name := range k.members {
		clearField(name)
	}
	for _, name := range k.dropped {
		clearField(name)
	}
	for name, i := range names {
		if f := from.Field(i); name != membersField && !f.IsZero() && (name != extensionsMember || k.has(name)) {
			to.Field(i).Set(f)
		}
	}
	members := to.FieldByName("Members").Addr().Interface().(*casefw.Members)
	ownMembers := from.FieldByName("Members").Interface().(casefw.Members)
	members.Extra, members.Sent = ownMembers.Extra, nil
	for name, value := range ownMembers.Sent {
		if value != nil && (name != extensionsMember || k.has(name)) {
			members.Sent = with(members.Sent, name, value)
		}
	}
	for _, name := range k.dropped {
		if value, required := ownMembers.Sent[name]; required && value == nil {
			members.Sent = with(members.Sent, name, nil)
		}
	}
	if i, is := any(&rec).(*casefw.CFItem); is && i.FullStatement == "" && standsIn(i) {
		i.FullStatement = cmp.Or(i.AlternativeLabel, i.AbbreviatedStatement)
	}
	return &rec, nil
}

// standsIn reports whether package casefw takes another text for the statement of an
// item, which was sent without one.
func standsIn(i *casefw.CFItem) bool {
	sent, noted := i.Sent[string(fieldStatement)]
	return noted && (sent == nil || sent.Kind() != '"')
}

func with(members vc.Extra, name string, value []byte) vc.Extra {
	if members == nil {
		members = vc.Extra{}
	}
	members[name] = value
	return members
}

const (
	membersField     = "members"
	extensionsMember = "extensions"
)

// fieldNames are the fields of a class by the names of their members, which are those
// of the fields but for the case of letters.
func fieldNames(class reflect.Type) map[string]int {
	if known, ok := classFields.Load(class); ok {
		return known.(map[string]int)
	}
	names := make(map[string]int, class.NumField())
	for i := range class.NumField() {
		names[strings.ToLower(class.Field(i).Name)] = i
	}
	classFields.Store(class, names)
	return names
}

// classFields is filled once for each class.
var classFields sync.Map

func parseMembers[R casefw.Resource](members vc.Extra) (*R, error) {
	rec, _, err := casefw.Parse[R](appendMembers(nil, members), casefw.Options{MaxFindings: 1, Selection: true})
	return rec, err
}

// keep writes into a cell what a record has otherwise than the cells give it. Where
// that does not make the record again either, a note says so.
func keep[R casefw.Resource](w *writer, rec, cells *R) string {
	k, err := difference(rec, cells)
	if err != nil {
		w.noteKept("a line")
		return ""
	}
	if k.empty() {
		return ""
	}
	again, err := apply(cells, k)
	if err != nil || !bytes.Equal(casefw.Append(nil, rec, casefw.AsSent), casefw.Append(nil, again, casefw.AsSent)) {
		w.noteKept("a line")
	}
	return k.String()
}

func (w *writer) noteKept(what string) {
	p := w.report.note(Place{Table: w.name, Line: w.line + 1}, CodeNotExported, what, "what cells can hold is written")
	p.Message = "a reader does not make the record of the line again"
}

// column shows members of a record in a cell.
type column[R any] struct {
	header  string
	always  bool   // written although no record fills it
	members string // the members that it shows, parted by blanks; header where ""
	text    func(*R) string
}

// restored reads the record of a line: from its cells, and what they do not give back
// from the column for that. A cell that was edited since it was written wins, and a
// note says so. parse reads the cells.
func restored[R casefw.Resource](line *row, columns []column[R], parse func() *R) (*R, *kept) {
	text := line.text(fieldJSON)
	if text == "" {
		return parse(), nil
	}
	k, err := parseKept(text)
	if err != nil {
		line.noteJSON(text)
		return parse(), nil
	}
	extra := len(line.extra)
	read := func() (cells, rec *R, err error) {
		line.extra = line.extra[:extra]
		hidden := hiddenFields(columns, k)
		line.quiet = func(f field) bool { return hidden[f] }
		cells = parse()
		line.quiet = nil
		rec, err = apply(cells, k)
		return cells, rec, err
	}
	cells, rec, err := read()
	if err == nil && dropEdited(line, columns, rec, k) {
		cells, rec, err = read()
	}
	if err != nil {
		line.noteJSON(text)
		return cells, nil
	}
	return rec, k
}

func (r *row) noteJSON(text string) {
	r.note(fieldJSON, CodeBadJSON, text, "")
	r.keep(fieldJSON)
}

// dropEdited leaves to the cells what the text of a cell shows to be edited, and
// reports whether there is such.
func dropEdited[R any](line *row, columns []column[R], rec *R, k *kept) (edited bool) {
	for i := range columns {
		c := &columns[i]
		f := line.t.known[plain(c.header)]
		if c.text == nil || !c.showsKept(k) || !line.t.have[f] || sameWords(c.text(rec), line.raw(f)) {
			continue
		}
		line.note(f, CodeCellEdited, line.raw(f), "")
		edited = true
		for _, member := range c.shows() {
			k.remove(member)
		}
	}
	switch rec := any(rec).(type) {
	case *casefw.CFItem:
		return k.dropEditedExtensions(line, rec.Extensions) || edited
	case *casefw.CFDocument:
		return k.dropEditedExtensions(line, rec.Extensions) || edited
	}
	return edited
}

func (c *column[R]) showsKept(k *kept) bool {
	if c.members == "" {
		return k.has(c.header)
	}
	return slices.ContainsFunc(strings.Fields(c.members), k.has)
}

func (c *column[R]) shows() []string {
	if c.members == "" {
		return []string{c.header}
	}
	return strings.Fields(c.members)
}

// hiddenFields are the fields of which all members are kept: what their cells say
// needs no note.
func hiddenFields[R any](columns []column[R], k *kept) map[field]bool {
	hidden := map[field]bool{}
	for i := range columns {
		if columns[i].showsKept(k) && !slices.ContainsFunc(columns[i].shows(), func(m string) bool { return !k.has(m) }) {
			hidden[field(columns[i].header)] = true
		}
	}
	return hidden
}

// sameWords compares texts without white space, which spreadsheets change.
func sameWords(a, b string) bool {
	return a == b || slices.Equal(strings.Fields(a), strings.Fields(b))
}
