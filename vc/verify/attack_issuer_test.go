package verify_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// jwk is the public key of an issuer as a JWK with further members.
func (i issuer) jwk(t testing.TB, more string) string {
	t.Helper()
	b, err := multikey.AppendJWK(nil, i.signer.Public())
	require.NoError(t, err)
	return string(b[:len(b)-1]) + more + "}"
}

// method is a Multikey of that id and controller.
func (i issuer) listed(id, controller string) string {
	return `{"id":"` + id + `","type":"Multikey","controller":"` + controller + `","publicKeyMultibase":"` + i.fragment() + `"}`
}

// What a document at the victim's address must say before a key there counts.
func TestControllerDocuments(t *testing.T) {
	const evil = "https://evil.example/issuer"
	school, attacker := edIssuer(t, 1), edIssuer(t, 9)
	key := victim + "#key"
	by := func(signer issuer, method, pages string, verdict verify.Verdict, codes ...vc.Code) attack {
		return attack{forge(t, signer, method), verify.Config{Fetcher: pack(t, pages)}, verdict, codes}
	}
	no := verify.VerdictNotVerified
	good := `{"` + victim + `":{"id":"` + victim + `","assertionMethod":[` + school.listed(key, victim) + `]}}`
	attacks(t, attack{text: forge(t, school, key), config: verify.Config{Fetcher: pack(t, good)}}, map[string]attack{
		"a Profile with publicKey": by(school, key, `{"`+victim+`":{"id":"`+victim+`","type":"Profile","publicKey":[`+school.listed(key, victim)+`]}}`, verify.VerdictVerified),
		"a method by reference":    by(school, key, `{"`+victim+`":{"id":"`+victim+`","verificationMethod":[`+school.listed(key, victim)+`],"assertionMethod":["#key"]}}`, verify.VerdictVerified),
		"a JWK Set":                by(school, key, `{"`+victim+`":{"keys":[`+school.jwk(t, `,"kid":"key"`)+`]}}`, verify.VerdictVerified),
		"a bare JWK":               by(school, key, `{"`+victim+`":`+school.jwk(t, `,"kid":"key"`)+`}`, verify.VerdictVerified),

		"key of the attacker's document":                     by(attacker, evil+"#key", `{"`+evil+`":{"id":"`+evil+`","assertionMethod":[`+attacker.listed(evil+"#key", evil)+`]}}`, no, verify.CodeIssuerMismatch),
		"attacker's document that claims the victim's id":    by(attacker, evil+"#key", `{"`+evil+`":{"id":"`+victim+`","assertionMethod":[`+attacker.listed(evil+"#key", victim)+`]}}`, no, vc.Code(did.CodeDocumentID)),
		"attacker's key said to be the victim's":             by(attacker, evil+"#key", `{"`+evil+`":`+attacker.listed(evil+"#key", victim)+`,"`+victim+`":{"id":"`+victim+`","assertionMethod":[`+school.listed(key, victim)+`]}}`, no),
		"attacker's key, and the victim's document missing":  by(attacker, evil+"#key", `{"`+evil+`":`+attacker.listed(evil+"#key", victim)+`}`, verify.VerdictUndetermined, verify.CodeKeyUnavailable),
		"attacker's bare key at another address of the host": by(attacker, "https://school.example/pupil/jwk", `{"https://school.example/pupil/jwk":`+attacker.jwk(t, "")+`}`, no, verify.CodeIssuerMismatch),
		"attacker's key set on a foreign host":               by(attacker, "https://evil.example/keys#1", `{"https://evil.example/keys":{"keys":[`+attacker.jwk(t, `,"kid":"1"`)+`]}}`, no, verify.CodeIssuerMismatch),
		"key set whose kid is the victim's":                  by(attacker, "https://evil.example/keys#1", `{"https://evil.example/keys":{"keys":[`+attacker.jwk(t, `,"kid":"`+key+`"`)+`]}}`, no, verify.CodeKeyNotFound),
		"two keys of one kid":                                by(attacker, key, `{"`+victim+`":{"keys":[`+school.jwk(t, `,"kid":"key"`)+`,`+attacker.jwk(t, `,"kid":"key"`)+`]}}`, no),
		"two methods of one id":                              by(attacker, key, `{"`+victim+`":{"id":"`+victim+`","verificationMethod":[`+attacker.listed(key, victim)+`],"assertionMethod":[`+school.listed(key, victim)+`]}}`, no),
		"listed, and defined nowhere": by(attacker, victim+"#"+attacker.fragment(), `{"`+victim+`":{"id":"`+victim+`","assertionMethod":["#`+attacker.fragment()+`"]}}`, no,
			verify.CodeKeyNotFound),
		"an assertionMethod that is empty": by(school, key, `{"`+victim+`":{"id":"`+victim+`","publicKey":[`+school.listed(key, victim)+`],"assertionMethod":[]}}`, no, verify.CodeKeyRelationship),
		"capability instead of assertion":  by(school, key, `{"`+victim+`":{"id":"`+victim+`","capabilityInvocation":[`+school.listed(key, victim)+`]}}`, no, verify.CodeKeyRelationship),
		"an id that differs by a slash":    by(school, key, `{"`+victim+`":{"id":"`+victim+`/","assertionMethod":[`+school.listed(key, victim)+`]}}`, no, vc.Code(did.CodeDocumentID)),
		"an id that differs by case":       by(school, key, `{"`+victim+`":{"id":"https://School.example/issuer","assertionMethod":[`+school.listed(key, victim)+`]}}`, no, vc.Code(did.CodeDocumentID)),
		"revoked before now":               by(school, key, `{"`+victim+`":{"id":"`+victim+`","assertionMethod":[{"revoked":"2025-12-31T00:00:00Z",`+school.listed(key, victim)[1:]+`]}}`, no, verify.CodeKeyRetired),
		"expired before now":               by(school, key, `{"`+victim+`":{"id":"`+victim+`","assertionMethod":[{"expires":"2025-12-31T00:00:00Z",`+school.listed(key, victim)[1:]+`]}}`, no, verify.CodeKeyRetired),
		"a secret key in public":           by(school, key, `{"`+victim+`":{"id":"`+victim+`","assertionMethod":[{"secretKeyMultibase":"z3u2","id":"`+key+`","type":"Multikey","controller":"`+victim+`","publicKeyMultibase":"`+school.fragment()+`"}]}}`, no),
		"deactivated":                      by(school, key, `{"`+victim+`":{"deactivated":true,"id":"`+victim+`","assertionMethod":[`+school.listed(key, victim)+`]}}`, no, vc.Code(did.CodeDeactivated)),
		"id only as @id":                   by(school, key, `{"`+victim+`":{"@id":"`+victim+`","assertionMethod":[`+school.listed(key, victim)+`]}}`, no, verify.CodeControllerDocument),
		"an array":                         by(school, key, `{"`+victim+`":[{"id":"`+victim+`","assertionMethod":[`+school.listed(key, victim)+`]}]}`, no, verify.CodeControllerDocument),
		"text that is no JSON":             by(school, key, `{"`+victim+`":"<html>"}`, no, verify.CodeControllerDocument),
		"a query instead of the path":      by(school, victim+"?#key", good, verify.VerdictUndetermined, verify.CodeKeyUnavailable),
		"an empty fragment":                by(school, victim+"#", good, no),
		"without a fragment":               by(school, victim, good, no),
		"over http":                        by(school, "http://school.example/issuer#key", `{"http://school.example/issuer":{"id":"http://school.example/issuer","assertionMethod":[`+school.listed("http://school.example/issuer#key", "http://school.example/issuer")+`]}}`, no),
		"from a file":                      by(school, "file:///etc/passwd#key", good, no),
	})
}

