package floors_test

import (
	"fmt"
	"go/scanner"
	"go/token"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// mostColumns is how long a line of Go may be. In tests, in the packages that only tests
// import, and in the one that makes the documents of tests, the text of a literal does not count, nor what an example prints: a
// document that is broken over lines, or a table whose rows are, is harder to read than
// a long line.
const mostColumns = 140

func TestLinesAreShort(t *testing.T) {
	long := map[string][]string{} // by folder
	for _, path := range goFiles(t) {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		inTests := strings.HasSuffix(path, "_test.go") || outside(folder(path)) || folder(path) == "conformance/obtest"
		for line, n := range columns(text, inTests) {
			if n > mostColumns {
				long[folder(path)] = append(long[folder(path)], fmt.Sprintf("%s:%d has %d columns", path, line+1, n))
			}
		}
	}
	require.Empty(t, long)
}

// columns counts those of each line, a tab as four, with or without what stands in
// literals and behind Output of an example.
func columns(text []byte, bare bool) []int {
	lines := strings.Split(string(text), "\n")
	counts := make([]int, len(lines))
	for i, line := range lines {
		counts[i] = width(line)
	}
	if !bare {
		return counts
	}
	set := token.NewFileSet()
	file := set.AddFile("", -1, len(text))
	var s scanner.Scanner
	s.Init(file, text, nil, scanner.ScanComments)
	printed := false
	for {
		pos, tok, literal := s.Scan()
		printed = tok == token.COMMENT && (printed || literal == "// Output:")
		switch {
		case tok == token.EOF:
			return counts
		case tok == token.STRING || printed:
			for i, part := range strings.Split(literal, "\n") {
				counts[file.Line(pos)-1+i] -= width(part)
			}
		}
	}
}

func width(s string) int { return utf8.RuneCountInString(s) + 3*strings.Count(s, "\t") }

func TestColumns(t *testing.T) {
	const text = "package p\n\tx := 'ä'\t\n\ty := f(`a\n\tb`, \"ä\") // c\n// Output:\n// d\nvar z // e\n"
	require.Equal(t, []int{9, 4 + len("x := 'a'") + 4, 4 + len("y := f(`a"), 4 + len("b`, \"a\") // c"), 10, 4, 10, 0},
		columns([]byte(text), false))
	require.Equal(t, []int{9, 4 + len("x := 'a'") + 4, 4 + len("y := f("), len(", ) // c"), 0, 0, 10, 0},
		columns([]byte(text), true))
}
