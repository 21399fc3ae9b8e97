package verify_test

import (
	"context"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// token is a compact JWS of any header and payload, with a good signature.
func (i issuer) token(t testing.TB, alg proof.Algorithm, header, payload string) string {
	t.Helper()
	e := base64.RawURLEncoding
	input := e.EncodeToString([]byte(header)) + "." + e.EncodeToString([]byte(payload))
	signature, err := i.signer.Sign(context.Background(), alg, []byte(input))
	require.NoError(t, err)
	return input + "." + e.EncodeToString(signature)
}

// claims is the badge with the claims that the profile demands, and more before
// them.
func claims(t testing.TB, did, more string) string {
	text := strings.TrimSpace(string(badge(t, did)))
	return strings.TrimSuffix(text, "}") + `,` + more + `"iss":"` + did + `","sub":"did:example:ada","jti":"urn:uuid:6a9b52f0-5a0e-4c4b-9a54-6f0c8c3f7d11","nbf":1748764800}`
}

// Headers that choose what checks them, or bring it along.
func TestTokenHeaders(t *testing.T) {
	school, attacker, curve := edIssuer(t, 1), edIssuer(t, 9), ecIssuer(t)
	kid := `"kid":"` + school.method + `"`
	payload := claims(t, school.did, "")
	with := func(header string) []byte { return []byte(school.token(t, proof.EdDSA, header, payload)) }
	plus := func(member string) []byte { return with(`{"alg":"EdDSA","typ":"JWT",` + kid + `,` + member + `}`) }
	attacks(t, attack{text: plus(`"jwk":` + school.jwk(t, ""))}, map[string]attack{
		"alg none":          refusal(with(`{"alg":"none",`+kid+`}`), proof.CodeJWTAlgNone),
		"alg NONE":          refusal(with(`{"alg":"NONE",`+kid+`}`), proof.CodeJWTAlgNone),
		"alg empty":         refusal(with(`{"alg":"",`+kid+`}`), proof.CodeJWTAlgNotAllowed),
		"alg null":          refusal(with(`{"alg":null,`+kid+`}`), proof.CodeJWTAlgNotAllowed),
		"alg in a list":     refusal(with(`{"alg":["EdDSA"],`+kid+`}`), proof.CodeJWTAlgNotAllowed),
		"alg in lower case": refusal(with(`{"alg":"eddsa",`+kid+`}`), proof.CodeJWTAlgNotAllowed),
		"alg with a space":  refusal(with(`{"alg":"EdDSA ",`+kid+`}`), proof.CodeJWTAlgNotAllowed),
		"alg missing":       refusal(with(`{`+kid+`}`), proof.CodeJWTAlgMissing),
		"alg under Alg":     refusal(with(`{"Alg":"EdDSA",`+kid+`}`), proof.CodeJWTAlgMissing, proof.CodeJWTHeaderNotAllowed),
		"alg HS256":         refusal(with(`{"alg":"HS256",`+kid+`}`), proof.CodeJWTAlgNotAllowed),
		"alg HS512":         refusal(with(`{"alg":"HS512",`+kid+`}`), proof.CodeJWTAlgNotAllowed),
		"alg ES256K": {with(`{"alg":"ES256K",` + kid + `}`), verify.Config{}, verify.VerdictUndetermined,
			[]vc.Code{"not-enabled-ES256K"}},
		"alg ES256K, and more": refusal(with(`{"alg":"ES256K",`+kid+`,"crit":[]}`), proof.CodeJWTHeaderNotAllowed),
		"alg RSA-OAEP":         refusal(with(`{"alg":"RSA-OAEP","enc":"A256GCM",`+kid+`}`), proof.CodeJWTAlgNotAllowed, proof.CodeJWTHeaderNotAllowed),
		"alg of another key":   refusal(with(`{"alg":"ES256",`+kid+`}`), proof.CodeJWTAlgKeyMismatch),
		"alg of RSA":           refusal(with(`{"alg":"RS256",`+kid+`}`), proof.CodeJWTAlgKeyMismatch),
		"alg of a wider curve": refusal([]byte(curve.token(t, proof.ES256, `{"alg":"ES384","kid":"`+curve.method+`"}`, claims(t, curve.did, ""))), proof.CodeJWTAlgKeyMismatch),
		"alg twice":            {with(`{"alg":"EdDSA","alg":"none",` + kid + `}`), verify.Config{}, verify.VerdictUnreadable, []vc.Code{"json-duplicate-name"}},

		"crit of b64":           refusal(plus(`"b64":false,"crit":["b64"]`), proof.CodeJWTHeaderNotAllowed),
		"crit of what is there": refusal(plus(`"crit":["alg"]`), proof.CodeJWTHeaderNotAllowed),
		"crit that is empty":    refusal(plus(`"crit":[]`), proof.CodeJWTHeaderNotAllowed),
		"zip":                   refusal(plus(`"zip":"DEF"`), proof.CodeJWTHeaderNotAllowed),
		"jku":                   refusal(plus(`"jku":"https://evil.example/jwks"`), proof.CodeJWTHeaderNotAllowed),
		"x5u":                   refusal(plus(`"x5u":"https://evil.example/pem"`), proof.CodeJWTHeaderNotAllowed),
		"x5c":                   refusal(plus(`"x5c":["MIIB"]`), proof.CodeJWTHeaderNotAllowed),
		"typ of a presentation": refusal(with(`{"alg":"EdDSA","typ":"vp+jwt",`+kid+`}`), proof.CodeJWTTypeInvalid),
		"typ of SD-JWT":         refusal(with(`{"alg":"EdDSA","typ":"vc+sd-jwt",`+kid+`}`), proof.CodeJWTTypeInvalid),
		"typ of access tokens":  refusal(with(`{"alg":"EdDSA","typ":"at+jwt",`+kid+`}`), proof.CodeJWTTypeInvalid),

		"jwk of somebody else beside kid":         refusal(plus(`"jwk":`+attacker.jwk(t, "")), verify.CodeKeyUnbound),
		"jwk with its secret":                     refusal(plus(`"jwk":`+school.jwk(t, `,"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"`)), proof.CodeJWTKeyMalformed),
		"jwk that is symmetric":                   refusal(plus(`"jwk":{"kty":"oct","k":"c2VjcmV0"}`), proof.CodeJWTKeyMalformed),
		"jwk for encryption":                      refusal(plus(`"jwk":`+school.jwk(t, `,"use":"enc"`)), proof.CodeJWTKeyMalformed),
		"jwk of another alg":                      refusal(plus(`"jwk":`+school.jwk(t, `,"alg":"ES256"`)), proof.CodeJWTKeyMalformed),
		"jwk null":                                refusal(plus(`"jwk":null`), proof.CodeJWTKeyMalformed),
		"jwk alone, of somebody else":             refusal([]byte(attacker.token(t, proof.EdDSA, `{"alg":"EdDSA","jwk":`+attacker.jwk(t, "")+`}`, payload)), verify.CodeKeyUnbound),
		"jwk alone, with the issuer's kid inside": refusal([]byte(attacker.token(t, proof.EdDSA, `{"alg":"EdDSA","jwk":`+attacker.jwk(t, `,"kid":"`+school.method+`"`)+`}`, payload)), verify.CodeKeyUnbound),
		"neither kid nor jwk":                     refusal(with(`{"alg":"EdDSA"}`), proof.CodeJWTKeyMissing),
		"kid empty":                               refusal(with(`{"alg":"EdDSA","kid":""}`), proof.CodeJWTHeaderMalformed),
		"kid in a list":                           refusal(with(`{"alg":"EdDSA","kid":["`+school.method+`"]}`), proof.CodeJWTHeaderMalformed),
		"kid of a file":                           refusal(with(`{"alg":"EdDSA","kid":"file:///dev/null#1"}`)),
		"kid that climbs":                         refusal(with(`{"alg":"EdDSA","kid":"../../keys"}`), verify.CodeKeyNotFound),
		"kid of another did:key":                  refusal([]byte(attacker.token(t, proof.EdDSA, `{"alg":"EdDSA","kid":"`+attacker.method+`"}`, payload)), verify.CodeIssuerMismatch),
		"kid of the issuer, key of the attacker":  refusal([]byte(attacker.token(t, proof.EdDSA, `{"alg":"EdDSA","kid":"`+school.did+`#`+attacker.fragment()+`"}`, payload)), verify.CodeKeyNotFound),
		"a member without a name":                 refusal(plus(`"":0`), proof.CodeJWTHeaderNotAllowed),
	})
}

// Claims that say something else than the credential beside them.
func TestTokenClaims(t *testing.T) {
	school := edIssuer(t, 1)
	header := `{"alg":"EdDSA","typ":"JWT","kid":"` + school.method + `"}`
	payload := claims(t, school.did, "")
	sign := func(payload string) []byte { return []byte(school.token(t, proof.EdDSA, header, payload)) }
	change := func(old, new string) []byte { return sign(string(replace(t, payload, old, new))) }
	iss := `"iss":"` + school.did + `"`
	unreadable := func(text []byte, code vc.Code) attack {
		return attack{text, verify.Config{}, verify.VerdictUnreadable, []vc.Code{code}}
	}
	good := func(text []byte) attack { return attack{text: text, verdict: verify.VerdictVerified} }
	attacks(t, attack{text: sign(payload)}, map[string]attack{
		"iss of another":        refusal(change(iss, `"iss":"did:example:eve"`), proof.CodeJWTIssMismatch),
		"iss in a list":         refusal(change(iss, `"iss":["`+school.did+`"]`), vc.CodeTokenClaim),
		"iss twice":             unreadable(change(iss, iss+`,"iss":"did:example:eve"`), "json-duplicate-name"),
		"iss twice, escaped":    unreadable(change(iss, iss+`,"\u0069ss":"did:example:eve"`), "json-duplicate-name"),
		"iss in other letters":  refusal(change(`"iss"`, `"Iss"`), proof.CodeJWTIssMissing),
		"issuer in long s":      good(change(iss, `"iſſuer":"did:example:eve",`+iss)),
		"issuer in other case":  good(change(iss, `"Issuer":"did:example:eve",`+iss)),
		"sub of another":        refusal(change(`"sub":"did:example:ada"`, `"sub":"did:example:eve"`), proof.CodeJWTSubMismatch),
		"sub missing":           refusal(change(`"sub":"did:example:ada",`, ``), proof.CodeJWTSubMissing),
		"jti of another":        refusal(change(`"jti":"urn:uuid:6`, `"jti":"urn:uuid:7`), proof.CodeJWTJtiMismatch),
		"nbf missing":           refusal(change(`,"nbf":1748764800`, ``), proof.CodeJWTNbfMissing),
		"nbf a second off":      refusal(change(`1748764800`, `1748764801`), proof.CodeJWTNbfMismatch),
		"nbf negative":          refusal(change(`1748764800`, `-1748764800`), proof.CodeJWTNbfMismatch),
		"nbf in text":           refusal(change(`1748764800`, `"1748764800"`), vc.CodeTokenClaim),
		"nbf beyond all years":  refusal(change(`1748764800`, `1e300`), vc.CodeTokenClaim),
		"nbf with a fraction":   good(change(`1748764800`, `1748764800.25`)),
		"nbf with an exponent":  good(change(`1748764800`, `17487648e2`)),
		"exp before nbf":        refusal(change(iss, `"exp":1700000000,`+iss), verify.CodeExpired),
		"exp past":              refusal(change(iss, `"exp":1767225000,`+iss), verify.CodeExpired),
		"exp zero":              refusal(change(iss, `"exp":0,`+iss), verify.CodeExpired),
		"exp to come":           good(change(iss, `"exp":1900000000,`+iss)),
		"exp null":              refusal(change(iss, `"exp":null,`+iss), vc.CodeTokenClaim),
		"exp in text":           refusal(change(iss, `"exp":"1900000000",`+iss), vc.CodeTokenClaim),
		"exp true":              refusal(change(iss, `"exp":true,`+iss), vc.CodeTokenClaim),
		"exp beyond all years":  refusal(change(iss, `"exp":1e300,`+iss), vc.CodeTokenClaim),
		"exp beyond all floats": unreadable(change(iss, `"exp":1e400,`+iss), "json-number-range"),
		"exp not validUntil":    refusal(change(iss, `"validUntil":"2030-01-01T00:00:00Z","exp":1900000000,`+iss), proof.CodeJWTExpMismatch),
		"validUntil without":    refusal(change(iss, `"validUntil":"2030-01-01T00:00:00Z",`+iss), proof.CodeJWTExpMissing),
		"vc null":               unreadable(change(iss, `"vc":null,`+iss), "jwt-claim-malformed"),
		"vc a string":           unreadable(change(iss, `"vc":"eyJ",`+iss), "jwt-claim-malformed"),
		"vc empty":              refusal(change(iss, `"vc":{},`+iss), rules.CodeContextMissing, verify.CodeKindNotAccepted),
	})
}

// The form of data model 1.1: what the credential leaves to the claims is put
// back (VCDM 1.1, 6.3.1), and what stands in both must agree.
func TestTokensOfDataModel11(t *testing.T) {
	school := edIssuer(t, 1)
	sign := func(credential, claims string) []byte {
		return []byte(school.token(t, proof.EdDSA, `{"alg":"EdDSA","typ":"JWT","kid":"`+school.method+`"}`, `{"vc":{"@context":["`+vc.ContextV1+`","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
"type":["VerifiableCredential","OpenBadgeCredential"],"name":"Keel laying"`+credential+`},`+claims+`}`))
	}
	const achievement = `"type":["AchievementSubject"],"achievement":{"id":"https://school.example/achievements/keel","type":["Achievement"],"name":"Keel laying","description":"Lays a keel.","criteria":{"narrative":"Lay one."}}}`
	const subject, named = `,"credentialSubject":{` + achievement, `,"credentialSubject":{"id":"did:example:ada",` + achievement
	profile := `,"issuer":{"id":"` + school.did + `","type":["Profile"],"name":"Harbour School"}`
	const rest = `,"id":"urn:uuid:1","issuanceDate":"2025-06-01T08:00:00Z"`
	registered := `"iss":"` + school.did + `","sub":"did:example:ada","jti":"urn:uuid:1","nbf":1748764800`
	good := func(text []byte) attack { return attack{text: text, verdict: verify.VerdictVerified} }
	attacks(t, attack{text: sign(profile+rest+named, registered)}, map[string]attack{
		"all left to the claims":             good(sign(subject, registered)),
		"an issuer without its id":           good(sign(`,"issuer":{"type":["Profile"],"name":"Harbour School"}`+subject, registered)),
		"a list of one subject":              good(sign(strings.Replace(subject, `{`, `[{`, 1)+"]", registered)),
		"a foreign subject in a list of one": refusal(sign(strings.Replace(strings.Replace(named, "ada", "eve", 1), `{`, `[{`, 1)+"]", registered), proof.CodeJWTSubMismatch),
		"a foreign issuer inside":            refusal(sign(`,"issuer":"did:example:eve"`+subject, registered), proof.CodeJWTIssMismatch),
		"a foreign subject inside":           refusal(sign(strings.Replace(named, "ada", "eve", 1), registered), proof.CodeJWTSubMismatch),
		"a foreign subject in the claim":     refusal(sign(named, strings.Replace(registered, "ada", "eve", 1)), proof.CodeJWTSubMismatch),
		"another id inside":                  refusal(sign(`,"id":"urn:uuid:2"`+subject, registered), proof.CodeJWTJtiMismatch),
		"another start inside":               refusal(sign(`,"issuanceDate":"2024-06-01T08:00:00Z"`+subject, registered), proof.CodeJWTNbfMismatch),
		"an end inside, a later one as exp":  refusal(sign(`,"expirationDate":"2026-02-01T00:00:00Z"`+subject, registered+`,"exp":1900000000`), proof.CodeJWTExpMismatch),
		"an end that is past":                refusal(sign(subject, registered+`,"exp":1750000000`), verify.CodeExpired),
		"a sub that is no text":              refusal(sign(subject, strings.Replace(registered, `"did:example:ada"`, `{"id":"did:example:ada"}`, 1)), vc.CodeTokenClaim),
		"two subjects":                       refusal(sign(`,"credentialSubject":[{`+achievement+`,{`+achievement+`]`, registered), proof.CodeJWTSubMismatch),
	})
	v, err := verify.Verify(context.Background(), sign(subject, registered), verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	whole, err := vc.Parse(v.Credential())
	require.NoError(t, err)
	require.Equal(t, "did:example:ada", door.Root(whole).Get("credentialSubject").Get("id").Text())
	require.Equal(t, school.did, whole.IssuerID())
}

// One token has one text, and every part of it counts.
func TestTokenTexts(t *testing.T) {
	school, curve := edIssuer(t, 1), ecIssuer(t)
	good := school.token(t, proof.EdDSA, `{"alg":"EdDSA","typ":"JWT","kid":"`+school.method+`"}`, claims(t, school.did, ""))
	parts := strings.Split(good, ".")
	unreadable := func(text string, code vc.Code) attack {
		return attack{[]byte(text), verify.Config{}, verify.VerdictUnreadable, []vc.Code{code}}
	}
	raw := func(payload string) string {
		return parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(payload)) + "." + parts[2]
	}
	control := curve.token(t, proof.ES256, `{"alg":"ES256","kid":"`+curve.method+`"}`, claims(t, curve.did, ""))
	cut := strings.LastIndexByte(control, '.') + 1
	fixed, err := base64.RawURLEncoding.DecodeString(control[cut:])
	require.NoError(t, err)
	ec := func(signature []byte) attack {
		return refusal([]byte(control[:cut]+base64.RawURLEncoding.EncodeToString(signature)), proof.CodeSignature)
	}
	order, _ := new(big.Int).SetString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16)
	n := order.Bytes()
	der := append(append([]byte{0x30, 70, 2, 33, 0}, fixed[:32]...), append([]byte{2, 33, 0}, fixed[32:]...)...)
	attacks(t, attack{text: []byte(control)}, map[string]attack{
		"a byte order mark and a line end": {text: []byte("\xef\xbb\xbf" + good + "\r\n"), verdict: verify.VerdictVerified},
		"padded":                           unreadable(good+"=", vc.CodeTokenMalformed),
		"trailing bits":                    unreadable(good[:len(good)-1]+string(rune(good[len(good)-1])+1), vc.CodeTokenMalformed),
		"standard alphabet":                unreadable(parts[0]+"."+parts[1]+"."+"+/"+parts[2][2:], vc.CodeTokenMalformed),
		"a line end in the payload":        unreadable(parts[0]+"."+parts[1][:8]+"\n"+parts[1][8:]+"."+parts[2], "format-token-wrapped"),
		"a line end in the header":         unreadable(good[:8]+"\n"+good[8:], "format-token-wrapped"),
		"two parts":                        unreadable(parts[0]+"."+parts[1], vc.CodeTokenMalformed),
		"four parts":                       unreadable(good+".", vc.CodeTokenMalformed),
		"five parts":                       unreadable(good+".AA.AA", vc.CodeTokenMalformed),
		"a disclosure":                     {text: []byte(good + "~"), verdict: verify.VerdictVerified}, // an SD-JWT that withholds nothing
		"a million dots":                   unreadable(parts[0]+strings.Repeat(".", 1<<20-1000), vc.CodeTokenMalformed),
		"a token too long":                 unreadable(good+strings.Repeat("A", 1<<20), vc.CodeTooLarge),
		"a header of 9 KiB":                unreadable(strings.Repeat("A", 12<<10)+"."+parts[1]+"."+parts[2], vc.CodeTokenMalformed),
		"in quotes":                        unreadable(`"`+good+`"`, "format-token-quoted"),
		"no signature":                     refusal([]byte(parts[0]+"."+parts[1]+"."), proof.CodeSignature),
		"half a signature":                 refusal([]byte(good[:len(good)-2]), proof.CodeSignature),
		"another payload":                  refusal([]byte(raw(strings.Replace(claims(t, school.did, ""), "Keel laying", "Keel saying", 1))), proof.CodeSignature),
		"bytes that are no text":           unreadable(raw(strings.Replace(claims(t, school.did, ""), "Keel laying", "Keel \xff", 1)), "json-invalid-utf8"),
		"two payloads":                     unreadable(raw(claims(t, school.did, "")+"{}"), "json-trailing-data"),
		"a payload that is a list":         unreadable(raw("[]"), vc.CodeTokenMalformed),

		"ECDSA in DER":        ec(der),
		"ECDSA of zeros":      ec(make([]byte, 64)),
		"ECDSA, r zero":       ec(append(make([]byte, 32), fixed[32:]...)),
		"ECDSA, s zero":       ec(append(append([]byte(nil), fixed[:32]...), make([]byte, 32)...)),
		"ECDSA, r the order":  ec(append(append([]byte(nil), n...), fixed[32:]...)),
		"ECDSA, s the order":  ec(append(append([]byte(nil), fixed[:32]...), n...)),
		"ECDSA a byte longer": ec(append(append([]byte(nil), fixed...), 0)),
		"ECDSA for P-384":     ec(append(append(make([]byte, 16), fixed[:32]...), append(make([]byte, 16), fixed[32:]...)...)),
	})
}
