package verify_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// webDID is an issuer whose document the caller's own resolver finds.
const webDID = "did:web:school.example"

// counted counts what a resolver is asked.
type counted struct {
	resolver did.Resolver
	calls    atomic.Int64
}

func (c *counted) Resolve(ctx context.Context, id string) (*did.Document, error) {
	c.calls.Add(1)
	return c.resolver.Resolve(ctx, id)
}

// listing is a document of id that lists keys for assertion.
func listing(t testing.TB, id string, methods ...string) *did.Document {
	t.Helper()
	d, err := did.ParseDocument([]byte(`{"id":"` + id + `","assertionMethod":[` + strings.Join(methods, ",") + `]}`))
	require.NoError(t, err)
	return d
}

// A resolver that does not keep to its contract lends nobody a key: with a token
// that brings its key, one that names it, and a badge with a proof.
func TestResolversOfOnesOwn(t *testing.T) {
	attacker := edIssuer(t, 9)
	key := webDID + "#key"
	texts := map[string][]byte{
		"jwk":         []byte(attacker.token(t, proof.EdDSA, `{"alg":"EdDSA","jwk":`+attacker.jwk(t, "")+`}`, claims(t, webDID, ""))),
		"kid":         []byte(attacker.token(t, proof.EdDSA, `{"alg":"EdDSA","kid":"`+key+`"}`, claims(t, webDID, ""))),
		"kid and jwk": []byte(attacker.token(t, proof.EdDSA, `{"alg":"EdDSA","kid":"`+key+`","jwk":`+attacker.jwk(t, "")+`}`, claims(t, webDID, ""))),
		"proof": attacker.sign(t, badge(t, webDID),
			func(o *dataintegrity.SignOptions) { o.VerificationMethod, o.SkipIssuerCheck = key, true }),
	}
	answer := func(d *did.Document, err error) did.Resolver {
		return did.ResolverFunc(func(context.Context, string) (*did.Document, error) { return d, err })
	}
	const evil = "did:web:evil.example"
	for name, r := range map[string]did.Resolver{
		"nothing":                    answer(nil, nil),
		"an empty document":          answer(&did.Document{}, nil),
		"another's document":         answer(listing(t, evil, attacker.listed(evil+"#key", evil)), nil),
		"another's, with this key":   answer(listing(t, evil, attacker.listed(key, webDID)), nil),
		"another's, of its own":      answer(listing(t, evil, attacker.listed(key, evil)), nil),
		"an error":                   answer(nil, errors.New("away")),
		"an error that is a key's":   answer(nil, &proof.Error{Code: proof.CodeWeakKey}),
		"a document beside an error": answer(listing(t, webDID, attacker.listed(key, webDID)), errors.New("away")),
		"an empty error":             answer(nil, (*did.Error)(nil)),
		"a panic":                    did.ResolverFunc(func(context.Context, string) (*did.Document, error) { panic("away") }),
	} {
		for form, text := range texts {
			report := inspect(t, text, verify.Config{Resolver: r})
			require.NotEqual(t, verify.VerdictVerified, report.Verdict, "%s, %s", name, form)
			require.NotEqual(t, verify.OutcomePassed, report.Outcome(verify.CheckBinding), "%s, %s", name, form)
			require.NotEmpty(t, report.Codes(), "%s, %s", name, form)
			switch name {
			case "an error", "an error that is a key's", "a document beside an error", "an empty error", "a panic":
				require.Equal(t, verify.VerdictUndetermined, report.Verdict, "%s, %s: nothing was decided", name, form)
				require.Equal(t, []vc.Code{verify.CodeKeyUnavailable}, report.Codes(), "%s, %s", name, form)
			default:
				require.Equal(t, verify.VerdictNotVerified, report.Verdict, "%s, %s", name, form)
			}
		}
	}
	for form, text := range texts {
		report := inspect(t, text, verify.Config{Resolver: answer(listing(t, webDID, attacker.listed(key, webDID)), nil)})
		require.Equal(t, verify.VerdictVerified, report.Verdict, "the control, %s: %v", form, report.Problems())
	}
}

