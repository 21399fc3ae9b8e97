package reading_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/reading"
)

// judgedProof judges a proof as what it is, a graph of its own.
func judgedProof(t *testing.T, root, proof jsonx.Value) []string {
	var trace jsonld.Trace
	var set rdf.Dataset
	skip := proof.Get("proofValue")
	if _, err := engine.ToRDF(context.Background(),
		jsonld.Input{Root: proof, Skip: skip, Context: root.Get("@context"), Trace: &trace, Mode: jsonld.Lenient}, &set); err != nil {
		return nil
	}
	return outline(t, reading.Input{Root: proof, Class: "Proof", Schema: door.Schema(), Trace: &trace, Skip: skip})
}

// Proofs are judged by form as documents are.
func TestProofs(t *testing.T) {
	for _, c := range []struct {
		name, members string
		want          []string
	}{
		{"as it should be", `"created":"2026-01-01T00:00:00Z","verificationMethod":"did:key:z#z","proofPurpose":"assertionMethod"`, nil},
		{"its end by an IRI", `"https://w3id.org/security#expiration":"2026-01-01T00:00:00Z"`, []string{"refuse member-illegible /proof/https:~1~1w3id.org~1security#expiration"}},
		{"its key's id as a keyword", `"verificationMethod":{"@id":"did:key:z#z"}`, []string{"refuse member-illegible /proof/verificationMethod/@id"}},
		{"a typed time", `"created":{"@value":"2026-01-01T00:00:00Z","@type":"http://www.w3.org/2001/XMLSchema#dateTime"}`, []string{"refuse member-illegible /proof/created/@type", "refuse member-illegible /proof/created/@value"}},
		{"a blank id", `"id":"_:p"`, []string{"refuse member-illegible /proof/id"}},
		{"a domain twice", `"domain":["a","a"]`, []string{"refuse member-illegible /proof/domain"}},
		{"a set", `"domain":{"@set":["a"]}`, []string{"refuse member-illegible /proof/domain/@set"}},
		{"null in an array", `"domain":["a",null]`, []string{"refuse member-illegible /proof/domain/1"}},
	} {
		text := `{"@context":["https://www.w3.org/ns/credentials/v2"],"proof":{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022",` + c.members + `,"proofValue":"z1"}}`
		doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, engine.Symbols())
		require.NoError(t, err)
		require.Equal(t, c.want, judgedProof(t, doc.Root(), doc.Root().Get("proof")), c.name)
	}
}

// Names that a context has for an IRI besides the model's own are refused, whichever
// known context has them: here those for the end of a proof.
func TestSecondNamesInProofs(t *testing.T) {
	for _, contexts := range []string{`"https://w3id.org/security/v1"`, `"https://w3id.org/security/v2"`} {
		text := `{"@context":[` + contexts + `],"proof":{"type":"Ed25519Signature2018","expiration":"2026-01-01T00:00:00Z"}}`
		doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, engine.Symbols())
		require.NoError(t, err)
		require.Equal(t, []string{"refuse member-illegible /proof/expiration"}, judgedProof(t, doc.Root(), doc.Root().Get("proof")), contexts)
	}
}
