package contexts_test

import (
	"crypto"
	_ "crypto/sha512"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

var hashes = [...]crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512}

func requireSums(t *testing.T, file string, text contexts.Text) {
	t.Helper()
	for _, hash := range hashes {
		h := hash.New()
		h.Write(testkit.ReadShared(t, file))
		require.Equal(t, h.Sum(nil), text.Sum(hash), file)
	}
}

// The digests are those of the published files.
func TestDigestsOfPublishedFiles(t *testing.T) {
	seen := 0
	for _, c := range manifest(t) {
		texts := contexts.Texts(c.URL)
		require.Equal(t, contexts.Known(c.URL), texts != nil, c.URL)
		if texts != nil {
			require.Empty(t, texts[0].Since)
			requireSums(t, "vc/contexts/"+c.File, texts[0])
			seen++
		}
	}
	require.Greater(t, seen, 20)
}

// Each earlier text is that of a day of the publisher's history, in their order, and the
// text of each archived state of Open Badges 3.0 is among them, where it was published.
func TestDigestsOfEarlierFiles(t *testing.T) {
	const base = "https://purl.imsglobal.org/spec/ob/v3p0/"
	files, err := os.ReadDir(testkit.Shared(t, "ob/contexts/ob3-history"))
	require.NoError(t, err)
	fileOf := map[string]string{}
	for _, f := range files {
		name, date := historic(t, f.Name())
		fileOf[base+name+" "+date] = "ob/contexts/ob3-history/" + f.Name()
	}
	seen := 0
	for _, name := range []string{"context.json", "context-3.0.1.json", "context-3.0.2.json", "context-3.0.3.json"} {
		texts := contexts.Texts(base + name)
		require.True(t, slices.IsSortedFunc(texts[1:], func(a, b contexts.Text) int { return strings.Compare(b.Since, a.Since) }))
		var days []string
		for _, text := range texts[1:] {
			file := fileOf[base+name+" "+text.Since]
			if text.Since == "2023-07-14" {
				file = "ob/contexts/ob3-history/context-3.0.2_2023-07-14_e2655da.json" // the second of that day
			}
			requireSums(t, file, text)
			days = append(days, text.Since)
			seen++
		}
		for _, state := range contexts.Archived(base + name) {
			published := fileOf[base+name+" "+state.Date] != ""
			require.Equal(t, published, slices.Contains(days, state.Date), "%s of %s", name, state.Date)
		}
	}
	require.Equal(t, 14, seen)
}

func TestDigestOfWhatIsNotKnown(t *testing.T) {
	require.Nil(t, contexts.Texts("https://unknown.example/"))
	text := contexts.Texts("https://www.w3.org/ns/credentials/v2")[0]
	require.Nil(t, text.Sum(crypto.SHA1))
	require.Len(t, text.Sum(crypto.SHA256), 32)
}
