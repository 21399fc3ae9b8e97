package verify_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did/didjwk"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// tokenOf signs the badge as a token with a key under a DID.
func tokenOf(t *testing.T, s proof.Signer, did, method string, algorithm proof.Algorithm) []byte {
	t.Helper()
	signed, err := vcjwt.Sign(t.Context(), badge(t, did), vcjwt.SignOptions{Signer: s, KeyID: method, Algorithm: algorithm})
	require.NoError(t, err)
	return signed
}

func headerOf(t *testing.T, token []byte) string {
	t.Helper()
	part, _, _ := strings.Cut(string(token), ".")
	header, err := base64.RawURLEncoding.DecodeString(part)
	require.NoError(t, err)
	return string(header)
}

// A key on P-521 signs tokens by ES512, and its did:key and did:jwk are found.
func TestES512(t *testing.T) {
	key := obtest.Key(obtest.P521, "a school")
	s, err := proof.FromCrypto(key)
	require.NoError(t, err)
	for name, from := range map[string]func() (did, method string, err error){
		"did:key:z2J9": func() (string, string, error) { return didkey.From(key.Public()) },
		"did:jwk:":     func() (string, string, error) { return didjwk.From(key.Public()) },
	} {
		did, method, err := from()
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(did, name), did)
		signed := tokenOf(t, s, did, method, "")
		require.Contains(t, headerOf(t, signed), `"alg":"ES512"`)
		r := inspect(t, signed, verify.Config{})
		require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())

		at := len(signed) - 40
		signed[at] = map[bool]byte{true: 'B', false: 'A'}[signed[at] == 'A']
		r = inspect(t, signed, verify.Config{})
		require.Equal(t, verify.VerdictNotVerified, r.Verdict)
		require.Equal(t, []vc.Code{proof.CodeSignature}, r.Codes())
	}
}

// Ed25519 is written where it is asked for, and read as EdDSA is.
func TestEd25519ByItsNewName(t *testing.T) {
	school := edIssuer(t, 1)
	require.Contains(t, headerOf(t, tokenOf(t, school.signer, school.did, school.method, "")), `"alg":"EdDSA"`)
	signed := tokenOf(t, school.signer, school.did, school.method, proof.Ed25519)
	require.Contains(t, headerOf(t, signed), `"alg":"Ed25519"`)
	r := inspect(t, signed, verify.Config{})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())

	other := ecIssuer(t)
	wrong := []byte(other.token(t, proof.ES256, `{"alg":"Ed25519","kid":"`+other.method+`"}`, claims(t, other.did, "")))
	r = inspect(t, wrong, verify.Config{})
	require.Equal(t, []vc.Code{proof.CodeJWTAlgKeyMismatch}, r.Codes())
	require.Equal(t, verify.VerdictNotVerified, r.Verdict)
}
