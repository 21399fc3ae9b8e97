package publish_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The Go in docs/keys.md stands in examples, which compile and run, and its links lead
// somewhere.
func TestGuideIsCompiled(t *testing.T) {
	guide, err := os.ReadFile("../../docs/keys.md")
	require.NoError(t, err)
	var source string
	for _, file := range []string{"example_test.go", "../../proof/example_test.go"} {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		source += string(text)
	}
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(guide), -1)
	require.Len(t, blocks, 6)
	for _, block := range blocks {
		require.True(t, strings.Contains(source, block[1]), "no example has\n%s", block[1])
	}
	for _, link := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(string(guide), -1) {
		_, err := os.Stat("../../docs/" + link[1])
		require.NoError(t, err)
	}
}

// A key in a file, as the guide keeps it, is made and read.
func TestKeyInAFile(t *testing.T) {
	file := t.TempDir() + "/key.pem"
	require.NoError(t, newKey(file))
	s, err := loadKey(file)
	require.NoError(t, err)
	issuer, err := first(t.TempDir()+"/issuer.json", s)
	require.NoError(t, err)
	badge, err := award(t.Context(), issuer, s, exampleBadge())
	require.NoError(t, err)
	next, err := revoke(t.Context(), issuer, [][]byte{badge})
	require.NoError(t, err)
	_, err = award(t.Context(), next, s, exampleBadge())
	require.ErrorContains(t, err, "revoked")
	for _, text := range []string{"", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		_, err = loadKey(file)
		require.Error(t, err)
	}
	_, err = loadKey(file + "x")
	require.Error(t, err)
}
