// Package didjwk resolves did:jwk identifiers, which hold a public JSON Web Key
// in base64url. Nothing is fetched.
//
// The key's one verification method is "#0". What it is listed for follows the
// JWK's use: sig for everything but key agreement, enc for key agreement alone,
// without use for all.
package didjwk

import (
	"context"
	"crypto"
	"errors"
	"strings"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/multikey"
)

const prefix = "did:jwk:"

// Resolver resolves did:jwk. The zero Resolver is ready, and safe for concurrent
// use.
type Resolver struct{}

// Resolve implements [did.Resolver]. The document has one method of type
// JsonWebKey2020. A JWK that is broken, weak, or has secret members is an error
// of [did.CodeInvalidKey]; a kind of key that is not supported one of
// [did.CodeUnsupportedKey].
func (Resolver) Resolve(_ context.Context, id string) (*did.Document, error) {
	text, ok := strings.CutPrefix(id, prefix)
	if !ok {
		return nil, did.NewError(did.CodeMethodNotSupported, "the identifier is no did:jwk", nil)
	}
	if len(id) > did.MaxLength {
		return nil, did.NewError(did.CodeInvalidDID, "the identifier is too long", nil)
	}
	src, err := multibase.DecodeBase64(text)
	if err != nil {
		return nil, did.NewError(did.CodeInvalidDID, "what follows did:jwk is not base64url", err)
	}
	doc, err := jsonx.Parse(src, jsonx.Limits{Depth: 8}, nil)
	if err != nil {
		return nil, did.NewError(did.CodeInvalidKey, "what follows did:jwk is not JSON", err)
	}
	jwk, err := multikey.ParseJWK(doc.Root())
	if err != nil {
		return nil, keyError(err)
	}
	relationships, err := listedFor(jwk.Use)
	if err != nil {
		return nil, err
	}
	return did.ParseDocument(document(id, doc.Root().Raw(), relationships))
}

// listedFor follows the method's rule on use.
func listedFor(use string) ([]did.Relationship, error) {
	signing := []did.Relationship{did.Authentication, did.AssertionMethod, did.CapabilityInvocation, did.CapabilityDelegation}
	switch use {
	case "":
		return append(signing, did.KeyAgreement), nil
	case "sig":
		return signing, nil
	case "enc":
		return []did.Relationship{did.KeyAgreement}, nil
	}
	return nil, did.NewError(did.CodeInvalidKey, "the JWK's use is neither sig nor enc", nil)
}

// document writes the DID document around the JWK as it came.
func document(id string, jwk []byte, relationships []did.Relationship) []byte {
	b := make([]byte, 0, 512+8*len(id)+len(jwk))
	b = append(b, `{"@context":["https://www.w3.org/ns/did/v1","https://w3id.org/security/suites/jws-2020/v1"],"id":"`...)
	b = append(b, id...)
	b = append(b, `","verificationMethod":[{"id":"`...)
	b = append(b, id...)
	b = append(b, `#0","type":"JsonWebKey2020","controller":"`...)
	b = append(b, id...)
	b = append(b, `","publicKeyJwk":`...)
	b = append(b, jwk...)
	b = append(b, `}]`...)
	for _, rel := range relationships {
		b = append(b, `,"`...)
		b = append(b, rel...)
		b = append(b, `":["`...)
		b = append(b, id...)
		b = append(b, `#0"]`...)
	}
	return append(b, '}')
}

func keyError(err error) error {
	code := did.CodeInvalidKey
	if errors.Is(err, &multikey.Error{Code: multikey.CodeUnsupported}) {
		code = did.CodeUnsupportedKey
	}
	return did.NewError(code, "the JWK is refused", err)
}

// From names a public key: its did:jwk, made of the required members alone, and
// the URL of its verification method. Weak keys and unsupported kinds are refused
// with the codes of [Resolver.Resolve].
func From(key crypto.PublicKey) (id, methodURL string, err error) {
	jwk, err := multikey.AppendJWK(nil, key)
	if err != nil {
		return "", "", keyError(err)
	}
	id = prefix + multibase.EncodeBase64(jwk)
	return id, id + "#0", nil
}
