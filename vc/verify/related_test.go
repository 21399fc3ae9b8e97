package verify_test

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
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

// Any object with an id may have the digest of what the id stands for (VCDM 2.0, 5.3). What
// a data: URL holds is at hand.
func TestDigestsOfAnyObject(t *testing.T) {
	school := edIssuer(t, 1)
	sum := sha256.Sum256([]byte("a keel, planed"))
	right := `"digestMultibase": "u` + base64.RawURLEncoding.EncodeToString(append([]byte{0x12, 32}, sum[:]...)) + `"`
	other := `"digestSRI": "sha256-` + base64.StdEncoding.EncodeToString(make([]byte, 32)) + `"`
	const (
		encoded = `"id": "data:text/plain;base64,YSBrZWVsLCBwbGFuZWQ="`
		percent = `"id": "data:text/plain,a%20keel%2C%20planed"`
		held    = `"id": "https://school.example/keel"`
	)
	places := map[string]func(object string) (text []byte, at string){
		"evidence": func(object string) ([]byte, string) {
			return badge(t, school.did, `"validFrom"`, `"evidence": [{"type": ["Evidence"], `+object+`}], "validFrom"`), "/evidence/0"
		},
		"terms of use": func(object string) ([]byte, string) {
			return badge(t, school.did, `"validFrom"`, `"termsOfUse": {"type": "https://school.example/Terms", `+object+`}, "validFrom"`), "/termsOfUse"
		},
		"alignment": func(object string) ([]byte, string) {
			return badge(t, school.did, `"type": ["Achievement"]`, `"type": ["Achievement"], "alignment": [{"type": ["Alignment"], "targetName": "n",
				"targetUrl": "https://school.example/n", `+object+`}]`), "/credentialSubject/achievement/alignment/0"
		},
	}
	for place, put := range places {
		for name, c := range map[string]struct {
			object  string
			outcome verify.Outcome
			code    vc.Code
		}{
			"base64":          {encoded + ", " + right, verify.OutcomePassed, ""},
			"percent-encoded": {percent + ", " + right, verify.OutcomePassed, ""},
			"another":         {encoded + ", " + other, verify.OutcomeFailed, verify.CodeRelatedMismatch},
			"one of two":      {percent + ", " + right + ", " + other, verify.OutcomeFailed, verify.CodeRelatedMismatch},
			"in a pack":       {held + ", " + right, verify.OutcomePassed, ""},
			"another in it":   {held + ", " + other, verify.OutcomeFailed, verify.CodeRelatedMismatch},
			"not at hand":     {`"id": "https://school.example/elsewhere", ` + other, verify.OutcomeNotApplicable, ""},
			"no data":         {`"id": "data:nothing", ` + other, verify.OutcomeNotApplicable, ""},
			"of no form":      {encoded + `, "digestMultibase": "zz"`, verify.OutcomeFailed, verify.CodeRelatedMalformed},
		} {
			text, at := put(c.object)
			signed := map[string][]byte{"RDF": school.sign(t, text, nil), "JCS": byJSON(t, school, text)["JCS"]}
			for form, document := range signed {
				name := strings.Join([]string{place, name, form}, ", ")
				r := inspect(t, document, verify.Config{Fetcher: pack(t, `{"https://school.example/keel": "a keel, planed"}`)})
				require.Equal(t, c.outcome, r.Outcome(verify.CheckRelated), "%s: %v", name, r.Problems())
				require.Equal(t, c.code == "", r.Verdict == verify.VerdictVerified, "%s: %v", name, r.Problems())
				for _, p := range r.Problems() {
					require.Equal(t, c.code, p.Code, name)
					require.True(t, strings.HasPrefix(p.Pointer, at), "%s: %s", name, p.Pointer)
				}
			}
		}
	}
	// Open Badges closes its images, so that theirs is a fault in any case.
	image := `"image": {"type": "Image", "id": "data:image/png;base64,iVBORw0KGgo=", ` + other + `}, "validFrom"`
	r := inspect(t, school.sign(t, badge(t, school.did, `"validFrom"`, image), nil), verify.Config{})
	require.ElementsMatch(t, []vc.Code{verify.CodeRelatedMismatch, rules.CodeMemberForbidden}, r.Codes())

	bare := `"evidence": [{"type": ["Evidence"], ` + other + `}], "validFrom"`
	none := inspect(t, school.sign(t, badge(t, school.did, `"validFrom"`, bare), nil), verify.Config{})
	require.Equal(t, verify.OutcomeNotRun, none.Outcome(verify.CheckRelated), "without an id it says nothing of another")
}

