package bench_test

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/piprate/json-gold/ld"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
)

// offline gives json-gold the known contexts, parsed once.
type offline map[string]any

func (o offline) LoadDocument(url string) (*ld.RemoteDocument, error) {
	return &ld.RemoteDocument{DocumentURL: url, Document: o[url]}, nil
}

// goldVerify does with json-gold what a verification needs of it: the canonical
// forms of document and proof, hashed, and the signature.
func goldVerify(t testing.TB, k key, signed []byte) func() {
	loader := offline{}
	for _, url := range contexts.URLs() {
		text, _ := contexts.Lookup(url)
		var doc any
		require.NoError(t, json.Unmarshal(text, &doc))
		loader[url] = doc
	}
	canonical := func(doc any) []byte {
		o := ld.NewJsonLdOptions("")
		o.DocumentLoader, o.Format, o.Algorithm = loader, "application/n-quads", ld.AlgorithmURDNA2015
		out, err := ld.NewJsonLdProcessor().Normalize(doc, o)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256([]byte(out.(string)))
		return sum[:]
	}
	public := k.private.Public().(ed25519.PublicKey)
	pr, problems := embedded.Read(door.Root(parsed(t, signed)).Get("proof"), embedded.ReadOptions{At: testkit.Now})
	require.Empty(t, problems)
	signature := pr.Signature()
	return func() {
		var doc map[string]any
		if err := json.Unmarshal(signed, &doc); err != nil {
			t.Fatal(err)
		}
		config := doc["proof"].(map[string]any)
		delete(doc, "proof")
		delete(config, "proofValue")
		config["@context"] = doc["@context"]
		if !ed25519.Verify(public, append(canonical(config), canonical(doc)...), signature) {
			t.Fatal("not verified")
		}
	}
}

func BenchmarkJSONGold(b *testing.B) {
	k := newKey(b)
	for _, s := range sizes {
		verify := goldVerify(b, k, k.sign(b, s.make(k, 1)))
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				verify()
			}
		})
	}
}

func parsed(t testing.TB, text []byte) *vc.Document {
	doc, err := vc.Parse(text)
	require.NoError(t, err)
	return doc
}

// BenchmarkToken verifies a small badge as a compact JWS, beside the bare
// signature over the same text and beside go-jose with its payload decoded.
func BenchmarkToken(b *testing.B) {
	k := newKey(b)
	for _, c := range []struct {
		algorithm proof.Algorithm
		private   crypto.Signer
	}{{proof.EdDSA, k.private}, {proof.RS256, obtest.Key(obtest.RSA, "harbour")}, {proof.ES256, obtest.Key(obtest.P256, "harbour")}} {
		s, err := proof.FromCrypto(c.private)
		require.NoError(b, err)
		signed, err := vcjwt.Sign(
			context.Background(),
			[]byte(small(k, 1)),
			vcjwt.SignOptions{Signer: s, KeyID: k.VerificationMethod, Algorithm: c.algorithm},
		)
		require.NoError(b, err)
		key, err := proof.NewKey(c.private.Public())
		require.NoError(b, err)
		doc := parsed(b, signed)
		b.Run(string(c.algorithm)+"/signature", func(b *testing.B) {
			for b.Loop() {
				if key.Verify(c.algorithm, doc.Token().SigningInput, doc.Token().Signature) != nil {
					b.Fatal()
				}
			}
		})
		b.Run(string(c.algorithm)+"/token", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				read, problems := token.Read(parsed(b, signed))
				if problems != nil || read.Verify(key) != nil {
					b.Fatal(problems)
				}
			}
		})
		b.Run(string(c.algorithm)+"/go-jose", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				object, err := jose.ParseSignedCompact(string(signed), []jose.SignatureAlgorithm{jose.SignatureAlgorithm(c.algorithm)})
				if err != nil {
					b.Fatal(err)
				}
				payload, err := object.Verify(c.private.Public())
				if err != nil {
					b.Fatal(err)
				}
				var claims map[string]any
				if err := json.Unmarshal(payload, &claims); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCold is the first verification of a process: contexts are compiled.
func BenchmarkCold(b *testing.B) {
	k := newKey(b)
	signed := k.sign(b, small(k, 1))
	key, err := proof.NewKey(k.private.Public())
	require.NoError(b, err)
	own := map[string][]byte{"https://unused.example/": []byte(`{"@context":{}}`)}
	for b.Loop() {
		// A verifier with contexts of its own compiles all contexts for itself.
		proverOf(embedded.Config{Contexts: own}, key).verify(b, signed)
	}
}
