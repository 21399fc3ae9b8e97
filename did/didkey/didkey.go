// Package didkey resolves did:key identifiers, which hold their one public key
// in Multikey form. Nothing is fetched.
//
// A [Resolver] makes the DID document; [PublicKey] takes the short way from a
// verification method's URL to the key; [From] names a key. Supported are
// Ed25519, P-256, P-384, P-521 and RSA keys, for everything but key agreement,
// and X25519 keys for key agreement alone. No X25519 key is derived from an
// Ed25519 key.
package didkey

import (
	"context"
	"crypto"
	"crypto/ecdh"
	"errors"
	"strings"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/multikey"
)

const prefix = "did:key:"

// Resolver resolves did:key. The zero Resolver is ready, and safe for concurrent
// use.
type Resolver struct{}

// Resolve implements [did.Resolver]. The document has one method of type
// Multikey. A key that may not be used, such as a weak one, is an error of
// [did.CodeInvalidKey]; a kind of key that is not supported one of
// [did.CodeUnsupportedKey].
func (Resolver) Resolve(_ context.Context, id string) (*did.Document, error) {
	text, ok := strings.CutPrefix(id, prefix)
	if !ok {
		return nil, did.NewError(did.CodeMethodNotSupported, "the identifier is no did:key", nil)
	}
	key, err := decode(text)
	if err != nil {
		return nil, err
	}
	_, agreement := key.(*ecdh.PublicKey)
	return did.ParseDocument(document(id, text, agreement))
}

// document writes the DID document. Multibase text needs no escape.
func document(id, text string, agreement bool) []byte {
	relationships := []did.Relationship{did.Authentication, did.AssertionMethod, did.CapabilityInvocation, did.CapabilityDelegation}
	if agreement {
		relationships = []did.Relationship{did.KeyAgreement}
	}
	method := id + "#" + text
	b := make([]byte, 0, 512+12*len(id))
	b = append(b, `{"@context":["https://www.w3.org/ns/did/v1","https://w3id.org/security/multikey/v1"],"id":"`...)
	b = append(b, id...)
	b = append(b, `","verificationMethod":[{"id":"`...)
	b = append(b, method...)
	b = append(b, `","type":"Multikey","controller":"`...)
	b = append(b, id...)
	b = append(b, `","publicKeyMultibase":"`...)
	b = append(b, text...)
	b = append(b, `"}]`...)
	for _, rel := range relationships {
		b = append(b, `,"`...)
		b = append(b, rel...)
		b = append(b, `":["`...)
		b = append(b, method...)
		b = append(b, `"]`...)
	}
	return append(b, '}')
}

// decode reads the key. base58btc is the one base of the method, and a key has
// one text in it: the decoder takes no other spelling.
func decode(text string) (crypto.PublicKey, error) {
	if !strings.HasPrefix(text, "z") {
		return nil, did.NewError(did.CodeInvalidDID, "a did:key is followed by its key in base58btc, which begins with z", nil)
	}
	key, err := multikey.Decode(text)
	if err == nil {
		return key, nil
	}
	if errors.Is(err, &multikey.Error{Code: multikey.CodeUnsupported}) {
		return nil, did.NewError(did.CodeUnsupportedKey, "the key of the did:key is of another kind", err)
	}
	return nil, did.NewError(did.CodeInvalidKey, "the did:key holds no key that may be used", err)
}

// PublicKey returns the key of a verification method's URL for checking
// signatures: what resolving the document and looking up the method for
// assertionMethod or authentication would give, without making the document. The
// fragment must repeat the key. Errors are [*did.Error].
func PublicKey(methodURL string) (crypto.PublicKey, error) {
	rest, ok := strings.CutPrefix(methodURL, prefix)
	if !ok {
		return nil, did.NewError(did.CodeMethodNotSupported, "the identifier is no did:key", nil)
	}
	text, fragment, ok := strings.Cut(rest, "#")
	if !ok {
		return nil, did.NewError(did.CodeInvalidURL, "the URL has no fragment, which names a method", nil)
	}
	key, err := decode(text)
	if err != nil {
		return nil, err
	}
	if fragment != text {
		return nil, did.NewError(did.CodeMethodNotFound, "the one method of a did:key is named by the key itself", nil)
	}
	if _, agreement := key.(*ecdh.PublicKey); agreement {
		return nil, did.NewError(did.CodeRelationship, "an X25519 key is for key agreement alone", nil)
	}
	return key, nil
}

// From names a public key: its did:key, and the URL of its verification method
// for the proofs made with it. Weak keys and unsupported kinds are refused with
// the codes of [Resolver.Resolve].
func From(key crypto.PublicKey) (id, methodURL string, err error) {
	text, err := multikey.Encode(key)
	if err != nil {
		code := did.CodeInvalidKey
		if errors.Is(err, &multikey.Error{Code: multikey.CodeUnsupported}) {
			code = did.CodeUnsupportedKey
		}
		return "", "", did.NewError(code, "the key has no did:key", err)
	}
	return prefix + text, prefix + text + "#" + text, nil
}
