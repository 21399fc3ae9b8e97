package proof

import (
	"encoding/asn1"

	"github.com/laurel-edu/laurel/internal/quote"
)

// FromASN1 turns an ECDSA signature in ASN.1 (DER), which is what key management
// services and crypto.Signer answer, into the form of [Key.Verify]: the last step of
// a [Signer] for such a service. An algorithm that is not ECDSA matches
// [ErrAlgorithm]; what is no such signature is an [*Error] of [CodeSigner].
func FromASN1(algorithm Algorithm, der []byte) ([]byte, error) {
	if orderSize(algorithm) == 0 {
		return nil, &Error{Code: CodeAlgorithm, Detail: quote.Text(string(algorithm)) + " has no signatures in ASN.1 form"}
	}
	signature, ok := fromASN1(der, orderSize(algorithm))
	if !ok {
		return nil, &Error{Code: CodeSigner, Detail: "the signer's ECDSA signature is not in ASN.1 form"}
	}
	return signature, nil
}

// longestASN1 is the length of a signature on P-521: two integers of 67 bytes at most.
const longestASN1 = 3 + 2*(2+67)

// appendASN1 writes a P1363 signature of at most 2*66 bytes as the ASN.1 SEQUENCE
// that crypto/ecdsa reads. The lengths of the integers fit one byte; that of the whole
// has the long form from 128 on (X.690, 8.1.3).
func appendASN1(dst, signature []byte) []byte {
	half := len(signature) / 2
	r, s := trim(signature[:half]), trim(signature[half:])
	dst = append(dst, 0x30)
	size := 4 + integerSize(r) + integerSize(s)
	if size >= 0x80 {
		dst = append(dst, 0x81)
	}
	dst = append(dst, byte(size))
	return appendInteger(appendInteger(dst, r), s)
}

// trim removes leading zeros but for the last byte.
func trim(b []byte) []byte {
	for len(b) > 1 && b[0] == 0 {
		b = b[1:]
	}
	return b
}

// integerSize counts a zero before a set high bit, which would mean a sign.
func integerSize(b []byte) int { return len(b) + int(b[0]>>7) }

func appendInteger(dst, b []byte) []byte {
	dst = append(dst, 0x02, byte(integerSize(b)))
	if b[0]>>7 == 1 {
		dst = append(dst, 0)
	}
	return append(dst, b...)
}

// fromASN1 turns the SEQUENCE that a crypto.Signer returns into P1363 form.
func fromASN1(der []byte, size int) ([]byte, bool) {
	var parts struct{ R, S asn1.RawValue }
	rest, err := asn1.Unmarshal(der, &parts)
	if err != nil || len(rest) != 0 {
		return nil, false
	}
	signature := make([]byte, 2*size)
	ok := putInteger(signature[:size], parts.R) && putInteger(signature[size:], parts.S)
	return signature, ok
}

// putInteger writes a positive INTEGER right-aligned.
func putInteger(into []byte, v asn1.RawValue) bool {
	b := v.Bytes
	if v.Class != asn1.ClassUniversal || v.Tag != asn1.TagInteger || len(b) == 0 || b[0]>>7 == 1 {
		return false
	}
	b = trim(b)
	if len(b) > len(into) {
		return false
	}
	copy(into[len(into)-len(b):], b)
	return true
}
