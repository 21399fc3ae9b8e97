package floors_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/codes.md anew")

// layers are packages of the inside whose codes reach products as they are.
var layers = map[string]string{
	"internal/jsonx":  "reading JSON",
	"internal/jsonld": "JSON-LD",
	"internal/rdf":    "canonical form",
	"internal/format": "telling what came",
}

// docs/codes.md is what the constants and their comments say.
func TestCodesPage(t *testing.T) {
	page := codesPage(codes(t))
	const file = root + "/docs/codes.md"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(page), 0o644))
	}
	written, err := os.ReadFile(file)
	require.NoError(t, err)
	require.True(t, page == string(written), "docs/codes.md is not what the constants say; write it anew: go test ./internal/floors -run TestCodesPage -update")
}

const codesHead = `# Codes

Every fault that Laurel reports has a code. Codes are stable: branch on them, store them, translate them. What a problem says beside its code (where, what was found, what to do) is for people and may change.

This page is made from the constants and their comments. A code without words is named after its fault; those of JSON-LD are explained in JSON-LD 1.1 API, 9.6. "reading JSON", "telling what came", "JSON-LD" and "canonical form" are parts of the library without constants for products. Beside these, ` + "`not-enabled-`" + ` with a name behind it says that what has the name exists and is not checked here, or that the verifier was set up not to take it: a cryptosuite, a type of proof, an algorithm, a kind of key, a form of token. It is neither good nor bad, and the verdict is undetermined.

| code | what is the matter | where |
|---|---|---|
`

// codesPage has a line for each code that a product can meet.
func codesPage(list []code) string {
	var page strings.Builder
	page.WriteString(codesHead)
	for len(list) > 0 {
		n := slices.IndexFunc(list, func(c code) bool { return c.Value != list[0].Value })
		if n < 0 {
			n = len(list)
		}
		page.WriteString(codeLine(list[:n]))
		list = list[n:]
	}
	return page.String()
}

// codeLine is the line of one code: the words of each package that has some, those of
// the inside only where nobody else has.
func codeLine(same []code) string {
	var words, inner, where []string
	for _, c := range same {
		layer, inside := layers[c.Dir]
		switch {
		case inside && !strings.HasPrefix(c.Value, "nquads-"):
			where, inner = append(where, layer), append(inner, c.Words)
		case source{Dir: c.Dir}.public():
			where = append(where, "`"+c.Dir+"."+c.Name+"`")
			words = append(words, c.Words)
		}
	}
	if len(where) == 0 {
		return ""
	}
	if strings.Join(words, "") == "" {
		words = inner
	}
	words = slices.DeleteFunc(words, func(s string) bool { return s == "" })
	slices.Sort(where)
	slices.Sort(words)
	text := strings.NewReplacer("|", "\\|", "<", "&lt;").Replace(strings.Join(slices.Compact(words), "; "))
	return fmt.Sprintf("| `%s` | %s | %s |\n", same[0].Value, text, strings.Join(slices.Compact(where), ", "))
}

// A page that is not what the constants say is seen: each of code, words and place
// changes its line.
func TestCodeLineTells(t *testing.T) {
	c := code{Dir: "vc", Name: "CodeA", Value: "a", Words: "too | <long>"}
	require.Equal(t, "| `a` | too \\| &lt;long> | `vc.CodeA` |\n", codeLine([]code{c}))
	inner := code{Dir: "internal/jsonx", Name: "CodeB", Value: "a", Words: "of the inside"}
	require.Equal(t, "| `a` | too \\| &lt;long> | `vc.CodeA`, reading JSON |\n", codeLine([]code{inner, c}))
	require.Equal(t, "| `a` | of the inside | reading JSON |\n", codeLine([]code{inner}))
	require.Empty(t, codeLine([]code{{Dir: "internal/multikey", Name: "CodeC", Value: "c"}}))
}
