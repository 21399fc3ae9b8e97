package multikey

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"encoding/binary"

	"github.com/laurel-edu/laurel/internal/multibase"
)

// publicEd25519 reads the 32 bytes of RFC 8032, 5.1.5 and copies them.
func publicEd25519(b []byte) (ed25519.PublicKey, error) {
	key := ed25519.PublicKey(b)
	if err := checkEd25519(key); err != nil {
		return nil, err
	}
	return bytes.Clone(key), nil
}

// publicBase58 reads the older form, the bytes alone in base58btc
// (Ed25519VerificationKey2018).
func publicBase58(text string) (ed25519.PublicKey, error) {
	var buffer [64]byte
	b, err := multibase.AppendDecodeBase58(buffer[:0], text)
	if err != nil {
		return nil, &Error{Code: CodeMalformed, Detail: "not a base58btc text", Err: err}
	}
	return publicEd25519(b)
}

// Base58 writes an Ed25519 key in the form of Ed25519VerificationKey2018.
func Base58(key ed25519.PublicKey) (string, error) {
	if err := checkEd25519(key); err != nil {
		return "", err
	}
	return string(multibase.AppendBase58(nil, key)), nil
}

// checkEd25519 refuses what the standard library lets through: with a key of
// small order a signature can hold for every message, and a key in two encodings
// has two names.
func checkEd25519(key ed25519.PublicKey) error {
	if len(key) != ed25519.PublicKeySize {
		return refuse(CodeMalformed, "an Ed25519 key has %d bytes, this one %d", ed25519.PublicKeySize, len(key))
	}
	y := element{
		binary.LittleEndian.Uint64(key), binary.LittleEndian.Uint64(key[8:]),
		binary.LittleEndian.Uint64(key[16:]), binary.LittleEndian.Uint64(key[24:]) &^ (1 << 63), // without the sign of x
	}
	if !y.less(&prime) {
		return refuse(CodeMalformed, "the Ed25519 key is not in its one encoding")
	}
	for i := range smallOrder {
		if y == smallOrder[i] {
			return refuse(CodeWeak, "an Ed25519 key of small order signs nothing")
		}
	}
	if !y.onCurve() {
		return refuse(CodeNotOnCurve, "no point of Ed25519 has this y")
	}
	return nil
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
