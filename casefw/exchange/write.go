package exchange

import (
	"context"
	"fmt"
	"io"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// Outputs are where the tables go. All but Items may be nil.
type Outputs struct {
	Document     io.Writer
	Items        io.Writer
	Associations io.Writer // nil: the items' links become columns of their table
	Rubrics      io.Writer
	Definitions  io.Writer // concepts, subjects, licences, item types, groupings
}

// WriteOptions steers writing. The zero value escapes formulas and writes commas.
type WriteOptions struct {
	// Formulas says what happens to cells that a spreadsheet would run.
	Formulas Formulas
	// Separator between cells, a comma by default. Excel expects a semicolon
	// where the comma is the decimal sign.
	Separator rune
	// Mark begins each table with a byte order mark, without which Excel takes
	// UTF-8 for another encoding.
	Mark bool
	// MaxFindings is how many findings of each code a report keeps, 1,000 by
	// default, all where negative.
	MaxFindings int
}

// WriteItems writes a framework as one table: a line for each item in the order
// of the tree, with OpenSALT's columns first, then a column for each further
// member, kind of link and extension that is used. What such a table cannot hold
// is noted; [Write] holds more.
func WriteItems(ctx context.Context, w io.Writer, f *casefw.Framework, o WriteOptions) (*Report, error) {
	return Write(ctx, Outputs{Items: w}, f, o)
}

// Write writes a framework as the tables of the spreadsheet form. The report
// names what has no place in them. The error is that of a writer or of ctx, or an
// [*vc.Problem] for wrong use.
func Write(ctx context.Context, out Outputs, f *casefw.Framework, o WriteOptions) (*Report, error) {
	w := &writer{ctx: ctx, f: f, o: o, report: newReport(o.MaxFindings)}
	if out.Items == nil {
		p := words.Problem(CodeBadOptions, "", "no writer for the items")
		p.Fix = "set Outputs.Items"
		return w.report, p
	}
	if f == nil {
		p := words.Problem(CodeBadOptions, "", "no framework")
		p.Fix = "give a framework that was loaded"
		return w.report, p
	}
	if w.comma = ","; o.Separator != 0 {
		if !isSeparator(o.Separator) {
			return w.report, badSeparator(o.Separator)
		}
		w.comma = string(o.Separator)
	}
	w.breaks = cellBreaks(w.comma)
	steps := []struct {
		name  Table
		dst   io.Writer
		write func() error
	}{
		{Document, out.Document, w.writeDocument},
		{Items, out.Items, func() error { return w.writeItems(out.Associations == nil) }},
		{Associations, out.Associations, w.writeAssociations},
		{Rubrics, out.Rubrics, w.writeRubrics},
		{Definitions, out.Definitions, w.writeDefinitions},
	}
	for _, s := range steps {
		if s.dst == nil {
			continue
		}
		if err := w.start(s.name, s.dst); err != nil {
			return w.report, err
		}
		if err := s.write(); err != nil {
			return w.report, fmt.Errorf("exchange: %s: %w", s.name, err)
		}
		if err := w.flush(); err != nil {
			return w.report, fmt.Errorf("exchange: %s: %w", s.name, err)
		}
	}
	w.noteLosses(out)
	return w.report, nil
}

// writer writes one table after the other.
type writer struct {
	ctx    context.Context
	f      *casefw.Framework
	o      WriteOptions
	report *Report
	name   Table
	comma  string
	breaks string // see cellBreaks
	dst    io.Writer
	b      []byte // what is not written yet
	header []string
	line   int
	back   *table // reads what was written
	cells  []string
}

func (w *writer) start(name Table, dst io.Writer) error {
	w.name, w.line, w.dst = name, 0, dst
	if w.o.Mark {
		w.b = append(w.b, mark...)
	}
	return nil
}

// begin writes the header, and makes ready to read lines back.
func (w *writer) begin(header []string, known map[string]field) error {
	quiet := &Report{Counts: map[vc.Code]int{}}
	w.back = &table{name: w.name, report: quiet, breaks: w.breaks, cells: w.guarded(header)}
	if err := w.back.readHeader(known); err != nil {
		return err
	}
	return w.put(header)
}

// readBack is a line as a reader has it.
func (w *writer) readBack(line []string) *row {
	w.back.cells = append(w.back.cells[:0], w.guarded(line)...)
	return w.back.row()
}

// guarded are cells with the guards against formulas.
func (w *writer) guarded(cells []string) []string {
	w.cells = w.cells[:0]
	for _, c := range cells {
		w.cells = append(w.cells, w.guard(c))
	}
	return w.cells
}

// guard sets the guards of a cell. Without the wish for them they stand only where a
// reader would take some off.
func (w *writer) guard(c string) string {
	if w.o.Formulas == EscapeFormulas || unescapeFormula(c, w.breaks) != c {
		return escapeFormula(c, w.breaks)
	}
	return c
}

// maxWritten is how much is gathered before it is written.
const maxWritten = 64 << 10

// put writes one line; the first is the header.
func (w *writer) put(cells []string) error {
	if w.line%256 == 0 {
		if err := w.ctx.Err(); err != nil {
			return err
		}
	}
	w.line++
	if w.line == 1 {
		w.header = append([]string(nil), cells...)
	}
	for i, c := range cells {
		if guarded := w.guard(c) != c; guarded || hasFormula(c, w.breaks) {
			w.noteFormula(i, guarded)
		}
		if len(c) > defaultCell {
			at := Place{Table: w.name, Line: w.line}
			p := w.report.note(at, CodeNotExported, inColumn("", w.header[i]), "read it with Options.MaxCell")
			p.Severity, p.Message = vc.SeverityAdvice, "the cell is longer than a reader takes by default"
		}
	}
	w.b = appendLine(w.b, w.guarded(cells), w.comma)
	if len(w.b) >= maxWritten {
		return w.flush()
	}
	return nil
}

func (w *writer) flush() error {
	_, err := w.dst.Write(w.b)
	w.b = w.b[:0]
	return err
}

func (w *writer) noteFormula(i int, guarded bool) {
	fix := ""
	if guarded {
		fix = "an apostrophe is set before it"
	}
	w.report.note(Place{Table: w.name, Line: w.line}, CodeFormulaCell, inColumn("", w.header[i]), fix)
}

// lose notes that n values of a kind have no place in the tables.
func (w *writer) lose(n int, what string) {
	if n > 0 {
		w.report.note(Place{Table: w.name}, CodeNotExported, fmt.Sprintf("%d × %s", n, what), "")
	}
}

// noteLosses notes what has no place in the tables that are written.
func (w *writer) noteLosses(out Outputs) {
	w.name = Document
	if out.Document == nil && w.f.Document() != nil {
		w.lose(1, "the document, for which there is no table")
	} else if w.f.Document() == nil {
		p := w.report.note(Place{Table: Document}, CodeNotExported, "", "a reader makes one")
		p.Message = "the framework has no document"
	}
	if w.name = Associations; out.Associations == nil {
		w.loseLinks()
	}
	if w.name = Rubrics; out.Rubrics == nil {
		w.lose(len(w.f.Rubrics()), "a rubric, for which there is no table")
	}
	if w.name = Definitions; out.Definitions == nil {
		w.loseDefinitions()
	}
}

// loseLinks notes what becomes of associations where the items alone are written.
func (w *writer) loseLinks() {
	var cells, foreign, strange, parents int
	for a := range w.f.Associations() {
		switch from := a.Origin().Item(); {
		case from.IsZero():
			foreign++
		case a.Type() == casefw.IsChildOf && a.Destination().Item().IsZero() && a.Destination().GUID() != w.f.GUID():
			parents++
		case a.Type() == casefw.IsChildOf:
			cells++
		case !field(a.Type()).isLink():
			strange++
		default:
			cells++
		}
	}
	w.lose(foreign, "an association that begins outside the framework, for which there is no table")
	w.lose(strange, "an association of a type that has no column")
	w.lose(parents, "an association isChildOf that leads out of the framework")
	w.lose(cells, "an association that became a cell or a level: its identifier, uri, titles, time, order, grouping, notes, "+
		"extensions, repetitions and further parents")
}

// loseDefinitions notes the definitions, of which the items keep links and titles.
func (w *writer) loseDefinitions() {
	if d := w.f.Definitions(); d != nil {
		w.lose(len(d.CFConcepts), "a concept")
		w.lose(len(d.CFSubjects), "a subject's definition")
		w.lose(len(d.CFItemTypes), "an item type's definition; its title is kept")
		w.lose(len(d.CFLicenses), "a licence's definition; its title is kept")
		w.lose(len(d.CFAssociationGroupings), "an association grouping")
		w.lose(min(len(d.Extensions)+len(d.Extra)+len(d.Sent), 1), "what the definitions say beside their lists")
	}
	w.lose(min(len(w.f.Extensions()), 1), "extensions of the package")
	w.lose(len(w.f.Extra()), "member of the package that CASE does not have")
}
