package multikey

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"strings"
)

// maxPEM bounds the text of a key: one of RSA with 8192 bits has some 1,500 bytes.
const maxPEM = 16 << 10

// ParsePEM reads a public key as the older standards publish it in publicKeyPem: one block
// of SubjectPublicKeyInfo, or the older form of RSA. Errors are [*Error].
func ParsePEM(text string) (crypto.PublicKey, error) {
	if len(text) > maxPEM {
		return nil, refuse(CodeMalformed, "the PEM is longer than any key")
	}
	block, rest := pem.Decode([]byte(strings.TrimSpace(text)))
	if block == nil || len(strings.TrimSpace(string(rest))) > 0 {
		return nil, refuse(CodeMalformed, "this is not one block of PEM")
	}
	var key crypto.PublicKey
	var err error
	switch block.Type {
	case "RSA PUBLIC KEY":
		key, err = x509.ParsePKCS1PublicKey(block.Bytes)
	case "PUBLIC KEY":
		key, err = x509.ParsePKIXPublicKey(block.Bytes)
	default:
		return nil, refuse(CodeMalformed, "this is no public key")
	}
	if err != nil {
		return nil, refuse(CodeMalformed, "the PEM holds no key: %s", err)
	}
	if err := Check(key); err != nil {
		return nil, err
	}
	return key, nil
}
