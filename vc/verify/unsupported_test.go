package verify_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/unsupported"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// otherProof is a proof of a kind by the issuer, as it may stand in a document.
func otherProof(e unsupported.Entry, method string) string {
	kind := `"type":"` + e.Name + `"`
	if e.Kind == unsupported.Suite {
		kind = `"type":"DataIntegrityProof","cryptosuite":"` + e.Name + `"`
	}
	return `{` + kind + `,"verificationMethod":"` + method + `","proofPurpose":"assertionMethod","proofValue":"uabc"}`
}

// Every kind of proof that somebody defined is undecided alone, stands aside beside a
// good proof, and hides no bad one. One that nobody defined is bad.
func TestProofsDefinedElsewhere(t *testing.T) {
	school := edIssuer(t, 1)
	signed := string(school.sign(t, badge(t, school.did), nil))
	at := strings.Index(signed, `"proof":`) + len(`"proof":`)
	own := strings.TrimSuffix(strings.TrimSpace(signed[at:]), "}")
	with := func(proofs string) []byte { return []byte(signed[:at] + proofs + "}") }
	forged := strings.Replace(own, `"proofValue":"z`, `"proofValue":"z1`, 1)
	n := 0
	for _, e := range unsupported.All() {
		if e.Kind != unsupported.Proof && e.Kind != unsupported.Suite {
			continue
		}
		n++
		require.NotContains(t, embedded.Suites(), e.Name)
		other, code := otherProof(e, school.method), vc.Code("not-enabled-"+e.Name)
		for _, policy := range []verify.ProofPolicy{verify.ProofsAll, verify.ProofsAny} {
			config := verify.Config{Proofs: verify.ProofsConfig{Policy: policy}}
			r := inspect(t, with(other), config)
			require.Equal(t, verify.VerdictUndetermined, r.Verdict, "%v", r.Problems())
			require.Equal(t, []vc.Code{code}, r.Codes())
			require.Equal(t, verify.VerdictVerified, inspect(t, with("["+own+","+other+"]"), config).Verdict)
			require.Equal(t, verify.VerdictNotVerified, inspect(t, with("["+other+","+forged+"]"), config).Verdict)
		}
		unknown := strings.Replace(other, e.Name, e.Name+"9", 1)
		require.Equal(t, verify.VerdictNotVerified, inspect(t, with(unknown), verify.Config{}).Verdict, e.Name)
	}
	require.Greater(t, n, 25)
}

// A type of proof is no cryptosuite, and a cryptosuite no type.
func TestProofsUnderAnothersName(t *testing.T) {
	school := edIssuer(t, 1)
	signed := string(school.sign(t, badge(t, school.did), nil))
	for old, c := range map[string]struct {
		name string
		code vc.Code
	}{
		`"eddsa-rdfc-2022"`: {`"RsaSignature2018"`, proof.CodeSuiteUnknown},
		`"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`: {`"bbs-2023"`, proof.CodeProofTypeUnknown},
	} {
		r := inspect(t, replace(t, signed, old, c.name), verify.Config{})
		require.Equal(t, verify.VerdictNotVerified, r.Verdict)
		require.Equal(t, []vc.Code{c.code}, r.Codes())
	}
}

// Every algorithm of the registry is undecided where it is not done here; a MAC and a
// name of nobody's are refused.
func TestAlgorithmsDefinedElsewhere(t *testing.T) {
	school := edIssuer(t, 1)
	token := func(alg string) []byte {
		header := `{"alg":"` + alg + `","kid":"` + school.method + `"}`
		return []byte(school.token(t, proof.EdDSA, header, claims(t, school.did, "")))
	}
	for _, e := range unsupported.All() {
		if e.Kind != unsupported.Algorithm {
			continue
		}
		require.False(t, proof.Algorithm(e.Name).Known())
		r := inspect(t, token(e.Name), verify.Config{})
		require.Equal(t, verify.VerdictUndetermined, r.Verdict, "%v", r.Problems())
		require.Equal(t, []vc.Code{vc.Code("not-enabled-" + e.Name)}, r.Codes())
	}
	for _, alg := range []string{"HS256", "HS384", "HS512", "RS1", "RSA-OAEP", "dir", "RS999", "es512"} {
		r := inspect(t, token(alg), verify.Config{})
		require.Equal(t, verify.VerdictNotVerified, r.Verdict, alg)
		require.Equal(t, []vc.Code{proof.CodeJWTAlgNotAllowed}, r.Codes())
	}
}

