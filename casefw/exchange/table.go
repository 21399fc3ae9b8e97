package exchange

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/vc"
)

// table reads one CSV text line by line.
type table struct {
	name    Table
	o       *Options
	report  *Report
	src     *source
	lines   *lines
	breaks  string   // see cellBreaks
	header  []string // without the guards against formulas
	fields  []field  // what each column means
	have    map[field]bool
	known   map[string]field // of the table
	current row
	rows    int
	cells   []string
	line    int
}

// source bounds the bytes of a table, asks ctx now and then, and takes a digest.
type source struct {
	ctx  context.Context
	r    io.Reader
	left int64
	sum  hash.Hash
	read *int64 // how much was read of all tables
	err  error
}

var errTooLong = errors.New("too long")

// Read implements io.Reader. The error is kept: encoding/csv does not hand every
// error on as it came.
func (s *source) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		s.err = err
		return 0, err
	}
	if s.left <= 0 {
		s.err = errTooLong
		return 0, errTooLong
	}
	if int64(len(b)) > s.left {
		b = b[:s.left]
	}
	n, err := s.r.Read(b)
	s.left -= int64(n)
	*s.read += int64(n)
	s.sum.Write(b[:n])
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

const mark = "\xef\xbb\xbf" // what spreadsheets put before UTF-8

// peeked is how much of a table is looked at to find the separator.
const peeked = 64 << 10

// openTable starts a table: the encoding is judged and the separator found.
func openTable(ctx context.Context, name Table, r io.Reader, o *Options, report *Report, sum hash.Hash, read *int64) (*table, error) {
	t := &table{name: name, o: o, report: report}
	t.src = &source{ctx: ctx, r: r, left: o.MaxBytes + 1, sum: sum, read: read}
	b := bufio.NewReaderSize(t.src, peeked)
	head, err := b.Peek(peeked)
	if err != nil && t.src.err != nil {
		return nil, t.readError(err)
	}
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return nil, t.fatal(t.place(), CodeNotUTF8, "UTF-16")
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return nil, t.fatal(t.place(), CodeNotCSV, "a spreadsheet")
	}
	if bytes.HasPrefix(head, []byte(mark)) {
		head = head[len(mark):]
		if _, err := b.Discard(len(mark)); err != nil {
			return nil, t.readError(err)
		}
	}
	comma, returns := o.Separator, returnsAlone(head)
	if comma == 0 {
		comma = separator(head, returns)
	} else if !isSeparator(comma) {
		return nil, badSeparator(comma)
	}
	t.lines, t.breaks = newLines(b, comma, returns, o), cellBreaks(string(comma))
	return t, nil
}

func badSeparator(comma rune) *vc.Problem {
	p := words.Problem(CodeBadOptions, "", vc.Quote(string(comma)))
	p.Message, p.Fix = "the separator cannot stand between cells", "set Separator to a comma, a semicolon or a tab"
	return p
}

// next reads a line that is not blank; false at the end of the table.
func (t *table) next() (bool, error) {
	for {
		cells, err := t.lines.next(t.cells[:0])
		if errors.Is(err, io.EOF) && t.src.err == nil {
			if t.src.left <= 0 {
				return false, t.readError(errTooLong)
			}
			return false, nil
		}
		if err != nil {
			return false, t.readError(err)
		}
		t.cells = cells
		t.line = t.spans()[0].line
		if t.blank() {
			continue
		}
		if t.rows++; t.rows > t.o.MaxRows {
			return false, t.tooLarge(t.place(), "more than %d lines", t.o.MaxRows)
		}
		return true, t.checkCells()
	}
}

