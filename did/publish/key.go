package publish

import (
	"bytes"
	"crypto"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/method"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// Key is a key that an issuer's document lists for assertion.
type Key struct {
	// Name is the fragment of URL, or the whole of a URL outside of the document.
	Name string
	// URL is that of the verification method, as proofs name it.
	URL string
	// Public is the key, nil where the document has it not under a URL of its own, or it is
	// none that can be used: [Issuer.Problems] says why. It must not be changed.
	Public crypto.PublicKey
	// Algorithms are those that the key is published for, the usual one first. One of a JWK
	// with alg is that alone: set issue.Config.Algorithm to it.
	Algorithms []proof.Algorithm

	NotBefore time.Time // first instant at which it counts, by its JWK; zero where that is not said
	Retired   time.Time // since when it does not sign, zero where it does; no part of the document
	Revoked   time.Time // since when it does not count, zero where it does
	Expires   time.Time // when it ceases to count, by the document; zero where that has no end for it
}

// Verifies reports whether verifiers take signatures of the key at an instant, whenever
// they were made.
func (k *Key) Verifies(at time.Time) bool {
	return k.Public != nil && !at.Before(k.NotBefore) && !since(k.Revoked, at) && !since(k.Expires, at)
}

// Signs reports whether the key is one to sign with at an instant: it verifies, and is
// not retired.
func (k *Key) Signs(at time.Time) bool { return k.Verifies(at) && !since(k.Retired, at) }

// since reports whether an instant is reached, of which the zero time is none.
func since(begin, at time.Time) bool { return !begin.IsZero() && !at.Before(begin) }

// readKeys reads the keys that are listed for assertion.
func (i *Issuer) readKeys(retired map[string]time.Time) {
	for _, err := range i.document.Problems() {
		i.told(err)
	}
	seen := map[string]bool{}
	for _, url := range i.document.Listed(did.AssertionMethod) {
		if seen[url] {
			continue
		}
		seen[url] = true
		k := Key{Name: i.nameOf(url), URL: url}
		i.told(i.fill(&k))
		k.Retired = retired[url]
		i.keys = append(i.keys, k)
	}
}

// told keeps what is wrong, once.
func (i *Issuer) told(err error) {
	p := vc.ProblemOf(err)
	if p != nil && !slices.ContainsFunc(i.problems, func(q *vc.Problem) bool { return q.Code == p.Code && q.Pointer == p.Pointer }) {
		i.problems = append(i.problems, p)
	}
}

// nameOf is the fragment of a URL in the document.
func (i *Issuer) nameOf(url string) string {
	if fragment, ok := strings.CutPrefix(url, i.ID()+"#"); ok {
		return fragment
	}
	return url
}

// fill takes what the document says of a key. That it says nothing is no fault: the key
// is published elsewhere.
func (i *Issuer) fill(k *Key) error {
	m, err := i.document.Definition(k.URL)
	switch {
	case errors.Is(err, &did.Error{Code: did.CodeMethodNotFound}):
		return nil
	case err != nil:
		return err
	}
	k.NotBefore, k.Revoked, k.Expires = m.NotBefore, m.Revoked, m.Expires
	if m.Controller != i.ID() {
		return &did.Error{Code: did.CodeMethodController, Pointer: m.Pointer, Detail: "the key is controlled by somebody else"}
	}
	key, err := method.Key(m)
	if err != nil {
		return unusable(m.Pointer, err)
	}
	if k.Algorithms = key.Algorithms(); len(k.Algorithms) == 0 {
		return unusable(m.Pointer, &proof.Error{Code: proof.CodeKey, Detail: "its alg is no algorithm that is used here"})
	}
	if k.Name != k.URL { // a key of another document is that document's, whatever is said here
		k.Public = key.Public()
	}
	return nil
}

// unusable is what verifiers say of a key that they cannot use.
func unusable(pointer string, err error) error {
	code := did.CodeInvalidKey
	if errors.Is(err, &multikey.Error{Code: multikey.CodeUnsupported}) || errors.Is(err, &proof.Error{Code: proof.CodeKey}) {
		code = did.CodeUnsupportedKey
	}
	e := did.NewError(code, "verifiers refuse the key", err)
	e.Pointer = pointer
	return e
}

// find returns the key of a name, or of a URL.
func (i *Issuer) find(name string) (*Key, bool) {
	for n := range i.keys {
		if k := &i.keys[n]; k.Name == name || k.URL == name {
			return k, true
		}
	}
	return nil, false
}

// same reports whether two public keys are one.
func same(a, b crypto.PublicKey) bool {
	x, errX := multikey.AppendJWK(nil, a)
	y, errY := multikey.AppendJWK(nil, b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
