package language_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/language"
)

// The examples of RFC 5646, appendix A, and what is written in their place.
func TestJudge(t *testing.T) {
	for verdict, tags := range map[language.Verdict]string{
		language.Valid: "de fr ja i-enochian zh-Hant zh-Hans sr-Cyrl sr-Latn zh-cmn-Hans-CN cmn-Hans-CN zh-yue-HK yue-HK " +
			"zh-Hans-CN sr-Latn-RS sl-rozaj sl-rozaj-biske sl-nedis de-CH-1901 sl-IT-nedis hy-Latn-IT-arevela de-DE en-US es-419 " +
			"de-CH-x-phonebk az-Arab-x-AZE-derbend x-whatever qaa-Qaaa-QM-x-southern de-Qaaa sr-Latn-QM sr-Qaaa-RS " +
			"en-US-u-islamcal zh-CN-a-myext-x-private en-a-myext-b-another en-x-US-US i-default i-klingon art-lojban en-GB-oed " +
			"zh-min-nan sgn-BE-FR no-bok und und-Latn mul zxx mis eng DE en-us EN-Latn-gb iw de-1996 en-u-co-phonebk de-de-1996",
		language.Unknown: "zz xx zh-Abcd de-1997 de-DE-1901-1901 sl-rozaj-ROZAJ ar-a-aaa-b-bbb-a-ccc en-Latn-Latn",
		language.Malformed: "- -en en- en--US en_US e 1 123 de-419-DE a-DE i-nothing x x-123456789 de-x en-u text value lang English " +
			"abcdefghi en-abcdefghi én en€ @none @value root ROOT C POSIX en.UTF-8 en-US@euro en-US-GB *",
	} {
		for _, tag := range strings.Fields(tags) {
			require.Equal(t, verdict, language.Judge(tag), tag)
		}
	}
	for _, tag := range []string{"", " ", "en ", " en", "en US", "en\x00", "en-\xff", "en" + strings.Repeat("-abcdefgh", 15)} {
		require.Equal(t, language.Malformed, language.Judge(tag), "%q", tag)
	}
}

func TestBest(t *testing.T) {
	for _, row := range []struct{ wanted, had, best string }{
		{"de", "en de", "de"},
		{"DE", "en de", "de"},
		{"de", "en de-AT", "de-AT"},
		{"de-CH", "en de", "de"},
		{"de-CH", "de de-CH", "de-CH"},
		{"fr de", "de fr", "fr"},
		{"it de", "en de", "de"},
		{"en-GB", "en-US en-AU", "en-AU"},
		{"nb", "en no", "no"},
		{"gsw", "en de", "de"},
		{"zh-TW", "zh-Hans zh-Hant", "zh-Hant"},
		{"zh-Hant en", "zh-Hans en", "en"},
		{"eng", "de en", "en"},
		{"iw", "en he", "he"},
		{"i-klingon", "en tlh", "tlh"},
		{"x-keel", "en x-keel", "x-keel"},
		{"en-x-keel", "de en", "en"},
		{"und", "en und", "und"},
		{"zz", "en zz", "zz"},
		{"it zz", "en zz", "zz"},
		{"en_US en", "de en", "en"},
		{"it", "en de", ""},
		{"x-bow", "en x-keel", ""},
		{"de", "und en", ""},
		{"de", "zz", ""},
		{"", "en", ""},
		{"de", "", ""},
	} {
		had := strings.Fields(row.had)
		best := ""
		if i := language.Best(strings.Fields(row.wanted), had); i >= 0 {
			best = had[i]
		}
		require.Equal(t, row.best, best, "%+v", row)
	}
	require.Equal(t, 1, language.Best([]string{"", "en"}, []string{"", "en"}), "a text without a language is in none")
}

// Whatever is asked, an answer is one of those had.
func FuzzBest(f *testing.F) {
	f.Add("de-CH,en", "en-GB,zh-Hant,x-keel,")
	f.Add("i-klingon", "en-u-co-phonebk,ar-a-aaa-b-bbb-a-ccc")
	f.Fuzz(func(t *testing.T, wanted, had string) {
		list := strings.Split(had, ",")
		for _, tag := range list {
			language.Judge(tag)
		}
		require.Less(t, language.Best(strings.Split(wanted, ","), list), len(list))
	})
}