func (t *table) blank() bool {
	for _, c := range t.cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// checkCells holds a line against the encoding.
func (t *table) checkCells() error {
	for i, c := range t.cells {
		if !utf8.ValidString(c) {
			return t.fatal(t.placeAt(i), CodeNotUTF8, "")
		}
	}
	return nil
}

// readHeader takes the current line for the header.
func (t *table) readHeader(known map[string]field) error {
	t.known = known
	t.header = make([]string, len(t.cells))
	for i, c := range t.cells {
		t.header[i] = unescapeFormula(c, t.breaks)
	}
	t.fields = make([]field, len(t.header))
	t.have = map[field]bool{}
	for i, h := range t.header {
		if len(h) > maxName {
			return t.tooLarge(t.placeAt(i), "a name of a column of more than %d bytes", maxName)
		}
		f := known[plain(h)]
		if strings.TrimSpace(h) == "" {
			t.header[i] = fmt.Sprintf("column %d", i+1)
		} else if rest, ok := strings.CutPrefix(h, renamed); ok && needsRenaming(rest, known) {
			t.header[i] = rest
		}
		switch {
		case f == fieldNone && strings.TrimSpace(h) != "":
			t.noteAt(i, CodeColumnKept, "", "")
		case f != fieldNone && t.have[f]:
			t.noteAt(i, CodeColumnRepeated, "", "").Message = "a column before has the same meaning, " + string(f)
			f = fieldNone
		}
		t.fields[i] = f
		t.have[f] = true
	}
	return nil
}

// maxName is the longest name of a column: it stands in each record that keeps a cell of
// it as an extension.
const maxName = 1024

// renamed stands before the name of an extension that would be read as a member.
const renamed = "extension "

// needsRenaming reports whether an extension cannot have its own name for a column.
func needsRenaming(name string, known map[string]field) bool {
	return known[plain(name)] != fieldNone || strings.TrimSpace(name) == "" || strings.HasPrefix(name, "#") ||
		strings.HasPrefix(name, renamed)
}

// looksLikeHeader reports whether the current line names at least one column that
// is known.
func (t *table) looksLikeHeader(known map[string]field) bool {
	for _, c := range t.cells {
		if known[plain(unescapeFormula(c, t.breaks))] != fieldNone {
			return true
		}
	}
	return false
}

// readError turns what went wrong in reading into an error with a place.
func (t *table) readError(err error) error {
	at := Place{Table: t.name}
	if n := len(t.spans()); n > 0 {
		at.Line, at.Column = t.spans()[n-1].line, t.spans()[n-1].column
	}
	switch {
	case errors.Is(err, errTooLong) || errors.Is(t.src.err, errTooLong):
		return t.tooLarge(t.place(), "more than %d bytes", t.o.MaxBytes)
	case t.src.err != nil:
		return fmt.Errorf("exchange: %s: %w", t.name, t.src.err)
	case errors.Is(err, errManyCells):
		return t.tooLarge(Place{Table: t.name, Line: at.Line}, "a line of more than %d columns", t.o.MaxColumns)
	case errors.Is(err, errLongCell):
		return t.tooLarge(at, "a cell of more than %d bytes", t.o.MaxCell)
	case errors.Is(err, errOpenQuote), errors.Is(err, errBareQuote):
		if errors.Is(err, errBareQuote) {
			at.Line, at.Column = t.lines.line, t.lines.at
		}
		p := t.fatal(at, CodeNotCSV, err.Error())
		p.Fix = "write a quote within a quoted cell twice"
		return p
	}
	return fmt.Errorf("exchange: %s: %w", t.name, err)
}

// fatal is why there is no framework.
func (t *table) fatal(at Place, code vc.Code, found string) *vc.Problem {
	return words.Problem(code, at.String(), found)
}

// tooLarge is fatal for a limit.
func (t *table) tooLarge(at Place, format string, numbers ...any) error {
	return t.fatal(at, CodeTooLarge, fmt.Sprintf(format, numbers...))
}

// place is that of the current line.
func (t *table) place() Place { return Place{Table: t.name, Line: t.line} }

// spans are the cells of the current line in the text; a line that is not read has none.
func (t *table) spans() []span {
	if t.lines == nil {
		return nil
	}
	return t.lines.spans
}

// placeAt is that of the cell i of the current line.
func (t *table) placeAt(i int) Place {
	if i >= len(t.spans()) {
		return t.place()
	}
	return Place{t.name, t.spans()[i].line, t.spans()[i].column}
}

// noteAt is of the cell i of the current line; see [Report.note].
func (t *table) noteAt(i int, code vc.Code, text, fix string) *vc.Problem {
	if !t.report.keeps(code) {
		return t.report.skip(code, false)
	}
	return t.report.note(t.placeAt(i), code, inColumn(text, t.headerOf(i)), fix)
}

func (t *table) headerOf(i int) string {
	if i < len(t.header) {
		return t.header[i]
	}
	return ""
}
