package jsonld_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
)

func ExampleEngine_ToRDF() {
	engine := jsonld.New(jsonld.Config{Documents: contexts.Lookup})
	text := []byte(`{
		"@context": "https://www.w3.org/ns/credentials/v2",
		"id": "urn:uuid:8f5c1a52-6f0e-4a47-9a50-9d2b7f1c1c11",
		"type": "VerifiableCredential",
		"issuer": "https://school.example/issuers/42",
		"credentialSubject": {"id": "did:example:learner", "grade": "A"},
		"proof": {"type": "DataIntegrityProof"}
	}`)
	doc, err := jsonx.Parse(text, jsonx.Limits{}, engine.Symbols())
	if err != nil {
		fmt.Println(err)
		return
	}
	in := jsonld.Input{Root: doc.Root(), Skip: doc.Root().Get("proof")}
	var quads rdf.Dataset
	_, err = engine.ToRDF(context.Background(), in, &quads)
	fmt.Println(err)

	quads.Reset()
	in.Mode = jsonld.Lenient
	result, err := engine.ToRDF(context.Background(), in, &quads)
	fmt.Println(quads.Len(), "statements without", result.Dropped[0].Pointer, err)
	// Output:
	// data-loss: undefined-term at "/credentialSubject/grade": no context defines "grade"
	// 3 statements without /credentialSubject/grade <nil>
}

// A warm engine makes no more contexts, whatever constructs a document uses.
func TestContextsAreRemembered(t *testing.T) {
	w := web{"https://c.example/t": `{"@context": {"@version": 1.1,
		"back": {"@reverse": "urn:back", "@context": {"p": "urn:back-p"}},
		"in": {"@id": "urn:in", "@context": {"p": "urn:in-p"}},
		"byType": {"@id": "urn:byType", "@container": "@type"},
		"T": {"@id": "urn:T", "@context": {"p": "urn:T-p"}},
		"wrap": {"@id": "@nest", "@context": {"p": "urn:wrap-p"}}
	}}`}
	e := jsonld.New(jsonld.Config{Documents: w.lookup})
	const text = `{"@context": "https://c.example/t", "@type": "T", "p": 1,
		"back": {"@id": "urn:b", "p": 2}, "in": {"p": 3}, "wrap": {"p": 4},
		"byType": {"T": {"p": 5}}, "@reverse": {"in": {"p": 6}, "back": {"p": 7}}}`
	want, err := expand(t, e, jsonld.Strict, text)
	require.NoError(t, err)
	for i, property := range []string{"T", "back", "in", "wrap", "T", "in", "back"} {
		require.Contains(t, want, fmt.Sprintf("<urn:%s-p> \"%d\"", property, i+1))
	}
	made := e.Contexts()
	for range 10 {
		got, err := expand(t, e, jsonld.Strict, text)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	require.Equal(t, made, e.Contexts())
}

// Strict and Lenient always write a direction; Standard does so when asked to.
func TestDirection(t *testing.T) {
	const text = `{"@id": "urn:s", "urn:p": {"@value": "x", "@language": "EN-us", "@direction": "rtl"}}`
	const directed = "<urn:s> <urn:p> \"x\"^^<https://www.w3.org/ns/i18n#en-us_rtl> .\n"
	e := jsonld.New(jsonld.Config{})
	for mode, want := range map[jsonld.Mode]string{
		jsonld.Strict: directed, jsonld.Lenient: directed, jsonld.Standard: "<urn:s> <urn:p> \"x\"@en-us .\n",
	} {
		got, err := expand(t, e, mode, text)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestNoInput(t *testing.T) {
	_, err := jsonld.New(jsonld.Config{}).ToRDF(context.Background(), jsonld.Input{}, &rdf.Dataset{})
	require.EqualError(t, err, "jsonld: Input.Root is missing")
}

// What stands where a document should, and is none, says nothing.
func TestScalarDocument(t *testing.T) {
	e := jsonld.New(jsonld.Config{})
	for _, text := range []string{`7`, `"x"`, `null`, `[]`, `[1]`, `{}`, `{"@value": 1}`} {
		_, err := expand(t, e, jsonld.Strict, text)
		var loss *jsonld.DataLoss
		require.ErrorAs(t, err, &loss, text)
		require.True(t, slices.ContainsFunc(loss.Drops, func(d jsonld.Drop) bool { return d.Code == jsonld.DropEmpty }), text)
	}
}
