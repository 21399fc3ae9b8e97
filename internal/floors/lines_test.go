package floors_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// mostColumns is how long a line of Go may be.
const mostColumns = 140

// longYet lists the folders that still have longer lines. Nothing is added to it.
var longYet = strings.Fields(`
	did did/didkey did/didweb internal/embedded internal/floors internal/jcs internal/loopback internal/method internal/peertest internal/reading internal/test/rewrite internal/token proof proof/dataintegrity proof/vcjwt vc vc/issue vc/rules vc/status vc/verify`)

func TestLinesAreShort(t *testing.T) {
	long := map[string][]string{} // by folder
	for _, path := range goFiles(t) {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for i, line := range strings.Split(string(text), "\n") {
			if n := columns(line); n > mostColumns {
				long[folder(path)] = append(long[folder(path)], fmt.Sprintf("%s:%d has %d columns", path, i+1, n))
			}
		}
	}
	for _, dir := range longYet {
		require.NotEmpty(t, long[dir], "the lines of %s are short: it leaves the list", dir)
		delete(long, dir)
	}
	require.Empty(t, long)
}

// columns counts a tab as four.
func columns(line string) int { return utf8.RuneCountInString(line) + 3*strings.Count(line, "\t") }

func TestColumns(t *testing.T) {
	require.Equal(t, 4+len("x := 'a'")+4, columns("\tx := 'ä'\t"))
}
