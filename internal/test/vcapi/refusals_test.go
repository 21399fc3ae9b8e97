package vcapi_test

import (
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
)

// refusal is a change that makes a good credential a bad one, one text for another, and
// the code for which it is to be refused. The row is the beginning of the one in the
// table of docs/suites.md that tells of it.
type refusal struct {
	row, from, to string
	code          vc.Code
}

const (
	context2    = `"https://www.w3.org/ns/credentials/v2"`
	contexts2   = `"@context": [` + context2 + `],`
	type2       = `"type": ["VerifiableCredential"],`
	subject2    = `{"id": "did:example:alice", "name": "Alice"}`
	untyped     = "status, terms of use"
	status2     = `"credentialStatus": {"id": "urn:x:status", "type": "https://x.example/Status"},`
	related     = "a related resource"
	anotherHash = `"digestSRI": "sha384-` + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" + `"`
)

// issuing are credentials that the issuers refuse.
var issuing = []refusal{
	{"no `@context`", contexts2, ``, "context-missing"},
	{"no `@context`", contexts2, `"@context": ["https://x.example/c", ` + context2 + `],`, "context-base-not-first"},
	{"a context that is no URL", contexts2, `"@context": [` + context2 + `, "a b"],`, "context-item-invalid"},
	{"a context that is no URL", contexts2, `"@context": [` + context2 + `, 7],`, "context-item-invalid"},
	{"a context that is no URL", contexts2, `"@context": [` + context2 + `, "https://x.example/c"],`, "context-unknown"},
	{"`id` null", type2, type2 + `"id": null,`, "member-null"},
	{"`id` null", type2, type2 + `"id": ["urn:x:1", "urn:x:2"],`, "member-repeated"},
	{"`id` null", type2, type2 + `"id": "https ://x.example",`, "iri-malformed"},
	{"`id` null", `"did:example:alice"`, `["urn:x:1", "urn:x:2"]`, "member-wrong-kind"},
	{"no `type`", type2, ``, "member-missing"},
	{"no `type`", `"VerifiableCredential"`, `"https://x.example/Card"`, "credential-type-missing"},
	{"a type that no context", type2, `"type": ["VerifiableCredential", "Unknown"],`, "term-undefined"},
	{"a type that no context", context2, context2 + `, {"Card": "no URL"}`, "invalid-iri-mapping"},
	{"a protected term", context2, context2 + `, {"VerifiableCredential": "https://x.example/V"}`, "protected-term-redefinition"},
	{untyped, type2, type2 + `"credentialStatus": {"id": "urn:x:1"},`, "member-missing"},
	{untyped, type2, type2 + `"termsOfUse": {"id": "urn:x:1"},`, "member-missing"},
	{untyped, type2, type2 + `"evidence": {"id": "urn:x:1"},`, "member-missing"},
	{untyped, type2, type2 + `"refreshService": {"id": "urn:x:1"},`, "member-missing"},
	{untyped, type2, type2 + `"credentialSchema": {"id": "https://x.example/s"},`, "member-missing"},
	{untyped, type2, type2 + `"credentialSchema": {"type": "JsonSchema"},`, "member-missing"},
	{"the id of a status", type2, type2 + strings.Replace(status2, "urn:x:status", "https ://x.example", 1), "iri-malformed"},
	{"the id of a status", type2, type2 + `"credentialSchema": {"id": "https ://x.example", "type": "JsonSchema"},`, "iri-malformed"},
	{"the id of a status", type2, type2 + strings.Replace(status2, `"urn:x:status"`, `["urn:x:1", "urn:x:2"]`, 1), "member-repeated"},
	{"the id of a status", type2, type2 + strings.Replace(status2, `"https://x.example/Status"`, `7`, 1), "member-wrong-kind"},
	{"`name` or `description`", type2, type2 + `"name": {"@value": "n", "url": "x"},`, "language-value-malformed"},
	{"`name` or `description`", type2, type2 + `"description": {"@value": "n", "url": "x"},`, "language-value-malformed"},
	{"`issuer` null", `"issuer": "`, `"issuer": null, "ignored": "`, "member-null"},
	{"`issuer` null", `"issuer": "`, `"issuer": "/`, "iri-not-absolute"},
	{"no subject", `"credentialSubject": ` + subject2, `"name": "n"`, "subject-missing"},
	{"no subject", subject2, `{}`, "subject-empty"},
	{"a date that is none", type2, type2 + `"validFrom": "yesterday",`, "datetime-malformed"},
	{"a date that is none", type2, type2 + `"validFrom": "2031-01-01T00:00:00Z", "validUntil": "2030-01-01T00:00:00Z",`, "validity-reversed"},
	{related, type2, type2 + `"relatedResource": "urn:x:1",`, "member-wrong-kind"},
	{related, type2, type2 + `"relatedResource": {` + anotherHash + `},`, "member-missing"},
	{related, type2, type2 + `"relatedResource": [{"id": "urn:x:1", ` + anotherHash + `}, {"id": "urn:x:1", ` + anotherHash + `}],`,
		"related-resource-repeated"},
	{related, type2, type2 + `"relatedResource": {"id": "urn:x:1"},`, "related-resource-without-digest"},
	{related, type2, type2 + `"relatedResource": {"id": ` + context2 + `, ` + anotherHash + `},`, "related-resource-mismatch"},
	{"a term that no context", `"name": "Alice"`, `"colour": "red"`, "term-undefined"},
}

// verifying are credentials that were signed well and that the verifier then refuses.
var verifying = []refusal{
	{"a document that is a text", "", "", "format-json-string"},
	{"a document that is a text", `"VerifiableCredential"`, `"https://x.example/Card"`, "credential-type-missing"},
	{"no proof", `,"proof":`, `,"evidence":`, "proof-missing"},
	{"no proof", `,"proof":`, `,"proof":null,"evidence":`, "proof-malformed"},
	{"no proof", `"type":"DataIntegrityProof"`, `"nonce":"n"`, "proof-malformed"},
	{"no proof", `"verificationMethod":`, `"nonce":`, "proof-malformed"},
	{"no proof", `"proofPurpose":`, `"nonce":`, "proof-malformed"},
	{"no proof", `"proofValue":`, `"nonce":`, "proof-malformed"},
	{"the type of the proof", `"type":"DataIntegrityProof"`, `"type":"Ed25519Signature2020"`, "proof-type-suite-mismatch"},
	{"an unknown cryptosuite", `"eddsa-rdfc-2022"`, `"rot13"`, "cryptosuite-unknown"},
	{"an unknown cryptosuite", `"assertionMethod"`, `"authentication"`, "proof-purpose-mismatch"},
	{"a proof value", `"proofValue":"z`, `"proofValue":"`, "proof-value-malformed"},
	{"a proof value", `"proofValue":"z`, `"proofValue":"z22`, "proof-value-malformed"},
	{"a term that no context", `"Alice"`, `"Alice", "colour": "red"`, "term-undefined"},
	{"a term that no context", `"VerifiableCredential"`, `"VerifiableCredential", "./relative"`, "term-undefined"},
	{"another canonical form", `"Alice"`, `"Mallory"`, "signature-invalid"},
	{"a chain of proofs", `"proofPurpose":`, `"previousProof":"urn:x:none","proofPurpose":`, "proof-chain-invalid"},
}

// enveloping are envelopes that the verifier refuses for what is around the token.
var enveloping = []refusal{
	{"an envelope", context2, `"https://www.w3.org/ns/credentials/examples/v2"`, "context-base-not-first"},
	{"an envelope", `data:application/vc+jwt,`, `https://x.example/`, "envelope-malformed"},
	{"an envelope", `,"type":"EnvelopedVerifiableCredential"`, ``, "member-missing"},
	{"an envelope", `"EnvelopedVerifiableCredential"`, `"VerifiableCredential"`, "issuer-missing"},
}

