package casescan

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Window is a window on a JSON text, which may come from a reader. It hands out
// whole values; what it gave is valid until the next call. What is wrong with the
// text is a [*jsonx.Error] with its place in the whole text, a fault of the reader a
// [*ReadError].
type Window struct {
	ctx    context.Context
	r      io.Reader
	b      []byte
	p, n   int   // the unread text is b[p:n]
	base   int64 // where b[0] stands in the whole text
	final  bool  // b[:n] ends the text
	limits Limits
}

// Limits bound what a window reads.
type Limits struct {
	Text  int64 // bytes of the whole text
	Value int   // bytes of one value, which is held as a whole
}

// size is what a window holds at first; it grows to the longest value.
const size = 512 << 10

// Open returns a window on what a reader gives. ctx is asked before each read.
func Open(ctx context.Context, r io.Reader, limits Limits) *Window {
	return &Window{ctx: ctx, r: r, b: make([]byte, size), limits: limits}
}

// Over returns a window on a text in memory, which it does not change.
func Over(text []byte, limits Limits) *Window {
	return &Window{ctx: context.Background(), b: text, n: len(text), final: true, limits: limits}
}

// ReadError is an error of the reader beneath, not of the text.
type ReadError struct{ err error }

// Error implements error.
func (e *ReadError) Error() string { return "casefw: reading the text: " + e.err.Error() }

// Unwrap returns the reader's error.
func (e *ReadError) Unwrap() error { return e.err }

// Unread returns what is in memory of the text that was not read, and whether the
// text ends with it.
func (w *Window) Unread() (text []byte, final bool) { return w.b[w.p:w.n], w.final }

// Step steps over n bytes of what Unread gave.
func (w *Window) Step(n int) { w.p += n }

// Offset returns the place of the unread text in the whole.
func (w *Window) Offset() int { return int(w.base) + w.p }

// Syntax returns an error at the place of the unread text.
func (w *Window) Syntax(code jsonx.Code, detail string) error {
	return &jsonx.Error{Code: code, Offset: w.Offset(), Detail: detail}
}

// More reads on, and makes room first. It reports an error where there is no more
// text, or more than the limits allow.
func (w *Window) More() error {
	if w.final {
		return w.Syntax(jsonx.CodeTruncated, "the text ends here")
	}
	if err := w.ctx.Err(); err != nil {
		return &ReadError{err}
	}
	if w.p > 0 {
		w.base += int64(w.p)
		w.n = copy(w.b, w.b[w.p:w.n])
		w.p = 0
	}
	if w.n == len(w.b) {
		if w.n > w.limits.Value {
			return w.Syntax(jsonx.CodeTooLarge, fmt.Sprintf("one value is longer than %d bytes", w.limits.Value))
		}
		w.b = slices.Grow(w.b, len(w.b))[:2*len(w.b)]
	}
	return w.fill()
}

func (w *Window) fill() error {
	for empty := 0; w.n < len(w.b) && !w.final; {
		n, err := w.r.Read(w.b[w.n:])
		w.n += n
		switch {
		case err == io.EOF:
			w.final = true
		case err != nil:
			return &ReadError{err}
		case n == 0:
			if empty++; empty > 100 {
				return &ReadError{io.ErrNoProgress}
			}
		}
	}
	return w.whole()
}

// whole reports a text that is longer than the limit, as far as it was read.
func (w *Window) whole() error {
	if w.base+int64(w.n) > w.limits.Text {
		return w.Syntax(jsonx.CodeTooLarge, fmt.Sprintf("the text is longer than %d bytes", w.limits.Text))
	}
	return nil
}

// SkipPrefix steps over a prefix of the whole text; it is called first.
func (w *Window) SkipPrefix(prefix string) (there bool, err error) {
	if err := w.whole(); err != nil {
		return false, err
	}
	for w.n < len(prefix) && !w.final {
		if err := w.More(); err != nil {
			return false, err
		}
	}
	if there = w.n >= len(prefix) && string(w.b[:len(prefix)]) == prefix; there {
		w.p = len(prefix)
	}
	return there, nil
}

