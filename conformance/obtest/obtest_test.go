package obtest_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

func world(t testing.TB) *obtest.World {
	t.Helper()
	return obtest.New(obtest.Config{Seed: t.Name()})
}

// Every good credential verifies, in every form; and changed by a byte none does.
func TestGood(t *testing.T) {
	n := 0
	for c, err := range world(t).Good() {
		require.NoError(t, err)
		require.NoError(t, c.Check(t.Context()))
		n++
		changed := []byte(string(c.Credential))
		changed[len(changed)*2/3] ^= 1
		report, err := verify.Inspect(t.Context(), changed, c.Config)
		require.NoError(t, err)
		require.NotEqual(t, verify.VerdictVerified, report.Verdict, "%s, changed at %d", c.Name, len(changed)*2/3)
	}
	require.Equal(t, 4*(5*3+1+3*2)*4, n)
}

// Bad ones are what their Case says. That each has no other code beside its own is a test
// of vc/verify.
func TestBad(t *testing.T) {
	seen := map[vc.Code]string{}
	for c, err := range world(t).Bad() {
		require.NoError(t, err)
		require.NoError(t, c.Check(t.Context()))
		require.Empty(t, seen[c.Code])
		seen[c.Code] = c.Name
	}
	require.Len(t, seen, 18)
}

func TestAttacks(t *testing.T) {
	seen := map[string]bool{}
	for c, err := range world(t).Attacks() {
		require.NoError(t, err)
		require.NoError(t, c.Check(t.Context()))
		require.False(t, seen[c.Name])
		seen[c.Name] = true
	}
	require.GreaterOrEqual(t, len(seen), 25)
}

// sum is everything that a World makes, hashed.
func sum(t testing.TB, w *obtest.World) string {
	t.Helper()
	h := sha256.New()
	for _, all := range []iter.Seq2[obtest.Case, error]{w.Good(), w.Bad(), w.Attacks()} {
		for c, err := range all {
			require.NoError(t, err)
			if strings.HasSuffix(c.Name, dataintegrity.EcdsaSd2023) {
				continue // which is made with a key of its own each time
			}
			fmt.Fprintf(h, "%s %x\n", c.Name, sha256.Sum256(c.Credential))
		}
	}
	for badge, err := range w.Badges(100, 7) {
		require.NoError(t, err)
		_, _ = h.Write(badge)
	}
	for _, url := range w.Web.Pages() {
		r, err := w.Web.Fetch(t.Context(), url)
		if err != nil {
			_, _ = io.WriteString(h, err.Error())
			continue
		}
		_, _ = h.Write(r.Body)
	}
	return hex.EncodeToString(h.Sum(nil))
}

const sumOnly = "LAUREL_OBTEST_SUM"

// One seed makes the same bytes in two processes, and another seed others.
func TestSameSeedSameBytes(t *testing.T) {
	w := obtest.New(obtest.Config{Seed: "one"})
	if os.Getenv(sumOnly) != "" {
		fmt.Printf("sum %s\n", sum(t, w))
		return
	}
	mine := sum(t, w)
	require.NotEqual(t, mine, sum(t, obtest.New(obtest.Config{Seed: "two"})))
	require.NotEqual(t, mine, sum(t, obtest.New(obtest.Config{Seed: "one", At: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)})))
	other := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestSameSeedSameBytes$", "-test.count", "1")
	other.Env = append(os.Environ(), sumOnly+"=1")
	out, err := other.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "sum "+mine)
}

// Keys are the same for the same seed, and none is that of another seed or kind.
func TestKeys(t *testing.T) {
	seen := map[string]string{}
	for _, kind := range obtest.KeyKinds() {
		for n := range 50 {
			seed := fmt.Sprint(n)
			key := obtest.Key(kind, seed)
			require.Equal(t, key, obtest.Key(kind, seed))
			_, err := proof.NewKey(key.Public())
			require.NoError(t, err)
			if kind == obtest.RSA {
				continue
			}
			text := fmt.Sprint(key.Public())
			require.Empty(t, seen[text])
			seen[text] = seed
		}
	}
	require.Panics(t, func() { obtest.Key("secp256k1", "1") })
}