// disclosing are credentials that are shown in part and that the verifier refuses.
var disclosing = []refusal{
	{"a value of `ecdsa-sd-2023`", `"proofValue":"u`, `"proofValue":"`, "disclosure-malformed"},
	{"a value of `ecdsa-sd-2023`", `"proofValue":"u2V0B`, `"proofValue":"u`, "disclosure-malformed"},
}

// disclosed is what the holder shows of what an issuer makes for a holder, and notes that a
// pointer to nothing is refused.
func (a *api) disclosed(t *testing.T, rows map[string][]string) string {
	t.Helper()
	issuers := a.issuers(t)
	at := slices.IndexFunc(issuers, func(i configured) bool { return strings.Contains(i.Endpoint, "ecdsa-sd-2023") })
	path, plain, base := a.issued(t, issuers[at])
	_, _, e := a.post(t, path, `{"credential": `+plain+`, "options": {"mandatoryPointers": ["/nothing"]}}`)
	const row = "a pointer that leads nowhere"
	for _, code := range e.Codes {
		rows[row] = append(rows[row], string(code))
	}
	_, part, _ := a.post(t, "/credentials/derive", `{"verifiableCredential": `+base+`, "options": {"selectivePointers": ["/credentialSubject"]}}`)
	text, err := json.Marshal(part)
	require.NoError(t, err)
	return string(text)
}

