package peertest_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/peer"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

// verdict is a line of the peer's answer.
type verdict struct {
	File     string
	Verified bool
	Errors   []string
}

// verifiedByPeer has the peer verify texts by name.
func verifiedByPeer(t *testing.T, texts map[string][]byte) map[string]verdict {
	t.Helper()
	dir := t.TempDir()
	arguments := []string{"verify"}
	for name, text := range texts {
		path := filepath.Join(dir, name+".json")
		require.NoError(t, os.WriteFile(path, text, 0o600))
		arguments = append(arguments, path)
	}
	all := map[string]verdict{}
	for d := json.NewDecoder(bytes.NewReader(peer.Run(t, "peer.mjs", arguments...))); d.More(); {
		var v verdict
		require.NoError(t, d.Decode(&v))
		all[strings.TrimSuffix(filepath.Base(v.File), ".json")] = v
	}
	require.Len(t, all, len(texts))
	return all
}

const ed25519Suite2020 = "https://w3id.org/security/suites/ed25519-2020/v1"

// withSuiteContext adds the context that Ed25519Signature2020 needs.
func withSuiteContext(text string) string {
	if strings.Contains(text, ed25519Suite2020) {
		return text
	}
	end := strings.Index(text, "]")
	return text[:end] + `, "` + ed25519Suite2020 + `"` + text[end:]
}

var startYear = regexp.MustCompile(`"(?:validFrom|issuanceDate)": "20\d`)

// tampered changes one digit of when the credential begins.
func tampered(t *testing.T, text []byte) []byte {
	t.Helper()
	at := startYear.FindIndex(text)
	require.NotNil(t, at)
	changed := bytes.Clone(text)
	changed[at[1]] = '0' + (changed[at[1]]-'0'+9)%10
	return changed
}

// What we sign in each suite, the peer verifies, and refuses when a byte changes.
func TestPeerVerifiesOurs(t *testing.T) {
	peer.Folder(t)
	ed, p256, p384 := school.Ed(t, 1), school.Issuer(t, obtest.P256, 1), school.Issuer(t, obtest.P384, 1)
	for _, c := range []struct {
		name, suite string
		by          *obtest.Issuer
	}{
		{"eddsa-rdfc-2022", dataintegrity.EddsaRdfc2022, ed},
		{"eddsa-jcs-2022", dataintegrity.EddsaJcs2022, ed},
		{"ecdsa-rdfc-2019", dataintegrity.EcdsaRdfc2019, p256},
		{"ecdsa-jcs-2019", dataintegrity.EcdsaJcs2019, p256},
		{"ecdsa-rdfc-2019-p384", dataintegrity.EcdsaRdfc2019, p384},
		{"ecdsa-jcs-2019-p384", dataintegrity.EcdsaJcs2019, p384},
		{"Ed25519Signature2020", dataintegrity.Ed25519Signature2020, ed},
	} {
		t.Run(c.name, func(t *testing.T) {
			good, bad := map[string][]byte{}, map[string][]byte{}
			for name, text := range credentials(t) {
				if c.suite == dataintegrity.Ed25519Signature2020 {
					text = withSuiteContext(text)
				}
				signed, err := c.by.Sign(issuedBy(t, text, c.by.ID), func(o *dataintegrity.SignOptions) { o.Suite = c.suite })
				if name == "numbers" { // it holds an integer beyond 2^53, which peers sign and we do not
					require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeNumberNotPortable})
					continue
				}
				require.NoError(t, err, name)
				good[name], bad[name] = signed, tampered(t, signed)
			}
			requireVerdicts(t, verifiedByPeer(t, good), true)
			requireVerdicts(t, verifiedByPeer(t, bad), false)
		})
	}
}

func requireVerdicts(t *testing.T, all map[string]verdict, verified bool) {
	t.Helper()
	for name, v := range all {
		require.Equal(t, verified, v.Verified, "%s %v", name, v.Errors)
		if !verified {
			require.True(t, slices.ContainsFunc(v.Errors, func(e string) bool { return strings.Contains(e, "Invalid signature") }), "%s %v", name, v.Errors)
		}
	}
}
