package rules_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// What is absent where something is withheld is no fault, and what is never withheld is
// one all the same.
func TestWithheld(t *testing.T) {
	sdJWT := func(payload string) []byte {
		e := base64.RawURLEncoding.EncodeToString
		return []byte(e([]byte(`{"alg":"ES256"}`)) + "." + e([]byte(payload)) + "." + e(make([]byte, 64)) + "~")
	}
	const badge = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
		"id":"urn:uuid:1","type":["VerifiableCredential","AchievementCredential"],"issuer":{"id":"did:example:school","type":["Profile"]},
		"credentialSubject":{"type":["AchievementSubject"],"id":"did:example:ada","result":[{"type":["Result"],"resultDescription":"urn:r","value":"A"}],
			"achievement":{"id":"urn:a","type":["Achievement"],"name":"Knots","criteria":{"narrative":"Tie"}WITHHELD}}TOP}`
	codes := func(text string) (all []vc.Code) {
		found, err := rules.CheckJSON(sdJWT(text))
		require.NoError(t, err)
		for _, p := range found {
			all = append(all, p.Code)
		}
		return all
	}
	whole := strings.NewReplacer("WITHHELD", "", "TOP", "").Replace(badge)
	require.Subset(t, codes(whole), []vc.Code{rules.CodeMemberMissing, rules.CodeResultDescription, rules.CodeValidFromMissing})
	require.NotContains(t, codes(whole), rules.CodeWithheld)
	part := strings.NewReplacer("WITHHELD", `,"_sd":["x"]`, "TOP", "").Replace(badge)
	require.Contains(t, codes(part), rules.CodeWithheld)
	require.NotContains(t, codes(part), rules.CodeResultDescription)
	require.Contains(t, codes(part), rules.CodeValidFromMissing)
	top := strings.NewReplacer("WITHHELD", "", "TOP", `,"_sd":["x"]`).Replace(badge)
	require.Contains(t, codes(top), rules.CodeMemberMissing, "another object than the one that has something withheld")
	require.Contains(t, codes(top), rules.CodeValidFromMissing, "which nobody may withhold")
}
