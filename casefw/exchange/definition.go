package exchange

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// definitionTexts are the columns of the table of definitions: members of its classes,
// all of them texts. The classes differ in which they have.
var definitionTexts = []string{"identifier", "title", "description", "hierarchyCode", "keywords", "typeCode", "licenseText", "uri",
	"lastChangeDateTime"}

func definitionColumns() map[string]field {
	n := names{"type": "class", fieldJSON: ""}
	for _, name := range definitionTexts {
		n[field(name)] = ""
	}
	return n.table()
}

// definitionLine is one line of the table of definitions.
type definitionLine struct {
	kind    string
	members vc.Extra
	kept    *kept
	line    int
}

// The kinds of its lines. The last two are of what the package and its definitions say
// beside their lists.
const (
	kindConcept     = "CFConcept"
	kindSubject     = "CFSubject"
	kindLicense     = "CFLicense"
	kindItemType    = "CFItemType"
	kindGrouping    = "CFAssociationGrouping"
	kindDefinitions = "CFDefinitions"
	kindPackage     = "CFPackage"
)

var definitionKinds = []string{kindConcept, kindSubject, kindLicense, kindItemType, kindGrouping, kindDefinitions, kindPackage}

// called is what people call the kinds.
var called = map[string]string{kindConcept: "a concept", kindSubject: "a subject", kindLicense: "a licence", kindItemType: "an item type",
	kindGrouping: "an association grouping"}

// readDefinitions reads the table of definitions.
func (r *reader) readDefinitions(t *table) error {
	if err := t.toHeader(definitionColumns(), nil); err != nil {
		return err
	}
	return t.each(func(line *row) error {
		if err := r.pay(t, 3*lineCost+line.keptCost()); err != nil {
			return err
		}
		l := &definitionLine{kind: line.text("type"), members: vc.Extra{}, line: t.line, kept: &kept{}}
		at := slices.IndexFunc(definitionKinds, func(kind string) bool { return strings.EqualFold(kind, l.kind) })
		if at < 0 {
			line.note("type", CodeUnknownValue, l.kind, "the line is passed over").Expected = strings.Join(definitionKinds, ", ")
			return nil
		}
		l.kind = definitionKinds[at]
		if text := line.text(fieldJSON); text != "" {
			var err error
			if l.kept, err = parseKept(text); err != nil {
				l.kept = &kept{}
				line.noteJSON(text)
			}
		}
		l.readCells(line)
		r.defined = append(r.defined, l)
		return nil
	})
}

func (l *definitionLine) readCells(line *row) {
	for _, name := range definitionTexts {
		text := line.raw(field(name))
		if text == "" {
			continue
		}
		if l.kept.has(name) {
			line.note(field(name), CodeCellEdited, text, "")
			l.kept.remove(name)
		}
		l.members[name] = appendText(nil, text)
	}
	if more := line.extensions(); more != nil {
		l.members["extensions"] = more
	}
	l.members = l.kept.with(l.members)
}

// addDefinitions makes the definitions of the table, before others are made of titles.
func (b *builder) addDefinitions() {
	for _, l := range b.defined {
		switch l.kind {
		case kindConcept:
			define(b, l, "CFConcepts", &b.definitions().CFConcepts)
		case kindSubject:
			define(b, l, "CFSubjects", &b.definitions().CFSubjects)
		case kindItemType:
			define(b, l, "CFItemTypes", &b.definitions().CFItemTypes)
		case kindLicense:
			d := b.definitions()
			if define(b, l, "CFLicenses", &d.CFLicenses) {
				at := len(d.CFLicenses) - 1
				if _, twice := b.licenses[d.CFLicenses[at].Title]; !twice {
					b.licenses[d.CFLicenses[at].Title] = at
				}
			}
		case kindGrouping:
			d := b.definitions()
			if define(b, l, "CFAssociationGroupings", &d.CFAssociationGroupings) {
				at := len(d.CFAssociationGroupings) - 1
				b.groupings[d.CFAssociationGroupings[at].Identifier] = at
			}
		case kindDefinitions:
			b.definitions()
		}
	}
}

// define makes a definition of a line.
func define[R casefw.Resource](b *builder, l *definitionLine, path string, list *[]R) bool {
	if _, ok := l.members["identifier"]; !ok && !l.kept.has("identifier") {
		id := b.m.id(l.kind, string(l.members["title"]), decimal(l.line))
		l.members["identifier"] = appendText(nil, id)
		b.noteDefinition(l, CodeIdentifierMade, "one is made of the line")
	}
	if _, ok := l.members["uri"]; !ok && !l.kept.has("uri") {
		id, _ := l.members.Text("identifier")
		l.members["uri"] = appendText(nil, string(b.m.uri(path, id)))
	}
	if _, ok := l.members["lastChangeDateTime"]; !ok && !l.kept.has("lastChangeDateTime") {
		l.members["lastChangeDateTime"] = appendText(nil, b.now.String())
	}
	rec, err := parseMembers[R](l.members)
	if err != nil {
		b.noteDefinition(l, CodeBadJSON, "the line is passed over")
		return false
	}
	*list = append(*list, *rec)
	return true
}

func (b *builder) noteDefinition(l *definitionLine, code vc.Code, fix string) {
	b.report.note(Place{Table: Definitions, Line: l.line}, code, "", fix)
}

