package embedded

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// newEcdsaSd2023 is ecdsa-sd-2023 (Data Integrity ECDSA Cryptosuites 1.0, 3.4): the
// holder of a document shows a part of it. Only derived proofs are checked: a base
// proof has the key that all blank nodes could be told by, and is its holder's alone.
var newEcdsaSd2023 = &ecdsaSd{facts: facts{name: ecdsaSd2023}}

type ecdsaSd struct {
	facts
	overStatements
}

// algorithm is ECDSA with P-256, the one curve of the suite.
func (*ecdsaSd) algorithm(key *proof.Key) (proof.Algorithm, rdf.Hash, bool) {
	return proof.ES256, rdf.SHA256, key.Supports(proof.ES256)
}

// disclosure is a derived proof value that may be checked.
type disclosure struct {
	*DerivedValue
	key *proof.Key // that signed the statements
}

func (*ecdsaSd) value(text string, p *Proof) *vc.Problem {
	if len(p.previous) > 0 {
		return problem(proof.CodeProofChain, p.previous[0].Pointer(), "previousProof", "no earlier proof: what is derived leaves them out")
	}
	v, err := ParseDerivedValue(text)
	if err != nil {
		return disclosureProblem(err)
	}
	d := &disclosure{DerivedValue: v}
	public, err := multikey.Decode(multibase.Encode(multibase.Base58BTC, v.PublicKey))
	if err == nil {
		d.key, err = proof.NewKey(public)
	}
	if err != nil || !d.key.Supports(proof.ES256) {
		return words.Problem(proof.CodeDisclosureValue, "", "a key that is not on P-256")
	}
	p.signature, p.disclosed = v.Signature, d
	return nil
}

func disclosureProblem(err error) *vc.Problem {
	switch {
	case errors.Is(err, errBase):
		return words.Problem(proof.CodeProofIsBase, "", "")
	case errors.Is(err, errTooMany):
		return problem(proof.CodeDisclosureTooMany, "", err.Error(), fmt.Sprintf("at most %d", MaxStatements))
	}
	return words.Problem(proof.CodeDisclosureValue, "", err.Error())
}

// digest tells the statements of a document apart as the proof says.
func (d *disclosure) digest(set *rdf.Dataset, canonical *rdf.Canonical, utf16 bool) digest {
	labels, err := d.labelsOf(set, canonical)
	if err != nil {
		return digest{fault: err}
	}
	lines := set.Lines(func(n int32) string { return labels[n] }, utf16)
	if n := len(d.Mandatory); n > 0 && d.Mandatory[n-1] >= len(lines) {
		return digest{fault: problem(proof.CodeDisclosureIndexes, "", fmt.Sprint(d.Mandatory[n-1]), fmt.Sprintf("below %d", len(lines)))}
	}
	hash, mandatory := sha256.New(), d.Mandatory
	var others [][]byte
	for i, line := range lines {
		if len(mandatory) > 0 && mandatory[0] == i {
			hash.Write(line)
			mandatory = mandatory[1:]
			continue
		}
		others = append(others, line)
	}
	made := digest{sum: hash.Sum(nil), others: others}
	if len(others) != len(d.Signatures) {
		made.fault = problem(proof.CodeDisclosureCount, "", fmt.Sprintf("%d signatures", len(d.Signatures)), fmt.Sprint(len(others)))
	}
	return made
}

// labelsOf are the labels by node. The map has one for each blank node of the document
// and no other.
func (d *disclosure) labelsOf(set *rdf.Dataset, canonical *rdf.Canonical) ([]string, error) {
	labels, named := make([]string, set.Nodes), 0
	for n := range labels {
		number := canonical.Number(int32(n))
		if number < 0 {
			continue
		}
		if named++; number < len(d.Labels) {
			labels[n] = LabelText(d.Labels[number])
		}
	}
	if named != len(d.Labels) {
		return nil, problem(proof.CodeDisclosureLabels, "", fmt.Sprint(len(d.Labels)), fmt.Sprint(named))
	}
	return labels, nil
}

// signed checks the issuer's signature over what is mandatory and over the key of the
// statements, and that key's over each statement besides.
func (*ecdsaSd) signed(ctx context.Context, c *check, a *attempt) (bool, error) {
	d := c.proof.disclosed
	at := c.proof.Pointer() + "/proofValue"
	if fault := a.document.fault; fault != nil {
		c.note(fault, at)
		return false, nil
	}
	if c.subject.budget.Spend(unitsPerSignature*(1+len(d.Signatures))) != nil {
		return false, c.subject.exhausted(c.proof.Pointer())
	}
	message := bytes.Join([][]byte{a.config.sum, d.PublicKey, a.document.sum}, nil)
	if c.refused = c.key.Verify(c.algorithm, message, c.proof.signature); c.refused != nil {
		c.note(words.Problem(proof.CodeSignature, at, ""), at)
		return false, nil
	}
	for i, line := range a.document.others {
		if i%64 == 0 && ctx.Err() != nil {
			return false, nil
		}
		if d.key.Verify(proof.ES256, line, d.Signatures[i]) != nil {
			c.note(words.Problem(proof.CodeStatementSignature, at, "a statement of "+Predicate(line)), at)
			return false, nil
		}
	}
	return true, nil
}

// Predicate is what a statement is about, which tells nobody of whom it is and what it
// says.
func Predicate(line []byte) string { return vc.Quote(string(bytes.Fields(line)[1])) }

// note keeps why the first form was not what was signed.
func (c *check) note(fault error, at string) {
	var p *vc.Problem
	if c.fault != nil || !errors.As(fault, &p) {
		return
	}
	told := *p
	told.Pointer = at
	c.fault = &told
}
