// Package multibase reads and writes the text forms of keys and signatures:
// Multibase in its two bases that the specifications allow (Controlled
// Identifiers 1.0, 2.4), plain base58btc and base64url beneath them, and the
// varint prefixes of Multicodec.
//
// Decoding is strict, so that a value has one spelling: no other alphabet, no
// padding, no line breaks, no stray bits. Lengths are limited before any work.
package multibase

import "strconv"

// Code names why a text was refused.
type Code string

// The codes of [Error].
const (
	CodeEmpty     Code = "multibase-empty"             // no text at all
	CodeBase      Code = "multibase-unknown-base"      // neither z nor u
	CodeTooLong   Code = "multibase-too-long"          // beyond the limit
	CodeCharacter Code = "multibase-invalid-character" // not of the base's alphabet
	CodeCanonical Code = "multibase-not-canonical"     // another spelling of the same bytes, or none
	CodeVarint    Code = "multicodec-invalid-varint"   // truncated, overlong or beyond 63 bits
)

// Error says why a text was refused. It does not show the text: it may be a
// secret key.
type Error struct {
	Code   Code
	Offset int // of the offending character
	Detail string
}

// Error implements error.
func (e *Error) Error() string {
	if e.Code == CodeCharacter {
		return string(e.Code) + " at character " + strconv.Itoa(e.Offset) + ": " + e.Detail
	}
	return string(e.Code) + ": " + e.Detail
}

// Base is a Multibase prefix.
type Base byte

// The bases of Controlled Identifiers 1.0, 2.4.
const (
	Base58BTC Base = 'z' // Bitcoin's base58 alphabet
	Base64URL Base = 'u' // base64url without padding
)

// MaxBase58 is the longest base58 text that is read, in characters. It holds an
// RSA key of 4096 bits, the largest in use, with room to spare; decoding is
// quadratic.
const MaxBase58 = 1024

// MaxBase64 is the longest base64url text that [Decode] reads, in characters:
// the proof of a large selective-disclosure credential.
const MaxBase64 = 8192

// Decode reads a Multibase text of either base.
func Decode(s string) ([]byte, error) {
	if s == "" {
		return nil, &Error{Code: CodeEmpty, Detail: "an empty text has no base"}
	}
	switch Base(s[0]) {
	case Base58BTC:
		return DecodeBase58(s[1:])
	case Base64URL:
		if len(s) > MaxBase64 {
			return nil, tooLong(len(s), MaxBase64)
		}
		return DecodeBase64(s[1:])
	}
	return nil, &Error{Code: CodeBase, Detail: "the first character is neither z (base58btc) nor u (base64url)"}
}

// Encode writes b as Multibase text. An unknown base gives "".
func Encode(base Base, b []byte) string {
	switch base {
	case Base58BTC:
		return "z" + EncodeBase58(b)
	case Base64URL:
		return "u" + EncodeBase64(b)
	}
	return ""
}

func tooLong(n, most int) *Error {
	return &Error{Code: CodeTooLong, Detail: strconv.Itoa(n) + " characters, at most " + strconv.Itoa(most) + " are read"}
}
