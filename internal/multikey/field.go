package multikey

import "math/bits"

// element is a number below 2^256, little end first, that stands for its rest
// modulo 2^255-19. The arithmetic is on public keys, so it need not hide timing.
type element [4]uint64

var (
	prime = element{0xffffffffffffffed, 0xffffffffffffffff, 0xffffffffffffffff, 0x7fffffffffffffff}

	// curveD is d of RFC 8032, 5.1.
	curveD = element{0x75eb4dca135978a3, 0x00700a4d4141d8ab, 0x8cc740797779e898, 0x52036cee2b6ffe73}

	one = element{1}

	// smallOrder is y of the eight points whose order divides 8: 1 and -1 once
	// each, 0 and the last two with either sign of x.
	smallOrder = [...]element{
		{0},
		one,
		{0xffffffffffffffec, 0xffffffffffffffff, 0xffffffffffffffff, 0x7fffffffffffffff},
		{0xb027b2c28f95e826, 0xf098eff289f4c345, 0x3933c6d305acdfd5, 0x05fc536d880238b1},
		{0x4fd84d3d706a17c7, 0x0f67100d760b3cba, 0xc6cc392cfa53202a, 0x7a03ac9277fdc74e},
	}
)

func (z *element) less(b *element) bool {
	var borrow uint64
	for i := range z {
		_, borrow = bits.Sub64(z[i], b[i], borrow)
	}
	return borrow == 1
}

// onCurve reports whether a point exists whose y is z: whether
// (z^2-1)/(dz^2+1) is a square (RFC 8032, 5.1.3). Multiplied by the square of
// its denominator, which is never 0, it is a product without a division.
func (z *element) onCurve() bool {
	var square, u, v element
	square.mul(z, z)
	u.sub(&square, &one)
	v.mul(&square, &curveD)
	v.add(&v, &one)
	u.mul(&u, &v)
	return u.isSquare()
}

// isSquare reports whether z is 0 or a square.
func (z *element) isSquare() bool {
	z.reduce()
	if *z == (element{}) {
		return true
	}
	return jacobi(*z, prime) == 1
}

// add sets z = a+b. 2^256 is 38.
func (z *element) add(a, b *element) {
	var carry uint64
	for i := range z {
		z[i], carry = bits.Add64(a[i], b[i], carry)
	}
	z.fold(carry)
}

// sub sets z = a-b, as a+(p-b), for b below the prime.
func (z *element) sub(a, b *element) {
	var negative element
	var borrow uint64
	for i := range negative {
		negative[i], borrow = bits.Sub64(prime[i], b[i], borrow)
	}
	z.add(a, &negative)
}

// fold adds carry*2^256.
func (z *element) fold(carry uint64) {
	for carry != 0 {
		c := carry * 38
		carry = 0
		z[0], c = bits.Add64(z[0], c, 0)
		z[1], c = bits.Add64(z[1], 0, c)
		z[2], c = bits.Add64(z[2], 0, c)
		z[3], carry = bits.Add64(z[3], 0, c)
	}
}

// mul sets z = a*b. z may be a or b.
func (z *element) mul(a, b *element) {
	var wide [8]uint64
	for i, x := range a {
		var carry uint64
		for j, y := range b {
			hi, lo := bits.Mul64(x, y)
			var c uint64
			lo, c = bits.Add64(lo, wide[i+j], 0)
			hi += c
			wide[i+j], c = bits.Add64(lo, carry, 0)
			carry = hi + c
		}
		wide[i+4] = carry
	}
	var carry uint64
	for i := range z {
		hi, lo := bits.Mul64(wide[i+4], 38)
		var c uint64
		lo, c = bits.Add64(lo, wide[i], 0)
		hi += c
		z[i], c = bits.Add64(lo, carry, 0)
		carry = hi + c
	}
	z.fold(carry)
}

// reduce makes z the one number below the prime.
func (z *element) reduce() {
	for !z.less(&prime) {
		var borrow uint64
		for i := range z {
			z[i], borrow = bits.Sub64(z[i], prime[i], borrow)
		}
	}
}
