package verify_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// enveloped is an EnvelopedVerifiableCredential with that id.
func enveloped(id string) []byte {
	return []byte(`{"@context":"https://www.w3.org/ns/credentials/v2","type":"EnvelopedVerifiableCredential","id":"` + id + `"}`)
}

const vcJWT = "data:application/vc+jwt,"

// badgeToken is the badge as a token of its issuer.
func badgeToken(t *testing.T, i issuer, replacements ...string) []byte {
	t.Helper()
	text := replace(t, claims(t, i.did, ""), replacements...)
	return []byte(i.token(t, proof.EdDSA, `{"alg":"EdDSA","typ":"JWT","kid":"`+i.method+`"}`, string(text)))
}

// However an envelope is written, what is reported and handed out is what it holds.
func TestEnvelopeAtTheTop(t *testing.T) {
	school := edIssuer(t, 1)
	token := badgeToken(t, school)
	plain, err := verify.Verify(t.Context(), token, verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	for _, id := range []string{
		vcJWT + string(token),
		"data:application/jwt," + string(token),
		"data:application/vc+ld+json+jwt," + string(token),
		"DATA:Application/VC+JWT;charset=utf-8," + string(token),
		"data:application/vc%2Bjwt," + url.PathEscape(string(token)),
		vcJWT + strings.ReplaceAll(string(token), ".", "%2E"),
		"data:application/vc+jwt;base64," + base64.StdEncoding.EncodeToString(token),
	} {
		v, err := verify.Verify(t.Context(), enveloped(id), verify.Config{Now: testkit.Clock})
		require.NoError(t, err, id)
		require.Equal(t, plain.Credential(), v.Credential())
		require.Equal(t, token, v.Secured())
		require.Equal(t, school.did, v.Report().IssuerID)
		require.Contains(t, v.Report().Checks[0].Detail, "EnvelopedVerifiableCredential, as application/")
		var badge ob.AchievementCredential
		require.NoError(t, v.Decode(&badge))
		require.Equal(t, "Keel laying, first class", badge.Name.String())
	}
}

func TestEnvelopesThatFail(t *testing.T) {
	school, attacker := edIssuer(t, 1), edIssuer(t, 9)
	token := string(badgeToken(t, school))
	changed := token[:len(token)-20] + "AAAA" + token[len(token)-16:]
	good := string(enveloped(vcJWT + token))
	with := func(replacements ...string) []byte { return replace(t, good, replacements...) }
	within := claims(t, school.did, "")
	within = strings.Replace(within, `"type": ["VerifiableCredential"`, `"type": ["EnvelopedVerifiableCredential"`, 1)
	envelopeInToken := school.token(t, proof.EdDSA, `{"alg":"EdDSA","kid":"`+school.method+`"}`,
		strings.Replace(string(enveloped(vcJWT+string(badgeToken(t, attacker)))), "{", `{"issuer":"`+school.did+`","iss":"`+school.did+
			`","jti":"x",`, 1))
	attacks(t, attack{text: []byte(good)}, map[string]attack{
		"no data: URL":           refusal(with(vcJWT, "https://school.example/"), rules.CodeEnvelope),
		"no comma":               refusal(with("vc+jwt,", "vc+jwt;"), rules.CodeEnvelope),
		"nothing in it":          refusal(with(token, ""), rules.CodeEnvelope),
		"no id":                  refusal(with(`"id":`, `"name":`), rules.CodeEnvelope),
		"an id that is a number": refusal(with(`"`+vcJWT+token+`"`, `1`), rules.CodeEnvelope),
		"bad escapes":            refusal(with(token, token+"%"), rules.CodeEnvelope),
		"no base64":              refusal(with("vc+jwt", "vc+jwt;base64"), rules.CodeEnvelope),
		"a type of nobody's":     refusal(with("vc+jwt", "vc+xml"), rules.CodeEnvelope),
		"a text":                 refusal(with("application/vc+jwt", "text/plain"), rules.CodeEnvelope),
		"a type by its end":      refusal(with("application/vc+jwt", "text/vc+sd-jwt"), rules.CodeEnvelope),
		"a presentation":         refusal(with("vc+jwt", "vp+jwt"), rules.CodeEnvelope),
		"no token":               refusal(with(token, "abc"), "format-text"),
		"a token with more":      refusal(with(token, token+".x"), vc.CodeTokenMalformed),
		"JSON": refusal(with(token, url.PathEscape(string(school.sign(t, badge(t, school.did), nil)))),
			rules.CodeEnvelope),
		"an envelope in it": refusal(with(token, url.PathEscape(good)), rules.CodeEnvelope),
		"a token around it": refusal([]byte(envelopeInToken), rules.CodeEnvelope),
		"a token around it, and no more": refusal([]byte(school.token(t, proof.EdDSA, `{"alg":"EdDSA","kid":"`+school.method+`"}`, good)),
			rules.CodeEnvelope),
		"a token that is one": refusal([]byte(school.token(t, proof.EdDSA, `{"alg":"EdDSA","kid":"`+school.method+`"}`, within))),
		"another issuer":      refusal(with(`"id":`, `"issuer":"did:example:eve","id":`), rules.CodeEnvelope),
		"another subject":     refusal(with(`"id":`, `"credentialSubject":{"id":"did:example:eve"},"id":`), rules.CodeEnvelope),
		"others beside":       refusal(with(`"id":`, `"verifiableCredential":[],"id":`), rules.CodeEnvelope),
		"an end of its own":   refusal(with(`"id":`, `"validUntil":"2020-01-01T00:00:00Z","id":`), rules.CodeEnvelope),
		"no contexts":         refusal(with(`"@context":"https://www.w3.org/ns/credentials/v2",`, ""), rules.CodeContextBase),
		"changed":             refusal(with(token, changed), proof.CodeSignature),
		"somebody else's": refusal(with(token, string(badgeToken(t, attacker, `"iss":"`+attacker.did, `"iss":"`+school.did))),
			proof.CodeJWTIssMismatch),
		"expired": refusal(with(token, string(badgeToken(t, school, `"validFrom"`,
			`"exp":1577836800,"validUntil":"2020-01-01T00:00:00Z","validFrom"`))), verify.CodeExpired),
		"a plain token for an SD-JWT": refusal(with("vc+jwt", "vc+sd-jwt"), rules.CodeEnvelope),
		"an SD-JWT for a plain token": refusal(with(token, token+"~"), rules.CodeEnvelope),
		"SD-JWT VC, capitals": {with("application/vc+jwt", "Application/DC+SD-JWT;x=y"), verify.Config{}, verify.VerdictUndetermined,
			[]vc.Code{"not-enabled-dc+sd-jwt"}},
		"COSE": {with("vc+jwt", "vc+cose;base64"), verify.Config{}, verify.VerdictNotVerified,
			[]vc.Code{rules.CodeEnvelope}},
		"COSE in base64": {with("vc+jwt,"+token, "vc+cose;base64,0oRDoQEm"), verify.Config{},
			verify.VerdictUndetermined, []vc.Code{"not-enabled-vc+cose"}},
		"longer than tokens are": {[]byte(good), verify.Config{Limits: verify.Limits{Parse: vc.ParseConfig{MaxTokenBytes: len(token) - 1}}},
			verify.VerdictNotVerified, []vc.Code{vc.CodeTooLarge}},
		"another kind": {[]byte(good), verify.Config{Kinds: []string{"ClrCredential"}}, verify.VerdictNotVerified,
			[]vc.Code{verify.CodeKindNotAccepted}},
	})
}

// An envelope in a record is verified as the token in it is, by a report of its own, in
// each way in which the record may be signed.
func TestEnvelopesInARecord(t *testing.T) {
	school, guild := edIssuer(t, 1), edIssuer(t, 2)
	token := badgeToken(t, guild)
	forms := map[string]func(entries ...[]byte) []byte{
		"over RDF": func(entries ...[]byte) []byte { return record(t, school, entries...) },
		"over JSON": func(entries ...[]byte) []byte {
			return school.sign(t, unsignedRecord(school, entries...),
				func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EddsaJcs2022 })
		},
		"token": func(entries ...[]byte) []byte {
			text := bytes.TrimSuffix(bytes.TrimSpace(unsignedRecord(school, entries...)), []byte("}"))
			more := `,"iss":"` + school.did + `","sub":"did:example:ada",` +
				`"jti":"urn:uuid:11aa22bb-5a0e-4c4b-9a54-6f0c8c3f7d11","nbf":1748764800}`
			return []byte(school.token(t, proof.EdDSA, `{"alg":"EdDSA","kid":"`+school.method+`"}`, string(text)+more))
		},
	}
	all := verify.Config{Nested: verify.NestedConfig{Policy: verify.NestedRequireAll}}
	for name, sign := range forms {
		t.Run(name, func(t *testing.T) {
			r := inspect(t, sign(enveloped(vcJWT+string(token))), all)
			require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
			require.Empty(t, r.Warnings())
			require.Len(t, r.Nested, 1)
			require.Contains(t, r.Nested[0].Pointer, "/credentialSubject/verifiableCredential")
			require.Equal(t, verify.ProofGood, r.Nested[0].Proof)
			require.Equal(t, guild.did, r.Nested[0].Report.IssuerID)

			unknown := sign(enveloped("data:application/dc+sd-jwt," + string(token) + "~"))
			r = inspect(t, unknown, verify.Config{})
			require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
			require.Equal(t, verify.ProofUndecided, r.Nested[0].Proof)
			require.Equal(t, verify.VerdictUndetermined, r.Nested[0].Report.Verdict)
			require.Equal(t, []vc.Code{"not-enabled-dc+sd-jwt"}, r.Nested[0].Report.Codes())
			require.Equal(t, verify.VerdictNotVerified, inspect(t, unknown, all).Verdict)

			for id, code := range map[string]vc.Code{
				vcJWT + string(token[:len(token)-8]) + "AAAAAAAA": proof.CodeSignature,
				"data:application/vc+jwt;base64," + string(token): rules.CodeEnvelope,
				vcJWT + "a.b":                  vc.CodeTokenMalformed,
				"https://school.example/badge": rules.CodeEnvelope,
			} {
				r := inspect(t, sign(enveloped(id)), verify.Config{})
				require.Equal(t, verify.VerdictNotVerified, r.Verdict, id)
				require.Contains(t, r.Codes(), verify.CodeNestedForged, id)
				require.Equal(t, verify.ProofBad, r.Nested[0].Proof)
				require.Contains(t, r.Nested[0].Report.Codes(), code)
			}
		})
	}
}

