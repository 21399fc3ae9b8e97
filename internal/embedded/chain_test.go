package embedded_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

// chainOf signs a badge n times, each proof upon all that were there before. It makes
// the document of a chain by hand, as Data Integrity 1.0, 4.3 says: with the earlier
// proofs, and the signature over what a signer that knows of no chains is not given.
func chainOf(t *testing.T, suite string, n int) []string {
	t.Helper()
	s := school.Ed(t, 0)
	text := string(testkit.BadgeOf(s.ID))
	body := strings.TrimSuffix(strings.TrimSpace(text), "}")
	var proofs []string
	for i := range n {
		var ids []string
		for k := range i {
			ids = append(ids, fmt.Sprintf(`"urn:proof:%d"`, k))
		}
		o := map[string]any{"id": fmt.Sprintf("urn:proof:%d", i), "type": "DataIntegrityProof", "cryptosuite": suite,
			"created": "2025-01-01T00:00:00Z", "verificationMethod": s.VerificationMethod, "proofPurpose": "assertionMethod"}
		if i > 0 {
			o["previousProof"] = json.RawMessage(`[` + strings.Join(ids, ",") + `]`)
		}
		options, err := json.Marshal(o)
		require.NoError(t, err)
		signed := body
		if i > 0 {
			signed += `,"proof":[` + strings.Join(proofs, ",") + `]`
		}
		value := signOver(t, s.Signer, suite, signed+"}", string(options))
		proofs = append(proofs, strings.TrimSuffix(string(options), "}")+`,"proofValue":"`+value+`"}`)
	}
	return append([]string{body}, proofs...)
}

func inSet(body string, proofs ...string) []byte {
	return []byte(body + `,"proof":[` + strings.Join(proofs, ",") + `]}`)
}

func TestChains(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{})
	for _, suite := range []string{dataintegrity.EddsaRdfc2022, dataintegrity.EddsaJcs2022} {
		t.Run(suite, func(t *testing.T) {
			all := chainOf(t, suite, 5)
			body, proofs := all[0], all[1:]
			require.NoError(t, proofsOf(t, v, inSet(body, proofs...)))
			if suite == dataintegrity.EddsaRdfc2022 {
				reversed := append([]string(nil), proofs...)
				for i, k := 0, len(reversed)-1; i < k; i, k = i+1, k-1 {
					reversed[i], reversed[k] = reversed[k], reversed[i]
				}
				require.NoError(t, proofsOf(t, v, inSet(body, reversed...)), "a set has no order")
			}
			changed := strings.Replace(proofs[1], `2025-01-01`, `2025-01-02`, 1)
			require.ErrorIs(t, proofsOf(t, v, inSet(body, proofs[0], changed, proofs[2])), &vc.Problem{Code: proof.CodeSignature})
			require.ErrorIs(t, proofsOf(t, v, inSet(body, proofs[0], proofs[2])), &vc.Problem{Code: proof.CodeProofChain})
			for i := range proofs[1:] {
				alone := strings.Replace(proofs[i+1], `"previousProof"`, `"previousProofs"`, 1)
				require.Error(t, proofsOf(t, v, inSet(body, append(proofs[:i+1:i+1], alone)...)))
			}
		})
	}
}

// An id that stands twice in previousProof is refused, wherever it stands and
// however often; the result is that of the count two.
func TestPreviousProofsDiffer(t *testing.T) {
	all := chainOf(t, dataintegrity.EddsaRdfc2022, 3)
	body, proofs := all[0], all[1:]
	for _, n := range []int{2, 3, 16, 10000} {
		for _, ids := range []string{
			strings.Repeat(`"urn:proof:0",`, n-1) + `"urn:proof:0"`,
			`"urn:proof:1",` + strings.Repeat(`"urn:proof:0",`, n-1) + `"urn:proof:0"`,
			strings.Repeat(`"urn:proof:0","urn:proof:1",`, n) + `"urn:proof:0"`,
		} {
			other := strings.Replace(proofs[2], `["urn:proof:0","urn:proof:1"]`, "["+ids+"]", 1)
			require.NotEqual(t, proofs[2], other)
			problems := readProblems(t, inSet(body, other))
			require.Len(t, problems, 1)
			require.Equal(t, proof.CodeProofChain, problems[0].Code)
		}
	}
	doc, err := vc.Parse(inSet(body, proofs...))
	require.NoError(t, err)
	p, problems := embedded.Read(door.Proofs(doc)[2], embedded.ReadOptions{At: testkit.Now})
	require.Empty(t, problems)
	require.Equal(t, []string{"urn:proof:0", "urn:proof:1"}, p.Previous())
}

// A proof ends with expires and begins with nothing, since created says when it was
// made; what is off about the suite is told in one place.
func TestProofTellsItsEnd(t *testing.T) {
	s := school.Ed(t, 0)
	for _, suite := range []string{dataintegrity.EddsaRdfc2022, dataintegrity.Eddsa2022} {
		for _, end := range []time.Time{{}, testkit.Now.AddDate(1, 0, 0)} {
			signed, err := s.Sign(testkit.BadgeOf(s.ID), func(o *dataintegrity.SignOptions) { o.Suite, o.Expires = suite, end })
			require.NoError(t, err)
			doc, err := vc.Parse(signed)
			require.NoError(t, err)
			p, problems := embedded.Read(door.Proofs(doc)[0], embedded.ReadOptions{At: testkit.Now})
			require.Empty(t, problems)
			require.True(t, p.Valid().From.IsZero())
			require.True(t, p.Valid().Until.Equal(end))
			r, err := embedded.NewVerifier(embedded.Config{}).Open(doc, embedded.OpenOptions{}).Verify(context.Background(), p, keyOf(t, p))
			require.NoError(t, err)
			require.Empty(t, r.Warnings)
			require.Equal(t, suite == dataintegrity.Eddsa2022, len(p.Warnings()) == 1)
		}
	}
}

// canonicalJSON is RFC 8785's form of a text.
func canonicalJSON(t testing.TB, text string) []byte {
	t.Helper()
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{Bytes: 64 << 20}, nil)
	require.NoError(t, err)
	out, err := jcs.Append(nil, doc.Root())
	require.NoError(t, err)
	return out
}
