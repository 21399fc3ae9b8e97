package multikey

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"encoding/hex"

	"github.com/laurel-edu/laurel/internal/multibase"
)

// publicEd25519 reads the 32 bytes of RFC 8032, 5.1.5, which become the key.
func publicEd25519(b []byte) (ed25519.PublicKey, error) {
	key := ed25519.PublicKey(b)
	if err := checkEd25519(key); err != nil {
		return nil, err
	}
	return key, nil
}

// publicBase58 reads the older form, the bytes alone in base58btc
// (Ed25519VerificationKey2018).
func publicBase58(text string) (ed25519.PublicKey, error) {
	b, err := multibase.DecodeBase58(text)
	if err != nil {
		return nil, &Error{Code: CodeMalformed, Detail: "not a base58btc text", Err: err}
	}
	return publicEd25519(b)
}

// smallOrder are the points whose order divides 8: with one of them as key a
// signature can hold for every message.
var smallOrder = decoded(
	"0100000000000000000000000000000000000000000000000000000000000000",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0000000000000000000000000000000000000000000000000000000000000080",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",

	// The first two again, with the sign of an x that is 0. RFC 8032, 5.1.3, refuses
	// them; the standard library does not.
	"0100000000000000000000000000000000000000000000000000000000000080",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
)

func decoded(texts ...string) (keys []ed25519.PublicKey) {
	for _, text := range texts {
		key, _ := hex.DecodeString(text)
		keys = append(keys, key)
	}
	return keys
}

// checkEd25519 refuses what the standard library lets through: a key of small order,
// and a key in another than its one encoding, which would have two names.
func checkEd25519(key ed25519.PublicKey) error {
	if len(key) != ed25519.PublicKeySize {
		return refuse(CodeMalformed, "an Ed25519 key has %d bytes, this one %d", ed25519.PublicKeySize, len(key))
	}
	for _, weak := range smallOrder {
		if bytes.Equal(key, weak) {
			return refuse(CodeWeak, "an Ed25519 key of small order signs nothing")
		}
	}
	if !reduced(key) {
		return refuse(CodeMalformed, "the Ed25519 key is not in its one encoding")
	}
	return nil
}

// reduced reports whether y, the key without the sign of x, is below 2^255-19.
func reduced(key ed25519.PublicKey) bool {
	for _, b := range key[1:31] {
		if b != 0xff {
			return true
		}
	}
	return key[31]|0x80 != 0xff || key[0] < 0xed
}

// IsPoint reports whether an Ed25519 key that passed [Check] is a point of its curve.
// No signature verifies by one that is none, so whoever verifies asks only why it
// did not: half of all keys that somebody makes up are none.
func IsPoint(key ed25519.PublicKey) bool { return said(key) == said(basePoint()) }

// said is what the standard library says of an empty signature by the key. Of a
// point of the curve it is about the signature, of other bytes about the key.
func said(key ed25519.PublicKey) string {
	return ed25519.VerifyWithOptions(key, nil, nil, &ed25519.Options{}).Error()
}

// basePoint is B of RFC 8032, 5.1, whose y is 4/5.
func basePoint() ed25519.PublicKey {
	return append(ed25519.PublicKey{0x58}, bytes.Repeat([]byte{0x66}, 31)...)
}

// publicX25519 reads the 32 bytes of RFC 7748.
func publicX25519(b []byte) (*ecdh.PublicKey, error) {
	key, err := ecdh.X25519().NewPublicKey(b)
	if err != nil {
		return nil, refuse(CodeMalformed, "an X25519 key has 32 bytes, this one %d", len(b))
	}
	return key, checkX25519(key)
}

// checkX25519 looks at the kind alone. Points of small order give a zero shared
// secret, which crypto/ecdh refuses when it is made.
func checkX25519(key *ecdh.PublicKey) error {
	if key == nil {
		return refuse(CodeMissing, "an empty key")
	}
	if key.Curve() != ecdh.X25519() {
		return refuse(CodeUnsupported, "of the key agreement curves only X25519 is supported")
	}
	return nil
}
