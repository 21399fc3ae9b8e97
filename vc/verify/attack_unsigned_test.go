package verify_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// attack is a credential that was tampered with, and what must become of it.
type attack struct {
	text    []byte
	config  verify.Config
	verdict verify.Verdict
	codes   []vc.Code // must all be among those reported
}

// attacks runs each case; the control must verify.
func attacks(t *testing.T, control attack, all map[string]attack) {
	t.Helper()
	r := inspect(t, control.text, control.config)
	require.Equal(t, verify.VerdictVerified, r.Verdict, "the control: %v", r.Problems())
	for name, a := range all {
		t.Run(name, func(t *testing.T) {
			r := inspect(t, a.text, a.config)
			require.Equal(t, a.verdict, r.Verdict, "%v", r.Problems())
			if a.verdict == verify.VerdictVerified {
				require.Empty(t, r.Codes())
			}
			require.Subset(t, r.Codes(), a.codes, "%v", r.Problems())
		})
	}
}

// refusal is an attack that must not verify, for that reason.
func refusal(text []byte, codes ...vc.Code) attack {
	return attack{text: text, verdict: verify.VerdictNotVerified, codes: codes}
}

// Statements of a credential, written where no reader of JSON looks for them: the
// signature stays good, so only the form can betray it.
func TestHiddenEndOfValidity(t *testing.T) {
	const (
		root  = "urn:uuid:6a9b52f0-5a0e-4c4b-9a54-6f0c8c3f7d11"
		until = `"validUntil": "2025-12-31T23:00:00Z", `
		typed = `{"@value":"2025-12-31T23:00:00Z","@type":"http://www.w3.org/2001/XMLSchema#dateTime"}`
		apart = `{"id":"` + root + `","type":["VerifiableCredential"],"validUntil":"2025-12-31T23:00:00Z"}`
	)
	school, guild := edIssuer(t, 1), edIssuer(t, 2)
	endorsement := string(guild.sign(t, []byte(`{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:uuid:22aa22bb-5a0e-4c4b-9a54-6f0c8c3f7d11",
"type":["VerifiableCredential","EndorsementCredential"],"name":"Endorsement","issuer":{"id":"`+guild.did+`","type":["Profile"],"name":"Guild"},"validFrom":"2025-06-01T08:00:00Z",
"credentialSubject":{"id":"`+root+`","type":["EndorsementSubject"],"endorsementComment":"Sound work."}}`), nil))
	with := func(members string) []byte {
		return school.sign(t, badge(t, school.did, `"validFrom"`, members+`"validFrom"`), nil)
	}
	expired := string(with(until))
	endorsed := string(with(`"endorsement":[` + endorsement + `],` + until))
	evident := string(with(`"evidence":[{"id":"` + root + `","type":["Evidence"],"name":"itself"}],` + until))
	move := func(text, old, new string) attack {
		return refusal(replace(t, text, until, "", old, new), verify.CodeIllegible)
	}
	split := func(text, old, new string) attack {
		a := move(text, old, new)
		a.codes = []vc.Code{verify.CodeNodeSplit}
		return a
	}
	lenient := move(expired, `"validFrom"`, `"https://www.w3.org/2018/credentials#validUntil":`+typed+`,"validFrom"`)
	lenient.config.Lenient = true
	attacks(t, attack{text: with(`"endorsement":[` + endorsement + `],`)}, map[string]attack{
		"seen":                               refusal([]byte(expired), verify.CodeExpired),
		"seen beside an endorsement":         refusal([]byte(endorsed), verify.CodeExpired),
		"behind its IRI":                     move(expired, `"validFrom"`, `"https://www.w3.org/2018/credentials#validUntil":`+typed+`,"validFrom"`),
		"behind its IRI, leniently":          lenient,
		"in an endorsement's subject":        split(endorsed, `"type":["EndorsementSubject"]`, until+`"type":["EndorsementSubject","VerifiableCredential"]`),
		"included in an endorsement":         move(endorsed, `"name":"Endorsement"`, `"@included":[`+apart+`],"name":"Endorsement"`),
		"reversed in an endorsement":         move(endorsed, `"name":"Endorsement"`, `"@reverse":{"https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsement":[`+apart+`]},"name":"Endorsement"`),
		"in evidence that is the credential": split(evident, `"type":["Evidence"]`, until+`"type":["Evidence","VerifiableCredential"]`),
		"as a list of one":                   refusal(replace(t, expired, `"2025-12-31T23:00:00Z"`, `["2025-12-31T23:00:00Z"]`), verify.CodeExpired),
		"as a typed value":                   refusal(replace(t, expired, `"2025-12-31T23:00:00Z"`, typed), rules.CodeMemberKind),
		"included":                           refusal(replace(t, expired, until, `"@included":[`+apart+`],`), "keyword-in-node"),
		"nested":                             refusal(replace(t, expired, until, `"@nest":{`+until[:len(until)-2]+`},`), "keyword-in-node"),
		"in a graph":                         refusal(replace(t, expired, until, `"@graph":[`+apart+`],`), "keyword-in-node"),
		"left out":                           refusal(replace(t, expired, until, ""), proof.CodeSignature),
	})
}

