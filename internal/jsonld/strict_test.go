package jsonld_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// permissive allows a document to bring its own contexts, as test cases do.
var permissive = jsonld.Policy{AllowInline: true, AllowNested: true, AllowVocab: true, AllowBase: true, AllowImport: true}

// expand parses and expands a document to canonical N-Quads.
func expand(t testing.TB, e *jsonld.Engine, mode jsonld.Mode, text string) (string, error) {
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, e.Symbols())
	if err != nil {
		return "", err
	}
	var d rdf.Dataset
	if _, err := e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root(), Mode: mode}, &d); err != nil {
		return "", err
	}
	return canonical(t, &d), nil
}

// strictDeviations names the cases whose expectation is not ours, with the reason.
var strictDeviations = map[string]string{
	"link-empty": "expects an empty dataset; a link that is the empty string is a relative reference, and " +
		"an empty dataset has the same signature as any other: both are findings of Strict",
}

// strictCauses are the codes that say what the last words of an expected error
// say; the cases are those of a library whose words are wider.
var strictCauses = map[string][]string{
	"character not allowed in IRIREF": {"invalid-iri"},
	"invalid property":                {"undefined-term", "keyword-like-term", "invalid-iri"},
	"relative @type reference":        {"undefined-type", "invalid-iri", "invalid-typed-value"},
	"relative @id reference":          {"relative-id"},
	"relative object reference":       {"relative-iri"},
	"object with only @id":            {"free-floating-node"},
	"invalid @language value":         {"invalid-language"},
	"null @value value":               {"null-value"},
	"blank node predicate":            {"blank-node-predicate"},
	"loading remote context failed":   {"context-unknown"},
	"duplicate JSON key":              {"json-duplicate-name"},
	"number out of range":             {"json-number-range"},
	"lone surrogate in JSON string":   {"json-lone-surrogate"},
}

// codes are those of an error of [expand], of all findings.
func codes(err error) (all []string) {
	var loss *jsonld.DataLoss
	var fault *jsonld.Error
	var syntax *jsonx.Error
	switch {
	case errors.As(err, &loss):
		for _, d := range loss.Drops {
			all = append(all, string(d.Code))
		}
	case errors.As(err, &fault):
		all = append(all, string(fault.Code))
	case errors.As(err, &syntax):
		all = append(all, string(syntax.Code))
	}
	return all
}

func TestStrictCases(t *testing.T) {
	var cases []struct {
		Name   string
		Input  string
		Expect struct{ Value, Error *string }
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/jsonld-strict/cases.json"), &cases))
	require.Len(t, cases, 182)
	e := jsonld.New(jsonld.Config{Policy: permissive})
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			got, err := expand(t, e, jsonld.Strict, c.Input)
			if _, ok := strictDeviations[c.Name]; ok {
				var loss *jsonld.DataLoss
				require.ErrorAs(t, err, &loss)
				return
			}
			if c.Expect.Error != nil {
				words := strings.Split(*c.Expect.Error, ". ")
				causes := strictCauses[words[len(words)-1]]
				named := func(code string) bool { return slices.Contains(causes, code) }
				require.True(t, slices.ContainsFunc(codes(err), named), "%q: %v", words, err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, *c.Expect.Value, got)
		})
	}
}

// Documents that some deployed library signs to the same bytes must differ here,
// or be refused.
func TestCollisionPairs(t *testing.T) {
	var pairs []struct {
		Name string
		A, B json.RawMessage
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/jsonld-strict/collision-pairs.json"), &pairs))
	for _, policy := range []jsonld.Policy{{}, permissive} {
		e := jsonld.New(jsonld.Config{Policy: policy})
		for _, p := range pairs {
			if p.Name == "term-redefinition-vocab" && policy == permissive {
				continue // the same statements by design: only the policy can tell
			}
			t.Run(p.Name, func(t *testing.T) {
				a, errA := expand(t, e, jsonld.Strict, string(p.A))
				b, errB := expand(t, e, jsonld.Strict, string(p.B))
				if errors.Join(errA, errB) == nil {
					require.NotEqual(t, a, b)
				}
			})
		}
	}
}
