package verify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/testkit"
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
		"null":                       refusal(with(`null`), dataintegrity.CodeProofMalformed),
		"false":                      refusal(with(`false`), dataintegrity.CodeProofMalformed),
		"text":                       refusal(with(`"`+victim+`"`), dataintegrity.CodeProofMalformed),
		"an empty list":              refusal(with(`[]`), dataintegrity.CodeNoProof),
		"an empty object":            refusal(with(`{}`), dataintegrity.CodeProofMalformed),
		"a list in a list":           refusal(with(`[[`+one+`]]`), dataintegrity.CodeProofMalformed),
		"null beside it":             refusal(with(`[`+one+`,null]`), dataintegrity.CodeProofMalformed),
		"an empty one beside it":     refusal(with(`[`+one+`,{}]`), dataintegrity.CodeProofMalformed),
		"in @graph":                  refusal(with(`{"@graph":[`+one+`]}`), dataintegrity.CodeProofMalformed),
		"in @set":                    refusal(with(`{"@set":[`+one+`]}`), dataintegrity.CodeProofMalformed),
		"under its IRI":              refusal([]byte(strings.Replace(signed, `"proof":`, `"https://w3id.org/security#proof":`, 1)), dataintegrity.CodeNoProof),
		"under @nest":                refusal([]byte(strings.Replace(signed, `"proof":`, `"@nest":{"proof":`, 1)+"}"), dataintegrity.CodeNoProof),
		"in the subject":             refusal([]byte(strings.Replace(signed, `},"proof":`+one, `,"proof":`+one+`}`, 1)), dataintegrity.CodeNoProof),
		"under Proof":                refusal([]byte(strings.Replace(signed, `"proof":`, `"Proof":`, 1)), dataintegrity.CodeNoProof),
		"twice":                      {[]byte(signed[:len(signed)-1] + `,"proof":` + one + `}`), verify.Config{}, verify.Unreadable, []vc.Code{"json-duplicate-name"}},
		"a foreign one first":        refusal(with(`[`+foreign("")+`,`+one+`]`), verify.CodeIssuerMismatch),
		"a foreign one last":         refusal(with(`[`+one+`,`+foreign("")+`]`), verify.CodeIssuerMismatch),
		"a foreign one, other suite": refusal(with(`[`+one+`,`+foreign(dataintegrity.EddsaJcs2022)+`]`), verify.CodeIssuerMismatch),
		"a spoiled copy":             refusal(with(`[`+one+`,`+string(replace(t, one, `"created":"2026`, `"created":"2025`))+`]`), dataintegrity.CodeSignature),

		"type as @type":           refusal(change(`"type"`, `"@type"`), dataintegrity.CodeProofMalformed),
		"type in a list of one":   {text: change(`"DataIntegrityProof"`, `["DataIntegrityProof"]`), verdict: verify.IsVerified},
		"type in a list":          refusal(change(`"DataIntegrityProof"`, `["DataIntegrityProof","Proof"]`), dataintegrity.CodeProofMalformed),
		"type in a list's list":   refusal(change(`"DataIntegrityProof"`, `[["DataIntegrityProof"]]`), dataintegrity.CodeProofMalformed),
		"type of another time":    refusal(change(`"DataIntegrityProof"`, `"Ed25519Signature2020"`), dataintegrity.CodeSuiteConfusion),
		"type unknown":            refusal(change(`"DataIntegrityProof"`, `"Proof"`), dataintegrity.CodeSuiteConfusion),
		"suite in other letters":  refusal(change(`eddsa-rdfc-2022`, `EDDSA-RDFC-2022`), dataintegrity.CodeSuiteUnknown),
		"suite of another form":   refusal(change(`eddsa-rdfc-2022`, `eddsa-jcs-2022`), dataintegrity.CodeSignature),
		"suite of earlier name":   refusal(change(`eddsa-rdfc-2022`, `eddsa-2022`), dataintegrity.CodeSignature),
		"suite of another key":    refusal(change(`eddsa-rdfc-2022`, `ecdsa-rdfc-2019`), dataintegrity.CodeKeyType),
		"suite missing":           refusal(change(`"cryptosuite":"eddsa-rdfc-2022",`, ``), dataintegrity.CodeProofMalformed),
		"purpose authentication":  refusal(change(`assertionMethod`, `authentication`), dataintegrity.CodePurpose),
		"purpose by its IRI":      refusal(change(`"assertionMethod"`, `"https://w3id.org/security#assertionMethod"`), dataintegrity.CodePurpose),
		"purpose in a list":       refusal(change(`"assertionMethod"`, `["assertionMethod","authentication"]`), dataintegrity.CodeProofMalformed),
		"purpose missing":         refusal(change(`"proofPurpose":"assertionMethod",`, ``), dataintegrity.CodeProofMalformed),
		"method of an object":     refusal(change(`"`+school.method+`"`, `{"id":"`+school.method+`"}`), dataintegrity.CodeProofMalformed),
		"method of a list of one": {text: change(`"`+school.method+`"`, `["`+school.method+`"]`), verdict: verify.IsVerified},
		"method of a list":        refusal(change(`"`+school.method+`"`, `["`+school.method+`",null]`), dataintegrity.CodeProofMalformed),
		"method relative":         refusal(change(school.method, `#key`), dataintegrity.CodeMethodURL),
		"value in base64url":      refusal(change(`"proofValue":"z`, `"proofValue":"u`), dataintegrity.CodeProofValue),
		"value with a space":      refusal(change(`"proofValue":"z`, `"proofValue":"z `), dataintegrity.CodeProofValue),
		"value with a leading 1":  refusal(change(`"proofValue":"z`, `"proofValue":"z1`), dataintegrity.CodeProofValue),
		"value empty":             refusal(with(one[:strings.Index(one, `"proofValue"`)]+`"proofValue":"z"}`), dataintegrity.CodeProofValue),
		"value in a list":         refusal(with(one[:strings.Index(one, `"proofValue"`)]+`"proofValue":["z"]}`), dataintegrity.CodeProofValue),
		"value in a list of none": refusal(with(one[:strings.Index(one, `"proofValue"`)]+`"proofValue":[]}`), dataintegrity.CodeProofMalformed),
		"a member nobody defines": refusal(put(`"colour":"red"`), dataintegrity.CodeDataLoss),
		"a signature of 2018":     refusal(put(`"jws":"eyJ..AA"`), dataintegrity.CodeDataLoss),
		"a nonce added":           refusal(put(`"nonce":"n"`), dataintegrity.CodeSignature),
		"a domain added":          refusal(put(`"domain":"school.example"`), dataintegrity.CodeSignature),
		"an id added":             refusal(put(`"id":"urn:proof"`), dataintegrity.CodeSignature),
		"an @id added":            refusal(put(`"@id":"urn:proof"`), dataintegrity.CodeProofMalformed),
		"contexts of its own":     refusal(put(`"@context":["https://www.w3.org/ns/credentials/v2","https://w3id.org/security/v2"]`), dataintegrity.CodeProofContext),
		"contexts that are null":  refusal(put(`"@context":null`), dataintegrity.CodeProofContext),
		"contexts inline":         refusal(put(`"@context":{"created":"https://evil.example/"}`), dataintegrity.CodeProofContext),
		"the document's contexts": {text: put(`"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]`), verdict: verify.IsVerified},
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
		"upon what is not there": refusal(with(upon(one, `"urn:proof:9"`)), dataintegrity.CodeChain),
		"upon itself":            refusal(with(upon(one, `"urn:proof:1"`)), dataintegrity.CodeChain),
		"upon two of one id":     refusal(with(one, one, upon(two, `"urn:proof:1"`)), dataintegrity.CodeChain),
		"upon one another":       refusal(with(upon(one, `"urn:proof:2"`), upon(two, `"urn:proof:1"`)), dataintegrity.CodeSignature),
		"upon an object":         refusal(with(one, upon(two, `{"id":"urn:proof:1"}`)), dataintegrity.CodeChain),
		"upon null":              refusal(with(one, upon(two, `null`)), dataintegrity.CodeChain),
		"upon a number":          refusal(with(one, upon(two, `1`)), dataintegrity.CodeChain),
		"upon an empty name":     refusal(with(one, upon(two, `""`)), dataintegrity.CodeChain),
		"claimed afterwards":     refusal(with(one, upon(two, `"urn:proof:1"`)), dataintegrity.CodeSignature),
		"hidden behind its IRI":  refusal(with(one, `{"https://w3id.org/security#previousProof":{"id":"urn:proof:1"},`+two[1:]), dataintegrity.CodeProofMalformed),
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
	good := func(text []byte, c verify.Config) attack { return attack{text, c, verify.IsVerified, nil} }
	bad := func(text []byte, c verify.Config, code vc.Code) attack {
		return attack{text, c, verify.NotVerified, []vc.Code{code}}
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
		"an end in another zone":         refusal(between(past, testkit.Now.Add(-2*time.Hour).In(time.FixedZone("", 14*3600)).Format(time.RFC3339)), verify.CodeExpired),
		"made within the skew":           good(made(skew, 24*time.Hour), zero),
		"made a second after":            refusal(made(skew+time.Second, 24*time.Hour), dataintegrity.CodeCreatedFuture),
		"proof ended with the skew":      refusal(made(-time.Hour, -skew), dataintegrity.CodeExpired),
		"proof ended within the skew":    good(made(-time.Hour, -skew+time.Second), zero),
	})
	require.Equal(t, verify.NotRun, inspect(t, made(skew+time.Second, 24*time.Hour), zero).Outcome(verify.CheckBinding))
}
