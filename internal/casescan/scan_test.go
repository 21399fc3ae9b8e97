package casescan_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/internal/casescan"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/stretchr/testify/require"
)

// pieces of strings, good ones and those that a strict reader refuses.
var pieces = []string{"a", "plain text", " ", "é", "\U0001F600", `\n`, `\"`, `\\`, `\/`, `\u0041`, `\ud83d\ude00`, "\x7f",
	`\ud83d`, `\x`, `\u00`, "\x01", "\xff", `"`, "\n", "0123456789abcdef"}

// A string is taken exactly where the strict parse takes it, with the same content.
func TestTextIsThatOfTheStrictParse(t *testing.T) {
	r, taken := rand.New(rand.NewPCG(1, 2)), 0
	for range 20_000 {
		var content strings.Builder
		for range r.IntN(6) {
			good := len(pieces)
			if r.IntN(3) > 0 {
				good = 12
			}
			content.WriteString(pieces[r.IntN(good)])
		}
		text := `"` + content.String() + `"`
		doc, err := jsonx.Parse([]byte(text), jsonx.Limits{Bytes: 1000, Depth: 4}, nil)

		scratch := []byte("before")
		s := casescan.Scan{B: []byte(text + ",")}
		got, plain, ok := s.Text(&scratch)
		whole := ok && s.P == len(text)
		require.Equal(t, err == nil, whole, "%q: %v", text, err)
		require.True(t, strings.HasPrefix(string(scratch), "before"))
		if !whole {
			continue
		}
		taken++
		require.Equal(t, doc.Root().Text(), string(got), "%q", text)
		require.Equal(t, !strings.ContainsFunc(text, func(c rune) bool { return c >= 0x7f || c == '\\' }), plain, "%q", text)
	}
	require.Greater(t, taken, 10_000)
}
