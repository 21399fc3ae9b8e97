package rules

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/shape"
)

// The formats, each with what it takes and what it refuses.
func TestFormats(t *testing.T) {
	for _, c := range []struct {
		format    *shape.Format
		good, bad []string
	}{
		{formatLanguage, []string{"en", "de-DE", "zh-Hant", "zh-Hant-TW", "es-419", "ast"},
			[]string{"", "e", "EN", "abcd", "english", "de-de", "de-1996", "en-", "en-Latn-", "en_US", "en-US-x", "zh-hant"}},
		{formatEmail, []string{"a@example.org", "abc@localhost", "o'brien+x@mail.example.co.uk", "ü@example.org"},
			[]string{"", "a", "@", "a@", "@example.org", "a b@example.org", "a@.example.org", "a@example.org.", "A <a@example.org>", "a@x,b@y"}},
		{formatCountry, []string{"DE", "US"}, []string{"", "D", "de", "DEU", "D1"}},
		{formatJWS, []string{"a.b.c", "a..c", "e30.e30.c2ln", "-_.-_.-_"}, []string{"", "a", "a.b", ".b.c", "a.b.", "a.b.c.d", "a.b.c=", "a .b.c", "..", "ä.b.c"}},
		{formatDate, []string{"2001-02-28"}, []string{"", "2001-02-30", "2001-02-28T00:00:00Z"}},
	} {
		for _, s := range c.good {
			require.Empty(t, c.format.Check(s), "%s %q", c.format.Name, s)
		}
		for _, s := range c.bad {
			require.NotEmpty(t, c.format.Check(s), "%s %q", c.format.Name, s)
		}
	}
}

// Each vocabulary of the table holds each constant of its type: a constant that
// was forgotten would be a term that nobody can use.
func TestVocabulariesAreWhole(t *testing.T) {
	require.Len(t, achievementTypes.Terms, 31)
	require.Len(t, targetTypes.Terms, 7)
	require.Len(t, resultTypes.Terms, 12)
	require.Len(t, statusTypes.Terms, 7)
	require.Len(t, identifierTypes.Terms, 19)
	for _, e := range []*shape.Enum{achievementTypes, targetTypes, resultTypes, statusTypes, identifierTypes} {
		for _, term := range e.Terms {
			require.True(t, e.Has(term))
			require.False(t, e.Has(strings.ToUpper(term)+"x"))
		}
	}
}

// The sniffing of an image looks at no more than its beginning, in each way that
// data is written.
func TestDataURI(t *testing.T) {
	long := strings.Repeat("A", 1<<20)
	media, data, ok := dataURI("data:image/png;base64," + long)
	require.True(t, ok)
	require.Equal(t, "image/png", media)
	require.LessOrEqual(t, len(data), sniff+3)
	_, data, _ = dataURI("data:image/svg+xml,%3Csvg" + strings.Repeat("%20", 1<<16))
	require.True(t, looksLike("image/svg+xml", data))
	_, data, _ = dataURI("DATA:image/svg+xml;base64,PHN2Zy8-")
	require.True(t, looksLike("image/svg+xml", data), "base64url")
	_, _, ok = dataURI("https://example.org/data:")
	require.False(t, ok)
	for _, s := range []string{"data:", "data:image/png", "data:;base64,", "data:image/png;base64"} {
		_, _, ok := dataURI(s)
		require.True(t, ok, s)
	}
	// An escape that the cut leaves in two pieces does not lose the rest.
	for n := range 8 {
		_, data, _ = dataURI("data:image/svg+xml," + strings.Repeat(" ", n) + "%3Csvg%3E" + strings.Repeat("%41", 2*sniff))
		require.True(t, looksLike("image/svg+xml", data), n)
	}
}
