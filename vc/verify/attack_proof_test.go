package verify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Proofs of other shapes than one object with the members that it must have.
func TestProofShapes(t *testing.T) {
	school, other := edIssuer(t, 1), edIssuer(t, 2)
	signed := string(school.sign(t, badge(t, school.did), nil))
	open := strings.Index(signed, `"proof":`) + len(`"proof":`)
	one := signed[open : len(signed)-1]
	with := func(value string) []byte { return []byte(signed[:open] + value + "}") }
	put := func(members string) []byte { return with("{" + members + "," + one[1:]) }
	change := func(old, new string) []byte { return with(string(replace(t, one, old, new))) }
	foreign := func(suite string) string {
		text := string(other.sign(t, badge(t, school.did), func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck, o.Suite = true, suite }))
		return text[strings.Index(text, `"proof":`)+len(`"proof":`) : len(text)-1]
	}
	attacks(t, attack{text: with("[" + one + "]")}, map[string]attack{
		"null":                       refusal(with(`null`), proof.CodeProofMalformed),
		"false":                      refusal(with(`false`), proof.CodeProofMalformed),
		"text":                       refusal(with(`"`+victim+`"`), proof.CodeProofMalformed),
		"an empty list":              refusal(with(`[]`), proof.CodeNoProof),
		"an empty object":            refusal(with(`{}`), proof.CodeProofMalformed),
		"a list in a list":           refusal(with(`[[`+one+`]]`), proof.CodeProofMalformed),
		"null beside it":             refusal(with(`[`+one+`,null]`), proof.CodeProofMalformed),
		"an empty one beside it":     refusal(with(`[`+one+`,{}]`), proof.CodeProofMalformed),
		"in @graph":                  refusal(with(`{"@graph":[`+one+`]}`), proof.CodeProofMalformed),
		"in @set":                    refusal(with(`{"@set":[`+one+`]}`), proof.CodeProofMalformed),
		"under its IRI":              refusal([]byte(strings.Replace(signed, `"proof":`, `"https://w3id.org/security#proof":`, 1)), proof.CodeNoProof),
		"under @nest":                refusal([]byte(strings.Replace(signed, `"proof":`, `"@nest":{"proof":`, 1)+"}"), proof.CodeNoProof),
		"in the subject":             refusal([]byte(strings.Replace(signed, `},"proof":`+one, `,"proof":`+one+`}`, 1)), proof.CodeNoProof),
		"under Proof":                refusal([]byte(strings.Replace(signed, `"proof":`, `"Proof":`, 1)), proof.CodeNoProof),
		"twice":                      {[]byte(signed[:len(signed)-1] + `,"proof":` + one + `}`), verify.Config{}, verify.VerdictUnreadable, []vc.Code{"json-duplicate-name"}},
		"a foreign one first":        refusal(with(`[`+foreign("")+`,`+one+`]`), verify.CodeIssuerMismatch),
		"a foreign one last":         refusal(with(`[`+one+`,`+foreign("")+`]`), verify.CodeIssuerMismatch),
		"a foreign one, other suite": refusal(with(`[`+one+`,`+foreign(dataintegrity.EddsaJcs2022)+`]`), verify.CodeIssuerMismatch),
		"a spoiled copy":             refusal(with(`[`+one+`,`+string(replace(t, one, `"created":"2026`, `"created":"2025`))+`]`), proof.CodeSignature),

		"type as @type":           refusal(change(`"type"`, `"@type"`), proof.CodeProofMalformed),
		"type in a list of one":   {text: change(`"DataIntegrityProof"`, `["DataIntegrityProof"]`), verdict: verify.VerdictVerified},
		"type in a list":          refusal(change(`"DataIntegrityProof"`, `["DataIntegrityProof","Proof"]`), proof.CodeProofMalformed),
		"type in a list's list":   refusal(change(`"DataIntegrityProof"`, `[["DataIntegrityProof"]]`), proof.CodeProofMalformed),
		"type of another time":    refusal(change(`"DataIntegrityProof"`, `"Ed25519Signature2020"`), proof.CodeSuiteConfusion),
		"type unknown":            refusal(change(`"DataIntegrityProof"`, `"Proof"`), proof.CodeSuiteConfusion),
		"suite in other letters":  refusal(change(`eddsa-rdfc-2022`, `EDDSA-RDFC-2022`), proof.CodeSuiteUnknown),
		"suite of another form":   refusal(change(`eddsa-rdfc-2022`, `eddsa-jcs-2022`), proof.CodeSignature),
		"suite of earlier name":   refusal(change(`eddsa-rdfc-2022`, `eddsa-2022`), proof.CodeSignature),
		"suite of another key":    refusal(change(`eddsa-rdfc-2022`, `ecdsa-rdfc-2019`), proof.CodeKeyType),
		"suite missing":           refusal(change(`"cryptosuite":"eddsa-rdfc-2022",`, ``), proof.CodeProofMalformed),
		"purpose authentication":  refusal(change(`assertionMethod`, `authentication`), proof.CodeProofPurpose),
		"purpose by its IRI":      refusal(change(`"assertionMethod"`, `"https://w3id.org/security#assertionMethod"`), proof.CodeProofPurpose),
		"purpose in a list":       refusal(change(`"assertionMethod"`, `["assertionMethod","authentication"]`), proof.CodeProofMalformed),
		"purpose missing":         refusal(change(`"proofPurpose":"assertionMethod",`, ``), proof.CodeProofMalformed),
		"method of an object":     refusal(change(`"`+school.method+`"`, `{"id":"`+school.method+`"}`), proof.CodeProofMalformed),
		"method of a list of one": {text: change(`"`+school.method+`"`, `["`+school.method+`"]`), verdict: verify.VerdictVerified},
		"method of a list":        refusal(change(`"`+school.method+`"`, `["`+school.method+`",null]`), proof.CodeProofMalformed),
		"method relative":         refusal(change(school.method, `#key`), proof.CodeMethodURL),
		"value in base64url":      refusal(change(`"proofValue":"z`, `"proofValue":"u`), proof.CodeProofValue),
		"value with a space":      refusal(change(`"proofValue":"z`, `"proofValue":"z `), proof.CodeProofValue),
		"value with a leading 1":  refusal(change(`"proofValue":"z`, `"proofValue":"z1`), proof.CodeProofValue),
		"value empty":             refusal(with(one[:strings.Index(one, `"proofValue"`)]+`"proofValue":"z"}`), proof.CodeProofValue),
		"value in a list":         refusal(with(one[:strings.Index(one, `"proofValue"`)]+`"proofValue":["z"]}`), proof.CodeProofValue),
		"value in a list of none": refusal(with(one[:strings.Index(one, `"proofValue"`)]+`"proofValue":[]}`), proof.CodeProofMalformed),
		"a member nobody defines": refusal(put(`"colour":"red"`), proof.CodeDataLoss),
		"a signature of 2018":     refusal(put(`"jws":"eyJ..AA"`), proof.CodeDataLoss),
		"a nonce added":           refusal(put(`"nonce":"n"`), proof.CodeSignature),
		"a domain added":          refusal(put(`"domain":"school.example"`), proof.CodeSignature),
		"an id added":             refusal(put(`"id":"urn:proof"`), proof.CodeSignature),
		"an @id added":            refusal(put(`"@id":"urn:proof"`), proof.CodeProofMalformed),
		"contexts of its own":     refusal(put(`"@context":["https://www.w3.org/ns/credentials/v2","https://w3id.org/security/v2"]`), proof.CodeProofContext),
		"contexts that are null":  refusal(put(`"@context":null`), proof.CodeProofContext),
		"contexts inline":         refusal(put(`"@context":{"created":"https://evil.example/"}`), proof.CodeProofContext),
		"the document's contexts": {text: put(`"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]`), verdict: verify.VerdictVerified},
	})
}

