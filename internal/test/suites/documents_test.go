package suites_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// documentFolders hold the documents of the specifications and of others.
var documentFolders = []string{"ob/samples", "vc/vcdm2", "vc/vcdm11", "vc/di-eddsa", "vc/di-ecdsa", "vc/jose-cose",
	"vc/data-integrity-spec", "vc/cid-spec", "vc/did-documents"}

// documents are the JSON-LD documents in the folders, by path.
func documents(t testing.TB) map[string][]byte {
	all := map[string][]byte{}
	for _, name := range documentFolders {
		root := testkit.Shared(t, name)
		require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			if err == nil && bytes.Contains(text, []byte(`"@context"`)) && json.Valid(text) {
				all[name+strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(root))] = text
			}
			return err
		}))
	}
	return all
}

// TestDocuments compares all of them, whole and without their proofs. A
// difference must be one of the deviations.
func TestDocuments(t *testing.T) {
	w := known(t)
	e := jsonld.New(jsonld.Config{Documents: w.lookup, Policy: permissive})
	equal, refused, different, explained := 0, 0, 0, map[string]int{}
	check := func(name string, text []byte) {
		c := compare(e, text, w)
		switch {
		case c.equal() && c.ourError != nil:
			refused++
			t.Logf("%s: both refuse: %.120v", name, c.ourError)
		case c.equal():
			equal++
		default:
			ours, peer := c.ourForm, c.peerForm
			names := c.explain()
			require.NotNil(t, names, "%s\nours: %v\n%s\njson-gold: %v\n%s", name, c.ourError, ours, c.peerError, peer)
			different++
			for _, n := range names {
				explained[n]++
			}
		}
	}
	all := documents(t)
	for name, text := range all {
		check(name, text)
		if unsigned, err := without(text, "proof"); err == nil && bytes.Contains(text, []byte(`"proof"`)) {
			check(name+" without its proof", unsigned)
		}
	}
	t.Logf("%d documents; %d forms equal, %d refused by both, %d explained: %v", len(all), equal, refused, different, explained)
	require.Greater(t, equal, 500)
}
