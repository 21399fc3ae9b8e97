package main

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
)

// signer issues badges in the name of an issuer.
type signer struct {
	issuer ob.Profile
	config issue.Config
}

func newSigner(o options) (*signer, error) {
	key, err := keyOf(o.key)
	if err != nil {
		return nil, err
	}
	s, err := proof.FromCrypto(key)
	if err != nil {
		return nil, err
	}
	issuer, method := o.issuer, o.issuer+"#key-1"
	if issuer == "" {
		if issuer, method, err = didkey.From(key.Public()); err != nil {
			return nil, err
		}
	}
	return &signer{ob.Profile{ID: vc.IRI(issuer), Name: vc.Plain("Issuer")},
		issue.Config{Signer: s, VerificationMethod: method, Now: o.clock}}, nil
}

// keyOf reads a private key in PKCS#8, or makes one.
func keyOf(name string) (crypto.Signer, error) {
	if name == "" {
		_, key, err := ed25519.GenerateKey(rand.Reader)
		return key, err
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("%s is no PEM", name)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s, ok := key.(crypto.Signer)
	if !ok {
		return nil, errors.New(name + " is a key that does not sign")
	}
	return s, nil
}

// badge issues the badge of an award. What the achievement is called is the product's to say;
// here it is what the plan is.
func (s *signer) badge(ctx context.Context, d *desk, decision *plan.Decision, entry *vc.CredentialStatus) ([]byte, error) {
	var wanted []string
	for leaf := range decision.Explanation.Leaves {
		name := leaf.Subject
		if statement := statementOf(d.catalog, leaf.Subject); statement != "" {
			name = statement
		}
		wanted = append(wanted, strings.TrimSpace(name+" "+leaf.Wanted))
	}
	c := d.engine.Credential(decision, ob.Award{Issuer: s.issuer, Recipient: d.learners.recipient(decision.Learner),
		Achievement: ob.NewAchievement(decision.Plan, fmt.Sprintf("Awarded by plan %s, version %d.", decision.Plan, decision.Version),
			strings.Join(wanted, "; ")), Status: entry, Now: d.clock})
	if c == nil {
		return nil, errors.New("the decision is no award by a plan of this run")
	}
	issued, err := issue.Issue(ctx, c, s.config)
	if err != nil {
		return nil, err
	}
	return issued.Bytes(), nil
}
