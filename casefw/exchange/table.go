package exchange

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
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
	name   Table
	o      *Options
	report *Report
	src    *source
	csv    *csv.Reader
	header []string // as written
	fields []field  // what each column means
	have   map[field]bool
	rows   int
	cells  []string
	line   int
}

// source bounds the bytes of a table, asks ctx now and then, and takes a digest.
type source struct {
	ctx  context.Context
	r    io.Reader
	left int64
	sum  hash.Hash
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
func openTable(ctx context.Context, name Table, r io.Reader, o *Options, report *Report, sum hash.Hash) (*table, error) {
	t := &table{name: name, o: o, report: report}
	t.src = &source{ctx: ctx, r: r, left: o.MaxBytes + 1, sum: sum}
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
	t.csv = csv.NewReader(b)
	t.csv.FieldsPerRecord, t.csv.ReuseRecord = -1, true
	if t.csv.Comma = o.Separator; o.Separator == 0 {
		t.csv.Comma = separator(head)
	}
	return t, nil
}

// separator returns the one of comma, semicolon and tab that the header line has
// most of: the first line that does not begin with "#", quoted cells not counted.
func separator(head []byte) rune {
	line := head
	for bytes.HasPrefix(line, []byte("#")) {
		_, rest, found := bytes.Cut(line, []byte("\n"))
		if !found {
			break
		}
		line = rest
	}
	var commas, semicolons, tabs int
	quoted := false
	for _, c := range line {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ',':
			commas++
		case c == ';':
			semicolons++
		case c == '\t':
			tabs++
		}
		if c == '\n' && !quoted {
			break
		}
	}
	switch {
	case semicolons > commas && semicolons >= tabs:
		return ';'
	case tabs > commas:
		return '\t'
	}
	return ','
}

// next reads a line that is not blank; false at the end of the table.
func (t *table) next() (bool, error) {
	for {
		cells, err := t.csv.Read()
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
		t.line, _ = t.csv.FieldPos(0)
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

// checkCells holds a line against the limits and the encoding.
func (t *table) checkCells() error {
	if len(t.cells) > t.o.MaxColumns {
		return t.tooLarge(t.place(), "a line of %d columns, %d are allowed", len(t.cells), t.o.MaxColumns)
	}
	for i, c := range t.cells {
		if len(c) > t.o.MaxCell {
			return t.tooLarge(t.placeAt(i), "a cell of %d bytes, %d are allowed", len(c), t.o.MaxCell)
		}
		if !utf8.ValidString(c) {
			return t.fatal(t.placeAt(i), CodeNotUTF8, "")
		}
	}
	return nil
}

// readHeader takes the current line for the header.
func (t *table) readHeader(known map[string]field) {
	t.header = append([]string(nil), t.cells...)
	t.fields = make([]field, len(t.header))
	t.have = map[field]bool{}
	for i, h := range t.header {
		f := known[plain(h)]
		if strings.TrimSpace(h) == "" {
			t.header[i] = fmt.Sprintf("column %d", i+1)
		} else if rest, ok := strings.CutPrefix(h, renamed); ok && known[plain(rest)] != fieldNone {
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
}

// renamed stands before the name of an extension that would be read as a member.
const renamed = "extension "

// looksLikeHeader reports whether the current line names at least one column that
// is known.
func (t *table) looksLikeHeader(known map[string]field) bool {
	for _, c := range t.cells {
		if known[plain(c)] != fieldNone {
			return true
		}
	}
	return false
}

// readError turns what went wrong in reading into an error with a place.
func (t *table) readError(err error) error {
	var syntax *csv.ParseError
	switch {
	case errors.Is(err, errTooLong) || errors.Is(t.src.err, errTooLong):
		return t.tooLarge(t.place(), "more than %d bytes", t.o.MaxBytes)
	case t.src.err != nil:
		return fmt.Errorf("exchange: %s: %w", t.name, t.src.err)
	case errors.As(err, &syntax):
		p := t.fatal(Place{t.name, syntax.Line, syntax.Column}, CodeNotCSV, "")
		p.Fix, p.Err = "write a quote within a quoted cell twice", syntax.Err
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

// placeAt is that of the cell i of the current line.
func (t *table) placeAt(i int) Place {
	line, column := t.csv.FieldPos(i)
	return Place{t.name, line, column}
}

// noteAt is of the cell i of the current line; see [Report.note].
func (t *table) noteAt(i int, code vc.Code, text, fix string) *vc.Problem {
	return t.report.note(t.placeAt(i), code, inColumn(text, t.headerOf(i)), fix)
}

func (t *table) headerOf(i int) string {
	if i < len(t.header) {
		return t.header[i]
	}
	return ""
}
