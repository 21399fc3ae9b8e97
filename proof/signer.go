package proof

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"io"
)

// Signer makes signatures with one key, wherever the key is kept. Implementations
// must be safe for concurrent use.
type Signer interface {
	// Public returns the public key: ed25519.PublicKey, *ecdsa.PublicKey or
	// *rsa.PublicKey.
	Public() crypto.PublicKey
	// Sign signs the whole message, hashing it as the algorithm says, and returns
	// the signature in the form that [Key.Verify] takes: ECDSA in P1363 form. It
	// refuses an algorithm that is not one of its key with an error that matches
	// [ErrAlgorithm], and returns the context's error when that is done.
	Sign(ctx context.Context, algorithm Algorithm, message []byte) ([]byte, error)
}

// FromCrypto makes a Signer of a crypto.Signer: a key of the standard library, or
// one in an HSM or a key management service whose client implements that
// interface. The public key must pass [NewKey].
//
// ECDSA signatures are converted from ASN.1. With an *ecdsa.PrivateKey they are
// deterministic (RFC 6979), as the ECDSA cryptosuites recommend. What a foreign
// crypto.Signer returns is verified before it is handed on, so that a rotated key
// or a signature in the wrong form fails at the issuer and not at the verifier.
//
// The context is looked at before signing; crypto.Signer itself cannot be
// interrupted.
func FromCrypto(signer crypto.Signer) (Signer, error) {
	if empty(signer) {
		return nil, &Error{Code: CodeKey, Detail: "the crypto.Signer is empty"}
	}
	key, err := NewKey(signer.Public())
	if err != nil {
		return nil, err
	}
	s := &cryptoSigner{signer: signer, key: key, random: rand.Reader}
	switch signer.(type) {
	case *ecdsa.PrivateKey:
		s.random = nil
	case ed25519.PrivateKey, *rsa.PrivateKey:
	default:
		s.foreign = true
	}
	return s, nil
}

// KeyOf returns the checked public key of a signer, without checking it again
// where [FromCrypto] made the signer.
func KeyOf(s Signer) (*Key, error) {
	if made, ok := s.(*cryptoSigner); ok {
		return made.key, nil
	}
	return NewKey(s.Public())
}

// empty finds the signers whose Public method would panic.
func empty(signer crypto.Signer) bool {
	switch key := signer.(type) {
	case nil:
		return true
	case ed25519.PrivateKey:
		return len(key) != ed25519.PrivateKeySize
	case *ecdsa.PrivateKey:
		return key == nil
	case *rsa.PrivateKey:
		return key == nil
	}
	return false
}

type cryptoSigner struct {
	signer  crypto.Signer
	key     *Key
	random  io.Reader // nil asks crypto/ecdsa for a deterministic signature
	foreign bool
}

// Public implements [Signer].
func (s *cryptoSigner) Public() crypto.PublicKey { return s.key.Public() }

// Sign implements [Signer].
func (s *cryptoSigner) Sign(ctx context.Context, algorithm Algorithm, message []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !s.key.Supports(algorithm) {
		return nil, s.key.notAllowed(algorithm)
	}
	signature, err := s.sign(algorithm, message)
	if err != nil {
		return nil, &Error{Code: CodeSigner, Err: err}
	}
	if algorithm == ES256 || algorithm == ES384 {
		var ok bool
		if signature, ok = fromASN1(signature, orderSize(algorithm)); !ok {
			return nil, &Error{Code: CodeSigner, Detail: "the signer's ECDSA signature is not in ASN.1 form"}
		}
	}
	if s.foreign {
		if err := s.key.Verify(algorithm, message, signature); err != nil {
			return nil, &Error{Code: CodeSigner, Detail: "the signer's signature does not verify with its public key", Err: err}
		}
	}
	return signature, nil
}

func (s *cryptoSigner) sign(algorithm Algorithm, message []byte) ([]byte, error) {
	switch algorithm {
	case EdDSA:
		return s.signer.Sign(s.random, message, crypto.Hash(0))
	case ES384:
		return s.signer.Sign(s.random, digestECDSA(algorithm, message), crypto.SHA384)
	case ES256:
		return s.signer.Sign(s.random, digestECDSA(algorithm, message), crypto.SHA256)
	}
	digest := sha256.Sum256(message)
	if algorithm == PS256 {
		return s.signer.Sign(s.random, digest[:], pssOptions())
	}
	return s.signer.Sign(s.random, digest[:], crypto.SHA256)
}
