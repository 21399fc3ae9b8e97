package schema

import (
	"regexp/syntax"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// maxPattern is how many instructions a pattern compiles to at most. It is matched in
// time proportional to them and to the text, and those in use have fewer than a hundred.
// All patterns of a schema together may have ten times as many.
const (
	maxPattern  = 2_000
	maxPatterns = 10 * maxPattern

	mostInstructions = "a pattern of at most 2,000 instructions, and 20,000 in all"
)

// patternSize is about how many instructions a pattern compiles to, more than maxPattern
// where it is too large to say. A pattern of a few letters may ask for a million.
func patternSize(pattern string) (size int, err error) {
	if len(pattern) > maxPattern {
		return maxPattern + 1, nil
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return 0, err
	}
	return instructions(re), nil
}

func instructions(re *syntax.Regexp) int {
	n := 1
	if re.Op == syntax.OpLiteral {
		n = len(re.Rune)
	}
	for _, sub := range re.Sub {
		n += instructions(sub)
	}
	if re.Op == syntax.OpRepeat {
		n *= max(re.Min, re.Max, 1)
	}
	return min(n, maxPattern+1) // the next factor is a thousand at most
}

// isPattern is the format "regex", for schemas and for what they judge.
func isPattern(v any) bool {
	s, isText := v.(string)
	if !isText {
		return true
	}
	size, err := patternSize(s)
	return err == nil && size <= maxPattern
}

// checkPatterns refuses patterns that are too large to be compiled, one by one or all
// together. It looks at every member that may be one, wherever it stands.
func (r *reader) checkPatterns(v jsonx.Value) error {
	for m := v.First(); m.Exists(); m = m.Next() {
		if m.Name() == "pattern" && m.Kind() == jsonx.String {
			if err := r.checkPattern(m.Text()); err != nil {
				return err
			}
		}
		if m.Name() == "patternProperties" {
			for p := m.First(); p.Exists(); p = p.Next() {
				if err := r.checkPattern(p.Name()); err != nil {
					return err
				}
			}
		}
		if err := r.checkPatterns(m); err != nil {
			return err
		}
	}
	return nil
}

// checkPattern leaves to the library what is no pattern at all.
func (r *reader) checkPattern(pattern string) error {
	size, err := patternSize(pattern)
	if r.patterns += size; err == nil && (size > maxPattern || r.patterns > maxPatterns) {
		return &fault{code: CodeTooLarge, found: vc.Quote(pattern), expected: mostInstructions}
	}
	return nil
}