// multikeyOf is a key of a kind by its Multicodec prefix.
func multikeyOf(code uint64) string {
	return multibase.Encode(multibase.Base58BTC, append(multibase.AppendVarint(nil, code), make([]byte, 33)...))
}

// A key of a kind that somebody defined leaves the proof undecided, however it is
// published; one of no kind is malformed.
func TestKeysDefinedElsewhere(t *testing.T) {
	const did = "did:web:school.example"
	school := edIssuer(t, 1)
	signed := school.sign(t, badge(t, did), func(o *dataintegrity.SignOptions) { o.VerificationMethod = did + "#key" })
	jwk := func(members string) string { return `"type":"JsonWebKey","publicKeyJwk":{` + members + `}` }
	multikey := func(code uint64) string { return `"type":"Multikey","publicKeyMultibase":"` + multikeyOf(code) + `"` }
	for method, name := range map[string]string{
		multikey(0xe7):   "secp256k1",
		multikey(0x1203): "Ed448",
		multikey(0xeb):   "BLS12-381",
		multikey(0x1210): "ML-DSA",
		multikey(0x1220): "SLH-DSA",
		jwk(`"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"`):                               "secp256k1",
		jwk(`"kty":"OKP","crv":"Ed448","x":"AA"`):                                           "Ed448",
		jwk(`"kty":"AKP","alg":"ML-DSA-44","pub":"AA"`):                                     "AKP",
		`"type":"EcdsaSecp256k1VerificationKey2019","publicKeyHex":"02"`:                    "EcdsaSecp256k1VerificationKey2019",
		`"type":"EcdsaSecp256k1RecoveryMethod2020","blockchainAccountId":"eip155:1:0xab16"`: "EcdsaSecp256k1RecoveryMethod2020",
		`"type":"RsaVerificationKey2018","publicKeyPem":"-----BEGIN PUBLIC KEY-----"`:       "RsaVerificationKey2018",
		multikey(0x0d):   "key-unsupported",
		multikey(0xec):   "key-malformed",   // X25519 signs nothing
		multikey(0x1204): "key-unsupported", // X448 neither
		jwk(`"kty":"EC","crv":"P-999","x":"AA","y":"AA"`):  "key-unsupported",
		`"type":"SomeKey2099","publicKeyMultibase":"z6Mk"`: "key-unsupported",
	} {
		document := pack(t, `{"`+did+`":{"id":"`+did+`","assertionMethod":[{"id":"`+did+`#key","controller":"`+did+`",`+method+`}]}}`)
		r := inspect(t, signed, verify.Config{Fetcher: document})
		code, verdict := vc.Code(name), verify.VerdictNotVerified
		if !strings.HasPrefix(name, "key-") {
			code, verdict = vc.Code("not-enabled-"+name), verify.VerdictUndetermined
		}
		require.Equal(t, []vc.Code{code}, r.Codes(), "%s %v", method, r.Problems())
		require.Equal(t, verdict, r.Verdict, method)
	}
}

