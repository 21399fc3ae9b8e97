package dataintegrity

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// EcdsaSd2023 is selective disclosure (Data Integrity ECDSA Cryptosuites 1.0, 3.4) with
// P-256: [Sign] makes the base proof, which goes to the holder and to nobody else, and
// [Derive] what the holder shows.
const EcdsaSd2023 = "ecdsa-sd-2023"

type ecdsaSd2023 struct{ named }

// value signs what is mandatory with the issuer's key, and each other statement with a
// key that is made for this document and forgotten.
func (ecdsaSd2023) value(ctx context.Context, s *signing, o *SignOptions, options []byte) (string, error) {
	statements, err := s.verifier.Statements(ctx, s.doc)
	if err != nil {
		return "", err
	}
	v := &embedded.BaseValue{HMACKey: make([]byte, 32), Pointers: o.pointers(s.doc)}
	if _, err := rand.Read(v.HMACKey); err != nil {
		return "", fmt.Errorf("dataintegrity: %w", err)
	}
	once, err := newKeyPair()
	if err != nil {
		return "", fmt.Errorf("dataintegrity: %w", err)
	}
	v.PublicKey = once.public
	shown, err := statements.Show(v.Pointers)
	if err != nil {
		return "", err
	}
	labels := labelsBy(v.HMACKey)
	mandatory, hash, lines := shown.Has(labels.text), sha256.New(), statements.Lines(labels.text, false)
	if n := len(lines) - len(mandatory); n > embedded.MaxStatements {
		return "", words.Problem(proof.CodeDisclosureTooMany, "", strconv.Itoa(n))
	}
	for _, line := range lines {
		if mandatory[string(line)] {
			hash.Write(line)
			continue
		}
		signature, err := once.sign(ctx, line)
		if err != nil {
			return "", fmt.Errorf("dataintegrity: %w", err)
		}
		v.Signatures = append(v.Signatures, signature)
	}
	config, err := s.verifier.Options(ctx, s.doc, s.suite, options)
	if err != nil {
		return "", err
	}
	v.Signature, err = s.sign(ctx, o, slices.Concat(config, v.PublicKey, hash.Sum(nil)))
	return v.Text(), err
}

// pointers are what the holder must always show.
func (o *SignOptions) pointers(doc *vc.Document) []string {
	var all []string
	if !o.SkipRequiredPointers {
		all = rules.Required(doc)
	}
	for _, p := range o.MandatoryPointers {
		if !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}

// MandatoryPointers returns the JSON pointers to what a holder must always show of a
// credential that [Sign] secures by EcdsaSd2023 with these options, of which only the
// pointers and the contexts are looked at. The warnings are of pointers that holders with
// other libraries cannot follow, since the algorithm of the specification has no answer
// to lists, to arrays of one and to the credentials of a record; what is derived by
// [Derive] verifies everywhere. Errors are [*vc.Problem]s.
func MandatoryPointers(ctx context.Context, credential []byte, o SignOptions) ([]string, []*vc.Problem, error) {
	s := &signing{verifier: o.engine()}
	if err := s.parse(credential); err != nil {
		return nil, nil, err
	}
	statements, err := s.verifier.Statements(ctx, s.doc)
	if err != nil {
		return nil, nil, err
	}
	pointers := o.pointers(s.doc)
	if _, err := statements.Show(pointers); err != nil {
		return nil, nil, err
	}
	return pointers, statements.Portable(pointers), nil
}

// keyPair is a key on P-256 that signs the statements of one document.
type keyPair struct {
	signer proof.Signer
	public []byte // as Multikey
}

func newKeyPair() (*keyPair, error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	signer, err := proof.FromCrypto(private)
	if err != nil {
		return nil, err
	}
	text, err := multikey.Encode(private.Public())
	if err != nil {
		return nil, err
	}
	public, err := multibase.Decode(text)
	return &keyPair{signer, public}, err
}

func (k *keyPair) sign(ctx context.Context, line []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return k.signer.Sign(ctx, proof.ES256, line)
}

// labelsBy makes the labels of blank nodes by a key, so that their order tells nothing of
// what is not shown.
type labelsBy []byte

func (key labelsBy) of(number int) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("c14n" + strconv.Itoa(number)))
	return mac.Sum(nil)
}

func (key labelsBy) text(number int) string { return embedded.LabelText(key.of(number)) }

// remembered is text, for those who ask for each label several times.
func (key labelsBy) remembered() func(int) string {
	made := map[int]string{}
	return func(number int) string {
		text, ok := made[number]
		if !ok {
			text = key.text(number)
			made[number] = text
		}
		return text
	}
}

// DeriveOptions says what of a credential is shown.
type DeriveOptions struct {
	// Pointers are JSON pointers (RFC 6901) into the credential: what they lead to is shown,
	// as a whole, and the types and ids of what is around it. What the issuer made mandatory
	// is shown besides, and of an embedded credential that they lead into what makes it one.
	// Lists, JSON literals, texts with their language and embedded
	// credentials with proofs of their own are shown whole or not at all. What several objects
	// of one id say alike is shown in each of them that is shown, since it is one statement.
	Pointers []string
	// Hide are, in place of Pointers, those to what is not shown: all else is. What the
	// issuer made mandatory, or makes an embedded credential one, is shown all the same.
	Hide []string
	// Contexts are those of one's own, nil for none.
	Contexts *Contexts
	// InlineContexts takes a credential that defines terms itself.
	InlineContexts bool
}

// Derive returns what the holder of a credential with a base proof (EcdsaSd2023) shows
// of it: a credential with a derived proof, which anybody can verify. Other proofs of the
// credential are left out, since they are of the whole.
//
// Whoever is shown two parts of one credential can tell that they belong together: the
// proofs share signatures and labels. Errors are [*vc.Problem]s, alone or joined; among
// them is that the base proof does not fit the credential, as far as the number of its
// signatures and the first and the last of them tell. Whether all of it is good is found
// out by verifying what is derived.
func Derive(ctx context.Context, base []byte, o DeriveOptions) ([]byte, error) {
	if len(o.Pointers) > 0 && len(o.Hide) > 0 {
		return nil, errors.New("dataintegrity: DeriveOptions has Pointers to what is shown and others to what is not")
	}
	s := &signing{verifier: (&SignOptions{Contexts: o.Contexts, InlineContexts: o.InlineContexts}).engine()}
	if err := s.parse(base); err != nil {
		return nil, err
	}
	d := &derivation{signing: s}
	if err := d.open(ctx); err != nil {
		return nil, err
	}
	if len(d.base.Pointers)+len(o.Pointers)+len(o.Hide) == 0 {
		return nil, words.Problem(proof.CodeNothingShown, "", "no pointers")
	}
	always := slices.Concat(d.base.Pointers, o.Pointers, d.statements.Within(o.Pointers), d.statements.Within(o.Hide))
	shown, err := d.statements.Show(always)
	if len(o.Hide) > 0 {
		shown, err = d.statements.ShowBut(o.Hide, always)
	}
	if err != nil {
		return nil, err
	}
	return d.derive(ctx, shown)
}
