package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/notdone"
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
	Warnings     []*vc.Problem // of how it was signed, such as under an archived context; those of [Proof.Warnings] are not repeated
	// Trace is what the names of the document mean in the form that was signed, nil for
	// a proof over JSON or where [OpenOptions] do not ask for it. The type is internal
	// to this module.
	Trace *jsonld.Trace
}

// Verify reports whether key made the proof over the document (Data Integrity
// 1.0, 4.4). The error joins every problem found and unwraps to [*vc.Problem]s;
// a cancelled context gives a plain error. With [proof.CodeWorkExhausted] the search was
// given up, and the proof is not good.
//
// It says nothing about whose key it is.
func (s *Subject) Verify(ctx context.Context, p *Proof, key *proof.Key) (*Result, error) {
	algorithm, hash, ok := p.suite.algorithm(key)
	if e, known := lacks(p.suite, key); known {
		problem := notdone.Problem(e, p.Pointer()+"/verificationMethod", e.Name)
		problem.Expected, problem.Fix = "P-256 or P-384", "sign with a key on P-256 or P-384"
		return nil, problem
	}
	if !ok {
		return nil, words.Problem(proof.CodeKeyType, p.Pointer()+"/verificationMethod", p.Suite())
	}
	if n := len(p.signature); n != signatureBytes(algorithm) {
		return nil, words.Problem(proof.CodeProofValue, p.valuePointer(), fmt.Sprintf("%d bytes", n))
	}
	c := &s.check
	*c = check{subject: s, proof: p, key: key, algorithm: algorithm, hash: hash}
	if len(p.previous) > 0 {
		var err error
		if c.upon, err = s.earlier(p); err != nil {
			return nil, err
		}
	}
	return p.suite.check(ctx, c)
}

// check is one proof against one key.
type check struct {
	subject   *Subject
	proof     *Proof
	key       *proof.Key
	algorithm proof.Algorithm
	hash      rdf.Hash
	upon      []jsonx.Value // in a chain the earlier proofs, which are part of what is signed
	refused   error         // what the key said of the signature at last
	now       attempt       // the first, as the document is today
	fault     error         // why the first form cannot be what was signed, where more than that is known
}

// attempt is one way in which the signature may have been made.
type attempt struct {
	form             form
	document, config digest
	warning          *vc.Problem
}

