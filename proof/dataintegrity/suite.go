package dataintegrity

import (
	"context"
	"fmt"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/proof"
)

// Suites lists the names of what [Sign] signs with and package vc/verify checks by default.
func Suites() []string { return embedded.Suites() }

// maker is the signing half of a cryptosuite. It stands in a file of its own name;
// checking stands in the file of that name in package internal/embedded.
type maker interface {
	// begin writes the members by which the proof says what it is.
	begin(*memberWriter, *signing)
	// value makes the proof value, for a proof that has all other members.
	value(ctx context.Context, s *signing, o *SignOptions, options []byte) (string, error)
}

var makers = map[string]maker{
	EddsaRdfc2022: eddsaRdfc2022{}, Eddsa2022: eddsa2022{}, EcdsaRdfc2019: ecdsaRdfc2019{}, EddsaJcs2022: eddsaJcs2022{},
	EcdsaJcs2019: ecdsaJcs2019{}, EcdsaSd2023: ecdsaSd2023{}, Ed25519Signature2020: ed25519Signature2020{},
}

// named is the beginning of a proof whose type is DataIntegrityProof.
type named struct{}

func (named) begin(w *memberWriter, s *signing) {
	w.text("type", "DataIntegrityProof")
	w.text("cryptosuite", s.suite.Name)
}

// underContexts is the beginning of a proof over JSON, which names the contexts that it
// is made under.
type underContexts struct{}

func (underContexts) begin(w *memberWriter, s *signing) {
	w.raw("@context", door.Root(s.doc).Get("@context").Raw())
	named{}.begin(w, s)
}

// oneSignature is one signature over the two hashes, in base58btc.
type oneSignature struct{}

func (oneSignature) value(ctx context.Context, s *signing, o *SignOptions, options []byte) (string, error) {
	message, err := s.verifier.Message(ctx, s.doc, s.suite, options)
	if err != nil {
		return "", err
	}
	signature, err := s.sign(ctx, o, message)
	return multibase.Encode(multibase.Base58BTC, signature), err
}

func (s *signing) sign(ctx context.Context, o *SignOptions, message []byte) ([]byte, error) {
	signature, err := proof.SignWith(ctx, o.Signer, s.suite.Algorithm, message)
	if err != nil {
		return nil, fmt.Errorf("dataintegrity: signing: %w", err)
	}
	return signature, nil
}
