// Package multikey reads and writes public keys in the forms that verification
// methods have: Multikey (Controlled Identifiers 1.0, 2.2.2), JSON Web Key
// (RFC 7517), and the older Ed25519 forms.
//
// [Decode] and [Encode] deal with Multikey text, [ParseJWK] and [AppendJWK] with
// JWKs, and [PublicKey] takes the members of a verification method and makes sure
// that type and material agree. A key that any of them returns has passed
// [Check]: it is in its only encoding and strong enough, and on its curve, where that
// is not Ed25519's, of which [IsPoint] tells.
//
// Keys are those of the standard library: ed25519.PublicKey, *ecdsa.PublicKey
// (P-256, P-384, P-521), *rsa.PublicKey, and *ecdh.PublicKey for X25519. Errors
// never show key material.
package multikey

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"fmt"

	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/unsupported"
)

// Code names why a key was refused.
type Code string

// The codes of [Error].
const (
	CodeMalformed   Code = "key-malformed"         // not a key in this form: text, length, encoding
	CodeUnsupported Code = "key-unsupported"       // a kind of key that is known or unknown, and not used here
	CodeInvalid     Code = "key-invalid"           // the bytes are no point of the curve
	CodeWeak        Code = "key-weak"              // small order, too short, bad exponent
	CodeSecret      Code = "key-secret"            // secret key material where a public key belongs
	CodeConflict    Code = "key-conflict"          // use, key_ops or alg speak against the key's use
	CodeMismatch    Code = "key-material-mismatch" // the material is not what the method's type says
	CodeMissing     Code = "key-missing"           // no material
	CodeAmbiguous   Code = "key-ambiguous"         // material in more than one form
)

// Error says why a key was refused.
type Error struct {
	Code    Code
	Pointer string // JSON Pointer to the member, where the key stands in a document
	Detail  string
	Err     error // the cause beneath, if any

	// Kind is the name under which internal/unsupported has the kind of key, "" where
	// nobody defined such a kind. Only errors of [CodeUnsupported] have one.
	Kind string
}

// Error implements error.
func (e *Error) Error() string {
	text := string(e.Code)
	if e.Pointer != "" {
		text += " at " + e.Pointer
	}
	text += ": " + e.Detail
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the cause beneath.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is an Error of the same code.
func (e *Error) Is(target error) bool {
	other, ok := target.(*Error)
	return ok && other.Code == e.Code
}

func refuse(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Detail: fmt.Sprintf(format, args...)}
}

// refuseKind refuses a kind of key that is none of those that are read here.
func refuseKind(what, name string) *Error {
	e := refuse(CodeUnsupported, "%s %s is not supported", what, quote.Text(name))
	if known, ok := unsupported.Find(unsupported.Key, name); ok {
		e.Kind = known.Name
	}
	return e
}

// Decode reads a public key in Multikey form, in either base of Multibase.
// Errors are [*Error].
func Decode(text string) (crypto.PublicKey, error) {
	b, err := multibase.Decode(text)
	if err != nil {
		return nil, &Error{Code: CodeMalformed, Detail: "not a Multibase text", Err: err}
	}
	code, key, err := multibase.Varint(b)
	if err != nil {
		return nil, &Error{Code: CodeMalformed, Detail: "no Multicodec prefix", Err: err}
	}
	public, err := decodePublic(code, key)
	if err != nil {
		return nil, err // no typed nil beside it
	}
	return public, nil
}

func decodePublic(code uint64, key []byte) (crypto.PublicKey, error) {
	switch code {
	case codeEd25519:
		return publicEd25519(key)
	case codeX25519:
		return publicX25519(key)
	case codeRSA:
		return publicPKCS1(key)
	}
	if c, ok := curveOfCode(code); ok {
		return c.compressed(key)
	}
	if name, secret := nameOfCode(code); secret {
		return nil, refuse(CodeSecret, "the text is a secret key (%s)", name)
	} else if name != "" {
		return nil, refuseKind("a key of kind", name)
	}
	return nil, refuse(CodeUnsupported, "Multicodec 0x%x is not a kind of public key that is supported", code)
}

// Encode writes a public key in Multikey form, base58btc. The key must pass
// [Check] or be an X25519 key; errors are [*Error].
func Encode(key crypto.PublicKey) (string, error) {
	b, err := appendPublic(nil, key)
	if err != nil {
		return "", err
	}
	return multibase.Encode(multibase.Base58BTC, b), nil
}

// appendPublic appends the Multicodec prefix and the key.
func appendPublic(dst []byte, key crypto.PublicKey) ([]byte, error) {
	if err := Check(key); err != nil {
		return nil, err
	}
	switch key := key.(type) {
	case ed25519.PublicKey:
		return append(multibase.AppendVarint(dst, codeEd25519), key...), nil
	case *ecdh.PublicKey:
		return append(multibase.AppendVarint(dst, codeX25519), key.Bytes()...), nil
	case *rsa.PublicKey:
		return append(multibase.AppendVarint(dst, codeRSA), x509.MarshalPKCS1PublicKey(key)...), nil
	case *ecdsa.PublicKey:
		c, _ := curveOf(key.Curve)
		return c.appendCompressed(multibase.AppendVarint(dst, c.code), key)
	}
	return nil, unsupportedType(key)
}

// Check refuses a key that must not be used: Ed25519 points of small order or
// in another than their one encoding, points off the other curves, RSA keys outside
// 2048 to 8192 bits, with an even or extreme exponent or of the ROCA form, and
// kinds of key that Laurel does not know. Errors are [*Error].
func Check(key crypto.PublicKey) error {
	switch key := key.(type) {
	case ed25519.PublicKey:
		return checkEd25519(key)
	case *ecdsa.PublicKey:
		return checkECDSA(key)
	case *rsa.PublicKey:
		return checkRSA(key)
	case *ecdh.PublicKey:
		return checkX25519(key)
	}
	return unsupportedType(key)
}

func unsupportedType(key crypto.PublicKey) *Error {
	return refuse(CodeUnsupported, "a public key of type %T is not supported", key)
}
