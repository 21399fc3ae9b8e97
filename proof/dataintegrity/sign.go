package dataintegrity

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/method"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// SignOptions says how a proof is made. Signer and VerificationMethod are
// required; the rest has good defaults. What the Signer answers is verified with its
// public key before it is used; a panic of it is an error, and it is left behind when
// the context ends.
type SignOptions struct {
	// Signer holds the private key, in memory or elsewhere.
	Signer proof.Signer
	// VerificationMethod is the URL under which the issuer publishes the key, such
	// as did:key:z6Mk…#z6Mk…. What stands before # must be the issuer's id.
	VerificationMethod string
	// Suite is the cryptosuite: eddsa-rdfc-2022 by default for an Ed25519 key,
	// ecdsa-rdfc-2019 for P-256 and P-384.
	Suite string
	// Created is when the proof is made, the present by default. It is written in
	// UTC to the second.
	Created time.Time
	// Expires, if set, ends the proof, not the credential.
	Expires time.Time
	// ID, Challenge, Domain and Nonce are written when they are not empty.
	ID, Challenge, Domain, Nonce string
	// Purpose is assertionMethod by default, which is what a credential needs.
	Purpose string
	// MandatoryPointers are JSON pointers (RFC 6901) to what the holder of a credential
	// that is secured by EcdsaSd2023 must always show, besides what verifiers need
	// ([rules.Required]: issuer, validity, status, schema, types and what the rules of the
	// credential require). For other suites they are an error.
	MandatoryPointers []string
	// SkipRequiredPointers makes mandatory what MandatoryPointers say and nothing else: a
	// holder may then hide that a credential was revoked or has ended.
	SkipRequiredPointers bool
	// Contexts are those of one's own, nil for none.
	Contexts *Contexts
	// InlineContexts signs a credential that defines terms itself. Verifiers refuse it
	// unless they are told of its definitions (verify.Config.InlineContexts).
	InlineContexts bool
	// SkipIssuerCheck signs although the verification method is not the issuer's,
	// which no verifier accepts for a credential. Tests and presentations need it.
	SkipIssuerCheck bool
}

// Sign returns the credential with a proof spliced in; the rest of its bytes stay
// as they are. A credential that already has proofs gets one more, in a set.
//
// It refuses what could not be verified later: a document with terms that no
// context defines, with contexts that are neither part of the program nor in
// SignOptions.Contexts, or signed by a key that is not the issuer's. Errors are
// [*vc.Problem]s, alone or joined.
func Sign(ctx context.Context, credential []byte, o SignOptions) ([]byte, error) {
	s, err := o.open(ctx, credential)
	if err != nil {
		return nil, err
	}
	options := s.writeOptions(o)
	value, err := makers[s.suite.Name].value(ctx, s, &o, options)
	if err != nil {
		return nil, err
	}
	options = append(options[:len(options)-1], `,"proofValue":"`...)
	options = append(append(options, value...), `"}`...)
	return splice(s.doc, options), nil
}

// signing is one proof being made.
type signing struct {
	verifier *embedded.Verifier
	doc      *vc.Document
	suite    embedded.Signing
}

// open reads what is to be signed, and refuses what nobody would accept.
func (o SignOptions) open(ctx context.Context, credential []byte) (*signing, error) {
	if o.Signer == nil || o.VerificationMethod == "" {
		return nil, errors.New("dataintegrity: SignOptions needs a Signer and a VerificationMethod")
	}
	key, err := guard.Call(ctx, func() (*proof.Key, error) { return proof.KeyOf(o.Signer) })
	if err != nil {
		return nil, fmt.Errorf("dataintegrity: the signing key: %w", err)
	}
	s := &signing{verifier: o.engine()}
	if err := s.parse(credential); err != nil {
		return nil, err
	}
	if s.suite, err = embedded.SigningWith(o.suiteFor(key), key); err != nil {
		return nil, fmt.Errorf("dataintegrity: %w", err)
	}
	if (len(o.MandatoryPointers) > 0 || o.SkipRequiredPointers) && s.suite.Name != EcdsaSd2023 {
		return nil, errors.New("dataintegrity: SignOptions.MandatoryPointers are for ecdsa-sd-2023")
	}
	if !o.SkipIssuerCheck {
		if p := method.Judge(s.doc, o.VerificationMethod); p != nil {
			return nil, p
		}
	}
	return s, signable(door.Root(s.doc))
}