// Embedded gives out what an envelope holds.
func TestEmbeddedEnvelope(t *testing.T) {
	school, guild := edIssuer(t, 1), edIssuer(t, 2)
	token := badgeToken(t, guild)
	v, err := verify.Verify(t.Context(), record(t, school, enveloped(vcJWT+string(token))), verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	for e := range v.Embedded() {
		var badge ob.AchievementCredential
		require.NoError(t, e.Decode(&badge))
		require.Equal(t, "Keel laying, first class", badge.Name.String())
		require.Equal(t, token, e.Secured())
	}
}

// The same limits hold as for other embedded credentials, and a record in an envelope
// is looked into.
func TestLimitsOfEnvelopes(t *testing.T) {
	school, guild := edIssuer(t, 1), edIssuer(t, 2)
	var entries [][]byte
	for i := range 5 {
		id := fmt.Sprintf("%da9b52f0", i)
		text := string(badgeToken(t, guild, `"id": "urn:uuid:6a9b52f0`, `"id": "urn:uuid:`+id, `"jti":"urn:uuid:6a9b52f0`,
			`"jti":"urn:uuid:`+id))
		entries = append(entries, enveloped(vcJWT+text))
	}
	whole := record(t, school, entries...)
	require.Equal(t, verify.VerdictVerified, inspect(t, whole, verify.Config{Limits: verify.Limits{MaxNested: 5}}).Verdict)
	r := inspect(t, whole, verify.Config{Limits: verify.Limits{MaxNested: 4}})
	require.Equal(t, []vc.Code{verify.CodeNestedTooMany}, r.Codes())
	require.Equal(t, verify.VerdictNotVerified, r.Verdict)

	around := unsignedRecord(school, entries[0])
	inner := string(bytes.TrimSuffix(bytes.TrimSpace(around), []byte("}"))) +
		`,"iss":"` + school.did + `","sub":"did:example:ada","jti":"urn:uuid:11aa22bb-5a0e-4c4b-9a54-6f0c8c3f7d11","nbf":1748764800}`
	deep := enveloped(vcJWT + school.token(t, proof.EdDSA, `{"alg":"EdDSA","kid":"`+school.method+`"}`, inner))
	r = inspect(t, deep, verify.Config{})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	require.Len(t, r.Nested, 1)
	r = inspect(t, deep, verify.Config{Limits: verify.Limits{MaxNestedDepth: -1}})
	require.Equal(t, []vc.Code{verify.CodeNestedTooDeep}, r.Codes())
}

// In a presentation an envelope has a report of its own too.
func TestEnvelopeInAPresentation(t *testing.T) {
	guild := edIssuer(t, 2)
	for id, state := range map[string]verify.ProofState{
		vcJWT + string(badgeToken(t, guild)):   verify.ProofGood,
		"data:application/vc+cose;base64,0oRD": verify.ProofUndecided,
		vcJWT:                                  verify.ProofBad,
	} {
		r := inspect(t, []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],`+
			`"verifiableCredential":[`+
			string(enveloped(id))+`]}`), verify.Config{Kinds: []string{verify.AnyKind}})
		require.Len(t, r.Nested, 1)
		require.Equal(t, "/verifiableCredential/0", r.Nested[0].Pointer)
		require.Equal(t, state, r.Nested[0].Proof)
		require.NotContains(t, r.Codes(), verify.CodeContextNested)
	}
}
