package multikey

import (
	"crypto/ed25519"
	"encoding/binary"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// edges are values at which carries and reductions differ.
func edges(random *rand.Rand) []element {
	all := []element{{}, one, prime, curveD, {38}, {37}, {^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)},
		{^uint64(0) - 37, ^uint64(0), ^uint64(0), ^uint64(0)}, {0, 0, 0, 1 << 63}}
	all = append(all, smallOrder[:]...)
	for range 60 {
		all = append(all, element{random.Uint64(), random.Uint64(), random.Uint64(), random.Uint64()})
	}
	return all
}

func TestFieldAgainstBig(t *testing.T) {
	p := prime.big()
	require.Zero(t, p.Cmp(new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))))
	values := edges(rand.New(rand.NewPCG(1, 2)))
	same := func(want *big.Int, got element) {
		require.Zero(t, new(big.Int).Mod(want, p).Cmp(new(big.Int).Mod(got.big(), p)))
		got.reduce()
		require.Zero(t, new(big.Int).Mod(want, p).Cmp(got.big()))
	}
	for _, a := range values {
		for _, b := range values {
			var z element
			z.mul(&a, &b)
			same(new(big.Int).Mul(a.big(), b.big()), z)
			z.add(&a, &b)
			same(new(big.Int).Add(a.big(), b.big()), z)
		}
		var z element
		z.sub(&a, &one)
		same(new(big.Int).Sub(a.big(), big.NewInt(1)), z)
		want := big.Jacobi(a.big(), p) >= 0
		require.Equal(t, want, a.isSquare())
	}
}

func TestJacobiAgainstBig(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	p := prime.big()
	check := func(a element) {
		a.reduce()
		if a != (element{}) {
			require.Equal(t, big.Jacobi(a.big(), p), jacobi(a, prime), "%x", a)
		}
	}
	for i := range uint64(3000) {
		check(element{i})
		check(element{prime[0] - i, prime[1], prime[2], prime[3]})
		check(element{random.Uint64(), random.Uint64(), random.Uint64(), random.Uint64()})
		check(element{random.Uint64() << (i % 64), 0, random.Uint64() >> (i % 64), 0})
	}
}

// The constants are derived again from RFC 8032: d = -121665/121666, and a point
// of small order becomes the neutral element when doubled three times.
func TestCurveConstants(t *testing.T) {
	p := prime.big()
	d := new(big.Int).Mul(big.NewInt(-121665), new(big.Int).ModInverse(big.NewInt(121666), p))
	require.Zero(t, d.Mod(d, p).Cmp(curveD.big()))

	for _, y := range smallOrder {
		require.True(t, y.onCurve())
		// With a = -1 the y of a doubled point is (y^2+x^2)/(1-dx^2y^2) for
		// x^2 = (y^2-1)/(dy^2+1).
		double := y.big()
		for range 3 {
			y2 := new(big.Int).Mul(double, double)
			x2 := new(big.Int).Add(new(big.Int).Mul(d, y2), big.NewInt(1))
			x2.Mul(x2.ModInverse(x2, p), new(big.Int).Sub(y2, big.NewInt(1)))
			bottom := new(big.Int).Mul(d, new(big.Int).Mul(x2, y2))
			bottom.Sub(big.NewInt(1), bottom)
			bottom.ModInverse(bottom.Mod(bottom, p), p)
			double = bottom.Mul(bottom, new(big.Int).Add(y2, x2))
			double.Mod(double, p)
		}
		require.Equal(t, int64(1), double.Int64())
		require.True(t, double.IsInt64())
	}
}

func TestOnCurve(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		seed := make([]byte, 32)
		binary.LittleEndian.PutUint64(seed, random.Uint64())
		require.NoError(t, checkEd25519(ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)))
	}
}

func BenchmarkCheckEd25519(b *testing.B) {
	key := ed25519.NewKeyFromSeed(make([]byte, 32)).Public().(ed25519.PublicKey)
	b.ReportAllocs()
	for b.Loop() {
		if err := checkEd25519(key); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerifyForScale(b *testing.B) {
	secret := ed25519.NewKeyFromSeed(make([]byte, 32))
	message := make([]byte, 64)
	signature := ed25519.Sign(secret, message)
	key := secret.Public().(ed25519.PublicKey)
	for b.Loop() {
		ed25519.Verify(key, message, signature)
	}
}
