package multikey

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// metadata reads the members that say what a key is for.
func (k *JWK) metadata(v jsonx.Value) error {
	for _, member := range [...]struct {
		name string
		into *string
	}{{"kid", &k.ID}, {"alg", &k.Algorithm}, {"use", &k.Use}} {
		if !v.Get(member.name).Exists() {
			continue
		}
		var err error
		if *member.into, err = text(v, member.name); err != nil {
			return err
		}
		if *member.into == "" && member.name != "kid" { // an empty restriction must not read as none
			return at(v.Get(member.name), refuse(CodeMalformed, "%q is empty", member.name))
		}
	}
	return k.operations(v.Get("key_ops"))
}

func (k *JWK) operations(v jsonx.Value) error {
	if !v.Exists() {
		return nil
	}
	if v.Kind() != jsonx.Array {
		return at(v, refuse(CodeMalformed, "\"key_ops\" is an array, not %s", v.Kind()))
	}
	for c := v.First(); c.Exists(); c = c.Next() {
		if c.Kind() != jsonx.String {
			return at(c, refuse(CodeMalformed, "an operation is a string, not %s", c.Kind()))
		}
		if slices.Contains(k.Operations, c.Text()) { // RFC 7517, 4.3
			return at(c, refuse(CodeMalformed, "an operation stands twice in \"key_ops\""))
		}
		k.Operations = append(k.Operations, c.Text())
	}
	return nil
}

// ForVerification reports whether the JWK allows its key to check signatures:
// use is sig or absent, key_ops contains verify or is absent, and alg is a
// signature algorithm of this kind of key or absent.
func (k *JWK) ForVerification() error {
	if k.Use != "" && k.Use != "sig" {
		return at(k.value.Get("use"), refuse(CodeConflict, "the key is for %s, not for signatures", quote.Text(k.Use)))
	}
	if ops := k.value.Get("key_ops"); ops.Exists() && !slices.Contains(k.Operations, "verify") {
		return at(ops, refuse(CodeConflict, "\"key_ops\" does not allow verify"))
	}
	algorithms := k.algorithms()
	if algorithms == nil {
		return at(k.value, refuse(CodeConflict, "a key for key agreement checks no signature"))
	}
	if k.Algorithm != "" && !slices.Contains(algorithms, k.Algorithm) {
		return at(k.value.Get("alg"), refuse(CodeConflict, "\"alg\" %s is not an algorithm of this key", quote.Text(k.Algorithm)))
	}
	return nil
}

// algorithms lists the JWS algorithms of the key, nil where it has none.
func (k *JWK) algorithms() []string {
	switch key := k.Key.(type) {
	case ed25519.PublicKey:
		return []string{"EdDSA", "Ed25519"} // RFC 8037, RFC 9864
	case *ecdsa.PublicKey:
		c, _ := curveOf(key.Curve)
		return []string{c.algorithm}
	case *rsa.PublicKey:
		return []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}
	}
	return nil
}
