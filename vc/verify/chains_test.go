package verify_test

import (
	"context"
	"crypto/sha256"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// A proof counts only if all that it was made upon count (Data Integrity 1.0, 2.1.2 and
// 4.5), at any distance and where any good proof would do: the later ones here are
// good by themselves, and the first is not.
func TestChainNeedsEachProof(t *testing.T) {
	school, other := edIssuer(t, 1), edIssuer(t, 2)
	body := strings.TrimSuffix(strings.TrimSpace(string(badge(t, school.did))), "}")
	type options = dataintegrity.SignOptions
	first := func(by issuer, change func(*options)) string {
		signed := string(by.sign(t, []byte(body+"}"), func(o *options) {
			o.ID, o.Suite, o.SkipIssuerCheck = "urn:proof:1", dataintegrity.EddsaJcs2022, true
			if change != nil {
				change(o)
			}
		}))
		return signed[strings.Index(signed, `"proof":`)+len(`"proof":`) : len(signed)-1]
	}
	good := first(school, nil)
	for name, c := range map[string]struct {
		first   string
		because vc.Code
	}{
		"good":                {good, ""},
		"of somebody else":    {first(other, nil), verify.CodeIssuerMismatch},
		"of another text":     {strings.Replace(good, `"created":"2026`, `"created":"2025`, 1), proof.CodeSignature},
		"expired":             {first(school, func(o *options) { o.Expires = o.Created.AddDate(-1, 0, 0) }), proof.CodeProofExpired},
		"of another suite":    {strings.Replace(good, `"eddsa-jcs-2022"`, `"eddsa-jcs-2099"`, 1), proof.CodeSuiteUnknown},
		"for another purpose": {first(school, func(o *options) { o.Purpose = "authentication" }), proof.CodeProofPurpose},
	} {
		chain := []string{c.first}
		for _, id := range []string{"urn:proof:2", "urn:proof:3"} {
			chain = append(chain, chained(t, school, body, id, chain))
		}
		for n := 2; n <= len(chain); n++ {
			forwards := chain[:n]
			backwards := slices.Clone(forwards)
			slices.Reverse(backwards) // a set has no order
			for _, list := range [][]string{forwards, backwards} {
				text := []byte(body + `,"proof":[` + strings.Join(list, ",") + `]}`)
				all := inspect(t, text, verify.Config{})
				one := inspect(t, text, verify.Config{Proofs: verify.ProofsConfig{Policy: verify.ProofsAny}})
				if c.because == "" {
					require.Equal(t, verify.VerdictVerified, all.Verdict, "%v", all.Problems())
					require.Equal(t, verify.VerdictVerified, one.Verdict, "%v", one.Problems())
					continue
				}
				require.Equal(t, verify.VerdictNotVerified, all.Verdict, name)
				require.Equal(t, verify.VerdictNotVerified, one.Verdict, name)
				require.Subset(t, all.Codes(), []vc.Code{c.because, proof.CodeProofChain}, name)
				require.Contains(t, one.Codes(), proof.CodeProofChain, name)
			}
		}
	}
}

// chained makes a proof upon the last of those before it, by hand: dataintegrity.Sign
// knows of no chains. The JSON of the document that is hashed has that one alone.
func chained(t *testing.T, by issuer, body, id string, before []string) string {
	t.Helper()
	prior := before[len(before)-1]
	document := jcsOf(t, body+`,"proof":[`+prior+`]}`)
	open := strings.Index(body, `"@context":`) + len(`"@context":`)
	contexts := body[open : open+strings.Index(body[open:], "]")+1]
	options := `{"@context":` + contexts + `,"id":"` + id + `","type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022",` +
		`"created":"2026-01-01T00:00:00Z","verificationMethod":"` + by.method + `","proofPurpose":"assertionMethod",` +
		`"previousProof":"urn:proof:` + string("0123"[len(before)]) + `"}`
	configured, upon := sha256.Sum256(jcsOf(t, options)), sha256.Sum256(document)
	signature, err := by.signer.Sign(context.Background(), proof.EdDSA, append(configured[:], upon[:]...))
	require.NoError(t, err)
	return strings.TrimSuffix(options, "}") + `,"proofValue":"` + multibase.Encode(multibase.Base58BTC, signature) + `"}`
}

func jcsOf(t *testing.T, text string) []byte {
	t.Helper()
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
	require.NoError(t, err)
	canonical, err := jcs.Append(nil, doc.Root())
	require.NoError(t, err)
	return canonical
}
