package multikey

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"math/big"
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
)

// JWK is a public key with what a JSON Web Key says about its use.
type JWK struct {
	Key        crypto.PublicKey
	ID         string   // kid
	Algorithm  string   // alg
	Use        string   // use
	Operations []string // key_ops

	value jsonx.Value
}

// ParseJWK reads a public JWK: OKP with Ed25519 or X25519, EC with P-256, P-384
// or P-521, RSA. Secret members are refused, unknown ones ignored. What the key
// is meant for is read and not judged: see [JWK.ForVerification]. Errors are
// [*Error] with a pointer into v's document.
func ParseJWK(v jsonx.Value) (*JWK, error) {
	if err := checkPublicMembers(v); err != nil {
		return nil, err
	}
	k := &JWK{value: v}
	var err error
	if k.Key, err = parseKey(v); err != nil {
		return nil, err
	}
	if err := k.metadata(v); err != nil {
		return nil, err
	}
	return k, nil
}

// secretMembers are the members of RFC 7518, 6.2.2, 6.3.2 and 6.4, and d of RFC 8037.
var secretMembers = [...]string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"}

func checkPublicMembers(v jsonx.Value) error {
	if v.Kind() != jsonx.Object {
		return at(v, refuse(CodeMalformed, "a JWK is an object, not %s", v.Kind()))
	}
	for _, name := range secretMembers {
		if m := v.Get(name); m.Exists() {
			return at(m, refuse(CodeSecret, "the JWK has the secret member %q", name))
		}
	}
	return nil
}

func parseKey(v jsonx.Value) (crypto.PublicKey, error) {
	kind, err := text(v, "kty")
	if err != nil {
		return nil, err
	}
	switch kind {
	case "OKP":
		return parseOKP(v)
	case "EC":
		return parseEC(v)
	case "RSA":
		return parseRSA(v)
	case "oct":
		return nil, at(v.Get("kty"), refuse(CodeSecret, "a symmetric key is no public key"))
	}
	return nil, at(v.Get("kty"), refuseKind("key type", kind))
}

func parseOKP(v jsonx.Value) (crypto.PublicKey, error) {
	name, err := text(v, "crv")
	if err != nil {
		return nil, err
	}
	if name != "Ed25519" && name != "X25519" {
		return nil, at(v.Get("crv"), refuseKind("curve", name))
	}
	x, err := octets(v, "x")
	if err != nil {
		return nil, err
	}
	var key crypto.PublicKey
	if name == "Ed25519" {
		key, err = publicEd25519(x)
	} else {
		key, err = publicX25519(x)
	}
	if err != nil {
		return nil, at(v.Get("x"), err)
	}
	return key, nil
}

func parseEC(v jsonx.Value) (crypto.PublicKey, error) {
	name, err := text(v, "crv")
	if err != nil {
		return nil, err
	}
	c, ok := curveOfName(name)
	if !ok {
		return nil, at(v.Get("crv"), refuseKind("curve", name))
	}
	point := append(make([]byte, 0, 1+2*c.size), 4)
	for _, name := range [...]string{"x", "y"} {
		coordinate, err := octets(v, name)
		if err != nil {
			return nil, err
		}
		if len(coordinate) != c.size { // RFC 7518, 6.2.1.2: leading zeros stay
			short := refuse(CodeMalformed, "a coordinate of %s has %d bytes, this one %d", c.name, c.size, len(coordinate))
			return nil, at(v.Get(name), short)
		}
		point = append(point, coordinate...)
	}
	key, err := c.uncompressed(point)
	if err != nil {
		return nil, at(v, err)
	}
	return key, nil
}

func parseRSA(v jsonx.Value) (crypto.PublicKey, error) {
	n, err := number(v, "n")
	if err != nil {
		return nil, err
	}
	e, err := number(v, "e")
	if err != nil {
		return nil, err
	}
	key := &rsa.PublicKey{N: n}
	if e.BitLen() <= 31 {
		key.E = int(e.Int64()) // a longer one stays 0, which checkRSA refuses
	}
	if err := checkRSA(key); err != nil {
		return nil, at(v, err)
	}
	return key, nil
}

