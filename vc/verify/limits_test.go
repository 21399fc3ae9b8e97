package verify_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// schools answers for the did:web documents of any number of schools with one key.
type schools struct{ issuer }

func (s schools) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	host := strings.TrimSuffix(strings.TrimPrefix(url, "https://"), "/.well-known/did.json")
	id := "did:web:" + host
	return &fetch.Response{URL: url, Source: fetch.SourceNetwork,
		Body: []byte(`{"id":"` + id + `","assertionMethod":[` + s.listed(id+"#key", id) + `]}`)}, nil
}

// For every limit: a good document that just meets it verifies, and one beyond is
// told by a code and never verified, whatever the policies.
func TestOneBeyondALimitIsNeverVerified(t *testing.T) {
	school := edIssuer(t, 1)
	entry := func(i int, issuer, method string) []byte {
		return school.sign(t, badge(t, issuer, "6a9b52f0", fmt.Sprintf("%08x", i), "did:example:ada", fmt.Sprintf("did:example:ada%d", i)),
			func(o *dataintegrity.SignOptions) { o.VerificationMethod, o.SkipIssuerCheck = method, true })
	}
	entries := func(n int) (all [][]byte) {
		for i := range n {
			all = append(all, entry(i, school.did, school.method))
		}
		return all
	}
	for name, c := range map[string]struct {
		config verify.Config
		limit  int
		code   vc.Code
		make   func(n int) []byte
	}{
		"embedded credentials": {verify.Config{Limits: verify.Limits{MaxNested: 5}}, 5, verify.CodeNestedTooMany,
			func(n int) []byte { return record(t, school, entries(n)...) }},
		"in one another": {verify.Config{Limits: verify.Limits{MaxNestedDepth: 3}}, 3, verify.CodeNestedTooDeep, func(n int) []byte {
			text := entry(0, school.did, school.method)
			for i := 1; i < n; i++ {
				text = recordAt(t, school, i, text)
			}
			return recordAt(t, school, n, text)
		}},
		"in one another by default": {verify.Config{}, 8, verify.CodeNestedTooDeep, func(n int) []byte {
			text := entry(0, school.did, school.method)
			for i := 1; i <= n; i++ {
				text = recordAt(t, school, i, text)
			}
			return text
		}},
		"requests": {verify.Config{Fetcher: schools{school}, Limits: verify.Limits{MaxFetches: 4},
			Nested: verify.NestedConfig{Policy: verify.NestedRequireAll}},
			4, verify.CodeNestedNotVerified, func(n int) []byte {
				var all [][]byte
				for i := range n {
					id := fmt.Sprintf("did:web:school-%d.example", i)
					all = append(all, entry(i, id, id+"#key"))
				}
				return record(t, school, all...)
			}},
		"proofs": {verify.Config{}, 16, verify.CodeProofsTooMany, func(n int) []byte {
			text := badge(t, school.did)
			for i := range n {
				text = school.sign(t, text, func(o *dataintegrity.SignOptions) { o.Nonce = fmt.Sprint(i) })
			}
			return text
		}},
		"contexts": {verify.Config{}, 16, "context-too-many", func(n int) []byte {
			more := strings.Repeat(`, "https://w3id.org/security/data-integrity/v2"`, n-2)
			text := badge(t, school.did, `context-3.0.3.json"`, `context-3.0.3.json"`+more)
			return school.sign(t, text, func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EddsaJcs2022 })
		}},
		"characters": {verify.Config{Limits: verify.Limits{Parse: vc.ParseConfig{MaxBytes: 4000}}}, 4000,
			vc.CodeTooLarge, func(n int) []byte {
				text := school.sign(t, badge(t, school.did), nil)
				return append(append([]byte{}, text[:len(text)-1]...), strings.Repeat(" ", n-len(text))+"}"...)
			}},
	} {
		t.Run(name, func(t *testing.T) {
			r := inspect(t, c.make(c.limit), c.config)
			require.Equal(t, verify.VerdictVerified, r.Verdict, "at the limit: %v", r.Problems())
			beyond := c.make(c.limit + 1)
			for _, more := range []func(*verify.Config){
				func(*verify.Config) {},
				func(c *verify.Config) {
					c.Lenient, c.Kinds, c.Proofs.Policy = true, []string{verify.AnyKind}, verify.ProofsAny
				},
				func(c *verify.Config) {
					c.Accept = []verify.CheckName{verify.CheckNested, verify.CheckProof, verify.CheckReading,
						verify.CheckStatus, verify.CheckRules, verify.CheckContexts}
				},
			} {
				config := c.config
				more(&config)
				r := inspect(t, beyond, config)
				require.NotEqual(t, verify.VerdictVerified, r.Verdict)
				require.Contains(t, r.Codes(), c.code)
			}
		})
	}
}

// A negative number of what there may be is none of it.
func TestNegativeIsNone(t *testing.T) {
	school := edIssuer(t, 1)
	alone := school.sign(t, badge(t, school.did), nil)
	around := record(t, school, alone)
	online := school.sign(t, badge(t, "did:web:school.example"), func(o *dataintegrity.SignOptions) {
		o.VerificationMethod, o.SkipIssuerCheck = "did:web:school.example#key", true
	})
	for name, c := range map[string]struct {
		limits       verify.Limits
		good, beyond []byte
		code         vc.Code
	}{
		"embedded":       {verify.Limits{MaxNested: -1}, alone, around, verify.CodeNestedTooMany},
		"in one another": {verify.Limits{MaxNestedDepth: -1}, alone, around, verify.CodeNestedTooDeep},
		"requests":       {verify.Limits{MaxFetches: -1}, alone, online, verify.CodeFetchBudget},
	} {
		t.Run(name, func(t *testing.T) {
			config := verify.Config{Fetcher: schools{school}}
			require.Equal(t, verify.VerdictVerified, inspect(t, c.beyond, config).Verdict)
			config.Limits = c.limits
			require.Equal(t, verify.VerdictVerified, inspect(t, c.good, config).Verdict)
			require.Equal(t, []vc.Code{c.code}, inspect(t, c.beyond, config).Codes())
		})
	}
}
