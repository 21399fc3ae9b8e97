package dataintegrity

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/method"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/rdf"
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
	// SkipIssuerCheck signs although the verification method is not the issuer's,
	// which no verifier accepts for a credential. Tests and presentations need it.
	SkipIssuerCheck bool
}

// Sign returns the credential with a proof spliced in; the rest of its bytes stay
// as they are. A credential that already has proofs gets one more, in a set.
//
// It refuses what could not be verified later: a document with terms that no
// context defines, with contexts that are not part of the program, or signed by
// a key that is not the issuer's. Errors are [*vc.Problem]s, alone or joined.
func Sign(ctx context.Context, credential []byte, o SignOptions) ([]byte, error) {
	return NewVerifier(Config{}).Sign(ctx, credential, o)
}

// Sign is the function [Sign] with the contexts and limits of v. Signing is
// always strict.
func (v *Verifier) Sign(ctx context.Context, credential []byte, o SignOptions) ([]byte, error) {
	s, err := v.newSigning(ctx, credential, o)
	if err != nil {
		return nil, err
	}
	message, err := s.message(ctx)
	if err != nil {
		return nil, err
	}
	signature, err := proof.SignWith(ctx, o.Signer, s.algorithm, message)
	if err != nil {
		return nil, fmt.Errorf("dataintegrity: signing: %w", err)
	}
	s.options = append(s.options[:len(s.options)-1], `,"proofValue":"`...)
	s.options = append(append(s.options, multibase.Encode(multibase.Base58BTC, signature)...), `"}`...)
	return splice(s.doc, s.options), nil
}

// signing is one proof being made.
type signing struct {
	verifier  *Verifier
	doc       *vc.Document
	suite     *suite
	algorithm proof.Algorithm
	hash      rdf.Hash
	options   []byte // the proof without its value, as JSON
}

func (v *Verifier) newSigning(ctx context.Context, credential []byte, o SignOptions) (*signing, error) {
	if o.Signer == nil || o.VerificationMethod == "" {
		return nil, errors.New("dataintegrity: SignOptions needs a Signer and a VerificationMethod")
	}
	key, err := guard.Call(ctx, func() (*proof.Key, error) { return proof.KeyOf(o.Signer) })
	if err != nil {
		return nil, fmt.Errorf("dataintegrity: the signing key: %w", err)
	}
	doc, err := vc.ParseConfig{Symbols: v.Symbols()}.Parse(credential)
	if err != nil {
		return nil, err
	}
	if doc.Form() != vc.FormJSON {
		return nil, &vc.Problem{Code: vc.CodeNotACredential, Message: "an embedded proof goes into JSON, not into a token", Fix: "sign the JSON first, then make the token"}
	}
	s := &signing{verifier: v, doc: doc, suite: suiteNamed(o.suiteFor(key))}
	if s.suite == nil {
		return nil, fmt.Errorf("dataintegrity: no cryptosuite %q", o.Suite)
	}
	algorithm, hash, ok := s.suite.algorithm(key)
	if !ok {
		return nil, fmt.Errorf("dataintegrity: %s does not sign with this kind of key", s.suite.name)
	}
	s.algorithm, s.hash = algorithm, hash
	if !o.SkipIssuerCheck {
		if p := method.Judge(doc, o.VerificationMethod); p != nil {
			return nil, p
		}
	}
	if err := signable(doc.Root()); err != nil {
		return nil, err
	}
	s.options = s.writeOptions(o)
	return s, nil
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
			return &vc.Problem{Code: CodeNumber, Type: vc.TypeProofGeneration, Pointer: c.Pointer(), Message: "verifiers read or canonicalise this number in different ways",
				Found: c.Text(), Expected: "an integer within 2^53, and nothing smaller than a millionth", Fix: "write it as a string, or round it", Spec: "RFC 7493, 2.2; JSON-LD 1.1 API, 8.6"}
		case strings.Contains(c.Name(), ":"):
			return &vc.Problem{Code: CodeIRIName, Type: vc.TypeProofGeneration, Pointer: c.Pointer(), Message: "a member is named by an IRI, which readers of JSON do not look for",
				Found: vc.Quote(c.Name()), Expected: "a term that the contexts define", Fix: "list a context that defines a term for it", Spec: "VCDM 2.0, 6.1"}
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
	if s.suite.jcs {
		w.raw("@context", s.doc.Root().Get("@context").Raw())
	}
	w.text("id", o.ID)
	if s.suite.name == Ed25519Signature2020 {
		w.text("type", s.suite.name)
	} else {
		w.text("type", DataIntegrityProof)
		w.text("cryptosuite", s.suite.name)
	}
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

// message is what is signed: the hash of the options, then that of the document.
func (s *signing) message(ctx context.Context) ([]byte, error) {
	options, err := jsonx.Parse(s.options, jsonx.Limits{}, s.verifier.Symbols())
	if err != nil {
		return nil, err
	}
	subject := s.verifier.Open(s.doc, OpenOptions{Evidence: true})
	f := form{hash: s.hash}
	var config digest
	if s.suite.jcs {
		config = subject.hashJSON(ctx, jcs.Members(options.Root()), s.hash)
	} else {
		f.engine = s.verifier.engines.present
		config = subject.options(ctx, f, options.Root(), nil)
	}
	document := subject.document(ctx, f)
	if err := (&attempt{document: document, config: config}).err(); err != nil {
		return nil, err
	}
	return append(config.sum, document.sum...), nil
}

// splice writes the document again with one more proof and every other byte as
// it was.
func splice(doc *vc.Document, proof []byte) []byte {
	b, root := doc.Bytes(), doc.Root()
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