// parse reads a credential that is JSON.
func (s *signing) parse(credential []byte) (err error) {
	if s.doc, err = door.Numbered(vc.ParseConfig{}, s.verifier.Symbols()).Parse(credential); err != nil {
		return err
	}
	if s.doc.Form() != vc.FormJSON {
		return words.Problem(proof.CodeAlreadyToken, "", "")
	}
	return nil
}

// signable refuses what verifiers read in different ways, or do not read at all:
// integers that a float64 does not hold, tiny numbers that deployed processors
// write as 0, and members under an IRI instead of their term, which a signature
// covers and no reader of JSON looks for.
func signable(v jsonx.Value) error {
	for c := v.First(); c.Exists(); c = c.Next() {
		switch {
		case c.Name() == "@context":
			continue
		case c.Kind() == jsonx.Number && !(c.Exact() && c.Portable()):
			return words.Problem(proof.CodeNumberNotPortable, c.Pointer(), c.Text())
		case strings.Contains(c.Name(), ":"):
			return words.Problem(proof.CodeIRIName, c.Pointer(), vc.Quote(c.Name()))
		}
		if err := signable(c); err != nil {
			return err
		}
	}
	return nil
}

func (o SignOptions) suiteFor(key *proof.Key) string {
	if o.Suite != "" {
		return o.Suite
	}
	if key.Supports(proof.EdDSA) {
		return EddsaRdfc2022
	}
	return EcdsaRdfc2019
}

// writeOptions writes the proof without its value.
func (s *signing) writeOptions(o SignOptions) []byte {
	created := o.Created
	if created.IsZero() {
		created = time.Now()
	}
	w := memberWriter{b: append(make([]byte, 0, 512), '{')}
	makers[s.suite.Name].begin(&w, s)
	w.text("id", o.ID)
	w.text("created", created.UTC().Format(time.RFC3339))
	if !o.Expires.IsZero() {
		w.text("expires", o.Expires.UTC().Format(time.RFC3339))
	}
	w.text("verificationMethod", o.VerificationMethod)
	purpose := o.Purpose
	if purpose == "" {
		purpose = "assertionMethod"
	}
	w.text("proofPurpose", purpose)
	w.text("challenge", o.Challenge)
	w.text("domain", o.Domain)
	w.text("nonce", o.Nonce)
	return append(w.b, '}')
}

// memberWriter writes the members of an object; empty texts are left out.
type memberWriter struct{ b []byte }

func (w *memberWriter) text(name, value string) {
	if value != "" {
		w.raw(name, jcs.AppendString(nil, value))
	}
}

func (w *memberWriter) raw(name string, value []byte) {
	if len(value) == 0 {
		return
	}
	if len(w.b) > 1 {
		w.b = append(w.b, ',')
	}
	w.b = append(append(jcs.AppendString(w.b, name), ':'), value...)
}

// splice writes the document again with one more proof and every other byte as
// it was.
func splice(doc *vc.Document, proof []byte) []byte {
	b, root := doc.Bytes(), door.Root(doc)
	old := root.Get("proof")
	switch {
	case !old.Exists():
		body := bytes.TrimRight(b[:len(b)-1], " \t\r\n")
		out := append(make([]byte, 0, len(b)+len(proof)+16), body...)
		if root.Len() > 0 {
			out = append(out, ',')
		}
		out = append(append(out, `"proof":`...), proof...)
		return append(out, '}')
	case old.Len() == 0 && old.Kind() == jsonx.Array:
		return replace(b, old, []byte("["), proof, []byte("]"))
	case old.Kind() == jsonx.Array:
		raw := bytes.TrimRight(old.Raw()[:len(old.Raw())-1], " \t\r\n")
		return replace(b, old, raw, []byte(","), proof, []byte("]"))
	}
	return replace(b, old, []byte("["), old.Raw(), []byte(","), proof, []byte("]"))
}

// replace writes parts in place of v.
func replace(b []byte, v jsonx.Value, parts ...[]byte) []byte {
	out := bytes.Clone(b[:v.Offset()])
	for _, p := range parts {
		out = append(out, p...)
	}
	return append(out, b[v.Offset()+len(v.Raw()):]...)
}
