package publish

import (
	"errors"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/proof"
)

// Why a signer is not to sign, for errors.Is.
var (
	ErrNotListed   = errors.New("publish: the issuer's document does not list the signer's key for assertion")
	ErrRetired     = errors.New("publish: the signer's key is retired")
	ErrRevoked     = errors.New("publish: the signer's key is revoked, or has expired")
	ErrNotYetValid = errors.New("publish: the signer's key is not valid yet")
)

// Method returns the verification method under which the document lists the public key of
// a signer, as it stands now: see [Issuer.MethodAt].
func (i *Issuer) Method(s proof.Signer) (string, error) { return i.MethodAt(s, time.Now()) }

// MethodAt returns the verification method under which the document lists the public key
// of a signer, for issue.Config.VerificationMethod. Errors are [ErrNotListed], [ErrRetired],
// [ErrRevoked] and [ErrNotYetValid], one of [did.CodeDeactivated], and a [*proof.Error] of
// the signer. That the document is published is the caller's part: serve it before
// anything is signed.
func (i *Issuer) MethodAt(s proof.Signer, at time.Time) (string, error) {
	if err := i.made(); err != nil {
		return "", err
	}
	key, err := proof.KeyOf(s)
	if err != nil {
		return "", fmt.Errorf("publish: the signer: %w", err)
	}
	if i.document.Deactivated() {
		return "", fmt.Errorf("publish: %w", did.NewError(did.CodeDeactivated, quote.Text(i.ID())+" is deactivated", nil))
	}
	why := ErrNotListed
	for n := range i.keys {
		k := &i.keys[n]
		if k.Public == nil || !same(k.Public, key.Public()) {
			continue
		}
		if k.Signs(at) {
			return k.URL, nil
		}
		why = fmt.Errorf("%w: %s", k.idle(at), quote.Text(k.Name))
	}
	return "", why
}

// idle is why a key does not sign.
func (k *Key) idle(at time.Time) error {
	switch {
	case at.Before(k.NotBefore):
		return ErrNotYetValid
	case k.Verifies(at):
		return ErrRetired
	}
	return ErrRevoked
}