// A record of many tokens asks once for a document that all of them name, and a
// token whose signature is bad asks for nothing.
func TestResolverIsAskedOnce(t *testing.T) {
	school, other := edIssuer(t, 1), edIssuer(t, 2)
	for form, header := range map[string]string{
		"jwk":      `{"alg":"EdDSA","jwk":` + school.jwk(t, "") + `}`,
		"one kid":  `{"alg":"EdDSA","kid":"` + webDID + `#key"}`,
		"each kid": `{"alg":"EdDSA","kid":"` + webDID + `#key%d"}`,
	} {
		var tokens [][]byte
		for i := range 40 {
			h := header
			if form == "each kid" {
				h = fmt.Sprintf(header, i)
			}
			tokens = append(tokens, []byte(`"`+school.token(t, proof.EdDSA, h, claims(t, webDID, ""))+`"`))
		}
		r := &counted{resolver: did.Static{webDID: listing(t, webDID, school.listed(webDID+"#key", webDID)),
			other.did: listing(t, other.did, other.listed(other.method, other.did))}}
		report := inspect(t, record(t, other, tokens...), verify.Config{Resolver: r})
		require.Len(t, report.Nested, 40)
		for _, n := range report.Nested {
			require.Equal(t, form != "each kid", n.Report.Verdict == verify.VerdictVerified, "%v", n.Report.Problems())
		}
		require.EqualValues(t, 2, r.calls.Load(), "%s: once for the record's issuer, once for the tokens'", form)
	}
	token := school.token(t, proof.EdDSA, `{"alg":"EdDSA","jwk":`+other.jwk(t, "")+`}`, claims(t, webDID, ""))
	r := &counted{resolver: did.Static{webDID: listing(t, webDID, school.listed(webDID+"#key", webDID))}}
	report := inspect(t, []byte(token), verify.Config{Resolver: r})
	require.Equal(t, []vc.Code{proof.CodeSignature}, report.Codes())
	require.Equal(t, verify.OutcomeNotRun, report.Outcome(verify.CheckBinding))
	require.Zero(t, r.calls.Load())
}

// A document with more keys than are read is refused as a whole, however the key
// is looked for; with as many as are read each is found.
func TestDocumentsOfManyKeys(t *testing.T) {
	school, other := edIssuer(t, 1), edIssuer(t, 2)
	keys := func(n int) (methods, set string) {
		var all, jwks []string
		for i := range n - 1 {
			all = append(all, other.listed(fmt.Sprintf("%s#k%d", victim, i), victim))
			jwks = append(jwks, other.jwk(t, fmt.Sprintf(`,"kid":"k%d"`, i)))
		}
		all, jwks = append(all, school.listed(victim+"#key", victim)), append(jwks, school.jwk(t, `,"kid":"key"`))
		return strings.Join(all, ","), strings.Join(jwks, ",")
	}
	for n, codes := range map[int][]vc.Code{did.MaxMethods: nil, did.MaxMethods + 1: {verify.CodeMethodsTooMany},
		4000: {verify.CodeMethodsTooMany}} {
		text, set := keys(n)
		for form, document := range map[string]string{
			"by value":  `{"id":"` + victim + `","assertionMethod":[` + text + `]}`,
			"a Profile": `{"id":"` + victim + `","type":"Profile","publicKey":[` + text + `]}`,
			"a key set": `{"keys":[` + set + `]}`,
		} {
			c := verify.Config{Fetcher: pack(t, `{"`+victim+`":`+document+`}`)}
			for _, header := range []string{`{"alg":"EdDSA","jwk":` + school.jwk(t, "") + `}`, `{"alg":"EdDSA","kid":"` + victim + `#key"}`} {
				report := inspect(t, []byte(school.token(t, proof.EdDSA, header, claims(t, victim, ""))), c)
				require.Equal(t, codes, report.Codes(), "%d, %s: %v", n, form, report.Problems())
			}
		}
	}
}

// Documents that the caller holds cost no requests, however many; whatever else may
// ask somebody does.
func TestLocalResolversAreFree(t *testing.T) {
	school := edIssuer(t, 1)
	var entries, documents [][]byte
	for i := range 30 {
		id := fmt.Sprintf("did:example:school-%d", i)
		entries = append(entries, school.sign(t, badge(t, id, "6a9b52f0", fmt.Sprintf("%08x", i), "did:example:ada", fmt.Sprintf("did:example:ada%d", i)),
			func(o *dataintegrity.SignOptions) { o.VerificationMethod, o.SkipIssuerCheck = id+"#key", true }))
		documents = append(documents, listing(t, id, school.listed(id+"#key", id)).Bytes())
	}
	static, err := did.NewStatic(documents...)
	require.NoError(t, err)
	text := record(t, school, entries...)
	for name, c := range map[string]struct {
		resolver did.Resolver
		good     int
	}{
		"static":           {did.Mux{"example": static, "key": didkey.Resolver{}}, 30},
		"one of one's own": {did.Mux{"example": did.ResolverFunc(static.Resolve), "key": didkey.Resolver{}}, 8},
	} {
		r := inspect(t, text, verify.Config{Resolver: c.resolver})
		good := 0
		for _, n := range r.Nested {
			if n.Proof == verify.ProofGood {
				good++
			} else {
				require.Equal(t, []vc.Code{verify.CodeFetchBudget}, n.Report.Codes(), name)
			}
		}
		require.Equal(t, c.good, good, name)
	}
}
