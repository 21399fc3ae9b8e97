package caseapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
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

// open opens the text.
func (t *Text) open(ctx context.Context) (io.ReadCloser, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	r, err := t.Open(ctx)
	if err == nil && r == nil {
		err = errors.New("caseapi: the store opened no Text")
	}
	return r, err
}

// whole writes the text once it is seen to be one object of JSON, as long as promised.
func (t *Text) whole(ctx context.Context, w io.Writer) error {
	r, err := t.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // it was only read
	b := make([]byte, t.Size+1)
	n, err := io.ReadFull(r, b)
	switch b = b[:n]; {
	case err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
	default:
		return err
	}
	switch {
	case int64(n) != t.Size:
		return t.otherSize(int64(n))
	case !isObject(b) || !json.Valid(b) || !utf8.Valid(b):
		return errors.New("caseapi: a Text of the store is not an object of JSON")
	}
	_, err = w.Write(b)
	return err
}

// through writes the text as it is read, and is an error where it was not as long as
// promised: one that was cut off must not pass for a whole one.
func (t *Text) through(ctx context.Context, w io.Writer) error {
	r, err := t.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // it was only read
	n, err := io.Copy(w, io.LimitReader(r, t.Size))
	if err != nil {
		return err
	}
	if more, _ := io.ReadFull(r, make([]byte, 1)); more > 0 || n != t.Size {
		return t.otherSize(n + int64(more))
	}
	return nil
}

func (t *Text) otherSize(n int64) error {
	if n > t.Size {
		return fmt.Errorf("caseapi: a Text of the store has more than %d bytes", t.Size)
	}
	return fmt.Errorf("caseapi: a Text of the store has %d bytes and not %d", n, t.Size)
}

func isObject(text []byte) bool {
	text = bytes.TrimLeft(text, " \t\r\n")
	return len(text) > 0 && text[0] == '{'
}
