package dataintegrity_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// envelopes are the members by which a credential holds or does not.
var envelopes = []string{"issuer", "validFrom", "validUntil", "credentialStatus", "credentialSchema"}

// Whatever a holder chooses, issuer, dates, status, schema and types are shown, and who
// takes them out has no good proof.
func TestEnvelopeIsNotTheHoldersChoice(t *testing.T) {
	text := strings.NewReplacer("@school", `{"id":"`+holder(t).ID+`","type":["Profile"],"name":"School"}`, "@guild", `"urn:x:guild"`,
		`"validFrom"`, `"validUntil":"2030-01-01T00:00:00Z","credentialStatus":{"id":"https://x.example/r","type":"1EdTechRevocationList"},
		"credentialSchema":[{"id":"https://x.example/s","type":"JsonSchema"}],"validFrom"`,
		`context-3.0.3.json"`, `context-3.0.3.json","https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"`).Replace(repeated)
	base := baseOf(t, []byte(text), nil)
	for _, pointers := range [][]string{nil, {"/name"}, {"/credentialSubject/achievement/description", "/evidence/1"}} {
		part, err := rewrite.Parse(derive(t, base, pointers...))
		require.NoError(t, err)
		require.Equal(t, verify.OutcomePassed, inspect(t, part.Bytes()).Outcome(verify.CheckProof))
		for _, name := range append(envelopes, "type") {
			require.NotNil(t, part.Get(name), name)
			r := inspect(t, part.Without(name).Bytes())
			require.NotEqual(t, verify.OutcomePassed, r.Outcome(verify.CheckProof), name)
		}
	}
}

// twins are a badge in which nodes without ids are alike, with lists that repeat: their
// canonical names are found by comparing what they are part of.
const twins = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
"id":"urn:uuid:2","type":["VerifiableCredential","OpenBadgeCredential"],"name":"Keel","issuer":{"id":"@k","type":["Profile"],"name":"School"},
"validFrom":"2025-06-01T00:00:00Z","credentialSubject":{"type":["AchievementSubject"],"identifier":[
{"type":"IdentityObject","hashed":false,"identityHash":"a","identityType":"name"},{"type":"IdentityObject","hashed":false,"identityHash":"a","identityType":"name"}],
"result":[{"type":["Result"],"value":"A"},{"type":["Result"],"value":"A"},{"type":["Result"],"value":"B"}],
"achievement":{"id":"https://school.example/keel","type":["Achievement"],"name":"Keel laying","description":"Lays a keel.",
"criteria":{"narrative":"Lay one."},"resultDescription":[
{"id":"urn:x:1","type":["ResultDescription"],"name":"Grade","resultType":"LetterGrade","allowedValue":["A","B","A","A"]},
{"id":"urn:x:2","type":["ResultDescription"],"name":"Grade","resultType":"LetterGrade","allowedValue":["A","B","A","A"]}]}},
"evidence":[{"type":["Evidence"],"name":"Talk"},{"type":["Evidence"],"name":"Talk"},{"type":["Evidence"]}]}`

func TestTwinsShownInPart(t *testing.T) {
	text := []byte(strings.ReplaceAll(twins, "@k", holder(t).ID))
	base := baseOf(t, text, func(o *dataintegrity.SignOptions) {
		o.SkipRequiredPointers, o.MandatoryPointers = true, []string{"/issuer", "/evidence/0/name"}
	})
	all, r := leaves(t, base), rand.New(rand.NewPCG(7, 709))
	ran := 0
	for range 120 {
		var chosen []string
		for range 1 + r.IntN(5) {
			if p := all[r.IntN(len(all))]; !strings.Contains(p, "allowedValue/") {
				chosen = append(chosen, p)
			}
		}
		if chosen == nil {
			continue
		}
		ran++
		part := derive(t, base, chosen...)
		require.Equal(t, verify.OutcomePassed, inspect(t, part).Outcome(verify.CheckProof), "%v", chosen)
		var shown struct{ Evidence []struct{ Name string } }
		require.NoError(t, json.Unmarshal(part, &shown))
		require.NotEmpty(t, shown.Evidence)
		other := strings.Replace(string(part), `"Talk"`, `"Walk"`, 1)
		code := inspect(t, []byte(other)).Codes()[0] // by which of two twins it is told
		require.Contains(t, []vc.Code{proof.CodeSignature, proof.CodeStatementSignature}, code, "%v", chosen)
	}
	require.Greater(t, ran, 80)
}
