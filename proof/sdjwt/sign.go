package sdjwt

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"errors"
	"fmt"
	"io"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/method"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// SignOptions says how an SD-JWT is made. Signer and KeyID are required.
type SignOptions struct {
	// Signer holds the private key, in memory or elsewhere.
	Signer proof.Signer
	// KeyID is the URL under which the issuer publishes the key.
	KeyID string
	// Algorithm is by default what the key signs with.
	Algorithm proof.Algorithm
	// Disclosable are JSON Pointers to the members and array elements that the holder may
	// show or keep back, each by itself: /credentialSubject/achievement/name. One within
	// another is shown with that alone. Of issuer, validity, status, schema, types and
	// contexts none can be. Nil makes nothing disclosable.
	Disclosable []string
	// Decoys are how many digests of nothing are added wherever something is disclosable,
	// to hide how much that is.
	Decoys int
	// Holder is the public key of whom the credential is given to, which signs its
	// presentations: it goes into the claim cnf. Nil gives it to nobody in particular.
	Holder crypto.PublicKey
	// Random is where salts and decoys come from, [rand.Reader] by default. Whoever can
	// guess it reads what is withheld: anything else is for tests.
	Random io.Reader
}

// Sign returns the credential, which must be on data model 2.0, as an SD-JWT with all of
// its disclosures. What comes out was read back, and reads as what was given. Errors are
// [*vc.Problem]s, alone or joined, but for those of the Signer and of Random.
func Sign(ctx context.Context, credential []byte, o SignOptions) ([]byte, error) {
	if o.Signer == nil || o.KeyID == "" {
		return nil, errors.New("sdjwt: SignOptions needs a Signer and a KeyID")
	}
	doc, err := vc.Parse(credential)
	if err != nil {
		return nil, err
	}
	if err := signable(doc, o.KeyID); err != nil {
		return nil, err
	}
	claims, err := o.claims(doc)
	if err != nil {
		return nil, err
	}
	w := writer{random: o.Random, decoys: max(o.Decoys, 0)}
	if w.random == nil {
		w.random = rand.Reader
	}
	payload, err := w.payload(door.Root(doc), o.Disclosable, claims)
	if err != nil {
		return nil, err
	}
	signed, err := token.Written{Signer: o.Signer, Algorithm: o.Algorithm, Type: "vc+sd-jwt", KeyID: o.KeyID, Payload: payload}.Sign(ctx)
	if err != nil {
		return nil, fmt.Errorf("sdjwt: %w", err)
	}
	signed = append(signed, '~')
	for _, d := range w.disclosures {
		signed = append(append(signed, d...), '~')
	}
	return signed, readBack(signed)
}

// signable refuses what is not signed as a token, and members that are claims or names of
// the mechanism.
func signable(doc *vc.Document, keyID string) error {
	switch {
	case doc.Form() != vc.FormJSON:
		return words.Problem(proof.CodeAlreadyToken, "", "")
	case doc.Version() != vc.Version20:
		return words.Problem(proof.CodeJWTDataModel, "/@context", door.Root(doc).Get("@context").Shown())
	}
	if p := method.Judge(doc, keyID); p != nil {
		return p
	}
	var all []error
	for m := door.Root(doc).First(); m.Exists(); m = m.Next() {
		if token.IsClaim(m.Name()) {
			all = append(all, words.Problem(proof.CodeJWTClaimMember, m.Pointer(), vc.Quote(m.Name())))
		}
	}
	return errors.Join(all...)
}

// claims are those that everybody may see. An id of the credential or its subject stands
// in no claim, since it may be disclosable.
func (o *SignOptions) claims(doc *vc.Document) ([]byte, error) {
	claims, err := token.Claims(doc, "iss", "nbf", "exp")
	if err != nil || o.Holder == nil {
		return claims, err
	}
	if _, err := proof.NewKey(o.Holder); err != nil {
		return nil, fmt.Errorf("sdjwt: the holder's key: %w", err)
	}
	claims, err = multikey.AppendJWK(append(claims, `,"cnf":{"jwk":`...), o.Holder)
	if err != nil {
		return nil, fmt.Errorf("sdjwt: the holder's key: %w", err)
	}
	return append(claims, '}'), nil
}

// readBack refuses to hand out what is not read again, key binding and all.
func readBack(signed []byte) error {
	doc, err := vc.ParseConfig{MaxTokenBytes: len(signed), MaxDisclosures: bytes.Count(signed, []byte("~"))}.Parse(signed)
	if err != nil {
		return err
	}
	read, problems := token.Read(doc)
	if read != nil {
		_, problems = read.Binding()
	}
	var all []error
	for _, p := range problems {
		all = append(all, p)
	}
	return errors.Join(all...)
}
