package proof

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"fmt"
	"slices"

	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/vc"
)

// Key is a public key that passed [NewKey], with what its publication limits it
// to ([Key.Limited]). It is immutable and safe for concurrent use. The zero Key
// verifies nothing.
type Key struct {
	public     crypto.PublicKey
	algorithms []Algorithm
	limits     Limits
}

var (
	ed25519Algorithms = []Algorithm{EdDSA, Ed25519}
	p256Algorithms    = []Algorithm{ES256}
	p384Algorithms    = []Algorithm{ES384}
	p521Algorithms    = []Algorithm{ES512}
	rsaAlgorithms     = []Algorithm{RS256, PS256}
)

// NewKey checks a public key: ed25519.PublicKey, *ecdsa.PublicKey on P-256,
// P-384 or P-521, or *rsa.PublicKey. It refuses, with an [*Error] of [CodeWeakKey],
// Ed25519 points of small order or in another than their one encoding, RSA keys
// outside 2048 to 8192 bits or with an even or extreme exponent; with
// [CodeInvalidKey] what is no point of its curve, of which Ed25519's is asked only when
// a signature fails; with [CodeKey] every other kind.
func NewKey(public crypto.PublicKey) (*Key, error) {
	algorithms := algorithmsOf(public)
	if algorithms == nil {
		return nil, &Error{Code: CodeKey, Detail: fmt.Sprintf("no algorithm for a key of type %s", kindOf(public))}
	}
	if err := multikey.Check(public); err != nil {
		return nil, &Error{Code: codeOf(err), Err: err}
	}
	return &Key{public: private(public), algorithms: algorithms}, nil
}

// codeOf is the code for what [multikey.Check] found.
func codeOf(err error) vc.Code {
	switch {
	case errors.Is(err, &multikey.Error{Code: multikey.CodeUnsupported}):
		return CodeKey
	case errors.Is(err, &multikey.Error{Code: multikey.CodeInvalid}):
		return CodeInvalidKey
	}
	return CodeWeakKey
}

// private copies a key that its owner could still change.
func private(public crypto.PublicKey) crypto.PublicKey {
	if key, ok := public.(ed25519.PublicKey); ok {
		return slices.Clone(key)
	}
	return public
}

func algorithmsOf(public crypto.PublicKey) []Algorithm {
	switch key := public.(type) {
	case ed25519.PublicKey:
		return ed25519Algorithms
	case *rsa.PublicKey:
		return rsaAlgorithms
	case *ecdsa.PublicKey:
		switch {
		case key == nil:
		case key.Curve == elliptic.P256():
			return p256Algorithms
		case key.Curve == elliptic.P384():
			return p384Algorithms
		case key.Curve == elliptic.P521():
			return p521Algorithms
		}
	}
	return nil
}

func kindOf(public crypto.PublicKey) string {
	if key, ok := public.(*ecdsa.PublicKey); ok && key != nil && key.Curve != nil {
		return fmt.Sprintf("%T on %s", key, key.Curve.Params().Name)
	}
	return fmt.Sprintf("%T", public)
}

// Limits are what whoever publishes a key says of its use. The zero value limits
// nothing.
type Limits struct {
	// Algorithm is the JOSE name of the one algorithm that the key is for, the alg of
	// a JWK (RFC 7517, 4.4), "" for every algorithm of its kind. It need not be one
	// that is known here.
	Algorithm string
	// Valid is when the key may be relied on. [Key.Verify] knows no time and does not
	// look at it.
	Valid vc.Interval
}

// Limited returns the same key with limits, within those that it has: for an
// algorithm that is not supported here it verifies nothing.
func (k *Key) Limited(l Limits) *Key {
	limited := *k
	limited.limits.Valid = k.limits.Valid.And(l.Valid)
	if l.Algorithm == "" {
		return &limited
	}
	limited.limits.Algorithm = l.Algorithm
	i := slices.Index(k.algorithms, Algorithm(l.Algorithm))
	switch {
	case i < 0:
		limited.algorithms = nil
	case k.algorithms[i] != EdDSA && k.algorithms[i] != Ed25519: // which are two names of one
		limited.algorithms = k.algorithms[i : i+1 : i+1]
	}
	return &limited
}

// Valid returns when the key may be relied on, as its publication says; all of
// time where that says nothing.
func (k *Key) Valid() vc.Interval { return k.limits.Valid }

// Public returns the public key. It must not be changed, as little as the one
// that was given to [NewKey].
func (k *Key) Public() crypto.PublicKey { return k.public }

