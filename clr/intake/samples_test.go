package intake_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Every record of the samples, and what wallets of LearnCard hold: entries whatever the
// envelope, each of which can be had.
func TestSamples(t *testing.T) {
	root := testkit.Shared(t, "ob/samples")
	read := 0
	require.NoError(t, filepath.WalkDir(root, func(path string, f os.DirEntry, err error) error {
		if err != nil || f.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		if !bytes.Contains(content, []byte("ClrCredential")) && !strings.Contains(path, "learncard") {
			return nil
		}
		t.Run(strings.TrimPrefix(path, root), func(t *testing.T) {
			r, err := intake.Read(t.Context(), content, intake.Config{Verify: verify.Config{Now: testkit.Clock}})
			require.NoError(t, err)
			t.Log(r.Kind, r.Envelope.State, r.Len(), r.Envelope.Codes)
			if r.Envelope.State == intake.EnvelopeUnreadable {
				return
			}
			held := bytes.Count(content, []byte(`"credentialSubject"`)) // in plain text
			if r.Kind == intake.KindRecord {
				held--
			}
			require.Equal(t, held, r.Len())
			for e := range r.Entries() {
				require.NotEqual(t, intake.StandingForged, e.Standing)
				require.NotEmpty(t, e.Secured())
			}
			read++
		})
		return nil
	}))
	require.GreaterOrEqual(t, read, 12)
}
