package casefw

import (
	"bytes"
	"strconv"

	"github.com/laurel-edu/laurel/internal/casescan"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// record reads one record of a list that is stored.
func (l *loader) record(c *class, r *reader, list string, i int) error {
	if r != nil {
		for {
			text, final := l.src.Unread()
			if n := l.attempt(r, text, i); n > 0 {
				l.src.Step(n)
				return nil
			}
			if _, state := casescan.Skip(text, final); final || state != casescan.More {
				break
			}
			if err := l.src.More(); err != nil {
				return err
			}
		}
	}
	return l.mended(c, list, i)
}

// attempt lets a reader try, and takes its findings back where it does not come through.
func (l *loader) attempt(r *reader, text []byte, i int) int {
	newer := l.newer
	l.report.try()
	l.k.reader = r
	n := r.read(text, i)
	l.k.reader = nil
	if n == 0 {
		l.report.undo()
		l.newer = newer
	}
	l.report.trying = false
	return n
}

// mended reads a record that is not strict JSON, or no object, or is only checked.
func (l *loader) mended(c *class, list string, i int) error {
	text, v, err := l.parse(pointerTo(list, i))
	switch {
	case err != nil:
		return err
	case v.Kind() == jsonx.Null:
		l.k.nullInList(v, c)
	case l.strict || v.Kind() != jsonx.Object:
		l.k.object(v, c, true)
	case l.attempt(l.readers[c], text, i) == 0:
		return l.src.Syntax(jsonx.CodeSyntax, "a record that cannot be read")
	}
	if v.Kind() != jsonx.Object && !l.strict {
		if l.strays == nil {
			l.strays = map[*class][]stray{}
		}
		l.strays[c] = append(l.strays[c], stray{i, bytes.Clone(v.Raw())})
	}
	return nil
}

func pointerTo(list string, index int) string { return list + strconv.Itoa(index) }
