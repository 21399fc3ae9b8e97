package multikey

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"math/big"
)

// Sizes of RSA keys in bits. The upper bound is one of work: a verification with
// 8192 bits costs about 16 times one with 2048.
const (
	minRSA = 2048
	maxRSA = 8192
)

// publicPKCS1 reads the DER form of RFC 8017, A.1.1. Only the encoding that
// would be written again is accepted.
func publicPKCS1(der []byte) (*rsa.PublicKey, error) {
	key, err := x509.ParsePKCS1PublicKey(der)
	if err != nil {
		return nil, refuse(CodeMalformed, "not an RSAPublicKey in DER")
	}
	if err := checkRSA(key); err != nil {
		return nil, err
	}
	if !bytes.Equal(x509.MarshalPKCS1PublicKey(key), der) {
		return nil, refuse(CodeMalformed, "the RSA key is not in its shortest DER form")
	}
	return key, nil
}

func checkRSA(key *rsa.PublicKey) error {
	if key == nil || key.N == nil {
		return refuse(CodeMissing, "an empty key")
	}
	if n := key.N.BitLen(); key.N.Sign() < 0 || n < minRSA || n > maxRSA {
		return refuse(CodeWeak, "an RSA key of %d bits, %d to %d are accepted", n, minRSA, maxRSA)
	}
	if key.N.Bit(0) == 0 {
		return refuse(CodeWeak, "an RSA modulus is odd")
	}
	if key.E < 3 || key.E%2 == 0 || int64(key.E) > 1<<31-1 {
		return refuse(CodeWeak, "the RSA exponent is not an odd number from 3 to 2^31-1")
	}
	if roca(key.N) {
		return refuse(CodeWeak, "the RSA key was made by a flawed generator (ROCA, CVE-2017-15361)")
	}
	return nil
}

// rocaPrimes are those among the first 39 primes modulo which the powers of
// 65537 leave something out. Keys of the flawed generator are a power of 65537
// modulo each of them; of other keys one in about 2^27 is.
var rocaPrimes = [...]uint64{11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157}

func roca(n *big.Int) bool {
	var rest big.Int
	for _, p := range rocaPrimes {
		r := rest.Mod(n, rest.SetUint64(p)).Uint64()
		power, found := uint64(1), false
		for range p {
			found = found || power == r
			power = power * 65537 % p
		}
		if !found {
			return false
		}
	}
	return true
}
