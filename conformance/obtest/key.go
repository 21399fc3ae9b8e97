package obtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/sha512"
	"fmt"
)

// KeyKind is a kind of signing key, by the name of its curve. The zero KeyKind is none.
type KeyKind string

// The kinds of key.
const (
	Ed25519 KeyKind = "Ed25519"
	P256    KeyKind = "P-256"
	P384    KeyKind = "P-384"
	P521    KeyKind = "P-521"
	RSA     KeyKind = "RSA" // of 2048 bits; there are three
)

// KeyKinds lists the kinds, in the order of the constants.
func KeyKinds() []KeyKind { return []KeyKind{Ed25519, P256, P384, P521, RSA} }

// Key returns the private key of a kind and a name, the same one for the same seed in every
// process: for tests that need a key and no World. Everybody can make it: it protects
// nothing. Signatures with it are the same each time too, but for those of PS256. A kind that
// is not one of [KeyKinds] is a panic.
func Key(kind KeyKind, seed string) crypto.Signer {
	switch digest := sha512.Sum512([]byte(string(kind) + " " + seed)); kind {
	case Ed25519:
		return ed25519.NewKeyFromSeed(digest[:ed25519.SeedSize])
	case RSA:
		return rsaKeys()[int(digest[0])%len(rsaTexts)]
	case P256:
		return scalar(elliptic.P256(), 32, seed)
	case P384:
		return scalar(elliptic.P384(), 48, seed)
	case P521:
		return scalar(elliptic.P521(), 66, seed)
	}
	panic(fmt.Sprintf("obtest: no kind of key is called %q", kind))
}

// scalar draws until a number lies in the range of the curve, which the first one mostly
// does.
func scalar(curve elliptic.Curve, size int, seed string) *ecdsa.PrivateKey {
	for count := 0; ; count++ {
		var b []byte
		for block := 0; len(b) < size; block++ {
			next := sha512.Sum512(fmt.Appendf(nil, "%s %s %d %d", curve.Params().Name, seed, count, block))
			b = append(b, next[:]...)
		}
		b = b[:size]
		b[0] &= 0xff >> (size*8 - curve.Params().BitSize)
		if key, err := ecdsa.ParseRawPrivateKey(curve, b); err == nil {
			return key
		}
	}
}