// text returns a member that must be a string.
func text(v jsonx.Value, name string) (string, error) {
	m := v.Get(name)
	switch m.Kind() {
	case jsonx.String:
		return m.Text(), nil
	case jsonx.Missing:
		return "", at(v, refuse(CodeMalformed, "the JWK lacks %q", name))
	}
	return "", at(m, refuse(CodeMalformed, "%q is a string, not %s", name, m.Kind()))
}

// longestNumber is a modulus of the largest RSA key in base64url, and a little.
const longestNumber = maxRSA/6 + 16

// octets returns a member that must be base64url.
func octets(v jsonx.Value, name string) ([]byte, error) {
	s, err := text(v, name)
	if err != nil {
		return nil, err
	}
	if len(s) > longestNumber {
		return nil, at(v.Get(name), refuse(CodeMalformed, "%q has %d characters, more than any key", name, len(s)))
	}
	b, err := multibase.DecodeBase64(s)
	if err != nil {
		return nil, at(v.Get(name), &Error{Code: CodeMalformed, Detail: "not base64url", Err: err})
	}
	return b, nil
}

// number returns a member that must be a Base64urlUInt (RFC 7518, 2), which has
// no leading zero.
func number(v jsonx.Value, name string) (*big.Int, error) {
	b, err := octets(v, name)
	if err != nil {
		return nil, err
	}
	if len(b) == 0 || b[0] == 0 {
		return nil, at(v.Get(name), refuse(CodeMalformed, "%q is not a number in its shortest form", name))
	}
	return new(big.Int).SetBytes(b), nil
}

// AppendJWK writes the public key as a JWK with its required members alone,
// sorted: also the text that RFC 7638 hashes. Errors are [*Error].
func AppendJWK(dst []byte, key crypto.PublicKey) ([]byte, error) {
	if err := Check(key); err != nil {
		return dst, err
	}
	switch key := key.(type) {
	case ed25519.PublicKey:
		return appendMembers(dst, "crv", "Ed25519", "kty", "OKP", "x", multibase.EncodeBase64(key)), nil
	case *ecdh.PublicKey:
		return appendMembers(dst, "crv", "X25519", "kty", "OKP", "x", multibase.EncodeBase64(key.Bytes())), nil
	case *ecdsa.PublicKey:
		c, _ := curveOf(key.Curve)
		point, err := key.Bytes()
		if err != nil {
			return dst, refuse(CodeInvalid, "the coordinates are no point of %s", c.name)
		}
		return appendMembers(dst, "crv", c.name, "kty", "EC",
			"x", multibase.EncodeBase64(point[1:1+c.size]), "y", multibase.EncodeBase64(point[1+c.size:])), nil
	case *rsa.PublicKey:
		e := multibase.EncodeBase64(big.NewInt(int64(key.E)).Bytes())
		return appendMembers(dst, "e", e, "kty", "RSA", "n", multibase.EncodeBase64(key.N.Bytes())), nil
	}
	return dst, unsupportedType(key)
}

// appendMembers writes an object of names and values that need no escape.
func appendMembers(dst []byte, pairs ...string) []byte {
	open := byte('{')
	for pair := range slices.Chunk(pairs, 2) {
		dst = append(dst, open, '"')
		dst = append(dst, pair[0]...)
		dst = append(dst, `":"`...)
		dst = append(dst, pair[1]...)
		dst = append(dst, '"')
		open = ','
	}
	return append(dst, '}')
}

// at gives an error the place of a value. Errors of a conversion have none yet.
func at(v jsonx.Value, err error) error {
	if e, ok := err.(*Error); ok && e.Pointer == "" {
		e.Pointer = v.Pointer()
	}
	return err
}