// Chains of proofs: each proof stands on those that it names.
func TestProofChains(t *testing.T) {
	school := edIssuer(t, 1)
	identified := func(id string) string {
		return string(school.sign(t, badge(t, school.did), func(o *dataintegrity.SignOptions) { o.ID = id }))
	}
	first := identified("urn:proof:1")
	open := strings.Index(first, `"proof":`) + len(`"proof":`)
	one := first[open : len(first)-1]
	second := identified("urn:proof:2")
	two := second[open : len(second)-1]
	with := func(list ...string) []byte { return []byte(first[:open] + "[" + strings.Join(list, ",") + "]}") }
	upon := func(p, prior string) string { return `{"previousProof":` + prior + `,` + p[1:] }
	attacks(t, attack{text: with(one, two)}, map[string]attack{
		"upon what is not there": refusal(with(upon(one, `"urn:proof:9"`)), proof.CodeProofChain),
		"upon itself":            refusal(with(upon(one, `"urn:proof:1"`)), proof.CodeProofChain),
		"upon two of one id":     refusal(with(one, one, upon(two, `"urn:proof:1"`)), proof.CodeProofChain),
		"upon one another":       refusal(with(upon(one, `"urn:proof:2"`), upon(two, `"urn:proof:1"`)), proof.CodeSignature),
		"upon an object":         refusal(with(one, upon(two, `{"id":"urn:proof:1"}`)), proof.CodeProofChain),
		"upon null":              refusal(with(one, upon(two, `null`)), proof.CodeProofChain),
		"upon a number":          refusal(with(one, upon(two, `1`)), proof.CodeProofChain),
		"upon an empty name":     refusal(with(one, upon(two, `""`)), proof.CodeProofChain),
		"claimed afterwards":     refusal(with(one, upon(two, `"urn:proof:1"`)), proof.CodeSignature),
		"hidden behind its IRI":  refusal(with(one, `{"https://w3id.org/security#previousProof":{"id":"urn:proof:1"},`+two[1:]), proof.CodeProofMalformed),
	})
}

