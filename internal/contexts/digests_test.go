package contexts_test

import (
	"crypto"
	_ "crypto/sha512"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// The digests are those of the published files.
func TestDigestsOfPublishedFiles(t *testing.T) {
	var list []struct{ URL, File string }
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/contexts/manifest.json"), &list))
	seen := 0
	for _, c := range list {
		for _, hash := range [...]crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512} {
			sum := contexts.Digest(c.URL, hash)
			if sum == nil {
				require.False(t, contexts.Known(c.URL), c.URL)
				continue
			}
			h := hash.New()
			h.Write(testkit.ReadShared(t, "vc/contexts/"+c.File))
			require.Equal(t, h.Sum(nil), sum, c.URL)
			seen++
		}
	}
	require.Greater(t, seen, 60)
}

func TestDigestOfWhatIsNotKnown(t *testing.T) {
	require.Nil(t, contexts.Digest("https://unknown.example/", crypto.SHA256))
	require.Nil(t, contexts.Digest("https://www.w3.org/ns/credentials/v2", crypto.SHA1))
	require.Len(t, contexts.Digest("https://www.w3.org/ns/credentials/v2", crypto.SHA256), 32)
}
