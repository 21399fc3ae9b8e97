package quote_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/quote"
)

func TestAbridge(t *testing.T) {
	for _, s := range []string{"", "a", "abcdef", "äöüäöü", "🙂🙂🙂🙂"} {
		for most := 0; most < 20; most++ {
			got := quote.Abridge(s, most)
			require.True(t, utf8.ValidString(got))
			require.LessOrEqual(t, len(got), max(most, len("…")))
			require.Equal(t, len(s) <= most, got == s)
		}
	}
	require.Equal(t, "ab…yz", quote.Abridge("abcdefghijklmnopqrstuvwxyz", 7))
}

func TestJSON(t *testing.T) {
	require.Equal(t, `["a", {"b": 1}]`, quote.JSON(`["a", {"b": 1}]`))
	require.Equal(t, `["\u202e"]`, quote.JSON("[\"\u202e\"]"))
	require.LessOrEqual(t, len(quote.JSON(strings.Repeat("7", 1000))), quote.Most)
}

func TestText(t *testing.T) {
	require.Equal(t, `"a\"b\x1b"`, quote.Text("a\"b\x1b"))
	require.Equal(t, `"https://school.example/a"`, quote.Text("https://school.example/a"))
	long := quote.Text("begin" + strings.Repeat("x", 9000) + "end")
	require.LessOrEqual(t, len(long), quote.Most+len(`""`))
	require.True(t, strings.HasPrefix(long, `"begin`) && strings.HasSuffix(long, `end"`), long)
}
