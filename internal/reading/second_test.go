package reading_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
)

// canonical is the canonical form of what a document states.
func canonical(t testing.TB, x *expanded) string {
	t.Helper()
	c, err := rdf.Canonicalize(context.Background(), &x.set, rdf.Options{})
	require.NoError(t, err)
	defer c.Release()
	return string(c.Sum())
}

// Every second name that any known context has for a name in a badge or a record is
// tried: where the statements are the same, the document is refused.
func TestSecondNamesOfKnownContexts(t *testing.T) {
	fixtures := []string{"../../ob/testdata/full.json", "../../ob/testdata/old.json", "../../ob/testdata/credential.json", "../../clr/testdata/record.json"}
	tried := 0
	for _, fixture := range fixtures {
		original, err := os.ReadFile(filepath.FromSlash(fixture))
		require.NoError(t, err)
		plain := strings.ReplaceAll(string(original), `{ "https://library.example/#card": { "https://library.example/#no": 7 } }`, `{ "id": "did:example:b" }`)
		for _, url := range contexts.URLs() {
			text := plain
			at := strings.IndexByte(text, ']') // the end of the first @context
			text = text[:at] + `,"` + url + `"` + text[at:]
			x, err := expand(text)
			if err != nil {
				continue // it redefines what is protected
			}
			lines := named(t, x)
			require.False(t, refused(lines), "%s with %s: %q", fixture, url, lines)
			want := canonical(t, x)
			for _, other := range secondNames(x, text) {
				y, err := expand(other)
				if err != nil || canonical(t, y) != want {
					continue
				}
				tried++
				require.True(t, refused(named(t, y)), "%s with %s: %s", fixture, url, other)
			}
		}
	}
	t.Log(tried, "documents under second names")
	require.Greater(t, tried, 50)
}

// named judges a document by all but the exchange of its unsigned entries.
func named(t testing.TB, x *expanded) []string {
	in := x.input()
	in.Interchangeable = true
	return outline(t, in)
}

// secondNames writes the document again for each second name of each of its members.
func secondNames(x *expanded, text string) (others []string) {
	rename := func(m jsonx.Value, to string) {
		if to == m.Name() {
			return
		}
		name := `"` + m.Name() + `"`
		if at := strings.LastIndex(text[:m.Offset()], name); at >= 0 {
			others = append(others, text[:at]+`"`+to+`"`+text[at+len(name):])
		}
	}
	var walk func(v jsonx.Value)
	walk = func(v jsonx.Value) {
		for m := v.First(); m.Exists(); m = m.Next() {
			if m.Name() == "@context" {
				continue
			}
			if meaning := x.trace.Name(m); v.Kind() == jsonx.Object && meaning.Exists() {
				rename(m, meaning.IRI())
				x.trace.Named(v, meaning.IRI(), func(term string) bool {
					if term != m.Name() {
						rename(m, term)
					}
					return true
				})
				for _, alias := range []string{"uid", "id", "type"} {
					if meaning.IsKeyword() && alias != m.Name() && x.trace.Defines(v, alias).IRI() == meaning.IRI() {
						rename(m, alias)
					}
				}
			}
			walk(m)
		}
	}
	walk(x.root)
	return others
}
