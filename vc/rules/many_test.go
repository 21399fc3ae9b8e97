package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Long lists are looked up by an index; they are judged as short ones are.
func TestManyResults(t *testing.T) {
	for _, n := range []int{1, 16, 17, 100} {
		var descriptions, results []string
		for i := range n {
			var levels, allowed []string
			for k := range n {
				levels = append(levels, fmt.Sprintf(`{"id":"urn:level:%d:%d","type":["RubricCriterionLevel"],"name":"x"}`, i, k))
				allowed = append(allowed, fmt.Sprintf(`"%d"`, k))
			}
			descriptions = append(descriptions, fmt.Sprintf(`{"id":"urn:d:%d","type":["ResultDescription"],"name":"x","resultType":"Status","requiredLevel":"urn:level:%d:%d",
				"requiredValue":"%d","allowedValue":[%s],"rubricCriterionLevel":[%s]}`, i, i, n-1, n-1, strings.Join(allowed, ","), strings.Join(levels, ",")))
			results = append(results, fmt.Sprintf(`{"type":["Result"],"resultDescription":"urn:d:%d","achievedLevel":"urn:level:%d:%d","value":"%d","status":"Completed"}`, i, i, n-1, n-1))
		}
		text := fixture(t, minimal)
		text = strings.Replace(text, `"criteria"`, `"resultDescription":[`+strings.Join(descriptions, ",")+`],"criteria"`, 1)
		text = strings.Replace(text, `["AchievementSubject"],`, `["AchievementSubject"],"result":[`+strings.Join(results, ",")+`],`, 1)
		findings, err := rules.CheckJSON([]byte(text))
		require.NoError(t, err)
		require.Empty(t, outline(findings), n)

		last := fmt.Sprintf("%s/result/%d", subjectAt, n-1)
		for old, want := range map[string]string{
			fmt.Sprintf(`"resultDescription":"urn:d:%d"`, n-1):         "error result-description-unknown " + last + "/resultDescription",
			fmt.Sprintf(`"achievedLevel":"urn:level:%d:%d"`, n-1, n-1): "error achieved-level-unknown " + last + "/achievedLevel",
		} {
			findings, err := rules.CheckJSON([]byte(strings.Replace(text, old, old[:len(old)-1]+`x"`, 1)))
			require.NoError(t, err)
			require.Equal(t, []string{want}, outline(findings), n)
		}
	}
}

func TestOldPresentation(t *testing.T) {
	const vp = `{"@context":["https://www.w3.org/2018/credentials/v1"],"type":"VerifiablePresentation","holder":"did:example:h","verifiableCredential":%s}`
	badge := fixture(t, old)
	for credentials, want := range map[string][]string{
		`"e30.e30.c2ln"`:   nil,
		`["e30.e30.c2ln"]`: nil,
		`["e30.e30"]`:      {"error jwt-malformed /verifiableCredential/0"},
		`[7]`:              {"error member-wrong-kind /verifiableCredential/0"},
		badge:              {"warning data-model-outdated /verifiableCredential/@context"},
		`[` + badge + `]`:  {"warning data-model-outdated /verifiableCredential/0/@context"},
	} {
		findings, err := rules.CheckJSON(fmt.Appendf(nil, vp, credentials))
		require.NoError(t, err)
		require.Equal(t, want, outline(findings), credentials)
	}
}

// What no kind claims is judged as a credential; a document that is none says so
// at each turn.
func TestKinds(t *testing.T) {
	for text, want := range map[string]vc.Code{
		`{"type":"EnvelopedVerifiableCredential"}`:   rules.CodeMemberMissing,
		`{"type":"EnvelopedVerifiablePresentation"}`: rules.CodeMemberMissing,
		`{"type":"EndorsementCredential"}`:           rules.CodeCredentialIDMissing,
		`{"type":"Something"}`:                       rules.CodeCredentialType,
		`{}`:                                         rules.CodeContextMissing,
	} {
		findings, err := rules.CheckJSON([]byte(text))
		require.NoError(t, err)
		var codes []vc.Code
		for _, p := range vc.Errors(findings) {
			codes = append(codes, p.Code)
		}
		require.Contains(t, codes, want, text)
	}
	_, err := rules.CheckJSON([]byte(`[`))
	require.ErrorIs(t, err, &vc.Problem{Code: "json-truncated"})
}