// The same of the status: a credential that was withdrawn stays withdrawn.
func TestHiddenStatus(t *testing.T) {
	const entry = `{"id": "https://school.example/revoked", "type": "1EdTechRevocationList"}`
	school := edIssuer(t, 1)
	signed := func(members string) string {
		return string(school.sign(t, badge(t, school.did, `"validFrom"`, members+`"validFrom"`, `context-3.0.3.json"`, extensionsContext), nil))
	}
	revoked := signed(`"credentialStatus": ` + entry + `, `)
	lists := verify.Config{Fetcher: revocations(t)}
	hide := func(verdict verify.Verdict, code vc.Code, old, new string) attack {
		return attack{replace(t, revoked, old, new), lists, verdict, []vc.Code{code}}
	}
	attacks(t, attack{text: []byte(signed("")), config: lists}, map[string]attack{
		"seen":                  hide(verify.VerdictNotVerified, "revoked", entry, entry),
		"behind its IRI":        hide(verify.VerdictNotVerified, verify.CodeIllegible, `"credentialStatus"`, `"https://www.w3.org/2018/credentials#credentialStatus"`),
		"in a set":              hide(verify.VerdictNotVerified, "member-missing", entry, `{"@set":[`+entry+`]}`),
		"in a list in a list":   hide(verify.VerdictNotVerified, "member-wrong-kind", entry, `[[`+entry+`]]`),
		"beside its own id":     hide(verify.VerdictNotVerified, "revoked", entry, `["https://school.example/revoked",`+entry+`]`),
		"as null":               hide(verify.VerdictNotVerified, "member-null", entry, `null`),
		"emptied":               hide(verify.VerdictNotVerified, proof.CodeSignature, entry, `[]`),
		"of a type by its IRI":  hide(verify.VerdictNotVerified, verify.CodeIllegible, `"type": "1EdTechRevocationList"`, `"type": "https://purl.imsglobal.org/spec/vcrl/v1p0/context.json#1EdTechRevocationList"`),
		"of a type by a prefix": hide(verify.VerdictNotVerified, proof.CodeSignature, `"type": "1EdTechRevocationList"`, `"type": "vcrl:1EdTechRevocationList"`),
	})
}

// The end of a proof has two names in the contexts, and an IRI.
func TestHiddenEndOfProof(t *testing.T) {
	school := edIssuer(t, 1)
	signed := func(d time.Duration) string {
		return string(school.sign(t, badge(t, school.did), func(o *dataintegrity.SignOptions) { o.Expires = o.Created.Add(d) }))
	}
	expired := signed(-time.Hour)
	const old, typed = `"expires":"2025-12-31T23:00:00Z"`, `{"@value":"2025-12-31T23:00:00Z","@type":"http://www.w3.org/2001/XMLSchema#dateTime"}`
	cases := map[string]attack{
		"seen":           refusal([]byte(expired), proof.CodeProofExpired),
		"left out":       refusal(replace(t, expired, old+",", ""), proof.CodeSignature),
		"behind its IRI": refusal(replace(t, expired, old, `"https://w3id.org/security#expiration":`+typed), proof.CodeProofMalformed),
		"included":       refusal(replace(t, expired, old, `"@included":[]`), proof.CodeProofMalformed),
	}
	for _, context := range []string{"https://w3id.org/security/v1", "https://w3id.org/security/v2"} {
		cases["by its older term, of "+context] = refusal(replace(t, expired, `"expires"`, `"expiration"`, `context-3.0.3.json"`, `context-3.0.3.json","`+context+`"`), proof.CodeProofMalformed)
	}
	attacks(t, attack{text: []byte(signed(time.Hour))}, cases)
}
