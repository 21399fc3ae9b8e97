package exchange

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"

	"github.com/laurel-edu/laurel/casefw"
)

// Outputs are where the tables go. All but Items may be nil.
type Outputs struct {
	Document     io.Writer
	Items        io.Writer
	Associations io.Writer // nil: the items' links become columns of their table
	Rubrics      io.Writer
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
	steps := []struct {
		name  Table
		dst   io.Writer
		write func() error
	}{
		{Document, out.Document, w.writeDocument},
		{Items, out.Items, func() error { return w.writeItems(out.Associations == nil) }},
		{Associations, out.Associations, w.writeAssociations},
		{Rubrics, out.Rubrics, w.writeRubrics},
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
		w.csv.Flush()
		if err := w.csv.Error(); err != nil {
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
	csv    *csv.Writer
	header []string
	line   int
}

func (w *writer) start(name Table, dst io.Writer) error {
	w.name, w.line = name, 0
	if w.o.Mark {
		if _, err := io.WriteString(dst, mark); err != nil {
			return fmt.Errorf("exchange: %s: %w", name, err)
		}
	}
	w.csv = csv.NewWriter(dst)
	w.csv.UseCRLF = true // RFC 4180
	if w.o.Separator != 0 {
		w.csv.Comma = w.o.Separator
	}
	return nil
}

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
		if escaped := escapeFormula(c); escaped != c {
			w.noteFormula(i)
			if w.o.Formulas == EscapeFormulas {
				cells[i] = escaped
			}
		}
	}
	return w.csv.Write(cells)
}

func (w *writer) noteFormula(i int) {
	fix := ""
	if w.o.Formulas == EscapeFormulas {
		fix = "an apostrophe is set before it"
	}
	w.report.note(Place{Table: w.name, Line: w.line}, CodeFormulaCell, inColumn("", w.header[i]), fix)
}

// list writes a list into a cell.
func (w *writer) list(values []string, header string) string {
	text, ok := joinList(values)
	if !ok {
		p := w.report.note(Place{Table: w.name, Line: w.line + 1}, CodeNotExported, inColumn("", header), "written with commas")
		p.Message = "a value of the list has a bar, at which readers split"
	}
	return text
}

// lose notes that n values of a kind have no place in the tables.
func (w *writer) lose(n int, what string) {
	if n > 0 {
		w.report.note(Place{Table: w.name}, CodeNotExported, fmt.Sprintf("%d × %s", n, what), "")
	}
}

// noteLosses notes what the tables have no place for.
func (w *writer) noteLosses(out Outputs) {
	w.name = Document
	if out.Document == nil && w.f.Document() != nil {
		w.lose(1, "the document, for which there is no table")
	}
	w.name = Associations
	if out.Associations == nil {
		foreign, unnamed := 0, 0
		for a := range w.f.Associations() {
			if a.Origin().Item().IsZero() {
				foreign++
			} else if a.Type() != casefw.IsChildOf {
				unnamed++
			}
		}
		w.lose(foreign, "an association that begins outside the framework, for which there is no table")
		w.lose(unnamed, "identifier and titles of an association that became a cell")
	}
	w.name = Rubrics
	if out.Rubrics == nil {
		w.lose(len(w.f.Rubrics()), "a rubric, for which there is no table")
	}
	w.name = Items
	if d := w.f.Definitions(); d != nil {
		w.lose(len(d.CFConcepts), "a concept")
		w.lose(len(d.CFSubjects), "a subject's definition")
		w.lose(len(d.CFItemTypes), "an item type's definition; its title is kept")
		w.lose(len(d.CFLicenses), "a licence's definition; its title is kept")
		if out.Associations == nil {
			w.lose(len(d.CFAssociationGroupings), "an association grouping")
		}
	}
	w.lose(min(len(w.f.Extensions()), 1), "extensions of the package")
	w.lose(len(w.f.Extra()), "member of the package that CASE does not have")
}
