package multibase

import "math/bits"

// The conversion works on ten digits at a time: 58^10 is the largest power of 58
// that 64 bits hold, so a 64-byte signature takes nine rounds over at most eight
// words in place of 88 rounds over 64 bytes.
const (
	digitsPerWord = 10
	radix10       = 58 * 58 * 58 * 58 * 58 * 58 * 58 * 58 * 58 * 58
	maxWords      = MaxBase58*6/64 + 1 // a digit has less than 6 bits
)

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// digits is the value of each character, 0xff for those outside the alphabet.
var digits = func() (table [256]byte) {
	for i := range table {
		table[i] = 0xff
	}
	for i := range alphabet {
		table[alphabet[i]] = byte(i)
	}
	return table
}()

// powers of 58 up to a whole word.
var powers = func() (p [digitsPerWord + 1]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 58
	}
	return p
}()

// AppendDecodeBase58 reads base58btc without a prefix, at most [MaxBase58]
// characters, and appends its bytes to dst, which it returns unchanged with an
// error. It allocates nothing where dst has room. Every text has one value and
// every value one text, so no further check of canonical form is needed.
func AppendDecodeBase58(dst []byte, s string) ([]byte, error) {
	if len(s) > MaxBase58 {
		return dst, tooLong(len(s), MaxBase58)
	}
	zeros := 0
	for zeros < len(s) && s[zeros] == alphabet[0] {
		zeros++
	}
	var words [maxWords]uint64 // little end first
	used := 0
	for i := zeros; i < len(s); i += digitsPerWord {
		n := min(digitsPerWord, len(s)-i)
		carry := uint64(0)
		for j := i; j < i+n; j++ {
			d := digits[s[j]]
			if d == 0xff {
				return dst, &Error{Code: CodeCharacter, Offset: j, Detail: "not a character of base58btc"}
			}
			carry = carry*58 + uint64(d)
		}
		factor := powers[n]
		for k := range words[:used] {
			hi, lo := bits.Mul64(words[k], factor)
			var c uint64
			words[k], c = bits.Add64(lo, carry, 0)
			carry = hi + c
		}
		if carry != 0 {
			words[used] = carry
			used++
		}
	}
	for range zeros {
		dst = append(dst, 0)
	}
	return appendWords(dst, words[:used]), nil
}

// appendWords appends the number big end first, without leading zero bytes. The
// last word is not zero.
func appendWords(dst []byte, words []uint64) []byte {
	for k := len(words) - 1; k >= 0; k-- {
		size := 64
		if k == len(words)-1 {
			size = (bits.Len64(words[k]) + 7) &^ 7
		}
		for size > 0 {
			size -= 8
			dst = append(dst, byte(words[k]>>size))
		}
	}
	return dst
}

// AppendBase58 appends b as base58btc, without a prefix, to dst. The cost is
// quadratic in the length of b.
func AppendBase58(dst []byte, b []byte) []byte {
	zeros := 0
	for zeros < len(b) && b[zeros] == 0 {
		zeros++
	}
	for range zeros {
		dst = append(dst, alphabet[0])
	}
	from := len(dst)
	words := bigEndianWords(b[zeros:])
	for len(words) > 0 {
		// Divide by 58^10; the remainder is ten digits, little end first.
		rest := uint64(0)
		for k := range words {
			words[k], rest = bits.Div64(rest, words[k], radix10)
		}
		for len(words) > 0 && words[0] == 0 {
			words = words[1:]
		}
		for n := 0; n < digitsPerWord && (rest != 0 || len(words) > 0); n++ {
			dst = append(dst, alphabet[rest%58])
			rest /= 58
		}
	}
	for i, j := from, len(dst)-1; i < j; i, j = i+1, j-1 {
		dst[i], dst[j] = dst[j], dst[i]
	}
	return dst
}

// bigEndianWords packs bytes into words, big end first.
func bigEndianWords(b []byte) []uint64 {
	words := make([]uint64, (len(b)+7)/8)
	for i, c := range b {
		at := len(b) - 1 - i // from the little end
		words[len(words)-1-at/8] |= uint64(c) << (at % 8 * 8)
	}
	return words
}
