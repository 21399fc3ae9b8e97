package rdf_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// Canonical N-Quads: BS HT LF FF CR, quotation mark and backslash have short
// escapes; the other characters up to U+001F and U+007F have \u; nothing else is
// escaped.
func TestEscapes(t *testing.T) {
	tests := []struct{ value, canonical, legacy string }{
		{"\b\t\n\f\r\"\\", `\b\t\n\f\r\"\\`, "\b\t" + `\n` + "\f" + `\r\"\\`},
		{"\x00\x01\x0b\x0e\x1f\x7f", `\u0000\u0001\u000B\u000E\u001F\u007F`, "\x00\x01\x0b\x0e\x1f\x7f"},
		{"\u0080\u0085\u2028\ufffe😀'/<>", "\u0080\u0085\u2028\ufffe😀'/<>", "\u0080\u0085\u2028\ufffe😀'/<>"},
		{"!#[]^~ ", "!#[]^~ ", "!#[]^~ "},
	}
	for _, test := range tests {
		for pad := range 17 { // every place in the words that are looked at at once
			for _, side := range []struct{ left, right string }{{strings.Repeat("é", pad), ""}, {"", strings.Repeat("a", pad)}} {
				d := literal(side.left + test.value + side.right)
				line := func(s string) string { return `<urn:s> <urn:p> "` + side.left + s + side.right + "\" .\n" }
				require.Equal(t, line(test.canonical), canonical(t, d, rdf.Options{}))
				require.Equal(t, line(test.legacy), canonical(t, d, rdf.Options{Legacy: true}))
			}
		}
	}
}

func TestEachByteEscape(t *testing.T) {
	for c := range rune(0x100) {
		escaped := c < 0x20 || c == '"' || c == '\\' || c == 0x7F
		for at := range 9 {
			value := []rune("aaaaaaaaaa")
			value[at] = c
			got := canonical(t, literal(string(value)), rdf.Options{})
			require.Equal(t, escaped, got != `<urn:s> <urn:p> "`+string(value)+"\" .\n", "%q at %d", c, at)
			d, _ := parse(t, got)
			require.Equal(t, string(value), d.Quads()[0].Value)
		}
	}
}

func literal(value string) *rdf.Dataset {
	return dataset(0, rdf.Quad{
		Subject: "urn:s", Predicate: "urn:p", Value: value, Kind: rdf.Literal,
		SubjectNode: rdf.NoNode, ObjectNode: rdf.NoNode, GraphNode: rdf.NoNode,
	})
}
