package verify_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/verify"
)

// replacements are what a byte is changed to: a letter, a digit, what JSON, IRIs,
// dates and base58 are made of, white space, and bytes that are no text.
var replacements = []byte("a1Z\"\\{}[],: @#-_.\x00\x7f\x80\xff\n")

// mutations runs f on texts that differ from text in one byte: each byte by three
// of the replacements in turn, with a bit turned, in the other case, left out, and
// twice.
func mutations(text []byte, f func(changed []byte, at int)) {
	changed := make([]byte, 0, len(text)+1)
	for at := range text {
		turn := func(k int) byte { return replacements[(3*at+k)%len(replacements)] }
		for _, b := range [...]byte{turn(0), turn(1), turn(2), text[at] ^ 1, text[at] ^ 0x20} {
			if b != text[at] {
				changed = append(changed[:0], text...)
				changed[at] = b
				f(changed, at)
			}
		}
		f(append(append(changed[:0], text[:at]...), text[at+1:]...), at)
		f(append(append(append(changed[:0], text[:at+1]...), text[at]), text[at+1:]...), at)
	}
}

// goldLoader serves the embedded contexts to the independent processor.
type goldLoader struct{}

func (goldLoader) LoadDocument(url string) (*ld.RemoteDocument, error) {
	b, ok := contexts.Lookup(url)
	if !ok {
		return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, url)
	}
	var doc any
	if err := json.Unmarshal(b, &doc); err != nil {
		return nil, err
	}
	return &ld.RemoteDocument{DocumentURL: url, Document: doc}, nil
}

// normal is what an independent processor makes of a document: the canonical form
// of the credential and of the proof's options, "" where there is none.
func normal(text []byte) string {
	var doc map[string]any
	if json.Unmarshal(text, &doc) != nil {
		return ""
	}
	proof, ok := doc["proof"].(map[string]any)
	if !ok {
		return ""
	}
	value := proof["proofValue"]
	delete(doc, "proof")
	delete(proof, "proofValue")
	proof["@context"] = doc["@context"]
	o := ld.NewJsonLdOptions("")
	o.Format, o.Algorithm, o.DocumentLoader = "application/n-quads", ld.AlgorithmURDNA2015, ld.NewCachingDocumentLoader(goldLoader{})
	whole := value.(string)
	for _, part := range []any{doc, proof} {
		n, err := ld.NewJsonLdProcessor().Normalize(part, o)
		if err != nil {
			return ""
		}
		whole += "\n" + n.(string)
	}
	return whole
}

// One byte changed anywhere in a signed badge: either it does not verify, or it
// means the same, which another implementation must say.
func TestEveryByteCounts(t *testing.T) {
	if testing.Short() {
		t.Skip("ten thousand verifications a suite")
	}
	school := edIssuer(t, 1)
	for _, suite := range []string{dataintegrity.EddsaRdfc2022, dataintegrity.Ed25519Signature2020, dataintegrity.EddsaJcs2022} {
		t.Run(suite, func(t *testing.T) {
			extra := "context-3.0.3.json\""
			if suite == dataintegrity.Ed25519Signature2020 {
				extra += `, "https://w3id.org/security/suites/ed25519-2020/v1"`
			}
			signed := school.sign(t, badge(t, school.did, `context-3.0.3.json"`, extra, `"validFrom"`, `"validUntil": "2027-06-01T08:00:00Z", "validFrom"`), func(o *dataintegrity.SignOptions) { o.Suite = suite })
			v, err := verify.New(verify.Config{Now: testkit.Clock})
			require.NoError(t, err)
			want, text, same, tried := normal(signed), compact(signed), 0, 0
			require.NotEmpty(t, want)
			mutations(signed, func(changed []byte, at int) {
				tried++
				r, err := v.Inspect(context.Background(), changed)
				if err != nil {
					t.Fatal(err)
				}
				if r.Verdict != verify.VerdictVerified {
					if len(r.Codes()) == 0 {
						t.Fatalf("no code at byte %d: %q", at, around(changed, at))
					}
					return
				}
				same++
				if compact(changed) != text && (suite == dataintegrity.EddsaJcs2022 || normal(changed) != want) {
					t.Fatalf("another meaning verifies at byte %d: %q", at, around(changed, at))
				}
			})
			require.Greater(t, tried, 5*len(signed))
			require.NotZero(t, same, "white space may change")
			require.Less(t, same, tried/5)
		})
	}
}

// compact is a document without its white space.
func compact(text []byte) string {
	var b bytes.Buffer
	if json.Compact(&b, text) != nil {
		return ""
	}
	return b.String()
}

func around(text []byte, at int) []byte {
	return text[max(0, at-30):min(len(text), at+30)]
}

// A token has no insignificant byte but the white space around it.
func TestEveryByteOfATokenCounts(t *testing.T) {
	school := edIssuer(t, 1)
	signed := []byte(school.token(t, proof.EdDSA, `{"alg":"EdDSA","typ":"JWT","kid":"`+school.method+`"}`, claims(t, school.did, "")))
	v, err := verify.New(verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	good, err := v.Inspect(context.Background(), signed)
	require.NoError(t, err)
	require.Equal(t, verify.VerdictVerified, good.Verdict)
	mutations(signed, func(changed []byte, at int) {
		if strings.TrimSpace(string(changed)) == string(signed) {
			return
		}
		r, err := v.Inspect(context.Background(), changed)
		if err != nil {
			t.Fatal(err)
		}
		if r.Verdict == verify.VerdictVerified || len(r.Codes()) == 0 {
			t.Fatalf("%v at byte %d: %q", r.Verdict, at, around(changed, at))
		}
	})
}
