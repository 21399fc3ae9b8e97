package oauthsrv

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// Hash is the SHA-256 of a secret: a code, a token, the secret of a client. The secrets of
// this package are 256 random bits, so nothing slower is needed to keep them from whoever
// reads the store.
type Hash [sha256.Size]byte

// HashOf returns the hash of a secret.
func HashOf(secret string) Hash { return sha256.Sum256([]byte(secret)) }

// newSecret draws 256 bits, in 43 characters that stand in a URL, a form and a header as
// they are.
func newSecret() string {
	var b [32]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// newID draws a name that is not secret.
func newID() string { return newSecret()[:22] }
