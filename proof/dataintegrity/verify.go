package dataintegrity

import (
	"bytes"
	"context"
	"errors"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// Result is what a proof that checks out established.
type Result struct {
	Algorithm    proof.Algorithm
	DocumentHash []byte        // of the canonical document, for debugging a signer
	ConfigHash   []byte        // of the canonical proof options
	Unsigned     []*vc.Problem // Lenient only: what the signature does not cover, with pointers
	Warnings     []*vc.Problem // such as an archived context or an obsolete suite
}

// Verify reports whether key made the proof over the document (Data Integrity
// 1.0, 4.4). The error joins every problem found and unwraps to [*vc.Problem]s;
// a cancelled context gives a plain error.
//
// It says nothing about whose key it is.
func (s *Subject) Verify(ctx context.Context, p *Proof, key *proof.Key) (*Result, error) {
	algorithm, hash, ok := p.suite.algorithm(key)
	if !ok {
		return nil, &vc.Problem{Code: CodeKeyType, Type: vc.TypeProofVerification, Pointer: p.Pointer() + "/verificationMethod", Message: "the key is not of the kind that " + p.suite.name + " signs with",
			Fix: "name the key that made the signature", Spec: "Data Integrity 1.0, 3.1"}
	}
	c := check{subject: s, proof: p, key: key, algorithm: algorithm, hash: hash, root: s.doc.Root()}
	if prior := p.value.Get("previousProof"); prior.Exists() {
		root, err := chained(s.doc.Root(), p.value, prior)
		if err != nil {
			return nil, err
		}
		c.root, c.chained = root, true
	}
	return c.run(ctx)
}

// check is one proof against one key.
type check struct {
	subject   *Subject
	proof     *Proof
	key       *proof.Key
	algorithm proof.Algorithm
	hash      rdf.Hash
	root      jsonx.Value // the document, or in a chain the document with the earlier proofs
	chained   bool
}

// attempt is one way in which the signature may have been made.
type attempt struct {
	document, config digest
	warning          *vc.Problem
}

func (c *check) run(ctx context.Context) (*Result, error) {
	if c.proof.suite.jcs {
		return c.jcs()
	}
	if carried := c.proof.value.Get("@context"); carried.Exists() && !sameContexts(c.root.Get("@context"), carried) {
		return nil, &vc.Problem{Code: CodeProofContext, Type: vc.TypeProofVerification, Pointer: c.proof.Pointer() + "/@context", Message: "the proof carries other contexts than the document, which replace it when the signature is made",
			Fix: "leave @context out of the proof", Spec: "Data Integrity EdDSA Cryptosuites 1.0, 3.2.5"}
	}
	mode := jsonld.Strict
	if c.subject.verifier.config.Lenient {
		mode = jsonld.Lenient
	}
	now := c.present(ctx, mode)
	if err := now.err(); err != nil {
		return nil, c.explainLoss(ctx, err)
	}
	if c.signed(&now) {
		return c.result(&now), nil
	}
	for other := range c.others(ctx) {
		if other.err() == nil && c.signed(other) {
			return c.accept(other)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return nil, c.badSignature()
}

// err is why there is no canonical form. A fault of the contexts is met by both
// halves and told once.
func (a *attempt) err() error {
	if a.document.err == nil && a.config.err == nil {
		return nil
	}
	var p, q *vc.Problem
	if errors.As(a.document.err, &p) && errors.As(a.config.err, &q) && p.Code == q.Code && p.Pointer == q.Pointer {
		return a.document.err
	}
	return errors.Join(a.document.err, a.config.err)
}

// present canonicalises under the contexts as they are today.
func (c *check) present(ctx context.Context, mode jsonld.Mode) attempt {
	v := c.subject.verifier
	o := v.rdfOptions(c.subject.doc, c.hash)
	a := attempt{config: canonicalHash(ctx, v.engine, configInput(c.proof.value, c.root, mode), o)}
	if c.chained {
		a.document = canonicalHash(ctx, v.engine, jsonld.Input{Root: c.root, Mode: mode}, o)
		return a
	}
	kept := &c.subject.digests[c.hash]
	if !kept.done {
		*kept = canonicalHash(ctx, v.engine, documentInput(c.root, mode), o)
		kept.done = true
	}
	a.document = *kept
	return a
}

// explainLoss looks, when a document is refused for what its signature does not
// cover, whether the rest was signed at all, so that both causes are told.
func (c *check) explainLoss(ctx context.Context, loss error) error {
	var p *vc.Problem
	if !errors.As(loss, &p) || p.Code != CodeDataLoss || c.chained {
		return loss
	}
	v := c.subject.verifier
	a := c.lenient(ctx, v.engine, v.rdfOptions(c.subject.doc, c.hash))
	if a.err() == nil && !c.signed(a) {
		return errors.Join(loss, c.badSignature())
	}
	return loss
}

// signed checks the signature over both hashes, the proof's first.
func (c *check) signed(a *attempt) bool {
	var both [96]byte
	message := append(append(both[:0], a.config.sum...), a.document.sum...)
	return c.key.Verify(c.algorithm, message, c.proof.signature) == nil
}

func (c *check) badSignature() error {
	return &vc.Problem{Code: CodeSignature, Type: vc.TypeProofVerification, Pointer: c.proof.Pointer() + "/proofValue", Message: "the signature does not belong to this document: it was changed after signing, or another key signed it",
		Fix: "take the credential again from its source; if it comes so from the issuer, the issuer must sign again", Spec: "Data Integrity 1.0, 4.4"}
}

func (c *check) result(a *attempt) *Result {
	r := &Result{Algorithm: c.algorithm, DocumentHash: a.document.sum, ConfigHash: a.config.sum, Warnings: c.proof.warnings}
	r.Unsigned = append(append(r.Unsigned, a.config.dropped...), a.document.dropped...)
	if a.warning != nil {
		r.Warnings = append(append([]*vc.Problem(nil), r.Warnings...), a.warning)
	}
	return r
}

// accept takes an attempt under other rules than today's. In strict mode what
// those rules drop is still data that nobody signed.
func (c *check) accept(a *attempt) (*Result, error) {
	r := c.result(a)
	if len(r.Unsigned) == 0 || c.subject.verifier.config.Lenient {
		return r, nil
	}
	all := []error{a.warning}
	for _, p := range r.Unsigned {
		all = append(all, p)
	}
	return nil, errors.Join(all...)
}

// jcs checks a suite over canonical JSON. The proof carries the contexts it was
// made under, which must begin the document's own (Data Integrity EdDSA
// Cryptosuites 1.0, 3.3.2).
func (c *check) jcs() (*Result, error) {
	document := jcs.Members(c.root, "proof")
	if c.chained {
		document = jcs.Members(c.root)
	}
	if carried := c.proof.value.Get("@context"); carried.Exists() {
		if !startsWith(c.root.Get("@context"), carried) {
			return nil, &vc.Problem{Code: CodeProofContext, Type: vc.TypeProofVerification, Pointer: c.proof.Pointer() + "/@context", Message: "the document's contexts do not begin with those the proof was made under",
				Fix: "restore the document's @context", Spec: "Data Integrity EdDSA Cryptosuites 1.0, 3.3.2"}
		}
		for i := range document {
			if document[i].Name == "@context" {
				document[i].Value = carried
			}
		}
	}
	a := &attempt{document: jcsHash(document, c.hash), config: jcsHash(jcs.Members(c.proof.value, "proofValue"), c.hash)}
	if err := a.err(); err != nil {
		return nil, err
	}
	if !c.signed(a) {
		return nil, c.badSignature()
	}
	return c.result(a), nil
}

func sameContexts(a, b jsonx.Value) bool { return startsWith(a, b) && startsWith(b, a) }

// startsWith compares contexts by value, item by item.
func startsWith(whole, prefix jsonx.Value) bool {
	all, first := whole.Items(), prefix.Items()
	if len(first) > len(all) {
		return false
	}
	for i := range first {
		a, errA := jcs.Append(nil, all[i])
		b, errB := jcs.Append(nil, first[i])
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			return false
		}
	}
	return true
}
