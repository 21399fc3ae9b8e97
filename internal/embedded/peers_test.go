package embedded_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

// peerFixture is a credential of ours that an independent implementation signed;
// testdata/peers/README.md says how.
type peerFixture struct {
	File  string
	Proof vc.Code // why the proof is refused, "" where it is good
	Why   string
}

func peerFixtures(t *testing.T) []peerFixture {
	t.Helper()
	b, err := os.ReadFile("testdata/peers/manifest.json")
	require.NoError(t, err)
	var all []peerFixture
	require.NoError(t, json.Unmarshal(b, &all))
	require.NotEmpty(t, all)
	return all
}

// proofsOf checks every proof of text and returns all errors together, those of
// reading included.
func proofsOf(t *testing.T, v *embedded.Verifier, text []byte) error {
	t.Helper()
	doc, err := door.Numbered(vc.ParseConfig{}, v.Symbols()).Parse(text)
	if err != nil {
		return err
	}
	require.NotEmpty(t, door.Proofs(doc))
	var all []error
	s := v.Open(doc, embedded.OpenOptions{})
	for _, value := range door.Proofs(doc) {
		p, problems := embedded.Read(value, embedded.ReadOptions{At: testkit.Now})
		if p == nil {
			for _, problem := range problems {
				all = append(all, problem)
			}
			continue
		}
		if _, err := s.Verify(context.Background(), p, keyOf(t, p)); err != nil {
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}

var startYear = regexp.MustCompile(`"(?:validFrom|issuanceDate)": "20\d`)

// tampered changes one digit of when the credential begins.
func tampered(t *testing.T, text []byte) []byte {
	t.Helper()
	at := startYear.FindIndex(text)
	require.NotNil(t, at)
	changed := append([]byte(nil), text...)
	changed[at[1]] = '0' + (changed[at[1]]-'0'+9)%10
	return changed
}

// What an independent implementation signed in each suite is good, and is not
// when a byte of it changes. Where the two implementations part, the manifest
// says who is right and why.
func TestPeersSignatures(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{})
	for _, f := range peerFixtures(t) {
		t.Run(f.File, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("testdata/peers", f.File))
			require.NoError(t, err)
			err = proofsOf(t, v, text)
			if f.Proof != "" {
				require.ErrorIs(t, err, &vc.Problem{Code: f.Proof}, f.Why)
				return
			}
			require.NoError(t, err, f.Why)
			require.ErrorIs(t, proofsOf(t, v, tampered(t, text)), &vc.Problem{Code: proof.CodeSignature})
		})
	}
}

// Every suite of this package stands among the fixtures but the obsolete name,
// which the peer no longer signs with.
func TestPeersCoverSuites(t *testing.T) {
	signed := map[string]bool{}
	for _, f := range peerFixtures(t) {
		signed[filepath.Dir(f.File)] = true
	}
	for _, name := range dataintegrity.Suites() {
		require.True(t, signed[name] || name == dataintegrity.Eddsa2022, name)
	}
}