// Every badge that vc/issue is given by an issuer goes out: what is written keeps the rules.
func TestIssued(t *testing.T) {
	w := world(t)
	for _, m := range obtest.Methods() {
		for _, k := range obtest.KeyKinds() {
			i, err := w.Issuer(strings.ToLower(strings.ReplaceAll(string(m), ":", "-")+"-"+string(k)), m, k)
			require.NoError(t, err)
			entries, err := i.Lists.Entries(t.Context())
			require.NoError(t, err)
			badge := obtest.Badge{Number: 4, Results: 2, Alignments: 2, ValidUntil: w.Now().AddDate(1, 0, 0), Status: entries}
			issued, err := issue.Issue(t.Context(), i.Badge(badge), i.Config())
			require.NoError(t, err)
			suspend := func(value uint64) func() error {
				return func() error { return i.Lists.Set(t.Context(), entries, status.PurposeSuspension, value) }
			}
			for _, state := range []struct {
				change  func() error
				verdict verify.Verdict
				code    vc.Code
			}{
				{func() error { return nil }, verify.VerdictVerified, ""},
				{suspend(1), verify.VerdictNotVerified, status.CodeSuspended},
				{suspend(0), verify.VerdictVerified, ""},
				{func() error { return i.Lists.Revoke(t.Context(), entries) }, verify.VerdictNotVerified, status.CodeRevoked},
			} {
				require.NoError(t, state.change())
				c := obtest.Case{Name: string(m), Credential: issued.Bytes(), Verdict: state.verdict, Code: state.code,
					Config: verify.Config{Fetcher: w.Web, Now: w.Now}}
				require.NoError(t, c.Check(t.Context()))
			}
		}
	}
}

func TestIssuerRefuses(t *testing.T) {
	w := world(t)
	for _, name := range []string{"", "Harbour", "a.b", "a/b", "ä"} {
		_, err := w.Issuer(name, obtest.DIDKey, obtest.Ed25519)
		require.ErrorContains(t, err, "a name has", name)
	}
	_, err := w.Issuer("a", "did:ion", obtest.Ed25519)
	require.ErrorContains(t, err, "no method is called")
	_, err = w.Issuer("a", obtest.DIDKey, "")
	require.ErrorContains(t, err, "no kind of key")
	one, err := w.Issuer("a", obtest.DIDKey, obtest.Ed25519)
	require.NoError(t, err)
	again, err := w.Issuer("a", obtest.DIDKey, obtest.Ed25519)
	require.NoError(t, err)
	require.Same(t, one, again)
	_, err = w.Issuer("a", obtest.HTTPS, obtest.Ed25519)
	require.ErrorContains(t, err, "has did:key and Ed25519")
}

// Ten thousand badges of fifty issuers, beside their signatures alone.
func BenchmarkBadges(b *testing.B) {
	const n, issuers = 10_000, 50
	b.Run("made", func(b *testing.B) {
		for b.Loop() {
			for _, err := range obtest.New(obtest.Config{}).Badges(n, issuers) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("signed", func(b *testing.B) {
		w := obtest.New(obtest.Config{})
		var schools []*obtest.Issuer
		var texts [][]byte
		for k := range issuers {
			i, err := w.Issuer(fmt.Sprintf("school-%d", k), obtest.DIDKey, obtest.Ed25519)
			require.NoError(b, err)
			schools = append(schools, i)
		}
		for k := range n {
			texts = append(texts, schools[k%issuers].Badge(obtest.Badge{Number: k}))
		}
		for b.Loop() {
			for k, text := range texts {
				if _, err := schools[k%issuers].Sign(text, nil); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func ExampleWorld() {
	world := obtest.New(obtest.Config{Seed: "my product"})
	school, err := world.Issuer("harbour", obtest.DIDWeb, obtest.Ed25519)
	if err != nil {
		fmt.Println(err)
		return
	}
	badge, err := school.Sign(school.Badge(obtest.Badge{Number: 7}), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	config := verify.Config{Fetcher: world.Web, Now: world.Now}
	verified, err := verify.Verify(context.Background(), badge, config)
	fmt.Println(verified != nil, err)

	world.Web.Break("https://harbour.example", obtest.Down)
	_, err = verify.Verify(context.Background(), badge, config)
	fmt.Println(err != nil)
	// Output:
	// true <nil>
	// true
}
