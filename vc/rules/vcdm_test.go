package rules_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// beyondShape are the inputs of the W3C suites that no rule about shape can
// judge, with what does.
var beyondShape = map[string]string{
	"credential-redef-type-fail.json":                    "JSON-LD: a protected term is redefined",
	"credential-redef-type2-fail.json":                   "JSON-LD: a protected term is redefined",
	"credential-type-mapped-nonurl-fail.json":            "JSON-LD: the term maps to no URL",
	"credential-type-unmapped-fail.json":                 "JSON-LD: the term is not defined",
	"presentation-self-asserted-vc-no-holder.json":       "the proof: only who signed tells a self-asserted credential from an unsigned one; a warning here",
	"example-015-zkp-bad-no-credential-schema.jsonld":    "the proof: what its type requires",
	"example-015-zkp-bad-no-proof.jsonld":                "the proof: that there is one",
	"example-015-zkp-vp-bad-missing-proof.jsonld":        "the proof: that there is one",
	"example-015-zkp-vp-bad-no-credential-schema.jsonld": "the proof: what its type requires",
}

func TestCredentialDataModel20(t *testing.T) {
	var expected map[string]struct {
		Expect, Kind string
		InjectIssuer bool
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/vcdm2/expected.json"), &expected))
	for name, want := range expected {
		if beyondShape[filepath.Base(name)] != "" || want.Expect == "policy" {
			continue
		}
		text := testkit.ReadShared(t, "vc/vcdm2/"+name)
		if want.InjectIssuer || strings.HasPrefix(filepath.Base(name), "issuer-") || name == "credential-issuer-object-ok.json" {
			text = withIssuer(t, text)
		}
		text = bytes.ReplaceAll(text, []byte("PAST DATE"), []byte("2020-01-01T00:00:00Z"))
		text = bytes.ReplaceAll(text, []byte("FUTURE DATE"), []byte("2030-01-01T00:00:00Z"))
		findings, err := rules.CheckJSON(text)
		require.NoError(t, err, name)
		require.Equal(t, want.Expect == "invalid", len(vc.Errors(findings)) > 0, "%s: %v", name, vc.Errors(findings))
	}
}

// withIssuer does what the suite's harness does: its inputs lack the issuer.
func withIssuer(t *testing.T, text []byte) []byte {
	var doc map[string]any
	require.NoError(t, json.Unmarshal(text, &doc))
	const id = "did:example:issuer"
	if object, ok := doc["issuer"].(map[string]any); ok {
		object["id"] = id
	} else {
		doc["issuer"] = id
	}
	out, err := json.Marshal(doc)
	require.NoError(t, err)
	return out
}

func TestRelatedResources(t *testing.T) {
	var cases struct {
		Cases []struct {
			RelatedResource json.RawMessage
			Expect, Why     string
		}
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/vcdm2/related-resource-cases.json"), &cases))
	for _, c := range cases.Cases {
		text := `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"urn:i",
			"credentialSubject":{"id":"urn:s"},"relatedResource":` + string(c.RelatedResource) + `}`
		findings, err := rules.CheckJSON([]byte(text))
		require.NoError(t, err)
		if c.Expect == "invalid" && strings.Contains(c.Why, "digest") && !strings.Contains(c.Why, "no digest") {
			continue // a digest that differs is found when the resource is used
		}
		require.Equal(t, c.Expect == "invalid", len(vc.Errors(findings)) > 0, "%s: %s", text, c.Why)
	}
}

func TestCredentialDataModel11(t *testing.T) {
	var expected map[string]string
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/vcdm11/expected.json"), &expected))
	for name, want := range expected {
		if beyondShape[name] != "" || strings.HasSuffix(name, ".jwt") {
			continue
		}
		text, err := os.ReadFile(testkit.Shared(t, "vc/vcdm11/"+name))
		require.NoError(t, err)
		findings, err := rules.CheckJSON(text)
		require.NoError(t, err, name)
		require.Equal(t, strings.HasPrefix(want, "invalid"), len(vc.Errors(findings)) > 0, "%s: %v", name, vc.Errors(findings))
	}
}

// What relatedResource must be does not depend on the kind of credential (VCDM 2.0, 5.3).
// VCDM 1.1 does not have the member.
func TestRelatedResourcesOfEveryKind(t *testing.T) {
	const digest = `"digestSRI":"sha256-AAAA"`
	for related, want := range map[string]string{
		`{"id":"urn:a",` + digest + `,"mediaType":"image/png"}`: "",
		`[{"id":"urn:a","digestMultibase":["uEiA","zQm"]}]`:     "",
		`[]`:                              "",
		`"urn:a"`:                         "error member-wrong-kind /relatedResource",
		`["urn:a"]`:                       "error member-wrong-kind /relatedResource/0",
		`[{` + digest + `}]`:              "error member-missing /relatedResource/0/id",
		`{"id":"a",` + digest + `}`:       "error iri-not-absolute /relatedResource/id",
		`{"id":"urn:a"}`:                  "error related-resource-without-digest /relatedResource",
		`{"id":"urn:a","digestSRI":true}`: "error member-wrong-kind /relatedResource/digestSRI",
		`[{"id":"urn:a",` + digest + `},{"id":"urn:a",` + digest + `}]`: "error related-resource-repeated /relatedResource/1/id",
	} {
		for _, file := range []string{minimal, endorsement, record, generic, old} {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			var doc map[string]any
			require.NoError(t, json.Unmarshal(text, &doc))
			doc["relatedResource"] = json.RawMessage(related)
			text, err = json.Marshal(doc)
			require.NoError(t, err)
			findings, err := rules.CheckJSON(text)
			require.NoError(t, err)
			told := ""
			for _, p := range findings {
				if strings.HasPrefix(p.Pointer, "/relatedResource") && p.Severity == vc.SeverityError {
					told += p.Severity.String() + " " + string(p.Code) + " " + p.Pointer
				}
			}
			if file == old {
				require.Empty(t, told, related)
				continue
			}
			require.Equal(t, want, told, "%s in %s", related, file)
		}
	}
}
