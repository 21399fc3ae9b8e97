package token

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/proof"
)

// Written is a compact JWS that is to be signed: what its header says, and its payload.
type Written struct {
	Signer    proof.Signer
	Algorithm proof.Algorithm // by default the usual one of the key
	Type      string
	KeyID     string // "" for the key itself
	Nameless  bool   // neither: whoever reads it knows the key
	Payload   []byte
}

// Sign signs it.
func (w Written) Sign(ctx context.Context) ([]byte, error) {
	key, err := guard.Call(ctx, func() (*proof.Key, error) { return proof.KeyOf(w.Signer) })
	if err != nil {
		return nil, fmt.Errorf("the signing key: %w", err)
	}
	algorithm, err := w.algorithm(key)
	if err != nil {
		return nil, err
	}
	header, err := w.header(algorithm, key)
	if err != nil {
		return nil, err
	}
	signed := append(appendPart(make([]byte, 0, 2*len(w.Payload)), header), '.')
	signed = appendPart(signed, w.Payload)
	signature, err := proof.SignWith(ctx, w.Signer, algorithm, signed)
	if err != nil {
		return nil, fmt.Errorf("signing: %w", err)
	}
	return appendPart(append(signed, '.'), signature), nil
}

func appendPart(dst, part []byte) []byte { return base64.RawURLEncoding.AppendEncode(dst, part) }

func (w Written) algorithm(key *proof.Key) (proof.Algorithm, error) {
	for _, a := range key.Algorithms() {
		if w.Algorithm == "" || a == w.Algorithm {
			return a, nil
		}
	}
	return "", fmt.Errorf("the key does not sign with %q", w.Algorithm)
}

func (w Written) header(algorithm proof.Algorithm, key *proof.Key) ([]byte, error) {
	h := append(append([]byte(`{"alg":"`), algorithm...), `","typ":"`+w.Type+`"`...)
	switch {
	case w.Nameless:
		return append(h, '}'), nil
	case w.KeyID != "":
		return append(jcs.AppendString(append(h, `,"kid":`...), w.KeyID), '}'), nil
	}
	h, err := multikey.AppendJWK(append(h, `,"jwk":`...), key.Public())
	if err != nil {
		return nil, fmt.Errorf("the signing key: %w", err)
	}
	return append(h, '}'), nil
}
