// Package peertest holds the module against independent implementations: what we
// sign they verify, what they sign we verify, and the canonical forms are equal.
//
// The credentials in testdata are ours and unsigned; each shows something that
// implementations have disagreed about. The record, the endorsed badge and the one
// of numbers hold signed credentials, whose proofs the peer made.
//
// The tests need node and a folder in which the peers are installed, named by the
// environment variable LAUREL_PEERS. They are skipped where it is not set, and fail
// where it is and something is missing. That folder has the npm packages jose,
// jsonld and @digitalbazaar/vc with its cryptosuites, and peer.mjs, a program that
// verifies the files it is given:
//
//	node peer.mjs verify FILE...    {"file":…,"verified":…,"errors":[…]} a line
//
// Fixtures that the peers signed need neither; they stand in the packages that
// verify them, in testdata/peers.
package peertest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// placeholder is the issuer of the unsigned credentials.
const placeholder = "did:example:issuer"

// credentials are the unsigned credentials by name.
func credentials(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	all := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		require.NoError(t, err)
		all[strings.TrimSuffix(filepath.Base(f), ".json")] = string(b)
	}
	require.GreaterOrEqual(t, len(all), 15)
	return all
}

// issuedBy puts an issuer into an unsigned credential.
func issuedBy(t *testing.T, text, id string) []byte {
	t.Helper()
	require.Equal(t, 1, strings.Count(text, placeholder))
	return []byte(strings.Replace(text, placeholder, id, 1))
}
