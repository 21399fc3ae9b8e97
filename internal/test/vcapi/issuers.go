package vcapi

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"slices"

	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// The kinds of key, by the names that the suites have for them.
const (
	keyEd25519 = "Ed25519"
	keyP256    = "P-256"
	keyP384    = "P-384"
)

// forms are the issuers: a form of proof, the key that makes it, and for what the
// suites look for it.
var forms = []struct {
	form issue.Form
	key  string
	tags []string
}{
	{dataintegrity.EddsaRdfc2022, keyEd25519, []string{dataintegrity.EddsaRdfc2022, tagModel}},
	{dataintegrity.EddsaJcs2022, keyEd25519, []string{dataintegrity.EddsaJcs2022}},
	{dataintegrity.EcdsaRdfc2019, keyP256, []string{dataintegrity.EcdsaRdfc2019}},
	{dataintegrity.EcdsaRdfc2019, keyP384, []string{dataintegrity.EcdsaRdfc2019}},
	{dataintegrity.EcdsaJcs2019, keyP256, []string{dataintegrity.EcdsaJcs2019}},
	{dataintegrity.EcdsaJcs2019, keyP384, []string{dataintegrity.EcdsaJcs2019}},
	{dataintegrity.EcdsaSd2023, keyP256, []string{dataintegrity.EcdsaSd2023}},
	{dataintegrity.Ed25519Signature2020, keyEd25519, []string{dataintegrity.Ed25519Signature2020}},
	{issue.VCJOSE, keyP256, []string{tagEnvelope}},
}

// The tags of the suite of the data model, and of who shows a part of a credential.
const (
	tagModel    = "vc2.0"
	tagEnvelope = "EnvelopingProof"
	tagHolder   = "vcHolder"
)

// issuer is one form of proof with a did:key of its own.
type issuer struct {
	strict, late *issue.Issuer // late signs what is over as well
	id           string
	config       issue.Config
}

// newIssuer makes the doors of an issuer.
func newIssuer(c issue.Config, id string) (issuer, error) {
	i := issuer{id: id, config: c}
	var err error
	if i.strict, err = issue.New(context.Background(), c); err != nil {
		return issuer{}, err
	}
	c.AllowFindings = true
	i.late, err = issue.New(context.Background(), c)
	return i, err
}

// with is the same issuer, of whose credentials more must always be shown.
func (i issuer) with(pointers []string) (issuer, error) {
	if pointers == nil {
		return i, nil
	}
	c := i.config
	c.MandatoryPointers = pointers
	return newIssuer(c, i.id)
}

// issue signs what vc/issue signs, and a credential against which nothing speaks but
// that it has expired: the suite of the data model has such ones issued.
func (i issuer) issue(ctx context.Context, credential []byte) (*issue.Issued, error) {
	issued, err := i.strict.Issue(ctx, credential)
	if refused, ok := errors.AsType[*issue.Error](err); ok && !slices.ContainsFunc(refused.Problems, standing) {
		return i.late.Issue(ctx, credential)
	}
	return issued, err
}

func standing(p *vc.Problem) bool { return p.Code != verify.CodeExpired }

// fresh is an issuer with a key that nobody had before.
func fresh(form issue.Form, kind string) (issuer, error) {
	key, err := newKey(kind)
	if err != nil {
		return issuer{}, err
	}
	signer, err := proof.FromCrypto(key)
	if err != nil {
		return issuer{}, err
	}
	id, method, err := didkey.From(key.Public())
	if err != nil {
		return issuer{}, err
	}
	return newIssuer(issue.Config{Signer: signer, VerificationMethod: method, Form: form, Kinds: []string{verify.AnyKind},
		InlineContexts: anyContext}, id)
}

func newKey(kind string) (crypto.Signer, error) {
	switch kind {
	case keyP256:
		return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case keyP384:
		return ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	return key, err
}

// anyContext takes every context that a document defines itself. The suites define
// terms so in good documents and bad ones, and a bad one is to be refused for its own fault.
func anyContext([]byte) bool { return true }
