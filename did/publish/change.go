package publish

import (
	"crypto"
	"errors"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/proof"
)

// Errors of changes, for errors.Is.
var (
	ErrName    = errors.New("publish: a name of a key is 1 to 64 of a-z A-Z 0-9 . _ ~ - and is used once")
	ErrSameKey = errors.New("publish: the key is in the document already, under another name")
	ErrTooMany = fmt.Errorf("publish: a document has at most %d keys, which is what verifiers read", did.MaxMethods)
	ErrNoKey   = errors.New("publish: the document has no such key for assertion")
	ErrState   = errors.New("publish: the key is retired or revoked already")
)

// Add returns the issuer with one more key, under a name that becomes the fragment of its
// URL. The key is ed25519.PublicKey, *ecdsa.PublicKey on P-256, P-384 or P-521, which are
// written as Multikey, or *rsa.PublicKey, as JsonWebKey. Errors are [ErrName], [ErrSameKey],
// [ErrTooMany], a [*proof.Error] of a key that no verifier takes, and the [*vc.Problem] of a
// document that has become too long.
func (i *Issuer) Add(name string, public crypto.PublicKey) (*Issuer, error) {
	if err := i.admits(name, public); err != nil {
		return nil, err
	}
	m, context, err := i.newMethod(name, public)
	if err != nil {
		return nil, fmt.Errorf("publish: %w", err)
	}
	d := newDraft(i.root)
	d.addContext(i.ID(), context)
	if publicKeysCount(i.root) {
		d.append("publicKey", m)
	} else {
		d.append("verificationMethod", m)
		d.append(string(did.AssertionMethod), jcs.AppendString(nil, i.ID()+"#"+name))
	}
	return read(d.bytes(), i.retired())
}

// publicKeysCount reports whether the keys of a Profile stand under publicKey, as Open
// Badges had them, which verifiers ask where there is no assertionMethod. Another key has
// to stand there too: an assertionMethod beside them would take their use from them.
func publicKeysCount(root jsonx.Value) bool {
	_, isDID := did.Parse(jsonx.Content(root.Get("id")))
	return isDID != nil && root.Get("publicKey").Exists() && !root.Get(string(did.AssertionMethod)).Exists()
}

// admits judges a new name and a new key.
func (i *Issuer) admits(name string, public crypto.PublicKey) error {
	if err := i.made(); err != nil {
		return err
	}
	if !isName(name) || i.uses(name) {
		return fmt.Errorf("%w: %s", ErrName, quote.Text(name))
	}
	if _, err := proof.NewKey(public); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	for n := range i.keys {
		if k := &i.keys[n]; k.Public != nil && same(k.Public, public) {
			return fmt.Errorf("%w: %s", ErrSameKey, quote.Text(k.Name))
		}
	}
	if len(i.keys) >= did.MaxMethods || methods(i.root) >= did.MaxMethods {
		return ErrTooMany
	}
	return nil
}

// isName reports whether a name is a fragment that nobody has to escape.
func isName(name string) bool {
	for _, c := range []byte(name) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && c != '.' && c != '_' && c != '~' && c != '-' {
			return false
		}
	}
	return name != "" && len(name) <= 64
}

// uses reports whether anything in the document has the name: a key of another use, a
// service.
func (i *Issuer) uses(name string) bool {
	if _, ok := i.find(name); ok {
		return true
	}
	used := false
	walk(i.root, func(v jsonx.Value) {
		if v.Name() == "id" && v.Kind() == jsonx.String {
			absolute, err := did.Absolute(i.ID(), v.Text())
			used = used || err == nil && absolute == i.ID()+"#"+name
		}
	})
	return used
}

// Retire returns the issuer with a key that does not sign from an instant on. It stays in
// the document, which does not change, so that what it signed is good: see the package
// comment. Errors are [ErrNoKey], and [ErrState] where it is retired or revoked already.
func (i *Issuer) Retire(name string, at time.Time) (*Issuer, error) {
	k, err := i.living(name, at)
	if err != nil {
		return nil, err
	}
	if !k.Retired.IsZero() {
		return nil, fmt.Errorf("%w: %s", ErrState, quote.Text(name))
	}
	retired := i.retired()
	retired[k.URL] = at.UTC()
	return read(i.root.Raw(), retired)
}

// Revoke returns the issuer with a key of which nothing is good from an instant on,
// whenever it was signed: the document says revoked. It may be retired. Errors are
// [ErrNoKey], also for a key that the document refers to and has not, and [ErrState] where
// it is revoked already.
func (i *Issuer) Revoke(name string, at time.Time) (*Issuer, error) {
	k, err := i.living(name, at)
	if err != nil {
		return nil, err
	}
	d := newDraft(i.root)
	if !d.revoke(i.ID(), k.URL, at) {
		return nil, fmt.Errorf("%w that could be revoked here: %s", ErrNoKey, quote.Text(name))
	}
	return read(d.bytes(), i.retired())
}

// living is a key that is not revoked.
func (i *Issuer) living(name string, at time.Time) (*Key, error) {
	if err := i.made(); err != nil {
		return nil, err
	}
	k, ok := i.find(name)
	switch {
	case at.IsZero() || at.Year() > 9999:
		return nil, errors.New("publish: an instant between the years 1 and 9999 is needed")
	case !ok:
		return nil, fmt.Errorf("%w: %s", ErrNoKey, quote.Text(name))
	case !k.Revoked.IsZero():
		return nil, fmt.Errorf("%w: %s", ErrState, quote.Text(name))
	}
	return k, nil
}

// RollOver returns the issuer with one more key, of which all others that sign are
// retired at that instant. Errors are those of [Issuer.Add].
func (i *Issuer) RollOver(name string, public crypto.PublicKey, at time.Time) (*Issuer, error) {
	next, err := i.Add(name, public)
	if err != nil {
		return nil, err
	}
	for _, k := range i.keys {
		if k.Retired.IsZero() && k.Revoked.IsZero() {
			if next, err = next.Retire(k.Name, at); err != nil {
				return nil, err
			}
		}
	}
	return next, nil
}

// retired is when keys were retired, by their URL.
func (i *Issuer) retired() map[string]time.Time {
	retired := map[string]time.Time{}
	for _, k := range i.keys {
		if !k.Retired.IsZero() {
			retired[k.URL] = k.Retired
		}
	}
	return retired
}
