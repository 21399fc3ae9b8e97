package multikey

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ed25519"
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Material is what a verification method says about its key. Exactly one of
// Multibase, Base58 and JWK is given; an empty text counts as absent.
type Material struct {
	Type      string // of the verification method
	Multibase string // publicKeyMultibase
	Base58    string // publicKeyBase58
	JWK       []byte // publicKeyJwk, as JSON
}

// The verification method types whose keys can check signatures here.
const (
	TypeMultikey       = "Multikey"                   // Controlled Identifiers 1.0, 2.2.2
	TypeJSONWebKey     = "JsonWebKey"                 // Controlled Identifiers 1.0, 2.2.3
	TypeJSONWebKey2020 = "JsonWebKey2020"             // JSON Web Signature 2020
	TypeEd25519In2020  = "Ed25519VerificationKey2020" // Ed25519Signature2020
	TypeEd25519In2018  = "Ed25519VerificationKey2018" // Ed25519Signature2018
)

var readTypes = []string{TypeMultikey, TypeJSONWebKey, TypeJSONWebKey2020, TypeEd25519In2020, TypeEd25519In2018}

// PublicKey reads the key of a verification method for checking signatures. The
// material must be of the one form that belongs to the type, and the key of the
// kind that the type names. algorithm is the JOSE name of the one algorithm that
// the key was published for, "" where nothing limits it to one. Errors are
// [*Error].
func PublicKey(m Material) (key crypto.PublicKey, algorithm string, err error) {
	if !slices.Contains(readTypes, m.Type) { // whose keys may be in forms that are not read
		return nil, "", refuseKind("a verification method of type", m.Type)
	}
	if err := m.oneForm(); err != nil {
		return nil, "", err
	}
	switch m.Type {
	case TypeMultikey:
		key, err = m.multikey()
	case TypeJSONWebKey, TypeJSONWebKey2020:
		return m.jwk()
	case TypeEd25519In2020:
		key, err = m.ed25519In2020()
	case TypeEd25519In2018:
		key, err = m.ed25519In2018()
	}
	return key, "", err
}

func (m *Material) oneForm() error {
	forms := 0
	for _, given := range [...]bool{m.Multibase != "", m.Base58 != "", m.JWK != nil} {
		if given {
			forms++
		}
	}
	switch forms {
	case 0:
		return refuse(CodeMissing, "the verification method has no key that can be read")
	case 1:
		return nil
	}
	return refuse(CodeAmbiguous, "the verification method has its key in more than one form")
}

func (m *Material) multikey() (crypto.PublicKey, error) {
	if m.Multibase == "" {
		return nil, refuse(CodeMismatch, "a %s has publicKeyMultibase", m.Type)
	}
	key, err := Decode(m.Multibase)
	if _, agreement := key.(*ecdh.PublicKey); agreement {
		return nil, refuse(CodeConflict, "a key for key agreement checks no signature")
	}
	return key, err
}

// jwkLimits bound a JWK: one with a chain of certificates has some dozen kilobytes, and
// all members are flat.
var jwkLimits = jsonx.Limits{Bytes: 1 << 20, Depth: 32}

func (m *Material) jwk() (crypto.PublicKey, string, error) {
	if m.JWK == nil {
		return nil, "", refuse(CodeMismatch, "a %s has publicKeyJwk", m.Type)
	}
	text, err := jsonx.Parse(m.JWK, jwkLimits, nil)
	if err != nil {
		return nil, "", &Error{Code: CodeMalformed, Detail: "the JWK is not JSON that can be read", Err: err}
	}
	k, err := ParseJWK(text.Root())
	if err != nil {
		return nil, "", err
	}
	if err := k.ForVerification(); err != nil {
		return nil, "", err
	}
	return k.Key, k.Algorithm, nil
}

func (m *Material) ed25519In2020() (crypto.PublicKey, error) {
	key, err := m.multikey()
	if err != nil {
		return nil, err
	}
	if _, ok := key.(ed25519.PublicKey); !ok {
		return nil, refuse(CodeMismatch, "the key of an %s is an Ed25519 key", m.Type)
	}
	return key, nil
}

func (m *Material) ed25519In2018() (crypto.PublicKey, error) {
	if m.Base58 == "" {
		return nil, refuse(CodeMismatch, "an %s has publicKeyBase58", m.Type)
	}
	key, err := publicBase58(m.Base58)
	if err != nil {
		return nil, err
	}
	return key, nil
}