// The edges of time: a clock may differ by the skew, to the second.
func TestEdgesOfTime(t *testing.T) {
	school := edIssuer(t, 1)
	at := func(d time.Duration) string { return testkit.Now.Add(d).UTC().Format(time.RFC3339) }
	between := func(from, until string) []byte {
		return school.sign(t, badge(t, school.did, `"validFrom": "2025-06-01T08:00:00Z"`, `"validFrom": "`+from+`", "validUntil": "`+until+`"`), nil)
	}
	made := func(created, expires time.Duration) []byte {
		return school.sign(t, badge(t, school.did), func(o *dataintegrity.SignOptions) {
			o.Created, o.Expires = testkit.Now.Add(created), testkit.Now.Add(expires)
		})
	}
	const skew = 5 * time.Minute
	past, future := at(-time.Hour), at(time.Hour)
	none := verify.Config{Skew: -1}
	good := func(text []byte, c verify.Config) attack { return attack{text, c, verify.VerdictVerified, nil} }
	bad := func(text []byte, c verify.Config, code vc.Code) attack {
		return attack{text, c, verify.VerdictNotVerified, []vc.Code{code}}
	}
	zero := verify.Config{}
	attacks(t, attack{text: between(past, future)}, map[string]attack{
		"begins within the skew":         good(between(at(skew), future), zero),
		"begins a second after":          refusal(between(at(skew+time.Second), future), verify.CodeNotYetValid),
		"ended within the skew":          good(between(past, at(-skew+time.Second)), zero),
		"ended with the skew":            refusal(between(past, at(-skew)), verify.CodeExpired),
		"begins now, no skew":            good(between(at(0), future), none),
		"begins in a second, no skew":    bad(between(at(time.Second), future), none, verify.CodeNotYetValid),
		"ends now, no skew":              bad(between(past, at(0)), none, verify.CodeExpired),
		"ends before it begins":          refusal(between(past, at(-2*time.Hour)), verify.CodeExpired),
		"ends before it begins, to come": refusal(between(at(2*time.Hour), future), verify.CodeNotYetValid),
		"a date without time":            refusal(between(past, "2027-01-01"), rules.CodeDateTime),
		"a comma in the seconds":         refusal(between(past, "2027-01-01T00:00:00,5Z"), rules.CodeDateTime),
		"an offset of a day":             refusal(between(past, "2027-01-01T00:00:00+24:00"), rules.CodeDateTime),
		"an hour of one digit":           refusal(between(past, "2027-01-01T0:00:00Z"), rules.CodeDateTime),
		"a month that is none":           refusal(between(past, "2027-13-01T00:00:00Z"), rules.CodeDateTime),
		"Arabic digits":                  refusal(between(past, "٢٠٢٧-01-01T00:00:00Z"), rules.CodeDateTime),
		"an end in another zone": refusal(between(past, testkit.Now.Add(-2*time.Hour).In(time.FixedZone("", 14*3600)).Format(time.RFC3339)),
			verify.CodeExpired),
		"made within the skew":        good(made(skew, 24*time.Hour), zero),
		"made a second after":         refusal(made(skew+time.Second, 24*time.Hour), proof.CodeProofCreatedFuture),
		"proof ended with the skew":   refusal(made(-time.Hour, -skew), proof.CodeProofExpired),
		"proof ended within the skew": good(made(-time.Hour, -skew+time.Second), zero),
	})
	require.Equal(t, verify.OutcomeNotRun, inspect(t, made(skew+time.Second, 24*time.Hour), zero).Outcome(verify.CheckBinding))
}
