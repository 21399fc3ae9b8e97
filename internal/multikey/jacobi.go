package multikey

import (
	"encoding/binary"
	"math/big"
	"math/bits"
)

// jacobi is the Jacobi symbol (g/f) for odd f and 0 < g < f without a common
// divisor. It is the "positive divsteps" form of the method of Bernstein and
// Yang (2019): runs of 62 halving steps are worked out on the low words alone and
// then applied to the whole numbers as one matrix. An exponentiation would cost
// as much as a tenth of a signature.
func jacobi(g, f element) int {
	eta, sign := -1, uint64(0)
	for range 25 { // about ten are needed
		var m matrix
		m, eta, sign = steps(eta, f[0], g[0], sign)
		f, g = m.apply(&f, &g)
		if f == one {
			return 1 - 2*int(sign&1)
		}
	}
	return big.Jacobi(g.big(), f.big()) * (1 - 2*int(sign&1))
}

// matrix turns (f, g) into ((uf+vg)/2^62, (qf+rg)/2^62). Its entries are not
// negative, u+v and q+r at most 2^62.
type matrix struct{ u, v, q, r uint64 }

// steps makes 62 steps on the low 64 bits of f and g. eta is the negative of the
// steps' delta; the lowest bit of sign turns where the symbol turns. The masks on
// shifts change nothing; they spare the compiler's test for 64 and more.
func steps(eta int, f, g, sign uint64) (matrix, int, uint64) {
	u, v, q, r := uint64(1), uint64(0), uint64(0), uint64(1)
	for left := 62; ; {
		zeros := bits.TrailingZeros64(g | ^uint64(0)<<(left&63))
		g >>= zeros & 63
		u <<= zeros & 63
		v <<= zeros & 63
		eta -= zeros
		left -= zeros
		sign ^= uint64(zeros) & (f>>1 ^ f>>2) // (2/f) is -1 for f = 3, 5 modulo 8
		if left == 0 {
			return matrix{u, v, q, r}, eta, sign
		}
		var w uint64 // what multiple of f clears the low bits of g
		if eta < 0 {
			eta = -eta
			f, g, u, q, v, r = g, f, q, u, r, v
			sign ^= f & g >> 1 // reciprocity: both are 3 modulo 4
			w = f * g * (f*f - 2) & lowBits(min(eta+1, left)) & 63
		} else {
			w = -(f + (f+1)&4<<1) * g & lowBits(min(eta+1, left)) & 15
		}
		g += f * w
		q += u * w
		r += v * w
	}
}

// lowBits has the n lowest bits set, for n from 1 to 64.
func lowBits(n int) uint64 { return ^uint64(0) >> (-n & 63) }

func (m *matrix) apply(f, g *element) (element, element) {
	return combine(m.u, f, m.v, g), combine(m.q, f, m.r, g)
}

// combine is (af+bg)/2^62, which divides without rest. The factors are at most
// 2^62, so the high words never overflow.
func combine(a uint64, f *element, b uint64, g *element) (z element) {
	var before, carry uint64
	for i := range f {
		hi1, lo1 := bits.Mul64(a, f[i])
		hi2, lo2 := bits.Mul64(b, g[i])
		word, c1 := bits.Add64(lo1, lo2, 0)
		word, c2 := bits.Add64(word, carry, 0)
		carry = hi1 + hi2 + c1 + c2
		if i > 0 {
			z[i-1] = before>>62 | word<<2
		}
		before = word
	}
	z[3] = before>>62 | carry<<2
	return z
}

func (z *element) big() *big.Int {
	var b [32]byte
	for i, w := range z {
		binary.BigEndian.PutUint64(b[24-8*i:], w)
	}
	return new(big.Int).SetBytes(b[:])
}
