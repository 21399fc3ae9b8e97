package sqlstore

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/laurel-edu/laurel/internal/sqldb"
)

// mostRows is how many rows one statement inserts: enough to save the way to PostgreSQL, and
// few enough for SQLite, which looks through its parameters for each of them.
const mostRows = 40

// batch inserts rows, many by a statement.
type batch struct {
	t    *sqldb.Tx
	into string // the table, with its columns
	rows int
	args []any
}

// add inserts a row, now or later. What it is given must stay what it is until then.
func (b *batch) add(ctx context.Context, row ...any) error {
	b.args = append(b.args, row...)
	if b.rows++; b.rows < mostRows {
		return nil
	}
	return b.flush(ctx)
}

// flush inserts what is left.
func (b *batch) flush(ctx context.Context) error {
	if b.rows == 0 {
		return nil
	}
	var s strings.Builder
	s.WriteString("INSERT INTO " + b.into + " VALUES ")
	columns := len(b.args) / b.rows
	for i := range b.args {
		switch {
		case i == 0:
			s.WriteString("(")
		case i%columns == 0:
			s.WriteString("), (")
		default:
			s.WriteString(", ")
		}
		fmt.Fprintf(&s, "$%d", i+1)
	}
	s.WriteString(")")
	_, err := b.t.Exec(ctx, s.String(), b.args...)
	b.rows, b.args = 0, b.args[:0]
	return err
}

// pieceSize is how long the pieces of a long text are, in bytes.
const pieceSize = 256 << 10

// cutter cuts what is written to it into pieces, and keeps them by their place.
type cutter struct {
	keep  func(place int, piece []byte) error
	left  bytes.Buffer
	place int
	size  int64
}

// Write implements io.Writer.
func (c *cutter) Write(p []byte) (int, error) {
	c.left.Write(p)
	c.size += int64(len(p))
	for c.left.Len() >= pieceSize {
		if err := c.cut(pieceSize); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

func (c *cutter) cut(n int) error {
	err := c.keep(c.place, c.left.Next(n))
	c.place++
	return err
}

// end keeps what is left.
func (c *cutter) end() error {
	if c.left.Len() == 0 {
		return nil
	}
	return c.cut(c.left.Len())
}

// pieces reads a text that was cut, one piece after the other.
type pieces struct {
	get  func(place int) ([]byte, error) // an error where there is none
	next int
	end  int // how many there are
	left []byte
}

// Read implements io.Reader.
func (p *pieces) Read(b []byte) (int, error) {
	for len(p.left) == 0 {
		if p.next == p.end {
			return 0, io.EOF
		}
		piece, err := p.get(p.next)
		if err != nil {
			return 0, err
		}
		p.left, p.next = piece, p.next+1
	}
	n := copy(b, p.left)
	p.left = p.left[n:]
	return n, nil
}

// Close implements io.Closer.
func (p *pieces) Close() error { return nil }