// A did:key of another kind says so of itself. It is the issuer's or it is not, whatever
// signatures it makes.
func TestDIDsOfOtherKeys(t *testing.T) {
	school := edIssuer(t, 1)
	other := "did:key:" + multikeyOf(0xe7)
	method := other + "#" + strings.TrimPrefix(other, "did:key:")
	kid := func(method, did string) []byte {
		return []byte(school.token(t, proof.EdDSA, `{"alg":"EdDSA","kid":"`+method+`"}`, claims(t, did, "")))
	}
	embed := func(method, did string) []byte {
		return school.sign(t, badge(t, did), func(o *dataintegrity.SignOptions) { o.VerificationMethod, o.SkipIssuerCheck = method, true })
	}
	for _, of := range []func(method, did string) []byte{kid, embed} {
		for method, code := range map[string]vc.Code{method: "not-enabled-secp256k1", "did:magic:1#key": verify.CodeDIDMethodUnknown} {
			owner, _, _ := strings.Cut(method, "#")
			r := inspect(t, of(method, owner), verify.Config{})
			require.Equal(t, verify.VerdictUndetermined, r.Verdict, "%v", r.Problems())
			require.Equal(t, []vc.Code{code}, r.Codes())

			r = inspect(t, of(method, school.did), verify.Config{})
			require.Equal(t, verify.VerdictNotVerified, r.Verdict, "somebody else's key")
			require.Equal(t, []vc.Code{code, verify.CodeIssuerMismatch}, r.Codes())

			for _, yes := range []bool{true, false} {
				r = inspect(t, of(method, school.did), verify.Config{Authorize: func(issuer, controller string) bool {
					return yes && issuer == school.did && controller == owner
				}})
				require.Equal(t, yes, r.Verdict == verify.VerdictUndetermined, "it may be an agent's: %v", r.Problems())
				require.Equal(t, !yes, slices.Contains(r.Codes(), verify.CodeIssuerMismatch))
			}
		}
	}
}

// A header that brings a key of another kind is not malformed.
func TestHeaderKeysDefinedElsewhere(t *testing.T) {
	school := edIssuer(t, 1)
	for jwk, c := range map[string]struct {
		code    vc.Code
		verdict verify.Verdict
	}{
		`{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}`: {"not-enabled-secp256k1", verify.VerdictUndetermined},
		`{"kty":"EC","crv":"P-999","x":"AA","y":"AA"}`:     {proof.CodeJWTKeyMalformed, verify.VerdictNotVerified},
	} {
		r := inspect(t, []byte(school.token(t, proof.EdDSA, `{"alg":"ES256K","jwk":`+jwk+`}`, claims(t, school.did, ""))), verify.Config{})
		require.Equal(t, c.verdict, r.Verdict, jwk)
		require.Contains(t, r.Codes(), c.code)
	}
}

// The ECDSA cryptosuites know P-256 and P-384 alone: a proof by a key on P-521 is
// undecided, and none is made.
func TestP521HasNoCryptosuite(t *testing.T) {
	school, wide := ecIssuer(t), newIssuer(t, obtest.P521, 1)
	signed := school.sign(t, badge(t, wide.did), func(o *dataintegrity.SignOptions) {
		o.VerificationMethod, o.SkipIssuerCheck = wide.method, true
	})
	r := inspect(t, signed, verify.Config{})
	require.Equal(t, verify.VerdictUndetermined, r.Verdict, "%v", r.Problems())
	require.Equal(t, []vc.Code{"not-enabled-P-521"}, r.Codes())
	_, err := wide.of.Sign(badge(t, wide.did), nil)
	require.ErrorContains(t, err, "does not sign with this kind of key")
}

// Within a record, an entry whose proof is not done here is undecided and no forgery.
func TestRecordsOfOtherProofs(t *testing.T) {
	school, guild := edIssuer(t, 1), edIssuer(t, 2)
	entry := replace(t, string(guild.sign(t, badge(t, guild.did), nil)), `"eddsa-rdfc-2022"`, `"mldsa44-jcs-2024"`)
	around := record(t, school, entry)
	r := inspect(t, around, verify.Config{})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	require.Equal(t, verify.ProofUndecided, r.Nested[0].Proof)
	require.Equal(t, verify.VerdictUndetermined, r.Nested[0].Report.Verdict)
}
