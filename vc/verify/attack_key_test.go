package verify_test

import (
	"bytes"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Keys under which anything verifies, or that are cheap to break, are no keys:
// the same proof is refused for its key before its signature is looked at.
func TestWeakKeys(t *testing.T) {
	school := edIssuer(t, 1)
	signed := string(school.sign(t, badge(t, school.did), nil))
	as := func(key []byte) string { return "did:key:" + multibase.Encode(multibase.Base58BTC, key) }
	// by is the badge under another key with a signature that small keys accept:
	// R is the identity, S is zero.
	by := func(key []byte) []byte {
		text := strings.ReplaceAll(strings.ReplaceAll(signed, school.did, as(key)), "#"+school.fragment(), "#"+as(key)[len("did:key:"):])
		at := strings.Index(text, `"proofValue":"`) + len(`"proofValue":"`)
		identity := make([]byte, 64)
		identity[0] = 1
		return []byte(text[:at] + multibase.Encode(multibase.Base58BTC, identity) + `"}}`)
	}
	point := func(hex string) []byte {
		n, ok := new(big.Int).SetString(hex, 16)
		require.True(t, ok)
		return append([]byte{0xed, 0x01}, n.FillBytes(make([]byte, 32))...)
	}
	cases := map[string]attack{}
	for name, encoding := range map[string]string{ // the points of small order of edwards25519, and two of their other spellings
		"identity":       "0100000000000000000000000000000000000000000000000000000000000000",
		"order 2":        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"order 4":        "0000000000000000000000000000000000000000000000000000000000000000",
		"order 4, minus": "0000000000000000000000000000000000000000000000000000000000000080",
		"order 8":        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		"order 8, minus": "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
		"order 8, b":     "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
		"order 8, c":     "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
		"identity again": "0100000000000000000000000000000000000000000000000000000000000080",
		"beyond p":       "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	} {
		cases["Ed25519 of "+name] = refusal(by(point(encoding)), verify.CodeKeyMalformed)
	}
	offCurve := point("02" + strings.Repeat("0", 62))
	cases["Ed25519 off the curve"] = refusal(by(offCurve), proof.CodeInvalidKey)
	cases["Ed25519 of 31 bytes"] = refusal(by(point(strings.Repeat("1", 64))[:33]), verify.CodeKeyMalformed)
	cases["Ed25519 of 33 bytes"] = refusal(by(append(point(strings.Repeat("1", 64)), 0)), verify.CodeKeyMalformed)
	cases["a secret key"] = refusal(by(append([]byte{0x80, 0x26}, make([]byte, 32)...)), verify.CodeKeyMalformed)
	cases["X25519"] = refusal(by(append([]byte{0xec, 0x01}, make([]byte, 32)...)), verify.CodeKeyRelationship)
	cases["an unknown kind"] = refusal(by(append([]byte{0xff, 0x7f}, make([]byte, 32)...)), vc.Code(did.CodeUnsupportedKey))
	cases["P-256 off the curve"] = refusal(by(append([]byte{0x80, 0x24, 0x02}, bytes.Repeat([]byte{0xff}, 32)...)), verify.CodeKeyMalformed)
	cases["the key in base64url"] = refusal([]byte(strings.ReplaceAll(signed, school.fragment(), "u7QEBAQ")), verify.CodeDIDMalformed)
	attacks(t, attack{text: []byte(signed)}, cases)
}

// RSA keys that are too small or too large, where a token brings them and the
// issuer lists them.
func TestRSAKeys(t *testing.T) {
	school := rsaIssuer(t)
	good := school.signer.Public().(*rsa.PublicKey)
	e := base64.RawURLEncoding
	set := func(n []byte, exponent string) verify.Config {
		return verify.Config{Fetcher: pack(t, `{"`+victim+`":{"keys":[{"kid":"key","kty":"RSA","n":"`+e.EncodeToString(n)+`","e":"`+exponent+`"}]}}`)}
	}
	token := []byte(school.token(t, proof.RS256, `{"alg":"RS256","kid":"`+victim+`#key"}`, claims(t, victim, "")))
	no := func(c verify.Config) attack {
		return attack{token, c, verify.VerdictNotVerified, []vc.Code{verify.CodeKeyMalformed}}
	}
	huge := make([]byte, 2048)
	for i := range huge {
		huge[i] = sha256.New().Sum([]byte{byte(i)})[0] | 1
	}
	small, _ := new(big.Int).SetString(strings.Repeat("c3", 128), 16)
	attacks(t, attack{text: token, config: set(good.N.Bytes(), "AQAB")}, map[string]attack{
		"1,024 bits":            no(set(small.Bytes(), "AQAB")),
		"16,384 bits":           no(set(huge, "AQAB")),
		"exponent 1":            no(set(good.N.Bytes(), "AQ")),
		"exponent 2":            no(set(good.N.Bytes(), "Ag")),
		"an exponent of a page": no(set(good.N.Bytes(), e.EncodeToString(huge))),
		"an even modulus":       no(set(append(good.N.Bytes()[:255:255], 0), "AQAB")),
		"leading zeros":         no(set(append([]byte{0}, good.N.Bytes()...), "AQAB")),
	})
	_, err := school.of.Sign(badge(t, school.did), nil)
	require.Error(t, err, "no cryptosuite signs with RSA")
}
