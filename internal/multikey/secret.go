package multikey

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/subtle"
	"math/big"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
)

// DecodeSecret reads a secret key in Multikey form (secretKeyMultibase): Ed25519,
// P-256, P-384 or P-521. The result is an ed25519.PrivateKey or an
// *ecdsa.PrivateKey. The older Ed25519 form of 64 bytes, seed and public key, is
// read where the two agree.
func DecodeSecret(text string) (crypto.Signer, error) {
	b, err := multibase.Decode(text)
	if err != nil {
		return nil, &Error{Code: CodeMalformed, Detail: "not a Multibase text", Err: err}
	}
	code, key, err := multibase.Varint(b)
	if err != nil {
		return nil, &Error{Code: CodeMalformed, Detail: "no Multicodec prefix", Err: err}
	}
	if code == codeEd25519Secret {
		return secretEd25519(key)
	}
	if c, ok := curveOfSecret(code); ok {
		return c.secretKey(key)
	}
	name, secret := nameOfCode(code)
	if secret {
		return nil, refuse(CodeUnsupported, "secret keys of kind %s are not supported", name)
	}
	return nil, refuse(CodeMalformed, "the text is no secret key")
}

func secretEd25519(b []byte) (crypto.Signer, error) {
	if len(b) != ed25519.SeedSize && len(b) != ed25519.PrivateKeySize {
		return nil, refuse(CodeMalformed, "an Ed25519 secret key has %d bytes, this one %d", ed25519.SeedSize, len(b))
	}
	key := ed25519.NewKeyFromSeed(b[:ed25519.SeedSize])
	if len(b) == ed25519.PrivateKeySize && subtle.ConstantTimeCompare(key, b) != 1 {
		return nil, refuse(CodeMalformed, "the Ed25519 secret key and its public key do not belong together")
	}
	return key, nil
}

func (c *curve) secretKey(b []byte) (crypto.Signer, error) {
	key, err := ecdsa.ParseRawPrivateKey(c.params, b)
	if err != nil {
		return nil, refuse(CodeMalformed, "not a secret key of %s: %d bytes from 1 to the order", c.name, c.size)
	}
	return key, nil
}

// EncodeSecret writes an Ed25519, P-256, P-384 or P-521 secret key in Multikey
// form, base58btc.
func EncodeSecret(key crypto.Signer) (string, error) {
	switch key := key.(type) {
	case ed25519.PrivateKey:
		if len(key) != ed25519.PrivateKeySize {
			return "", refuse(CodeMalformed, "an Ed25519 secret key has %d bytes", ed25519.PrivateKeySize)
		}
		return encodeSecret(codeEd25519Secret, key.Seed()), nil
	case *ecdsa.PrivateKey:
		if key == nil {
			return "", refuse(CodeMissing, "an empty key")
		}
		c, ok := curveOf(key.Curve)
		if !ok {
			return "", refuse(CodeUnsupported, "the curve of the key is not supported")
		}
		b, err := key.Bytes()
		if err != nil {
			return "", refuse(CodeMalformed, "not a secret key of %s", c.name)
		}
		return encodeSecret(c.secret, b), nil
	}
	return "", refuse(CodeUnsupported, "a secret key of type %T has no Multikey form here", key)
}

func encodeSecret(code uint64, key []byte) string {
	return multibase.Encode(multibase.Base58BTC, append(multibase.AppendVarint(nil, code), key...))
}

// ParseSecretJWK reads a secret JWK: Ed25519, EC with P-256, P-384 or P-521, or
// RSA with two primes. Its public members must belong to the secret ones. The
// result is an ed25519.PrivateKey, *ecdsa.PrivateKey or *rsa.PrivateKey.
func ParseSecretJWK(v jsonx.Value) (crypto.Signer, error) {
	if v.Kind() != jsonx.Object {
		return nil, at(v, refuse(CodeMalformed, "a JWK is an object, not %s", v.Kind()))
	}
	public, err := parseKey(v)
	if err != nil {
		return nil, err
	}
	d, err := octets(v, "d")
	if err != nil {
		return nil, err
	}
	key, err := secretFor(v, public, d)
	if err != nil {
		return nil, at(v.Get("d"), err)
	}
	return key, nil
}

func secretFor(v jsonx.Value, public crypto.PublicKey, d []byte) (crypto.Signer, error) {
	switch public := public.(type) {
	case ed25519.PublicKey:
		if len(d) != ed25519.SeedSize {
			return nil, refuse(CodeMalformed, "an Ed25519 secret key has %d bytes, this one %d", ed25519.SeedSize, len(d))
		}
		key := ed25519.NewKeyFromSeed(d)
		if !bytes.Equal(key[ed25519.SeedSize:], public) {
			return nil, apart()
		}
		return key, nil
	case *ecdsa.PublicKey:
		c, _ := curveOf(public.Curve)
		key, err := c.secretKey(d)
		if err != nil {
			return nil, err
		}
		if !public.Equal(key.Public()) {
			return nil, apart()
		}
		return key, nil
	case *rsa.PublicKey:
		return secretRSA(v, public, d)
	}
	return nil, refuse(CodeUnsupported, "a secret key of this kind signs nothing")
}

func apart() *Error {
	return refuse(CodeMalformed, "the secret key and the public key do not belong together")
}

func secretRSA(v jsonx.Value, public *rsa.PublicKey, d []byte) (crypto.Signer, error) {
	if v.Get("oth").Exists() {
		return nil, refuse(CodeUnsupported, "RSA keys of more than two primes are not supported")
	}
	key := &rsa.PrivateKey{PublicKey: *public, D: new(big.Int).SetBytes(d)}
	for _, name := range [...]string{"p", "q"} {
		b, err := octets(v, name)
		if err != nil {
			return nil, err
		}
		key.Primes = append(key.Primes, new(big.Int).SetBytes(b))
	}
	if err := key.Validate(); err != nil {
		return nil, apart()
	}
	key.Precompute()
	return key, nil
}
