package peertest_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/peer"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc/verify"
)

// joseProgram verifies each token of a file with its key, and signs the same
// header and payload again with the private key.
const joseProgram = `
import * as jose from 'jose';
import fs from 'node:fs';
for (const {name, alg, token, tampered, spki, pkcs8} of JSON.parse(fs.readFileSync(process.argv[2]))) {
  const key = await jose.importSPKI(spki, alg);
  const {payload, protectedHeader} = await jose.compactVerify(token, key, {algorithms: [alg]});
  let refused = '';
  try { await jose.compactVerify(tampered, key, {algorithms: [alg]}); } catch (e) { refused = e.code; }
  const theirs = await new jose.CompactSign(payload).setProtectedHeader(protectedHeader).sign(await jose.importPKCS8(pkcs8, alg));
  console.log(JSON.stringify({name, refused, theirs}));
}
`

// joseToken is what the program is given.
type joseToken struct {
	Name     string          `json:"name"`
	Alg      proof.Algorithm `json:"alg"`
	Token    string          `json:"token"`
	Tampered string          `json:"tampered"`
	SPKI     string          `json:"spki"`
	PKCS8    string          `json:"pkcs8"`
}

// Tokens both ways, in every algorithm: the peer verifies ours and refuses them
// when a byte changes; we verify what it signs.
func TestTokensBothWays(t *testing.T) {
	peer.Folder(t)
	world := obtest.New(obtest.Config{Seed: t.Name(), At: testkit.Now})
	var sent []joseToken
	for _, c := range []struct {
		algorithm proof.Algorithm
		kind      obtest.KeyKind
	}{
		{proof.RS256, obtest.RSA}, {proof.PS256, obtest.RSA}, {proof.EdDSA, obtest.Ed25519},
		{proof.ES256, obtest.P256}, {proof.ES384, obtest.P384}, {proof.ES512, obtest.P521},
	} {
		by, err := world.Issuer(strings.ToLower(string(c.kind)), obtest.DIDKey, c.kind)
		require.NoError(t, err)
		key := world.Key(c.kind, by.Name)
		for name, text := range credentials(t) {
			if name == "badge11" {
				continue // data model 1.1 is not issued as a token
			}
			token, err := by.Token(issuedBy(t, text, by.ID), func(o *vcjwt.SignOptions) { o.Algorithm = c.algorithm })
			require.NoError(t, err, name)
			sent = append(sent, joseToken{name, c.algorithm, string(token), string(otherSignature(token)), public(t, key), private(t, key)})
		}
	}
	text, err := json.Marshal(sent)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "tokens.json")
	require.NoError(t, os.WriteFile(path, text, 0o600))

	seen := 0
	for d := json.NewDecoder(bytes.NewReader(peer.Run(t, joseProgram, path))); d.More(); seen++ {
		var answer struct{ Name, Refused, Theirs string }
		require.NoError(t, d.Decode(&answer))
		require.Equal(t, "ERR_JWS_SIGNATURE_VERIFICATION_FAILED", answer.Refused, answer.Name)
		r, err := verify.Inspect(context.Background(), []byte(answer.Theirs), verify.Config{Kinds: []string{verify.AnyKind},
			Now: testkit.Clock, Accept: []verify.CheckName{verify.CheckStatus}})
		require.NoError(t, err)
		require.Equal(t, verify.VerdictVerified, r.Verdict, "%s %v", answer.Name, r.Problems())
	}
	require.Len(t, sent, seen)
}

// otherSignature changes one character in the midst of a token's signature.
func otherSignature(token []byte) []byte {
	changed := bytes.Clone(token)
	at := bytes.LastIndexByte(token, '.') + 5
	changed[at] = 'A'
	if token[at] == 'A' {
		changed[at] = 'B'
	}
	return changed
}

func public(t *testing.T, key crypto.Signer) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	require.NoError(t, err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func private(t *testing.T, key crypto.Signer) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}
