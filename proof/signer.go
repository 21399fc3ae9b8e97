package proof

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"io"
	"slices"
	"sync/atomic"

	"github.com/laurel-edu/laurel/internal/guard"
)

// Signer makes signatures with one key, wherever the key is kept. Implementations
// must be safe for concurrent use. Call [SignWith] rather than Sign: it holds a
// signer to what is said here.
type Signer interface {
	// Public returns the public key: ed25519.PublicKey, *ecdsa.PublicKey or
	// *rsa.PublicKey.
	Public() crypto.PublicKey
	// Sign signs the whole message, hashing it as the algorithm says, and returns
	// the signature in the form that [Key.Verify] takes: ECDSA in P1363 form, which
	// [FromASN1] makes of what most services answer. It refuses an algorithm that is not
	// one of its key with an error that matches [ErrAlgorithm], and returns the context's
	// error when that is done.
	Sign(ctx context.Context, algorithm Algorithm, message []byte) ([]byte, error)
}

// FromCrypto makes a Signer of a crypto.Signer: a key of the standard library, or
// one in an HSM or a key management service whose client implements that
// interface. The public key must pass [NewKey].
//
// ECDSA signatures are converted from ASN.1. With an *ecdsa.PrivateKey they are
// deterministic (RFC 6979), as the ECDSA cryptosuites recommend. What a foreign
// crypto.Signer returns is verified before it is handed on, and so is the first
// signature of a key in memory, so that a rotated key, halves that do not belong
// together or a signature in the wrong form fail at the issuer and not at the
// verifier.
//
// A crypto.Signer cannot be interrupted: when the context is done first, Sign
// returns its error and drops what a foreign one still answers.
func FromCrypto(signer crypto.Signer) (Signer, error) {
	if empty(signer) {
		return nil, &Error{Code: CodeKey, Detail: "the crypto.Signer is empty"}
	}
	key, err := publicOf(context.Background(), signer)
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
// where [FromCrypto] made the signer. A signer that is nil or panics is an error.
func KeyOf(s Signer) (*Key, error) { return keyOf(context.Background(), s) }

func keyOf(ctx context.Context, s Signer) (*Key, error) {
	if made, ok := s.(*cryptoSigner); ok && made != nil {
		return made.key, nil
	}
	if s == nil {
		return nil, &Error{Code: CodeKey, Detail: "there is no Signer"}
	}
	return publicOf(ctx, s)
}

// publicOf asks a plug-in for its public key.
func publicOf(ctx context.Context, s interface{ Public() crypto.PublicKey }) (*Key, error) {
	public, err := guard.Call(ctx, func() (crypto.PublicKey, error) { return s.Public(), nil })
	if err != nil {
		return nil, &Error{Code: CodeKey, Detail: "the signer does not tell its public key", Err: err}
	}
	return NewKey(public)
}

// SignWith makes a signature with any signer and verifies it with the signer's
// public key before handing it out: a signer that answers nothing, in the wrong
// form or with another key, that panics, or that is slower than ctx, is an
// [*Error] of [CodeSigner]. An algorithm that is not one of the key matches
// [ErrAlgorithm], and errors of the context match those of package context.
func SignWith(ctx context.Context, signer Signer, algorithm Algorithm, message []byte) ([]byte, error) {
	key, err := keyOf(ctx, signer)
	if err != nil {
		return nil, err
	}
	if made, ok := signer.(*cryptoSigner); ok {
		return made.Sign(ctx, algorithm, message)
	}
	if !key.Supports(algorithm) {
		return nil, key.notAllowed(algorithm)
	}
	return held(ctx, key, algorithm, message, func(message []byte) ([]byte, error) { return signer.Sign(ctx, algorithm, message) })
}

// held calls a foreign signer with a copy of the message, so that neither it nor
// what it leaves running can change what is verified and sent.
func held(ctx context.Context, key *Key, algorithm Algorithm, message []byte, sign func([]byte) ([]byte, error)) ([]byte, error) {
	theirs := slices.Clone(message)
	signature, err := guard.Call(ctx, func() ([]byte, error) {
		signature, err := guard.Legible(sign(theirs))
		return slices.Clone(signature), err
	})
	if err != nil {
		return nil, signerFailed(err)
	}
	if err := key.agrees(algorithm, message, signature); err != nil {
		return nil, err
	}
	return signature, nil
}

// signerFailed keeps an error of this package as it is.
func signerFailed(err error) error {
	if e, ok := errors.AsType[*Error](err); ok && e != nil {
		return err
	}
	return &Error{Code: CodeSigner, Detail: "the signer made no signature", Err: err}
}

// agrees checks a fresh signature with the key that should have made it.
func (k *Key) agrees(algorithm Algorithm, message, signature []byte) error {
	if err := k.Verify(algorithm, message, signature); err != nil {
		return &Error{Code: CodeSigner, Detail: "the signer's signature does not verify with its public key", Err: err}
	}
	return nil
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
	proven  atomic.Bool // a key in memory whose halves belong together
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
	if s.foreign {
		return held(ctx, s.key, algorithm, message, func(message []byte) ([]byte, error) { return s.made(algorithm, message) })
	}
	signature, err := s.made(algorithm, message)
	if err != nil || s.proven.Load() {
		return signature, err
	}
	if err := s.key.agrees(algorithm, message, signature); err != nil {
		return nil, err
	}
	s.proven.Store(true)
	return signature, nil
}

// made is a signature in the form of [Key.Verify].
func (s *cryptoSigner) made(algorithm Algorithm, message []byte) ([]byte, error) {
	signature, err := s.sign(algorithm, message)
	if err != nil {
		return nil, &Error{Code: CodeSigner, Err: err}
	}
	if orderSize(algorithm) > 0 {
		return FromASN1(algorithm, signature)
	}
	return signature, nil
}

func (s *cryptoSigner) sign(algorithm Algorithm, message []byte) ([]byte, error) {
	hash := hashOf(algorithm)
	switch {
	case hash == 0:
		return s.signer.Sign(s.random, message, hash)
	case algorithm == PS256:
		return s.signer.Sign(s.random, digestOf(algorithm, message), pssOptions())
	}
	return s.signer.Sign(s.random, digestOf(algorithm, message), hash)
}
