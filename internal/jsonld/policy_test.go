package jsonld_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonld"
)

var policyWeb = web{
	"https://c.example/terms":   `{"@context": {"id": "@id", "p": "urn:p", "q": "urn:q"}}`,
	"https://c.example/vocab":   `{"@context": {"@vocab": "urn:v:"}}`,
	"https://c.example/imports": `{"@context": {"@import": "https://c.example/terms", "r": "urn:r"}}`,
	"https://c.example/scalar":  `{"@context": 7}`,
	"https://c.example/none":    `{"context": {}}`,
	"https://c.example/text":    `{"@context": {`,
}

// The zero Policy allows known contexts at the top of a document, whatever these
// do, and nothing else; each field allows one thing.
func TestPolicy(t *testing.T) {
	for _, c := range []struct {
		text    string
		code    jsonld.Code // of the zero Policy, "" where it allows the document
		pointer string
		allow   jsonld.Policy // that allows it
	}{
		{text: `{"@context": "https://c.example/terms", "p": 1}`},
		{text: `{"@context": ["https://c.example/terms", "https://c.example/vocab"], "p": 1, "x": 2}`},
		{text: `{"@context": "https://c.example/imports", "p": 1, "r": 2}`},
		{text: `{"urn:p": 1}`},
		{text: `{"@context": {"p": "urn:p"}, "p": 1}`, code: jsonld.CodeContextInline, pointer: "/@context",
			allow: jsonld.Policy{AllowInline: true}},
		{text: `{"@context": ["https://c.example/terms", {"r": "urn:r"}], "r": 1}`, code: jsonld.CodeContextInline,
			pointer: "/@context/1", allow: jsonld.Policy{AllowInline: true}},
		{text: `{"@context": null, "urn:p": 1}`, code: jsonld.CodeContextInline, pointer: "/@context",
			allow: jsonld.Policy{AllowInline: true}},
		{text: `{"urn:n": {"@context": "https://c.example/terms", "p": 1}}`, code: jsonld.CodeContextNested,
			pointer: "/urn:n/@context", allow: jsonld.Policy{AllowNested: true}},
		{text: `{"urn:n": {"@context": {"p": "urn:p"}, "p": 1}}`, code: jsonld.CodeContextNested,
			pointer: "/urn:n/@context", allow: jsonld.Policy{AllowNested: true, AllowInline: true}},
		{text: `{"@context": {"@vocab": "urn:v:"}, "p": 1}`, code: jsonld.CodeContextInline, pointer: "/@context",
			allow: jsonld.Policy{AllowInline: true, AllowVocab: true}},
		{text: `{"@context": {"@base": "urn:b:"}, "@id": "urn:s", "urn:p": 1}`, code: jsonld.CodeContextInline, pointer: "/@context",
			allow: jsonld.Policy{AllowInline: true, AllowBase: true}},
		{text: `{"@context": {"@import": "https://c.example/terms"}, "p": 1}`, code: jsonld.CodeContextInline, pointer: "/@context",
			allow: jsonld.Policy{AllowInline: true, AllowImport: true}},
	} {
		t.Run(c.text, func(t *testing.T) {
			for _, mode := range []jsonld.Mode{jsonld.Strict, jsonld.Lenient} {
				_, err := expand(t, jsonld.New(jsonld.Config{Documents: policyWeb.lookup}), mode, c.text)
				if c.code == "" {
					require.NoError(t, err)
					continue
				}
				require.Equal(t, c.pointer, requireCode(t, c.code, err).Pointer)
				_, err = expand(t, jsonld.New(jsonld.Config{Documents: policyWeb.lookup, Policy: c.allow}), mode, c.text)
				require.NoError(t, err)
			}
		})
	}
}

// Inline contexts do not allow what has a field of its own.
func TestPolicyFieldsAreSeparate(t *testing.T) {
	e := jsonld.New(jsonld.Config{Documents: policyWeb.lookup, Policy: jsonld.Policy{AllowInline: true}})
	for text, code := range map[string]jsonld.Code{
		`{"@context": {"@vocab": "urn:v:"}, "p": 1}`:                                             jsonld.CodeContextVocab,
		`{"@context": {"@base": "urn:b:"}, "urn:p": 1}`:                                          jsonld.CodeContextBase,
		`{"@context": {"@import": "https://c.example/terms"}, "p": 1}`:                           jsonld.CodeContextImport,
		`{"@context": {"p": {"@id": "urn:p", "@context": {"@vocab": "urn:v:"}}}, "p": {"x": 1}}`: jsonld.CodeContextVocab,
	} {
		_, err := expand(t, e, jsonld.Strict, text)
		requireCode(t, code, err)
	}
}

// A context that Config.Load brings is under the same policy as one in the
// document.
func TestLoadedContexts(t *testing.T) {
	load := jsonld.Config{Load: policyWeb.load}
	_, err := expand(t, jsonld.New(load), jsonld.Strict, `{"@context": "https://c.example/terms", "p": 1}`)
	require.NoError(t, err)
	_, err = expand(t, jsonld.New(load), jsonld.Strict, `{"@context": "https://c.example/vocab", "p": 1}`)
	e := requireCode(t, jsonld.CodeContextVocab, err)
	require.Equal(t, "https://c.example/vocab", e.Context)
	require.Equal(t, "/@context/@vocab", e.Pointer)
}

func TestContextDocuments(t *testing.T) {
	known := jsonld.New(jsonld.Config{Documents: policyWeb.lookup})
	for url, code := range map[string]jsonld.Code{
		"https://c.example/unknown": jsonld.CodeContextUnknown,
		"rel":                       jsonld.CodeContextUnknown,
		"https://c.example/scalar":  jsonld.CodeInvalidLocalContext,
		"https://c.example/none":    jsonld.CodeInvalidRemoteContext,
		"https://c.example/text":    jsonld.CodeLoadingContextFailed,
	} {
		_, err := expand(t, known, jsonld.Strict, `{"@context": ["`+url+`"], "p": 1}`)
		e := requireCode(t, code, err)
		if code != jsonld.CodeInvalidLocalContext {
			require.Equal(t, "/@context/0", e.Pointer)
		}
	}
	_, err := expand(t, jsonld.New(jsonld.Config{Load: policyWeb.load}), jsonld.Strict, `{"@context": "https://c.example/unknown"}`)
	e := requireCode(t, jsonld.CodeLoadingContextFailed, err)
	require.EqualError(t, errors.Unwrap(e), "not found")

	small := jsonld.New(jsonld.Config{Documents: policyWeb.lookup, Limits: jsonld.Limits{Bytes: 20}})
	_, err = expand(t, small, jsonld.Strict, `{"@context": "https://c.example/terms"}`)
	requireCode(t, jsonld.CodeContextTooLarge, err)
}
