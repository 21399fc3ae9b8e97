package issue_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/issue"
)

// plugin is a signer of somebody else's.
type plugin struct {
	public crypto.PublicKey
	sign   func(message []byte) ([]byte, error)
}

func (p plugin) Public() crypto.PublicKey { return p.public }

func (p plugin) Sign(_ context.Context, _ proof.Algorithm, message []byte) ([]byte, error) {
	return p.sign(message)
}

// Nothing goes out that the key did not sign, whatever the Signer does.
func TestBadSigners(t *testing.T) {
	p256 := secret(obtest.P256).(*ecdsa.PrivateKey)
	another := world.Key(obtest.Ed25519, "another").(ed25519.PrivateKey)
	answers := func(b []byte) func([]byte) ([]byte, error) { return func([]byte) ([]byte, error) { return b, nil } }
	release := make(chan struct{})
	defer close(release)
	for name, c := range map[string]struct {
		signer  proof.Signer
		as      []issue.Form
		control bool
	}{
		"control": {plugin{edKey.Public(), func(m []byte) ([]byte, error) { return ed25519.Sign(edKey, m), nil }}, []issue.Form{"", issue.VCJWT},
			true},
		"DER": {plugin{p256.Public(), func(m []byte) ([]byte, error) {
			d := sha256.Sum256(m)
			return ecdsa.SignASN1(rand.Reader, p256, d[:])
		}}, []issue.Form{"", dataintegrity.EcdsaJcs2019, issue.VCJWT}, false},
		"DER converted": {plugin{p256.Public(), func(m []byte) ([]byte, error) {
			d := sha256.Sum256(m)
			b, _ := ecdsa.SignASN1(rand.Reader, p256, d[:])
			return proof.FromASN1(proof.ES256, b)
		}}, []issue.Form{"", issue.VCJWT}, true},
		"empty": {plugin{edKey.Public(), answers(nil)}, []issue.Form{"", issue.VCJWT}, false},
		"short": {plugin{edKey.Public(), answers(make([]byte, 63))}, []issue.Form{"", issue.VCJWT}, false},
		"another key": {plugin{edKey.Public(), func(m []byte) ([]byte, error) { return ed25519.Sign(another, m), nil }},
			[]issue.Form{"", issue.VCJWT}, false},
		"wrong algorithm": {plugin{edKey.Public(), func(m []byte) ([]byte, error) { d := sha256.Sum256(m); return ed25519.Sign(edKey, d[:]), nil }},
			[]issue.Form{"", issue.VCJWT}, false},
		"nil":       {(*plugin)(nil), []issue.Form{"", issue.VCJWT}, false},
		"slow":      {plugin{edKey.Public(), func([]byte) ([]byte, error) { <-release; return nil, nil }}, []issue.Form{"", issue.VCJWT}, false},
		"panicking": {plugin{edKey.Public(), func([]byte) ([]byte, error) { panic("bad plug-in") }}, []issue.Form{"", issue.VCJWT}, false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, as := range c.as {
				o := issue.Config{Signer: c.signer, VerificationMethod: method, Form: as}
				if name == "slow" {
					o.Timeout = 50 * time.Millisecond
				}
				issued, err := issue.Issue(context.Background(), []byte(full), o)
				if c.control {
					require.NoError(t, err)
					continue
				}
				require.Nil(t, issued)
				require.Error(t, err)
				var e *proof.Error
				require.ErrorAs(t, err, &e, "the Signer is at fault, and not the credential")
			}
		})
	}
}

func TestClockThatPanics(t *testing.T) {
	for _, as := range []issue.Form{"", issue.VCJWT} {
		c := config(t, edKey)
		c.Form, c.Now = as, func() time.Time { panic("bad plug-in") }
		issued, err := issue.Issue(t.Context(), []byte(full), c)
		require.Nil(t, issued)
		require.ErrorContains(t, err, "bad plug-in")
	}
}