// The digest of an earlier content of a context that is known here counts, with a warning;
// that of a content which is not known, or of another context's, does not.
func TestDigestsOfArchivedContexts(t *testing.T) {
	school := edIssuer(t, 1)
	const now = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	for name, c := range map[string]struct {
		id, digest string
		code       vc.Code // of an error, or else of the warning
		verdict    verify.Verdict
	}{
		"today's": {now, `"digestSRI": "sha256-PTT01O8bzmkRBuY3mL6157hiuoQUI/XuHlOrfd87yoQ="`, "", verify.VerdictVerified},
		"of March 2024": {now, `"digestSRI": "sha256-7y+px4RtziM8wWa0NjkCcni+TuRPALsdRcdd4t0M12E="`,
			verify.CodeRelatedArchived, verify.VerdictVerified},
		"of October 2023, longer": {now, `"digestSRI": "sha384-JR/y39C+06gZnFEcJS5LcDytwotxCUyVrnsIbfp5qR+NGYu2U3+zfxh6lfWh94W/"`,
			verify.CodeRelatedArchived, verify.VerdictVerified},
		"of two days": {now, `"digestSRI": "sha384-JR/y39C+06gZnFEcJS5LcDytwotxCUyVrnsIbfp5qR+NGYu2U3+zfxh6lfWh94W/",
			"digestMultibase": "u7y-px4RtziM8wWa0NjkCcni-TuRPALsdRcdd4t0M12E"`, verify.CodeRelatedMismatch, verify.VerdictNotVerified},
		"that nobody could expand": {now, `"digestSRI": "sha256-f2rgZTaGSQe7Qcwv5ctzOf/bZimMjbXP6BhdPa886fw="`,
			verify.CodeRelatedMismatch, verify.VerdictNotVerified},
		"at another URL": {vc.ContextV2, `"digestSRI": "sha256-7y+px4RtziM8wWa0NjkCcni+TuRPALsdRcdd4t0M12E="`,
			verify.CodeRelatedMismatch, verify.VerdictNotVerified},
	} {
		entry := `"relatedResource": [{"id": "` + c.id + `", ` + c.digest + `}], "validFrom"`
		r := inspect(t, school.sign(t, badge(t, school.did, `"validFrom"`, entry), nil), verify.Config{})
		require.Equal(t, c.verdict, r.Verdict, "%s: %v", name, r.Problems())
		told := slices.Concat(r.Problems(), r.Warnings())
		require.Equal(t, c.code != "", slices.ContainsFunc(told, func(p *vc.Problem) bool {
			return p.Code == c.code && p.Pointer == "/relatedResource/0"
		}), "%s: %v", name, told)
	}
	own := `"relatedResource": [{"id": "https://school.example/terms", "digestMultibase": "u` +
		base64.RawURLEncoding.EncodeToString(make([]byte, 32)) + `"}], "validFrom"`
	r := inspect(t, school.sign(t, badge(t, school.did, `"validFrom"`, own), nil),
		verify.Config{Contexts: map[string][]byte{"https://school.example/terms": []byte(`{"@context":{}}`)}})
	require.Equal(t, []vc.Code{verify.CodeRelatedMismatch}, r.Codes(), "a context of the Config is at hand")
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