// Entries of a trust pack are the operator's word for what they say, and for
// nothing else.
func TestPackEntries(t *testing.T) {
	const evil = "https://evil.example/issuer"
	school, attacker := edIssuer(t, 1), edIssuer(t, 9)
	key := victim + "#key"
	entry := func(method, value string) verify.Config {
		return verify.Config{Fetcher: pack(t, `{"`+method+`":`+value+`}`)}
	}
	no := verify.VerdictNotVerified
	attacks(t, attack{text: forge(t, school, key), config: entry(key, school.listed(key, victim))}, map[string]attack{
		"a method of another id":         {forge(t, school, key), entry(key, school.listed(evil+"#key", victim)), no, []vc.Code{verify.CodeKeyNotFound}},
		"a method of another controller": {forge(t, school, key), entry(key, school.listed(key, evil)), no, []vc.Code{verify.CodeIssuerMismatch}},
		"another key in the entry":       {forge(t, attacker, key), entry(key, school.listed(key, victim)), no, []vc.Code{proof.CodeSignature}},
		"another fragment than the entry": {forge(t, school, victim+"#other"), entry(key, school.listed(key, victim)), verify.VerdictUndetermined,
			[]vc.Code{verify.CodeKeyUnavailable}},
		"a revoked method":             {forge(t, school, key), entry(key, `{"revoked":"2025-01-01T00:00:00Z",`+school.listed(key, victim)[1:]), no, []vc.Code{verify.CodeKeyRetired}},
		"a JWK under the method's URL": {forge(t, school, key), entry(key, school.jwk(t, "")), verify.VerdictVerified, nil},
		"a document of another id":     {forge(t, school, key), entry(victim, `{"id":"`+evil+`","assertionMethod":[`+school.listed(key, victim)+`]}`), no, []vc.Code{vc.Code(did.CodeDocumentID)}},
		"an empty object":              {forge(t, school, key), entry(victim, `{}`), no, []vc.Code{verify.CodeControllerDocument}},
		"null":                         {forge(t, school, key), entry(victim, `null`), no, []vc.Code{verify.CodeControllerDocument}},
		"nothing for a did:key, which needs nothing": {school.sign(t, badge(t, school.did), nil), entry(school.did, `{"id":"`+school.did+`","assertionMethod":[]}`), verify.VerdictVerified, nil},
		"another key for a did:key": {
			attacker.sign(t, badge(t, school.did), func(o *dataintegrity.SignOptions) { o.VerificationMethod = school.method }),
			entry(school.method, attacker.listed(school.method, school.did)), no, []vc.Code{proof.CodeSignature},
		},
	})
}

