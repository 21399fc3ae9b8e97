package verify_test

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// A digest is held against content that is at hand, and against nothing else; nothing
// is fetched for it.
func TestRelatedResources(t *testing.T) {
	school := edIssuer(t, 1)
	const text = `{"curriculum":"keels"}`
	sum, long := sha256.Sum256([]byte(text)), sha512.Sum384([]byte(text))
	right := `"digestSRI": "sha384-` + base64.StdEncoding.EncodeToString(long[:]) + `"`
	other := `"digestSRI": "sha256-` + base64.StdEncoding.EncodeToString(make([]byte, 32)) + `"`
	bare := `"digestMultibase": "u` + base64.RawURLEncoding.EncodeToString(sum[:]) + `"`
	held := pack(t, `{"https://school.example/curriculum": `+text+`}`)
	for name, c := range map[string]struct {
		id, digest string
		outcome    verify.Outcome
		code       vc.Code
	}{
		"as the pack has it":      {"https://school.example/curriculum", right, verify.OutcomePassed, ""},
		"in both forms":           {"https://school.example/curriculum", right + ", " + bare, verify.OutcomePassed, ""},
		"another":                 {"https://school.example/curriculum", other, verify.OutcomeFailed, verify.CodeRelatedMismatch},
		"one of two":              {"https://school.example/curriculum", other + ", " + bare, verify.OutcomeFailed, verify.CodeRelatedMismatch},
		"not at hand":             {"https://school.example/elsewhere", other, verify.OutcomeNotApplicable, ""},
		"of no form":              {"https://school.example/elsewhere", `"digestSRI": "md5-abc"`, verify.OutcomeFailed, verify.CodeRelatedMalformed},
		"a context as published":  {vc.ContextV2, `"digestSRI": "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU"`, verify.OutcomePassed, ""},
		"a context, another text": {vc.ContextV2, other, verify.OutcomeFailed, verify.CodeRelatedMismatch},
	} {
		entry := `"relatedResource": [{"id": "` + c.id + `", ` + c.digest + `}], "validFrom"`
		r := inspect(t, school.sign(t, badge(t, school.did, `"validFrom"`, entry), nil), verify.Config{Fetcher: held})
		require.Equal(t, c.outcome, r.Outcome(verify.CheckRelated), "%s: %v", name, r.Problems())
		require.Equal(t, c.code != "", slices.Contains(r.Codes(), c.code), name)
		require.Equal(t, c.code == "", r.Verdict == verify.VerdictVerified, "%s: %v", name, r.Problems())
	}
	none := inspect(t, school.sign(t, badge(t, school.did), nil), verify.Config{})
	require.False(t, slices.ContainsFunc(none.Checks, func(c verify.Check) bool { return c.Name == verify.CheckRelated }))
}

// The published cases, each valid or invalid as they say.
func TestPublishedRelatedResources(t *testing.T) {
	school := edIssuer(t, 1)
	var file struct {
		Cases []struct {
			RelatedResource json.RawMessage
			Expect, Why     string
		}
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/vcdm2/related-resource-cases.json"), &file))
	require.NotEmpty(t, file.Cases)
	for _, c := range file.Cases {
		text := badge(t, school.did, `"validFrom"`, `"relatedResource": `+string(c.RelatedResource)+`, "validFrom"`)
		signed := byJSON(t, school, text)["JCS"]
		r := inspect(t, signed, verify.Config{})
		require.Equal(t, c.Expect == "valid", r.Verdict == verify.VerdictVerified, "%s %s: %v", c.RelatedResource, c.Why, r.Problems())
	}
}
