package vc_test

import (
	"testing"

	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

func TestIRIIsAbsolute(t *testing.T) {
	for _, s := range []string{
		"https://example.org", "HTTPS://user:pass@EXAMPLE.org:8443/a?b#c", "http://[::1]/", "did:example:x", "did:web:example.org%3A8443",
		"urn:uuid:0b0a2b5e-9d3c-4b3e-8a5e-2f4b1f0f9d7e", "data:image/png;base64,iVBORw0KGgo=", "mailto:a@example.org",
		"tag:example.org,2026:x", "https://example.org/größe", "ceterms:Credential", "x:y",
	} {
		require.True(t, vc.IRI(s).IsAbsolute(), s)
	}
	for _, s := range []string{
		"", ":", "a:", "http:", "http://", "https:///path", "http://:80/", "http://user@/", "not-a-url", "_:b0", "#frag", "/path",
		"//host/x", "1ab:c", "https://example.org/a b", "https://example.org/\n", " https://example.org", "https://example.org/<x>",
		"urn:\"x\"", "https://example.org/{id}", "https://ex\u200bample.org", "https://example.org/\u00a0", "did:example:x|y", "ä:b",
		"https:example.org",
	} {
		require.False(t, vc.IRI(s).IsAbsolute(), s)
	}
}

func TestNotInIRI(t *testing.T) {
	for s, at := range map[string]int{
		"": -1, "https://example.org/größe": -1, "a b": 1, "|": 0, "größe|": 7, "é\u202e": 2, "a\xff": 1, "a\x7f": 1, "ü\xa0": 2,
	} {
		require.Equal(t, at, vc.NotInIRI(s), "%q", s)
	}
}

// No accepted IRI holds what RDF's IRIREF forbids.
func FuzzIRI(f *testing.F) {
	f.Add("https://example.org/a?b#c")
	f.Fuzz(func(t *testing.T, s string) {
		if !vc.IsAbsoluteIRI(s) {
			return
		}
		for _, r := range s {
			require.Greater(t, r, ' ')
			require.NotContains(t, "<>\"{}|\\^`", string(r))
		}
	})
}