// DIDs of the web that mean another address than they seem to.
func TestWebDIDs(t *testing.T) {
	school, attacker := edIssuer(t, 1), edIssuer(t, 9)
	signed := func(signer issuer, id, fragment string) []byte {
		return signer.sign(t, badge(t, id), func(o *dataintegrity.SignOptions) {
			o.VerificationMethod, o.SkipIssuerCheck = id+"#"+fragment, true
		})
	}
	document := func(at, id string, key issuer) verify.Config {
		return verify.Config{Fetcher: pack(t, `{"`+at+`":{"id":"`+id+`","assertionMethod":[`+key.listed(id+"#key", id)+`]}}`)}
	}
	const web = "did:web:school.example:staff:ada"
	no := verify.VerdictNotVerified
	attacks(t, attack{text: signed(school, web, "key"), config: document("https://school.example/staff/ada/did.json", web, school)}, map[string]attack{
		"by its DID":             {signed(school, web, "key"), document(web, web, school), verify.VerdictVerified, nil},
		"another id inside":      {signed(attacker, web, "key"), document("https://school.example/staff/ada/did.json", "did:web:evil.example", attacker), no, nil},
		"the document of a path": {signed(attacker, "did:web:school.example", "key"), document("https://school.example/staff/ada/did.json", "did:web:school.example", attacker), verify.VerdictUndetermined, []vc.Code{verify.CodeKeyUnavailable}},
		"a path that climbs":     {signed(attacker, "did:web:school.example:..:x", "key"), document("https://school.example/x/did.json", "did:web:school.example:..:x", attacker), no, nil},
		"an escaped slash":       {signed(attacker, "did:web:school.example%2Fstaff", "key"), document("https://school.example/staff/did.json", "did:web:school.example%2Fstaff", attacker), no, nil},
		"an escaped at sign":     {signed(attacker, "did:web:school.example%40evil.example", "key"), document("https://evil.example/.well-known/did.json", "did:web:school.example%40evil.example", attacker), no, nil},
		"a host in capitals":     {signed(attacker, "did:web:SCHOOL.example", "key"), document("https://school.example/.well-known/did.json", "did:web:school.example", attacker), no, nil},
		"an empty segment":       {signed(attacker, "did:web:school.example::x", "key"), document("https://school.example//x/did.json", "did:web:school.example::x", attacker), no, nil},
		"a query":                {signed(attacker, "did:web:school.example?x=1", "key"), document("https://school.example/.well-known/did.json", "did:web:school.example?x=1", attacker), no, nil},
		"an address":             {signed(attacker, "did:web:127.0.0.1", "key"), document("https://127.0.0.1/.well-known/did.json", "did:web:127.0.0.1", attacker), no, nil},
		"a homograph":            {signed(attacker, "did:web:sсhool.example", "key"), document("https://school.example/.well-known/did.json", "did:web:school.example", attacker), no, nil},
	})
}