// finishLists gives the package and its definitions what they say beside their lists.
func (b *builder) finishLists() {
	for _, l := range b.defined {
		switch l.kind {
		case kindDefinitions:
			if rec := beside[casefw.CFDefinition](b, l, "CFConcepts"); rec != nil {
				d := b.definitions()
				d.Extensions, d.Members = rec.Extensions, rec.Members
				empty(l, "CFConcepts", &d.CFConcepts, rec.CFConcepts)
				empty(l, "CFSubjects", &d.CFSubjects, rec.CFSubjects)
				empty(l, "CFLicenses", &d.CFLicenses, rec.CFLicenses)
				empty(l, "CFItemTypes", &d.CFItemTypes, rec.CFItemTypes)
				empty(l, "CFAssociationGroupings", &d.CFAssociationGroupings, rec.CFAssociationGroupings)
			}
		case kindPackage:
			if rec := beside[casefw.CFPackage](b, l, "CFItems"); rec != nil {
				p := b.p
				p.Extensions, p.Members = rec.Extensions, rec.Members
				empty(l, "CFItems", &p.CFItems, rec.CFItems)
				empty(l, "CFAssociations", &p.CFAssociations, rec.CFAssociations)
				empty(l, "CFRubrics", &p.CFRubrics, rec.CFRubrics)
			}
		}
	}
}

// beside reads what a record says beside its lists, nil where it says nothing. list is
// one of its lists, by which it is known for what it is.
func beside[R casefw.Resource](b *builder, l *definitionLine, list string) *R {
	if len(l.members) == 0 {
		return nil
	}
	members := maps.Clone(l.members)
	if _, ok := members[list]; !ok {
		members[list] = []byte("[]")
	}
	rec, err := parseMembers[R](members)
	if err != nil {
		b.noteDefinition(l, CodeBadJSON, "the line is passed over")
		return nil
	}
	return rec
}

// empty keeps that a list was there although it is empty.
func empty[R any](l *definitionLine, name string, list *[]R, sent []R) {
	if l.kept.has(name) && len(*list) == 0 {
		*list = sent
	}
}

// writeDefinitions writes a line for each definition, and one for what the package and
// the definitions say beside their lists.
func (w *writer) writeDefinitions() error {
	header := append([]string{"type"}, definitionTexts...)
	if err := w.begin(append(header, string(fieldJSON)), definitionColumns()); err != nil {
		return err
	}
	p := w.f.Package()
	p.CFDocument = nil
	shorten(&p.CFItems)
	shorten(&p.CFAssociations)
	shorten(&p.CFRubrics)
	d := p.CFDefinitions
	p.CFDefinitions = nil
	if d != nil {
		n := len(d.CFConcepts) + len(d.CFSubjects) + len(d.CFLicenses) + len(d.CFItemTypes) + len(d.CFAssociationGroupings)
		w.noteLists("what the definitions say beside their lists", d.Sent, n, "CFConcepts", "CFSubjects", "CFLicenses", "CFItemTypes",
			"CFAssociationGroupings")
	}
	if err := writeBeside(w, kindPackage, p, false); err != nil || d == nil {
		return err
	}
	if err := writeDefined(w, kindConcept, &d.CFConcepts); err != nil {
		return err
	}
	if err := writeDefined(w, kindSubject, &d.CFSubjects); err != nil {
		return err
	}
	if err := writeDefined(w, kindLicense, &d.CFLicenses); err != nil {
		return err
	}
	if err := writeDefined(w, kindItemType, &d.CFItemTypes); err != nil {
		return err
	}
	if err := writeDefined(w, kindGrouping, &d.CFAssociationGroupings); err != nil {
		return err
	}
	return writeBeside(w, kindDefinitions, d, true)
}

// noteLists notes that a list that was sent in another form comes back in that of the
// standard: its elements have lines of their own.
func (w *writer) noteLists(what string, sent vc.Extra, elements int, lists ...string) {
	for name := range sent {
		if elements > 0 && slices.ContainsFunc(lists, func(list string) bool { return strings.EqualFold(list, name) }) {
			w.noteKept(what)
			return
		}
	}
}

// shorten takes the elements out of a list, and leaves an empty one as it is.
func shorten[R any](list *[]R) {
	if len(*list) > 0 {
		*list = nil
	}
}

// writeBeside writes a line of members beside lists, where there are some.
func writeBeside[R casefw.Resource](w *writer, kind string, rec *R, always bool) error {
	members, err := membersOf(rec)
	if err != nil {
		w.noteKept(kind)
	}
	if len(members) == 0 && !always {
		return nil
	}
	cells := make([]string, len(definitionTexts)+2)
	cells[0] = kind
	cells[len(cells)-1] = (&kept{members: members}).String()
	return w.put(cells)
}

// writeDefined writes a line for each definition of a list, and takes them out of it.
func writeDefined[R casefw.Resource](w *writer, kind string, list *[]R) error {
	for i := range *list {
		rec := &(*list)[i]
		members, err := membersOf(rec)
		if err != nil {
			w.noteKept(called[kind])
			continue
		}
		cells := make([]string, len(definitionTexts)+2)
		k := &kept{members: members}
		cells[0] = kind
		for n, name := range definitionTexts {
			text, is := members.Text(name)
			if is && strings.TrimSpace(text) != "" && bytes.Equal(appendText(nil, text), members[name]) {
				cells[n+1] = text
				delete(members, name)
			} else if _, there := members[name]; !there && slices.Contains([]string{"identifier", "uri", "lastChangeDateTime"}, name) {
				k.dropped = append(k.dropped, name)
			}
		}
		cells[len(cells)-1] = k.String()
		again := vc.Extra{}
		for n, name := range definitionTexts {
			if cells[n+1] != "" {
				again[name] = appendText(nil, cells[n+1])
			}
		}
		back, err := parseMembers[R](k.with(again))
		if err != nil || !bytes.Equal(casefw.Append(nil, rec, casefw.AsSent), casefw.Append(nil, back, casefw.AsSent)) {
			w.noteKept(called[kind])
		}
		if err := w.put(cells); err != nil {
			return err
		}
	}
	shorten(list)
	return nil
}
