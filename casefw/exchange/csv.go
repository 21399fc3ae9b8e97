package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// lines reads the lines of a CSV text (RFC 4180). It is our own because encoding/csv
// takes carriage returns out of cells, and reads a table whose lines end with a
// carriage return alone as one line.
type lines struct {
	b       *bufio.Reader
	comma   string
	returns bool // lines end with a carriage return alone
	cell    int  // the longest cell in bytes
	columns int  // the most cells of a line

	buf   []byte
	spans []span // of the cells of the line in buf
	line  int    // of the next byte
	at    int    // its column in bytes
}

// span is where a cell ends in the text of its line, and where it began in the table.
type span struct{ end, line, column int }

// Why a line is no line. The place is that of the last span, of a bare quote where the
// reader stands.
var (
	errOpenQuote = errors.New("a quote that is not closed")
	errBareQuote = errors.New("a quote within a cell that is not quoted, or text behind one")
	errLongCell  = errors.New("a long cell")
	errManyCells = errors.New("many cells")
)

func newLines(b *bufio.Reader, comma rune, returns bool, o *Options) *lines {
	return &lines{b: b, comma: string(comma), returns: returns, cell: o.MaxCell, columns: o.MaxColumns, line: 1, at: 1}
}

// isSeparator reports whether a rune can stand between cells.
func isSeparator(r rune) bool {
	return r != '"' && r != '\'' && r != '\r' && r != '\n' && r != 0 && utf8.ValidRune(r) && r != utf8.RuneError
}

// next reads a line into cells, which share one text of their own. io.EOF is the end.
func (l *lines) next(cells []string) ([]string, error) {
	l.buf, l.spans = l.buf[:0], l.spans[:0]
	if _, err := l.b.Peek(1); err != nil {
		return nil, err
	}
	for last := false; !last; {
		if len(l.spans) >= l.columns {
			return nil, errManyCells
		}
		l.spans = append(l.spans, span{line: l.line, column: l.at})
		var err error
		if last, err = l.readCell(); err != nil {
			return nil, err
		}
		l.spans[len(l.spans)-1].end = len(l.buf)
	}
	text, from := string(l.buf), 0
	for _, s := range l.spans {
		cells = append(cells, text[from:s.end])
		from = s.end
	}
	return cells, nil
}

// readCell reads a cell into buf; last is for the last one of the line.
func (l *lines) readCell() (last bool, err error) {
	start := len(l.buf)
	quoted := l.starts(`"`)
	if quoted {
		if err := l.readQuoted(start); err != nil {
			return false, err
		}
	}
	for {
		if l.starts(l.comma) {
			return false, nil
		}
		c, err := l.b.ReadByte()
		if err != nil {
			return true, orNil(err)
		}
		switch {
		case l.ends(c):
			return true, nil
		case c == '"' || quoted:
			return false, errBareQuote
		}
		if err := l.add(c, start); err != nil {
			return false, err
		}
	}
}

// readQuoted reads to the quote that closes a cell.
func (l *lines) readQuoted(start int) error {
	for {
		c, err := l.b.ReadByte()
		if errors.Is(err, io.EOF) {
			return errOpenQuote
		} else if err != nil {
			return err
		}
		if c == '"' {
			if l.at++; !l.starts(`"`) {
				return nil
			}
			l.at--
		}
		if err := l.add(c, start); err != nil {
			return err
		}
		if c == '\n' || c == '\r' && l.returns {
			l.line, l.at = l.line+1, 1
		}
	}
}

// starts takes a text where it stands next.
func (l *lines) starts(text string) bool {
	next, err := l.b.Peek(len(text))
	if err != nil || string(next) != text {
		return false
	}
	_, _ = l.b.Discard(len(text)) // it was looked at
	l.at += len(text)
	return true
}

// ends reports whether a byte, with what follows it, ends the line.
func (l *lines) ends(c byte) bool {
	if c == '\r' {
		next, err := l.b.Peek(1)
		switch {
		case err == nil && next[0] == '\n':
			_, _ = l.b.Discard(1)
		case err == nil && !l.returns:
			return false
		}
	} else if c != '\n' {
		return false
	}
	l.line, l.at = l.line+1, 1
	return true
}

// add keeps a byte of a cell. What holds the line doubles: append would allocate five
// times what a long line has.
func (l *lines) add(c byte, start int) error {
	if len(l.buf)-start >= l.cell {
		return errLongCell
	}
	if len(l.buf) == cap(l.buf) {
		l.buf = append(make([]byte, 0, max(2*cap(l.buf), 512)), l.buf...)
	}
	l.buf = append(l.buf, c)
	l.at++
	return nil
}

// orNil is the error where it is not the end.
func orNil(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// returnsAlone reports whether the lines of a table end with a carriage return alone:
// outside of quotes its beginning has some and no line feed.
func returnsAlone(head []byte) bool {
	quoted, returns := false, false
	for _, c := range head {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			return false
		case c == '\r':
			returns = true
		}
	}
	return returns
}

// separator returns the one of comma, semicolon and tab that the header line has
// most of: the first line that does not begin with "#", quoted cells not counted.
func separator(head []byte, returns bool) rune {
	end := "\n"
	if returns {
		end = "\r"
	}
	for bytes.HasPrefix(head, []byte("#")) {
		_, rest, found := bytes.Cut(head, []byte(end))
		if !found {
			break
		}
		head = rest
	}
	var commas, semicolons, tabs int
	quoted := false
	for _, c := range head {
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
		if c == end[0] && !quoted {
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

// appendLine writes a line (RFC 4180): what would not be read as it is, or not by a
// reader of another separator, stands in quotes. Line ends within cells stay as they are.
func appendLine(b []byte, cells []string, comma string) []byte {
	for i, c := range cells {
		if i > 0 {
			b = append(b, comma...)
		}
		plain := !strings.ContainsAny(c, "\",;\t\r\n") && !strings.Contains(c, comma) && strings.TrimSpace(c) == c
		if plain && (c != "" || len(cells) > 1) {
			b = append(b, c...)
			continue
		}
		b = append(b, '"')
		b = append(b, strings.ReplaceAll(c, `"`, `""`)...)
		b = append(b, '"')
	}
	return append(b, "\r\n"...)
}
