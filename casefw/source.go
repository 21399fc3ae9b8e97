package casefw

import (
	"context"
	"fmt"
	"io"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// source is a window on a JSON text that may come from a reader. It hands out
// whole values; what it gave is valid until the next call.
type source struct {
	ctx    context.Context
	r      io.Reader
	b      []byte
	p, n   int   // the unread text is b[p:n]
	base   int64 // where b[0] stands in the whole text
	final  bool  // b[:n] ends the text
	most   int64 // longest text
	record int   // longest value
}

const window = 512 << 10

// readError is an error of the reader beneath, not of the text.
type readError struct{ err error }

func (e *readError) Error() string { return "casefw: reading the text: " + e.err.Error() }
func (e *readError) Unwrap() error { return e.err }

// more reads on, and makes room first. It reports an error where there is no more
// text, or more than the limits allow.
func (s *source) more() error {
	if s.final {
		return s.syntax(jsonx.CodeTruncated, "the text ends here")
	}
	if err := s.ctx.Err(); err != nil {
		return &readError{err}
	}
	if s.p > 0 {
		s.base += int64(s.p)
		s.n = copy(s.b, s.b[s.p:s.n])
		s.p = 0
	}
	if s.n == len(s.b) {
		if s.n > s.record {
			return s.syntax(jsonx.CodeTooLarge, fmt.Sprintf("one value is longer than %d bytes", s.record))
		}
		s.b = append(make([]byte, 0, 2*len(s.b)), s.b...)[:2*len(s.b)]
	}
	return s.fill()
}

func (s *source) fill() error {
	for empty := 0; s.n < len(s.b) && !s.final; {
		n, err := s.r.Read(s.b[s.n:])
		s.n += n
		switch {
		case err == io.EOF:
			s.final = true
		case err != nil:
			return &readError{err}
		case n == 0:
			if empty++; empty > 100 {
				return &readError{io.ErrNoProgress}
			}
		}
	}
	if s.base+int64(s.n) > s.most {
		return s.syntax(jsonx.CodeTooLarge, fmt.Sprintf("the text is longer than %d bytes", s.most))
	}
	return nil
}

func (s *source) syntax(code jsonx.Code, detail string) error {
	return &jsonx.Error{Code: code, Offset: s.p, Detail: detail}
}

// peek returns the next byte that is not white space, 0 at the end of the text.
func (s *source) peek() (byte, error) {
	for {
		for ; s.p < s.n; s.p++ {
			if c := s.b[s.p]; c != ' ' && c != '\n' && c != '\t' && c != '\r' {
				return c, nil
			}
		}
		if s.final {
			return 0, nil
		}
		if err := s.more(); err != nil {
			return 0, err
		}
	}
}

// take steps over c where it comes next.
func (s *source) take(c byte) (bool, error) {
	next, err := s.peek()
	if err != nil || next != c {
		return false, err
	}
	s.p++
	return true, nil
}

// want steps over c, which must come next.
func (s *source) want(c byte, where string) error {
	ok, err := s.take(c)
	if err != nil || ok {
		return err
	}
	return s.unexpected(fmt.Sprintf("%q, %s", c, where))
}

func (s *source) unexpected(wanted string) error {
	c, err := s.peek()
	if err != nil {
		return err
	}
	if c == 0 && s.p >= s.n {
		return s.syntax(jsonx.CodeTruncated, "the text ends where "+wanted+", belongs")
	}
	return s.syntax(jsonx.CodeSyntax, fmt.Sprintf("%q where %s, belongs", c, wanted))
}

// value returns the text of the next value.
func (s *source) value() ([]byte, error) {
	if _, err := s.peek(); err != nil {
		return nil, err
	}
	for {
		n, state := skip(s.b[s.p:s.n], s.final)
		switch {
		case state == skipWhole && n <= s.record:
			v := s.b[s.p : s.p+n]
			s.p += n
			return v, nil
		case state == skipWhole:
			return nil, s.syntax(jsonx.CodeTooLarge, fmt.Sprintf("a value of %d bytes, at most %d are read", n, s.record))
		case state == skipBad:
			return nil, s.unexpected("a value")
		}
		if err := s.more(); err != nil {
			return nil, err
		}
	}
}

// name reads a member name and its colon.
func (s *source) name() (string, error) {
	if c, err := s.peek(); err != nil || c != '"' {
		if err == nil {
			err = s.unexpected("a member name")
		}
		return "", err
	}
	raw, err := s.value()
	if err != nil {
		return "", err
	}
	at := s.p - len(raw)
	doc, err := jsonx.Parse(raw, rawLimits, nil)
	if err != nil {
		s.p = at
		return "", err
	}
	name := string(append([]byte(nil), doc.Root().Text()...))
	return name, s.want(':', "after a member name")
}

// object reads the members of an object with each.
func (s *source) object(each func(name string) error) error {
	if err := s.want('{', "the beginning of an object"); err != nil {
		return err
	}
	if end, err := s.take('}'); err != nil || end {
		return err
	}
	for {
		name, err := s.name()
		if err != nil {
			return err
		}
		if err := each(name); err != nil {
			return err
		}
		if more, err := s.take(','); err != nil {
			return err
		} else if !more {
			return s.want('}', "the end of an object, or ','")
		}
	}
}

// array reads the elements of an array with each.
func (s *source) array(each func(i int) error) error {
	if err := s.want('[', "the beginning of an array"); err != nil {
		return err
	}
	if end, err := s.take(']'); err != nil || end {
		return err
	}
	for i := 0; ; i++ {
		if _, err := s.peek(); err != nil {
			return err
		}
		if err := each(i); err != nil {
			return err
		}
		if more, err := s.take(','); err != nil {
			return err
		} else if !more {
			return s.want(']', "the end of an array, or ','")
		}
	}
}
