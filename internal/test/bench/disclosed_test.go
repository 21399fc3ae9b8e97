package bench_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/peer"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/verify"
)

// disclosed are the subjects of ecdsa-sd-2023: a badge of each size, made for a holder, and
// shown by no pointer, three and twenty, as far as it has so many members that are not
// mandatory. Verifying stands beside as many signatures on P-256 as the proof has.
func disclosed(t *testing.T, bareEd func()) (all []subject) {
	world := obtest.New(obtest.Config{Seed: "benchmarks", At: testkit.Now})
	by, err := world.Issuer("harbour", obtest.DIDKey, obtest.P256)
	require.NoError(t, err)
	key, err := proof.KeyOf(by.Signer)
	require.NoError(t, err)
	message := make([]byte, 64)
	signature, err := by.Signer.Sign(context.Background(), proof.ES256, message)
	require.NoError(t, err)
	times := func(n int) func() {
		return func() {
			for range n {
				if key.Verify(proof.ES256, message, signature) != nil {
					t.Fatal()
				}
			}
		}
	}
	pipeline, err := verify.New(verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	p := proverOf(embedded.Config{}, key)
	for _, s := range sizes {
		text := []byte(s.make(newKeyOf(by), 1))
		sign := func() []byte {
			base, err := by.Sign(text, func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EcdsaSd2023 })
			require.NoError(t, err)
			return base
		}
		base := sign()
		all = append(all, subject{fmt.Sprintf("sign for a holder, %d bytes", len(text)), bareEd, func() { sign() }, 5})
		for _, n := range []int{0, 3, 20} {
			pointers := optional(t, text, n)
			derive := func() []byte {
				part, err := dataintegrity.Derive(context.Background(), base, dataintegrity.DeriveOptions{Pointers: pointers})
				if err != nil {
					t.Fatal(err)
				}
				return part
			}
			part := derive()
			statements := 1 + signatures(t, part)
			about := fmt.Sprintf("%d bytes, %d pointers, %d signatures", len(text), len(pointers), statements)
			all = append(all,
				subject{"derive from " + about, bareEd, func() { derive() }, 5},
				subject{"verify the proof of what is shown of " + about, times(statements), func() { p.verify(t, part) }, 5},
				subject{"the same, whole pipeline", times(statements), func() {
					if _, err := pipeline.Verify(context.Background(), part); err != nil {
						t.Fatal(err)
					}
				}, 5})
			if os.Getenv("LAUREL_PEERS") != "" {
				all = append(all, subject{"the same, by the peer", times(statements), func() { peer.Verify(t, part) }, 1})
			}
		}
	}
	return all
}

func newKeyOf(by *obtest.Issuer) key { return key{Issuer: by} }

// signatures is how many statements of a derived proof have one.
func signatures(t *testing.T, part []byte) int {
	value, err := embedded.ParseDerivedValue(door.Root(parsed(t, part)).Get("proof").Get("proofValue").Text())
	require.NoError(t, err)
	return len(value.Signatures)
}

// optional are pointers to n texts and numbers that are not mandatory, or to as many as there
// are, spread over the badge.
func optional(t *testing.T, text []byte, n int) (pointers []string) {
	always, _, err := dataintegrity.MandatoryPointers(context.Background(), text, dataintegrity.SignOptions{})
	require.NoError(t, err)
	mandatory := map[string]bool{}
	for _, p := range always {
		mandatory[p] = true
	}
	var all []string
	var walk func(v jsonx.Value)
	walk = func(v jsonx.Value) {
		for m := v.First(); m.Exists(); m = m.Next() {
			switch {
			case mandatory[m.Pointer()] || m.Name() == "@context" || m.Name() == "id" || m.Name() == "type":
			case m.Kind() < jsonx.Array:
				all = append(all, m.Pointer())
			default:
				walk(m)
			}
		}
	}
	walk(door.Root(parsed(t, text)))
	for i := range min(n, len(all)) {
		pointers = append(pointers, all[i*len(all)/min(n, len(all))])
	}
	return pointers
}