// pageRows are the rows of the table in docs/suites.md: what is wrong, and the codes.
func pageRows(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../../../docs/suites.md")
	require.NoError(t, err)
	_, table, found := strings.Cut(string(text), "| what is wrong in the test | code |")
	require.True(t, found)
	rows := map[string]string{}
	for _, line := range strings.Split(table, "\n")[2:] {
		cells := strings.Split(line, "|")
		if len(cells) != 4 {
			break
		}
		rows[strings.TrimSpace(cells[1])] = cells[2]
	}
	return rows
}

// bad is the whole with its fault; a refusal without a change is the whole as a text.
func (r refusal) bad(t *testing.T, whole string) string {
	t.Helper()
	if r.from == "" {
		text, err := json.Marshal(whole)
		require.NoError(t, err)
		return string(text)
	}
	require.Contains(t, whole, r.from)
	return strings.Replace(whole, r.from, r.to, 1)
}

// refused has the server refuse all of them, each for its code, and notes the codes by
// their row.
func (a *api) refused(t *testing.T, all []refusal, path, member, whole string, rows map[string][]string) {
	t.Helper()
	for _, r := range all {
		status, _, e := a.post(t, path, `{"`+member+`": `+r.bad(t, whole)+`}`)
		require.Equal(t, http.StatusBadRequest, status, "%v", r)
		require.Contains(t, e.Codes, r.code, "%v", r)
		rows[r.row] = append(rows[r.row], string(r.code))
	}
}

// issued is the answer of an issuer to a credential of its own, which it returns too.
func (a *api) issued(t *testing.T, i configured) (path, plain, secured string) {
	t.Helper()
	path = strings.TrimPrefix(i.Endpoint, a.URL)
	plain = strings.Join(strings.Fields(unsigned(i.ID, "")), " ")
	_, answer, _ := a.post(t, path, `{"credential": `+plain+`}`)
	text, err := json.Marshal(answer["verifiableCredential"])
	require.NoError(t, err)
	return path, plain, string(text)
}

// What docs/suites.md says of each refusal is what the server says, row by row: a code
// that the page names is given for a fault of its row, and no other code is.
func TestRefusalsPage(t *testing.T) {
	a, rows := serve(t), map[string][]string{}
	issuers := a.issuers(t)
	path, plain, signed := a.issued(t, issuers[0])
	a.refused(t, issuing, path, "credential", plain, rows)
	a.refused(t, verifying, "/credentials/verify", "verifiableCredential", signed, rows)
	_, _, envelope := a.issued(t, issuers[len(issuers)-1])
	a.refused(t, enveloping, "/credentials/verify", "verifiableCredential", envelope, rows)
	a.refused(t, disclosing, "/credentials/verify", "verifiableCredential", a.disclosed(t, rows), rows)
	code := regexp.MustCompile(`[a-z]+(-[a-z]+)+`)
	for what, codes := range pageRows(t) {
		var given []string
		for row, all := range rows {
			if strings.HasPrefix(what, row) {
				given = append(given, all...)
			}
		}
		slices.Sort(given)
		named := code.FindAllString(codes, -1)
		slices.Sort(named)
		require.Equal(t, slices.Compact(given), slices.Compact(named), what)
	}
}