// overRDF checks a suite over canonical RDF: the document as it is today, and after
// that as it may have been when it was signed.
func (c *check) overRDF(ctx context.Context) (*Result, error) {
	if err := c.sameContexts(); err != nil {
		return nil, err
	}
	now := &c.now
	*now = c.attempt(ctx, form{engine: c.subject.verifier.engines.present, hash: c.hash, mode: c.subject.mode})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := now.err(); err != nil {
		return nil, c.explainLoss(ctx, err)
	}
	switch good, err := c.signed(ctx, now); {
	case err != nil:
		return nil, err
	case good:
		return c.accept(ctx, now)
	}
	for other := range c.others(ctx) {
		switch good, err := c.signed(ctx, other); {
		case err != nil:
			return nil, err
		case good:
			return c.accept(ctx, other)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return nil, c.badSignature()
}

// sameContexts refuses a proof that brings contexts which would have replaced the
// document's when it was signed.
func (c *check) sameContexts() error {
	carried := c.proof.value.Get("@context")
	if !carried.Exists() {
		return nil
	}
	own := door.Root(c.subject.doc).Get("@context")
	same, err := c.startsWith(own, carried)
	if err != nil || same && len(own.Items()) == len(carried.Items()) {
		return err
	}
	return problem(proof.CodeProofContext, c.proof.Pointer()+"/@context", "", "the document's contexts, or none")
}

// attempt makes both halves of what is signed in one form.
func (c *check) attempt(ctx context.Context, f form) attempt {
	a := attempt{form: f}
	if c.proof.odd {
		a.config = c.subject.oddOptions(ctx, f, c.proof)
	} else {
		a.config = c.subject.options(ctx, f, c.proof.value, c.proof.valueAt(), nil)
	}
	if f.disclosed = c.proof.disclosed; c.upon == nil {
		a.document = c.subject.document(ctx, f)
	} else {
		a.document = c.subject.upon(ctx, f, c.upon)
	}
	return a
}

// oddOptions is [Subject.options] of a proof with members that the model does not
// have: none of them may mean what a member of the model means.
func (s *Subject) oddOptions(ctx context.Context, f form, p *Proof) digest {
	t := jsonld.NewTrace()
	defer t.Release()
	d := s.options(ctx, f, p.value, p.valueAt(), t)
	var others []error
	for m := p.value.First(); m.Exists() && len(others) < mostFaults; m = m.Next() {
		if isMember(m.Name()) || m.Name() == "@context" {
			continue
		}
		if name := memberMeaning(t.Name(m).IRI()); name != "" {
			others = append(others, namedOtherwise(m, name))
		}
	}
	if others != nil {
		d.err = errors.Join(others...)
	}
	return d
}

// err is why there is nothing to compare a signature with. A fault of the contexts
// is met by both halves and told once.
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

// explainLoss looks, when a document is refused for what its signature does not
// cover, whether the rest was signed at all, so that both causes are told.
func (c *check) explainLoss(ctx context.Context, loss error) error {
	var p *vc.Problem
	if !errors.As(loss, &p) || p.Code != proof.CodeDataLoss || c.upon != nil {
		return loss
	}
	a := c.attempt(ctx, form{engine: c.subject.verifier.engines.present, hash: c.hash, mode: jsonld.Lenient})
	if a.err() != nil {
		return loss
	}
	if good, err := c.signed(ctx, &a); err == nil && !good {
		return errors.Join(loss, c.badSignature())
	}
	return loss
}

// signed checks the signature over one form. One that could not be made was not signed;
// the error is that the work is used up.
func (c *check) signed(ctx context.Context, a *attempt) (bool, error) {
	if a.err() != nil {
		return false, a.exhausted()
	}
	return c.proof.suite.signed(ctx, c, a)
}

func (a *attempt) exhausted() error {
	for _, err := range [...]error{a.document.err, a.config.err} {
		if errors.Is(err, jsonld.ErrExhausted) {
			return err
		}
	}
	return nil
}

func (c *check) badSignature() error {
	if c.fault != nil {
		return c.fault
	}
	if errors.Is(c.refused, &proof.Error{Code: proof.CodeInvalidKey}) {
		return words.Problem(proof.CodeInvalidKey, c.proof.Pointer()+"/verificationMethod", "")
	}
	return words.Problem(proof.CodeSignature, c.proof.valuePointer(), "")
}

// accept takes an attempt whose signature is good. What its form drops is data that
// nobody signed: in strict mode that refuses the document, which can only be met
// under other rules than today's, and in every mode where it is evidence.
func (c *check) accept(ctx context.Context, a *attempt) (*Result, error) {
	trace, err := c.subject.traceOf(ctx, a.form)
	if err != nil {
		return nil, err
	}
	r := &Result{Algorithm: c.algorithm, DocumentHash: a.document.sum, ConfigHash: a.config.sum, Trace: trace}
	if a.warning != nil {
		r.Warnings = []*vc.Problem{a.warning}
	}
	if len(a.document.dropped) == 0 {
		return r, nil
	}
	lost := lostEvidence(a.document.dropped, door.Root(c.subject.doc))
	if c.subject.mode == jsonld.Strict {
		lost = errors.Join(dropErrors(a.document.dropped)...)
	}
	if lost != nil {
		if a.warning != nil {
			lost = errors.Join(a.warning.WithSeverity(vc.SeverityError), lost)
		}
		return nil, lost
	}
	for _, drop := range a.document.dropped {
		r.Unsigned = append(r.Unsigned, dropProblem(drop).WithSeverity(vc.SeverityWarning))
	}
	return r, nil
}

// overJSON checks a suite over canonical JSON. The proof carries the contexts it was
// made under, which must begin the document's own (Data Integrity EdDSA
// Cryptosuites 1.0, 3.3.2).
func (c *check) overJSON(ctx context.Context) (*Result, error) {
	root := door.Root(c.subject.doc)
	own, carried := root.Get("@context"), c.proof.value.Get("@context")
	begins, err := c.startsWith(own, carried)
	switch {
	case err != nil:
		return nil, err
	case !begins:
		return nil, problem(proof.CodeProofContext, c.proof.Pointer()+"/@context", "", "contexts that the document's begin with")
	}
	a := &c.now
	*a = attempt{config: c.subject.hashJSON(ctx, jcs.Members(c.proof.value, "proofValue"), c.hash)}
	if c.upon == nil && (!carried.Exists() || bytes.Equal(own.Raw(), carried.Raw())) {
		a.document = c.subject.document(ctx, form{hash: c.hash})
	} else {
		a.document = c.subject.hashJSON(ctx, c.members(carried), c.hash)
	}
	if err := a.err(); err != nil {
		return nil, err
	}
	good, err := c.signed(ctx, a)
	if err != nil {
		return nil, err
	}
	if !good {
		return nil, c.badSignature()
	}
	return c.accept(ctx, a)
}

// members are those of the document as it was signed: with the contexts of then and
// the earlier proofs.
func (c *check) members(carried jsonx.Value) []jcs.Member {
	list := jcs.Members(door.Root(c.subject.doc), "proof")
	for i := range list {
		if list[i].Name == "@context" && carried.Exists() {
			list[i].Value = carried
		}
	}
	if c.upon != nil {
		list = append(list, jcs.Member{Name: "proof", Elements: c.upon})
	}
	return list
}

// startsWith compares contexts by value, item by item, and pays for it. What does
// not exist begins everything.
func (c *check) startsWith(whole, prefix jsonx.Value) (bool, error) {
	if !prefix.Exists() || bytes.Equal(whole.Raw(), prefix.Raw()) {
		return true, nil
	}
	if c.subject.budget.Spend((len(whole.Raw())+len(prefix.Raw()))/textPerUnit) != nil {
		return false, c.subject.exhausted(prefix.Pointer())
	}
	all, first := whole.Items(), prefix.Items()
	if len(first) > len(all) {
		return false, nil
	}
	for i := range first {
		if !sameJSON(all[i], first[i]) {
			return false, nil
		}
	}
	return true, nil
}

func sameJSON(a, b jsonx.Value) bool {
	if a.Kind() != b.Kind() || a.Kind() == jsonx.String {
		return a.Kind() == b.Kind() && a.Text() == b.Text()
	}
	x, errA := jcs.Append(nil, a)
	y, errB := jcs.Append(nil, b)
	return errA == nil && errB == nil && bytes.Equal(x, y)
}
