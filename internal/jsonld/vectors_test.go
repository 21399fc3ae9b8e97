package jsonld_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// publishedContexts are the context documents of the shared data.
func publishedContexts(t testing.TB) web {
	var list []struct{ URL, File string }
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/contexts/manifest.json"), &list))
	w := web{}
	for _, c := range list {
		w[c.URL] = string(testkit.ReadShared(t, "vc/contexts/"+c.File))
	}
	return w
}

// The canonical documents and proof configurations that the Data Integrity
// specifications publish.
func TestDataIntegrityVectors(t *testing.T) {
	e := jsonld.New(jsonld.Config{Documents: publishedContexts(t).lookup})
	for _, c := range []struct{ input, canonical string }{
		{"di-eddsa/unsigned.json", "di-eddsa/eddsa-rdfc-2022/canonDocDataInt.txt"},
		{"di-eddsa/eddsa-rdfc-2022/proofConfigDataInt.json", "di-eddsa/eddsa-rdfc-2022/proofCanonDataInt.txt"},
		{"di-eddsa/unsigned.json", "di-eddsa/Ed25519Signature2020/canonDocEdSig.txt"},
		{"di-eddsa/Ed25519Signature2020/proofConfigEdSig.json", "di-eddsa/Ed25519Signature2020/proofCanonEdSig.txt"},
	} {
		t.Run(c.canonical, func(t *testing.T) {
			got, err := expand(t, e, jsonld.Strict, string(testkit.ReadShared(t, "vc/"+c.input)))
			require.NoError(t, err)
			require.Equal(t, string(testkit.ReadShared(t, "vc/"+c.canonical)), got)
		})
	}
}

// A signed document without its proof, and a proof with the context of its
// document, give what the unsigned document and the configuration give.
func TestSkipAndContext(t *testing.T) {
	e := jsonld.New(jsonld.Config{Documents: publishedContexts(t).lookup})
	doc, err := jsonx.Parse(testkit.ReadShared(t, "vc/di-eddsa/eddsa-rdfc-2022/signedDataInt.json"), jsonx.Limits{}, e.Symbols())
	require.NoError(t, err)
	root := doc.Root()
	proof := root.Get("proof")

	var d rdf.Dataset
	_, err = e.ToRDF(context.Background(), jsonld.Input{Root: root, Skip: proof}, &d)
	require.NoError(t, err)
	require.Equal(t, string(testkit.ReadShared(t, "vc/di-eddsa/eddsa-rdfc-2022/canonDocDataInt.txt")), canonical(t, &d))

	d.Reset()
	_, err = e.ToRDF(context.Background(), jsonld.Input{Root: proof, Skip: proof.Get("proofValue"), Context: root.Get("@context")}, &d)
	require.NoError(t, err)
	require.Equal(t, string(testkit.ReadShared(t, "vc/di-eddsa/eddsa-rdfc-2022/proofCanonDataInt.txt")), canonical(t, &d))
}

// Real credentials, with the canonical forms that jsonld.js gives them in its
// safe mode and over which their signatures verify. The contexts are our own.
func TestCredentialVectors(t *testing.T) {
	const legacy = "v1__dataIntegrityProof__didWeb__legacy-validStatus-noExpiry"
	samples := map[string]string{
		"clr-simple":              "clr2-official/simple.json",
		"signed_badge_example-p2": "ob3-plugfest/signed_badge_example-p2.json",
		"testlist":                "statuslists/testlist",
		legacy:                    "ob3-dcc/" + legacy + ".json",
	}
	for _, name := range []string{"complete", "endorsement-valid", "simple-context-version", "simple-did-key-method",
		"simple-eddsa-2022", "simple", "simple_v1"} {
		samples[name] = "ob3-official/" + name + ".json"
	}
	e := jsonld.New(jsonld.Config{Documents: contexts.Lookup, Policy: nestedAllowed})
	for name, file := range samples {
		t.Run(name, func(t *testing.T) {
			doc, err := jsonx.Parse(testkit.ReadShared(t, "ob/samples/valid/"+file), jsonx.Limits{}, e.Symbols())
			require.NoError(t, err)
			root := doc.Root()
			var d rdf.Dataset
			_, err = e.ToRDF(context.Background(), jsonld.Input{Root: root, Skip: root.Get("proof")}, &d)
			require.NoError(t, err)
			require.Equal(t, string(testkit.ReadShared(t, "ob/vectors/canonical/"+name+".document.nq")), canonical(t, &d))

			proof := root.Get("proof").Items()[0]
			d.Reset()
			in := jsonld.Input{Root: proof, Skip: proof.Get("proofValue"), Context: root.Get("@context")}
			_, err = e.ToRDF(context.Background(), in, &d)
			require.NoError(t, err)
			require.Equal(t, string(testkit.ReadShared(t, "ob/vectors/canonical/"+name+".proof.nq")), canonical(t, &d))
		})
	}
}
