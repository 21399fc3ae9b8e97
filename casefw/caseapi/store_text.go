package caseapi

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// longestTag is how long the tag of a [Text] may be: a digest in hexadecimal twice over.
const longestTag = 128

// check says what of a text cannot be.
func (t *Text) check() error {
	switch {
	case t.Open == nil:
		return errors.New("caseapi: the store returned a Text without Open")
	case t.Size <= 0:
		return errors.New("caseapi: the store returned a Text without a Size")
	case t.Tag == "" || len(t.Tag) > longestTag:
		return errors.New("caseapi: the store returned a Text without a Tag, or with a long one")
	}
	for _, c := range []byte(t.Tag) {
		if c <= ' ' || c >= 0x7f || c == '"' {
			return errors.New("caseapi: the store returned a Text whose Tag cannot stand in a header")
		}
	}
	return nil
}

// copy writes the text and sees that it is one object of JSON, and as long as promised: a
// text that was cut off must not pass for a whole one.
func (t *Text) copy(ctx context.Context, w io.Writer) error {
	if err := t.check(); err != nil {
		return err
	}
	r, err := t.Open(ctx)
	if err != nil {
		return err
	}
	if r == nil {
		return errors.New("caseapi: the store opened no Text")
	}
	defer func() { _ = r.Close() }() // it was only read
	passing := &passing{w: w}
	d := jsontext.NewDecoder(io.TeeReader(io.LimitReader(r, t.Size+1), passing), jsontext.AllowDuplicateNames(true))
	if d.PeekKind() != '{' {
		return passing.fault(errors.New("caseapi: a Text of the store is no object of JSON"))
	}
	if err := d.SkipValue(); err != nil {
		return passing.fault(fmt.Errorf("caseapi: a Text of the store is not JSON: %w", err))
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return passing.fault(errors.New("caseapi: something follows the JSON in a Text of the store"))
	}
	if passing.n != t.Size {
		return fmt.Errorf("caseapi: a Text of the store has %d bytes and not %d", passing.n, t.Size)
	}
	return passing.err
}

// passing counts what is written and remembers why it could not be.
type passing struct {
	w   io.Writer
	n   int64
	err error
}

// Write implements io.Writer.
func (p *passing) Write(b []byte) (int, error) {
	n, err := p.w.Write(b)
	p.n += int64(n)
	p.err = err
	return n, err
}

// fault is what is wrong: with who reads, where that is it, else with the text.
func (p *passing) fault(err error) error {
	if p.err != nil {
		return p.err
	}
	return err
}
