package suites_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonld"
)

// TestDeviations shows each deviation by a document that has it alone, so that
// none outlives its reason, and that documents beside it compare equal.
func TestDeviations(t *testing.T) {
	const context = `"@context": {"p": "urn:p", "link": {"@id": "urn:link", "@type": "@id"}, "json": {"@id": "urn:json", "@type": "@json"},
		"list": {"@id": "urn:list", "@type": "@id", "@container": "@list"}}`
	long := "https://school.example/" + strings.Repeat("a", 2083)
	shown := map[string]string{
		"graph of verifiableCredential": `{"@context": "https://www.w3.org/ns/credentials/v2", "type": "VerifiablePresentation",
			"verifiableCredential": {"@context": "https://www.w3.org/ns/credentials/v2", "type": "VerifiableCredential",
				"issuer": "did:example:i"}}`,
		"`@language` of a node": `{%s, "@language": "en", "p": "x"}`,
		"errors in a set":       `{%s, "p": {"@set": [{"p": "x"}, {"@value": ["y"]}]}}`,
		"equal JSON literals":   `{%s, "json": {"a": 1}, "urn:json": {"@type": "@json", "@value": {"b": 1}}}`,
		"values in graphs":      `{%s, "@id": "urn:s", "p": "x", "@graph": "y"}`,
		"references in lists":   `{%s, "list": ["relative"]}`,
		"relative `@type`":      `{%s, "@type": "Thing", "p": "x"}`,
		"`@direction`":          `{%s, "p": {"@value": "x", "@language": "ar", "@direction": "rtl"}}`,
		"`@json`":               `{%s, "json": ["a"]}`,
		"large numbers":         `{%s, "p": 100000000000000000000}`,
		"IRIs left out":         `{%s, "link": "` + long + `", "p": "x"}`,
		"ill-formed IRIs":       `{%s, "link": "urn:a> <urn:b", "p": "x"}`,
		"language tags":         `{%s, "p": ["x", {"@value": "y", "@language": "en-ninechars"}]}`,
		"self-references":       `{%s, "@graph": [{"@id": "_:a", "link": "_:a"}, {"p": "1"}, {"p": "2"}, {"p": "3"}, {"p": "4"}]}`,
		"repeated statements":   `{%s, "@id": "urn:s", "list": [], "urn:list": {"@list": []}}`,
		"control characters":    `{%s, "p": "\u0008"}`,
	}
	w := inside()
	e := jsonld.New(jsonld.Config{Documents: w.lookup, Policy: permissive})
	for _, d := range deviations {
		t.Run(d.name, func(t *testing.T) {
			text := shown[d.name]
			if strings.Contains(text, "%s") {
				text = fmt.Sprintf(text, context)
			}
			require.NotEmpty(t, text)
			c := compare(e, []byte(text), w)
			require.False(t, c.equal(), "no deviation any more")
			require.Equal(t, []string{d.name}, c.explain(),
				"ours: %v\n%s\njson-gold: %v\n%s", c.ourError, c.ourForm, c.peerError, c.peerForm)
		})
	}
	require.Len(t, shown, len(deviations))
}

// An unexplained difference is seen: a statement more on either side.
func TestDifferencesAreSeen(t *testing.T) {
	w := inside()
	for _, taken := range []string{"ours", "peer"} {
		c := compare(jsonld.New(jsonld.Config{Policy: permissive}), []byte(`{"@type": "urn:T", "urn:p": ["x", 1, {"urn:q": true}]}`), w)
		require.True(t, c.equal())
		if taken == "ours" {
			replace(c.ours, c.ours.Quads()[1:])
		} else {
			replace(c.peer, c.peer.Quads()[1:])
		}
		require.Nil(t, c.explain())
		require.False(t, c.sameDataset())
	}
}
