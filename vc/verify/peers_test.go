package verify_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// peerFixture is a credential of ours that an independent implementation signed;
// the README beside each manifest says how.
type peerFixture struct {
	File, Verdict, Why string
	Codes              []vc.Code
}

const (
	embeddedPeers = "../../internal/embedded/testdata/peers"
	tokenPeers    = "testdata/peers"
)

func peerFixtures(t *testing.T, dir string) []peerFixture {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	require.NoError(t, err)
	var all []peerFixture
	require.NoError(t, json.Unmarshal(b, &all))
	require.NotEmpty(t, all)
	return all
}

// oneList answers for the status list of the fixtures with one file, which is
// signed like the credential that asks for it.
type oneList struct{ file string }

func (o oneList) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	if url != "https://ferries.example/status/1" {
		return nil, &fetch.Error{Code: fetch.CodeNotInPack, URL: url}
	}
	body, err := os.ReadFile(o.file)
	return &fetch.Response{URL: url, Body: body}, err
}

// Credentials with embedded proofs of an independent implementation, through the
// whole pipeline.
func TestPeersEmbedded(t *testing.T) {
	for _, f := range peerFixtures(t, embeddedPeers) {
		t.Run(f.File, func(t *testing.T) {
			path := filepath.Join(embeddedPeers, f.File)
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			c := verify.Config{Kinds: []string{verify.AnyKind}, Fetcher: oneList{filepath.Join(filepath.Dir(path), "statuslist.json")}}
			if filepath.Dir(f.File) == dataintegrity.Ed25519Signature2018 {
				r := inspect(t, text, c)
				require.Equal(t, verify.VerdictUndetermined, r.Verdict)
				require.Equal(t, []vc.Code{"not-enabled-Ed25519Signature2018"}, r.Codes(), "unless somebody asks for it")
				c.Proofs.Suites = append(verify.DefaultSuites(), dataintegrity.Ed25519Signature2018)
			}
			r := inspect(t, text, c)
			requireVerdict(t, f, r)
			if r.Verdict == verify.VerdictVerified {
				require.Contains(t, inspect(t, otherStart(t, text), c).Codes(), proof.CodeSignature)
			}
		})
	}
}

// Credentials within credentials are verified each by itself.
func TestPeersNested(t *testing.T) {
	for name, nested := range map[string]int{"record": 2, "numbers": 1, "endorsed": 1} {
		text, err := os.ReadFile(filepath.Join(embeddedPeers, "eddsa-rdfc-2022", name+".json"))
		require.NoError(t, err)
		r := inspect(t, text, verify.Config{Nested: verify.NestedConfig{Policy: verify.NestedRequireAll}})
		require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
		require.Len(t, r.Nested, nested)
		for _, n := range r.Nested {
			require.True(t, n.Proof != verify.ProofNone)
			require.Equal(t, verify.VerdictVerified, n.Report.Verdict)
		}
	}
}

// Tokens of an independent implementation.
func TestPeersTokens(t *testing.T) {
	for _, f := range peerFixtures(t, tokenPeers) {
		t.Run(f.File, func(t *testing.T) {
			token, err := os.ReadFile(filepath.Join(tokenPeers, f.File))
			require.NoError(t, err)
			token = bytes.TrimSpace(token)
			r := inspect(t, token, verify.Config{})
			requireVerdict(t, f, r)
			if r.Verdict == verify.VerdictVerified {
				at := bytes.LastIndexByte(token, '.') + 5
				require.Contains(t, inspect(t, otherCharacter(token, at), verify.Config{}).Codes(), proof.CodeSignature)
			}
		})
	}
}

func requireVerdict(t *testing.T, f peerFixture, r *verify.Report) {
	t.Helper()
	require.Equal(t, f.Verdict, r.Verdict.String(), "%s %v", f.Why, r.Problems())
	require.ElementsMatch(t, f.Codes, r.Codes(), f.Why)
}

var startYear = regexp.MustCompile(`"(?:validFrom|issuanceDate)": "20\d`)

// otherStart changes one digit of when the credential begins.
func otherStart(t *testing.T, text []byte) []byte {
	t.Helper()
	at := startYear.FindIndex(text)
	require.NotNil(t, at)
	changed := bytes.Clone(text)
	changed[at[1]] = '0' + (changed[at[1]]-'0'+9)%10
	return changed
}

// otherCharacter replaces one character of base64url by another one.
func otherCharacter(text []byte, at int) []byte {
	changed := bytes.Clone(text)
	changed[at] = 'A'
	if text[at] == 'A' {
		changed[at] = 'B'
	}
	return changed
}