// Supports reports whether the key verifies signatures of the algorithm: it is
// one of its kind, and the one that it was published for.
func (k *Key) Supports(a Algorithm) bool { return k != nil && slices.Contains(k.algorithms, a) }

// Algorithms lists the algorithms that the key verifies, the usual one first.
func (k *Key) Algorithms() []Algorithm { return slices.Clone(k.algorithms) }

// Verify checks a signature over the whole message. It returns nil, an error
// that matches [ErrAlgorithm] where the algorithm is not one of the key, or one
// that matches [ErrSignature]; one of [CodeInvalidKey] where no signature could be by
// the key.
func (k *Key) Verify(algorithm Algorithm, message, signature []byte) error {
	if !k.Supports(algorithm) {
		return k.notAllowed(algorithm)
	}
	switch key := k.public.(type) {
	case ed25519.PublicKey:
		return verifyEd25519(key, message, signature)
	case *ecdsa.PublicKey:
		return verifyECDSA(key, algorithm, message, signature)
	case *rsa.PublicKey:
		return verifyRSA(key, algorithm, message, signature)
	}
	return k.notAllowed(algorithm)
}

func (k *Key) notAllowed(algorithm Algorithm) error {
	if k == nil || k.public == nil {
		return &Error{Code: CodeAlgorithm, Detail: "an empty key verifies nothing"}
	}
	if k.limits.Algorithm != "" {
		return &Error{Code: CodeAlgorithm,
			Detail: "the key was published for " + quote.Text(k.limits.Algorithm) + ", not for " + quote.Text(string(algorithm))}
	}
	return &Error{Code: CodeAlgorithm,
		Detail: fmt.Sprintf("%s is not an algorithm of this key (%s), which has %v", quote.Text(string(algorithm)), kindOf(k.public),
			k.algorithms)}
}

func verifyEd25519(key ed25519.PublicKey, message, signature []byte) error {
	if len(signature) != ed25519.SignatureSize {
		return badLength(ed25519.SignatureSize, len(signature))
	}
	switch {
	case ed25519.Verify(key, message, signature):
		return nil
	case !multikey.IsPoint(key):
		return &Error{Code: CodeInvalidKey}
	}
	return wrong()
}

func verifyRSA(key *rsa.PublicKey, algorithm Algorithm, message, signature []byte) error {
	digest := digestOf(algorithm, message)
	var err error
	if algorithm == PS256 {
		err = rsa.VerifyPSS(key, crypto.SHA256, digest, signature, pssOptions())
	} else {
		err = rsa.VerifyPKCS1v15(key, crypto.SHA256, digest, signature)
	}
	if err != nil {
		return wrong()
	}
	return nil
}

// pssOptions are those of RFC 7518, 3.5: the salt has the length of the digest.
func pssOptions() *rsa.PSSOptions {
	return &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: crypto.SHA256}
}

func verifyECDSA(key *ecdsa.PublicKey, algorithm Algorithm, message, signature []byte) error {
	size := orderSize(algorithm)
	if len(signature) != 2*size {
		return badLength(2*size, len(signature))
	}
	var buffer [longestASN1]byte
	der := appendASN1(buffer[:0], signature)
	// The standard library refuses r and s outside 1 to n-1.
	if !ecdsa.VerifyASN1(key, digestOf(algorithm, message), der) {
		return wrong()
	}
	return nil
}

// orderSize is the length of r and of s, 0 for an algorithm that is not ECDSA.
func orderSize(algorithm Algorithm) int {
	switch algorithm {
	case ES256:
		return 32
	case ES384:
		return 48
	case ES512:
		return 66
	}
	return 0
}

// hashOf is the hash of an algorithm, 0 for EdDSA, which hashes by itself.
func hashOf(algorithm Algorithm) crypto.Hash {
	switch algorithm {
	case EdDSA, Ed25519:
		return 0
	case ES384:
		return crypto.SHA384
	case ES512:
		return crypto.SHA512
	}
	return crypto.SHA256
}

// digestOf is the digest of a message by [hashOf].
func digestOf(algorithm Algorithm, message []byte) []byte {
	switch algorithm {
	case ES384:
		digest := sha512.Sum384(message)
		return digest[:]
	case ES512:
		digest := sha512.Sum512(message)
		return digest[:]
	}
	digest := sha256.Sum256(message)
	return digest[:]
}

func wrong() error {
	return &Error{Code: CodeSignature, Detail: "the signature does not belong to this message and key"}
}

func badLength(want, got int) error {
	return &Error{Code: CodeSignature, Detail: fmt.Sprintf("the signature has %d bytes, this algorithm's have %d", got, want)}
}
