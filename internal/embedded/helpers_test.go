package embedded_test

import (
	"context"
	"crypto/sha256"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
)

var testEngine = jsonld.New(jsonld.Config{Documents: contexts.Lookup, Policy: jsonld.Policy{AllowNested: true}})

// signOver makes a proof value over a document and options as they are given, by the
// steps of the specification and with nothing of the package under test.
func signOver(t testing.TB, s proof.Signer, suite, document, options string) string {
	t.Helper()
	message := append(hashOver(t, suite, options, document), hashOver(t, suite, document, document)...)
	signature, err := s.Sign(context.Background(), proof.EdDSA, message)
	require.NoError(t, err)
	return multibase.Encode(multibase.Base58BTC, signature)
}

func hashOver(t testing.TB, suite, text, document string) []byte {
	t.Helper()
	parsed := func(text string) jsonx.Value {
		doc, err := jsonx.Parse([]byte(text), jsonx.Limits{Bytes: 64 << 20}, nil)
		require.NoError(t, err)
		return doc.Root()
	}
	if suite == dataintegrity.EddsaJcs2022 {
		sum := sha256.Sum256(canonicalJSON(t, text))
		return sum[:]
	}
	var set rdf.Dataset
	_, err := testEngine.ToRDF(context.Background(), jsonld.Input{Root: parsed(text), Context: parsed(document).Get("@context")}, &set)
	require.NoError(t, err)
	c, err := rdf.Canonicalize(context.Background(), &set, rdf.Options{MaxNodes: rdf.RecordMaxNodes})
	require.NoError(t, err)
	defer c.Release()
	return c.Sum()
}
