package dataintegrity

import (
	"context"
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// derivation is a derived proof being made (Data Integrity ECDSA Cryptosuites 1.0,
// 3.4.3).
type derivation struct {
	*signing
	proof      jsonx.Value // the base proof
	base       *embedded.BaseValue
	key        *proof.Key // of the statements
	labels     labelsBy
	label      func(number int) string // their texts, each made once
	statements *embedded.Statements
}

// open finds the base proof and reads it.
func (d *derivation) open(ctx context.Context) (err error) {
	found := 0
	for _, p := range door.Proofs(d.doc) {
		if jsonx.Content(p.Get("cryptosuite").Single()) == EcdsaSd2023 {
			d.proof = p
			found++
		}
	}
	if found != 1 {
		return words.Problem(proof.CodeNoBaseProof, door.Root(d.doc).Pointer()+"/proof", fmt.Sprintf("%d proofs of %s", found, EcdsaSd2023))
	}
	value := d.proof.Get("proofValue")
	if d.base, err = embedded.ParseBaseValue(jsonx.Content(value.Single())); err != nil {
		return d.unfit(err.Error())
	}
	if v := d.proof.Get("previousProof"); v.Exists() {
		return words.Problem(proof.CodeNoBaseProof, v.Pointer(), "a proof upon another, which would not be shown")
	}
	public, err := multikey.Decode(multibase.Encode(multibase.Base58BTC, d.base.PublicKey))
	if err == nil {
		d.key, err = proof.NewKey(public)
	}
	if err != nil || !d.key.Supports(proof.ES256) {
		return d.unfit("a key that is not on P-256")
	}
	d.labels = d.base.HMACKey
	d.label = d.labels.remembered()
	d.statements, err = d.verifier.Statements(ctx, d.doc)
	return err
}

func (d *derivation) unfit(found string) *vc.Problem {
	return words.Problem(proof.CodeNoBaseProof, d.proof.Pointer()+"/proofValue", found)
}

// derive shows what was chosen.
func (d *derivation) derive(ctx context.Context, shown *embedded.Shown) ([]byte, error) {
	always, err := d.statements.Show(d.base.Pointers)
	if err != nil {
		return nil, err
	}
	if len(d.base.Pointers) == 0 {
		always = nil
	}
	value, err := d.value(ctx, always, shown)
	if err != nil {
		return nil, err
	}
	text, numbers, err := shown.Document(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range numbers {
		value.Labels = append(value.Labels, d.labels.of(n))
	}
	doc, err := door.Numbered(vc.ParseConfig{}, d.verifier.Symbols()).Parse(text)
	if err != nil {
		return nil, err
	}
	return splice(doc, d.rewritten(value.Text())), nil
}

// value chooses the signatures of what is shown. Signatures stand in the order of the
// statements, which is that of UTF-16 where a library in JavaScript made them.
func (d *derivation) value(ctx context.Context, always, shown *embedded.Shown) (*embedded.DerivedValue, error) {
	orders := []bool{false}
	if d.statements.OtherOrder() {
		orders = append(orders, true)
	}
	mandatory := map[string]bool{}
	if always != nil {
		mandatory = always.Has(d.label)
	}
	combined := shown.Has(d.label)
	var err error
	for _, utf16 := range orders {
		var v *embedded.DerivedValue
		if v, err = d.ordered(ctx, d.statements.Lines(d.label, utf16), mandatory, combined); err == nil {
			return v, nil
		}
	}
	return nil, err
}

// ordered is the value with the signatures in one order of the statements.
func (d *derivation) ordered(ctx context.Context, lines [][]byte, mandatory, combined map[string]bool) (*embedded.DerivedValue, error) {
	if len(lines)-len(mandatory) != len(d.base.Signatures) {
		return nil, d.unfit(fmt.Sprintf("%d signatures for %d statements", len(d.base.Signatures), len(lines)-len(mandatory)))
	}
	v := &embedded.DerivedValue{Signature: d.base.Signature, PublicKey: d.base.PublicKey}
	var signed [][]byte
	signature, place := 0, 0
	for _, line := range lines {
		own := signature
		if !mandatory[string(line)] {
			signature++
		}
		if !combined[string(line)] {
			continue
		}
		if mandatory[string(line)] {
			v.Mandatory = append(v.Mandatory, place)
		} else {
			v.Signatures, signed = append(v.Signatures, d.base.Signatures[own]), append(signed, line)
		}
		place++
	}
	return v, d.fit(ctx, signed, v.Signatures)
}

// fit checks that signatures are of the statements that they stand for: the first and the
// last, since a base proof of another text has them all in other places, and each where
// their order is to be found out. Checking each is for whoever is shown them, and would take
// ten times as long as all the rest.
func (d *derivation) fit(ctx context.Context, lines, signatures [][]byte) error {
	for i, line := range lines {
		if i > 0 && i < len(lines)-1 && !d.statements.OtherOrder() {
			continue
		}
		if err := d.signs(ctx, line, signatures[i]); err != nil {
			return err
		}
	}
	return nil
}

// signs checks the signature of a statement that is shown.
func (d *derivation) signs(ctx context.Context, line, signature []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d.key.Verify(proof.ES256, line, signature) != nil {
		return d.unfit("a signature that is not of the statement of " + embedded.Predicate(line))
	}
	return nil
}

// rewritten is the base proof with another value.
func (d *derivation) rewritten(value string) []byte {
	b := []byte{'{'}
	for m := d.proof.First(); m.Exists(); m = m.Next() {
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(jcs.AppendString(b, m.Name()), ':')
		if m.Name() == "proofValue" {
			b = jcs.AppendString(b, value)
			continue
		}
		b = append(b, strings.TrimSpace(string(m.Raw()))...)
	}
	return append(b, '}')
}
