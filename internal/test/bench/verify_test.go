package bench_test

import (
	"context"
	"crypto/ed25519"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// sizes are the documents that are measured, with their sizes when signed.
var sizes = []struct {
	name string
	make func(key, int) string
}{{"1KB", small}, {"2KB", nested}, {"16KB", complete}}

// prover verifies the proof of a document whose key is known: strict parse,
// canonical form, signature.
type prover struct {
	v     *embedded.Verifier
	key   *proof.Key
	parse vc.ParseConfig
}

func newProver(t testing.TB, k key) prover {
	pub, err := proof.NewKey(k.private.Public())
	require.NoError(t, err)
	return proverOf(embedded.Config{}, pub)
}

func proverOf(c embedded.Config, key *proof.Key) prover {
	v := embedded.NewVerifier(c)
	return prover{v, key, door.Numbered(vc.ParseConfig{MaxBytes: 64 << 20}, v.Symbols())}
}

func (p prover) verify(t testing.TB, text []byte) {
	doc, err := p.parse.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	value := door.Root(doc).Get("proof")
	if value.Kind() == jsonx.Array {
		value = value.First()
	}
	pr, problems := embedded.Read(value, embedded.ReadOptions{At: testkit.Now})
	if pr == nil {
		t.Fatal(problems)
	}
	if _, err := p.v.Open(doc, embedded.OpenOptions{}).Verify(context.Background(), pr, p.key); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkVerify(b *testing.B) {
	k := newKey(b)
	message := make([]byte, 64)
	signature := ed25519.Sign(k.private, message)
	public := k.private.Public().(ed25519.PublicKey)
	b.Run("ed25519", func(b *testing.B) {
		for b.Loop() {
			if !ed25519.Verify(public, message, signature) {
				b.Fatal()
			}
		}
	})
	p := newProver(b, k)
	pipeline, err := verify.New(verify.Config{Now: testkit.Clock})
	require.NoError(b, err)
	for _, s := range sizes {
		signed := k.sign(b, s.make(k, 1))
		b.Run("proof/"+s.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(signed)))
			for b.Loop() {
				p.verify(b, signed)
			}
		})
		b.Run("pipeline/"+s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := pipeline.Verify(context.Background(), signed); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("pipeline-2-cores/"+s.name, func(b *testing.B) {
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, err := pipeline.Verify(context.Background(), signed); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

func BenchmarkSign(b *testing.B) {
	k := newKey(b)
	message := make([]byte, 64)
	b.Run("ed25519", func(b *testing.B) {
		for b.Loop() {
			ed25519.Sign(k.private, message)
		}
	})
	for _, s := range sizes {
		text := []byte(s.make(k, 1))
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := k.Sign(text, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRecord verifies CLRs: the outer proof alone, and every proof.
func BenchmarkRecord(b *testing.B) {
	k := newKey(b)
	p := newProver(b, k)
	for _, n := range []int{10, 100, 1000} {
		signed := record(b, k, n)
		name := map[int]string{10: "10", 100: "100", 1000: "1000"}[n]
		b.Run("outer/"+name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(signed)))
			for b.Loop() {
				p.verify(b, signed)
			}
		})
		v, err := verify.New(verify.Config{Now: testkit.Clock, Nested: verify.NestedConfig{Policy: verify.NestedRequireAll}})
		require.NoError(b, err)
		b.Run("all/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := v.Verify(context.Background(), signed); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
