package verify_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// A kid that is a mere name counts where a JWK in the issuer's own document has it, with
// all that the document says of that key.
func TestKeyByTheNameOfItsJWK(t *testing.T) {
	school, other := edIssuer(t, 1), edIssuer(t, 9)
	for _, id := range []string{"did:web:school.example", "https://school.example/issuer"} {
		method := func(by issuer, fragment, jwk, more string) string {
			return `{"id":"` + id + `#` + fragment + `","type":"JsonWebKey","controller":"` + id + `","publicKeyJwk":` + by.jwk(t, jwk) +
				more + `}`
		}
		listed := func(methods string) string { return `{"id":"` + id + `","assertionMethod":[` + methods + `]}` }
		named := func(by issuer, fragment, more string) string { return method(by, fragment, `,"kid":"7f:3a key"`, more) }
		token := []byte(school.token(t, proof.EdDSA, `{"alg":"EdDSA","typ":"JWT","kid":"7f:3a key"}`, claims(t, id, "")))
		for document, code := range map[string]vc.Code{
			listed(named(school, "k1", "")):                                                              "",
			listed(named(school, "k1", "") + "," + other.listed(id+"#k2", id)):                           "",
			listed(method(school, "k1", "", "")):                                                         verify.CodeKeyNotFound,
			listed(method(school, "k1", `,"kid":"7F:3A key"`, "")):                                       verify.CodeKeyNotFound,
			listed(named(other, "k1", "")):                                                               proof.CodeSignature,
			listed(named(school, "k1", `,"revoked":"2025-01-01T00:00:00Z"`)):                             verify.CodeKeyRetired,
			listed(named(school, "k1", "") + "," + named(other, "k2", "")):                               vc.Code(did.CodeMethodAmbiguous),
			`{"id":"` + id + `","verificationMethod":[` + named(school, "k1", "") + `]}`:                 verify.CodeKeyRelationship,
			`{"id":"` + id + `","deactivated":true,"assertionMethod":[` + named(school, "k1", "") + `]}`: vc.Code(did.CodeDeactivated),
			listed(method(school, "k1", `,"kid":"7f:3a key","alg":"ES256"`, "")):                         verify.CodeKeyMalformed,
			listed(named(school, "k1", "") + `,{"id":"` + id + `#7f:3a%20key","type":"Multikey","controller":"` + id +
				`","publicKeyMultibase":"` + other.fragment() + `"}`): proof.CodeSignature,
		} {
			r := inspect(t, token, verify.Config{Fetcher: pack(t, `{"`+id+`":`+document+`}`)})
			if code == "" {
				require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
				continue
			}
			require.Equal(t, verify.VerdictNotVerified, r.Verdict, document)
			require.Equal(t, []vc.Code{code}, r.Codes(), "%s %v", document, r.Problems())
		}
	}
}

// A URL is looked for as one: no name in the issuer's document stands in for it, and an
// empty one for nothing.
func TestKeyByURLAlone(t *testing.T) {
	const id = "did:web:school.example"
	school := edIssuer(t, 1)
	token := []byte(school.token(t, proof.EdDSA, `{"alg":"EdDSA","kid":"`+id+`#k2"}`, claims(t, id, "")))
	for _, kid := range []string{id + "#k2", ""} {
		document := `{"id":"` + id + `","assertionMethod":[{"id":"` + id + `#k1","type":"JsonWebKey","controller":"` + id +
			`","publicKeyJwk":` + school.jwk(t, `,"kid":"`+kid+`"`) + `}]}`
		r := inspect(t, token, verify.Config{Fetcher: pack(t, `{"`+id+`":`+document+`}`)})
		require.Equal(t, []vc.Code{verify.CodeKeyNotFound}, r.Codes())
	}
}