// Peek returns the next byte that is not white space, 0 at the end of the text.
func (w *Window) Peek() (byte, error) {
	for {
		for ; w.p < w.n; w.p++ {
			if c := w.b[w.p]; c != ' ' && c != '\n' && c != '\t' && c != '\r' {
				return c, nil
			}
		}
		if w.final {
			return 0, nil
		}
		if err := w.More(); err != nil {
			return 0, err
		}
	}
}

// End reports anything that follows the value.
func (w *Window) End() error {
	c, err := w.Peek()
	if err == nil && w.p < w.n {
		return w.Syntax(jsonx.CodeTrailingData, fmt.Sprintf("%q follows the value", c))
	}
	return err
}

// take steps over c where it comes next.
func (w *Window) take(c byte) (bool, error) {
	next, err := w.Peek()
	if err != nil || next != c {
		return false, err
	}
	w.p++
	return true, nil
}

// want steps over c, which must come next.
func (w *Window) want(c byte, where string) error {
	ok, err := w.take(c)
	if err != nil || ok {
		return err
	}
	return w.unexpected(fmt.Sprintf("%q, %s", c, where))
}

func (w *Window) unexpected(wanted string) error {
	c, err := w.Peek()
	if err != nil {
		return err
	}
	if w.p >= w.n {
		return w.Syntax(jsonx.CodeTruncated, "the text ends where "+wanted+", belongs")
	}
	return w.Syntax(jsonx.CodeSyntax, fmt.Sprintf("%q where %s, belongs", c, wanted))
}

// Value returns the text of the next value, found by its strings and brackets alone,
// and the place of it in the whole.
func (w *Window) Value() (text []byte, offset int, err error) {
	if _, err := w.Peek(); err != nil {
		return nil, 0, err
	}
	for {
		n, state := Skip(w.b[w.p:w.n], w.final)
		switch {
		case state == Whole && n <= w.limits.Value:
			text, offset = w.b[w.p:w.p+n], w.Offset()
			w.p += n
			return text, offset, nil
		case state == Whole:
			return nil, 0, w.Syntax(jsonx.CodeTooLarge, fmt.Sprintf("a value of %d bytes, at most %d are read", n, w.limits.Value))
		case state == Bad:
			return nil, 0, w.unexpected("a value")
		}
		if err := w.More(); err != nil {
			return nil, 0, err
		}
	}
}

// name steps over a member name and its colon.
func (w *Window) name() (raw []byte, offset int, err error) {
	if c, err := w.Peek(); err != nil || c != '"' {
		if err == nil {
			err = w.unexpected("a member name")
		}
		return nil, 0, err
	}
	if raw, offset, err = w.Value(); err != nil {
		return nil, 0, err
	}
	raw = bytes.Clone(raw) // the window may move on to the colon
	return raw, offset, w.want(':', "after a member name")
}

// Shift moves an error's place from a value's text into the whole, whose part from
// offset it is.
func Shift(err error, offset int) error {
	refused, ok := err.(*jsonx.Error)
	if !ok {
		return err
	}
	moved := *refused
	moved.Offset += offset
	return &moved
}

// Object reads the members of an object with each, which must step over the value. It
// gets the name as it stands there, in quotes, and where that is.
func (w *Window) Object(each func(name []byte, offset int) error) error {
	if err := w.want('{', "the beginning of an object"); err != nil {
		return err
	}
	if end, err := w.take('}'); err != nil || end {
		return err
	}
	for {
		name, offset, err := w.name()
		if err != nil {
			return err
		}
		if err := each(name, offset); err != nil {
			return err
		}
		if more, err := w.take(','); err != nil {
			return err
		} else if !more {
			return w.want('}', "the end of an object, or ','")
		}
	}
}

// Array reads the elements of an array with each, which must step over the element.
func (w *Window) Array(each func(i int) error) error {
	if err := w.want('[', "the beginning of an array"); err != nil {
		return err
	}
	if end, err := w.take(']'); err != nil || end {
		return err
	}
	for i := 0; ; i++ {
		if _, err := w.Peek(); err != nil {
			return err
		}
		if err := each(i); err != nil {
			return err
		}
		if more, err := w.take(','); err != nil {
			return err
		} else if !more {
			return w.want(']', "the end of an array, or ','")
		}
	}
}
