package multikey

import (
	"crypto/ecdsa"
	"crypto/elliptic"
)

// curve is what differs between the NIST curves.
type curve struct {
	name      string // of RFC 7518, 6.2.1.1
	algorithm string // the one JWS algorithm
	code      uint64 // Multicodec
	size      int    // bytes of a coordinate
	params    elliptic.Curve
}

func curves() [3]curve {
	return [...]curve{
		{"P-256", "ES256", codeP256, 32, elliptic.P256()},
		{"P-384", "ES384", codeP384, 48, elliptic.P384()},
		{"P-521", "ES512", codeP521, 66, elliptic.P521()},
	}
}

func findCurve(match func(*curve) bool) (curve, bool) {
	for _, c := range curves() {
		if match(&c) {
			return c, true
		}
	}
	return curve{}, false
}

func curveOfCode(code uint64) (curve, bool) {
	return findCurve(func(c *curve) bool { return c.code == code })
}

func curveOfName(name string) (curve, bool) {
	return findCurve(func(c *curve) bool { return c.name == name })
}

func curveOf(params elliptic.Curve) (curve, bool) {
	return findCurve(func(c *curve) bool { return c.params == params })
}

// compressed reads a point in its compressed form (SEC 1, 2.3.3).
func (c *curve) compressed(b []byte) (*ecdsa.PublicKey, error) {
	if len(b) != 1+c.size {
		return nil, refuse(CodeMalformed, "a %s key has %d bytes, this one %d", c.name, 1+c.size, len(b))
	}
	if b[0] != 2 && b[0] != 3 {
		return nil, refuse(CodeMalformed, "a %s key begins with 2 or 3, the compressed form", c.name)
	}
	x, y := elliptic.UnmarshalCompressed(c.params, b)
	if x == nil {
		return nil, refuse(CodeInvalid, "no point of %s has this x", c.name)
	}
	point := make([]byte, 1+2*c.size)
	point[0] = 4
	x.FillBytes(point[1 : 1+c.size])
	y.FillBytes(point[1+c.size:])
	return c.uncompressed(point)
}

// uncompressed reads a point of 1+2*size bytes.
func (c *curve) uncompressed(point []byte) (*ecdsa.PublicKey, error) {
	key, err := ecdsa.ParseUncompressedPublicKey(c.params, point)
	if err != nil {
		return nil, refuse(CodeInvalid, "the coordinates are no point of %s", c.name)
	}
	return key, nil
}

// appendCompressed appends the compressed form of a checked key.
func (c *curve) appendCompressed(dst []byte, key *ecdsa.PublicKey) ([]byte, error) {
	point, err := key.Bytes()
	if err != nil {
		return nil, refuse(CodeInvalid, "the coordinates are no point of %s", c.name)
	}
	dst = append(dst, 2|point[len(point)-1]&1)
	return append(dst, point[1:1+c.size]...), nil
}

func checkECDSA(key *ecdsa.PublicKey) error {
	if key == nil || key.Curve == nil {
		return refuse(CodeMissing, "an empty key")
	}
	c, ok := curveOf(key.Curve)
	if !ok {
		return refuse(CodeUnsupported, "the curve %s is not supported", key.Curve.Params().Name)
	}
	if _, err := key.Bytes(); err != nil {
		return refuse(CodeInvalid, "the coordinates are no point of %s", c.name)
	}
	return nil
}