// Who issued it is what stands under issuer and id, once, as text.
func TestIssuerIsOneText(t *testing.T) {
	school, other := edIssuer(t, 1), edIssuer(t, 2)
	signed := string(school.sign(t, badge(t, school.did), nil))
	id := `"id": "` + school.did + `"`
	attacks(t, attack{text: []byte(signed)}, map[string]attack{
		"as @id":                 refusal(replace(t, signed, id, `"@id": "`+school.did+`"`), rules.CodeIssuerMissing),
		"as id and @id":          refusal(replace(t, signed, id, id+`, "@id": "`+other.did+`"`)),
		"as a list":              refusal(replace(t, signed, id, `"id": ["`+school.did+`"]`), rules.CodeIssuerMissing),
		"two of them":            refusal(replace(t, signed, `"issuer": {`, `"issuer": ["`+other.did+`", {`, "Boatbuilding\"\n  }", "Boatbuilding\"\n  }]"), rules.CodeIssuerMissing),
		"twice":                  refusal(replace(t, signed, `"issuer": {`, `"issuer": ["`+school.did+`", {`, "Boatbuilding\"\n  }", "Boatbuilding\"\n  }]"), rules.CodeIssuerMissing),
		"in other letters":       refusal(replace(t, signed, `"issuer": {`, `"Issuer": "`+other.did+`", "issuer": {`), proof.CodeDataLoss),
		"under its IRI as well":  refusal(replace(t, signed, `"issuer": {`, `"https://www.w3.org/2018/credentials#issuer": {"id":"`+school.did+`"}, "issuer": {`), verify.CodeIllegible),
		"under its IRI":          refusal(replace(t, signed, `"issuer": {`, `"https://www.w3.org/2018/credentials#issuer": {`), rules.CodeIssuerMissing),
		"another one":            refusal(replace(t, signed, id, `"id": "`+other.did+`"`), proof.CodeSignature, verify.CodeIssuerMismatch),
		"null":                   refusal(replace(t, signed, `"issuer": {`, `"issuer": null, "source": {`), rules.CodeIssuerMissing),
		"a longer one":           refusal(replace(t, signed, id, `"id": "`+school.did+` "`), verify.CodeIssuerMismatch),
		"the method as the id":   refusal(replace(t, signed, id, `"id": "`+school.method+`"`), verify.CodeIssuerMismatch),
		"type only as @type":     refusal(replace(t, signed, `"type": ["VerifiableCredential", "OpenBadgeCredential"]`, `"@type": ["VerifiableCredential", "OpenBadgeCredential"]`), verify.CodeKindNotAccepted),
		"another type as @type":  refusal(replace(t, signed, `"type": ["VerifiableCredential"`, `"@type": ["ClrCredential"], "type": ["VerifiableCredential"`), "keyword-in-node"),
		"a second subject":       refusal(replace(t, signed, `"credentialSubject": {`, `"credentialSubject": [{"id":"did:example:eve","type":["AchievementSubject"]}, {`, `},"proof"`, `}],"proof"`), proof.CodeSignature),
		"the subject in letters": refusal(replace(t, signed, `"credentialSubject": {`, `"CredentialSubject": {"id":"did:example:eve"}, "credentialSubject": {`), proof.CodeDataLoss),
	})
}
