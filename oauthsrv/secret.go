package oauthsrv

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
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
func newID() string { return newSecret()[:idLength] }

// The lengths of a secret, a code challenge and a SHA-256 in base64url, and of an ID.
const (
	secretLength = 43
	idLength     = 22
)

// isSecret reports whether a text has a length and the characters of base64url alone.
// What has not is not asked for.
func isSecret(text string, length int) bool {
	for _, c := range []byte(text) {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '-' && c != '_' {
			return false
		}
	}
	return len(text) == length
}

// sum returns a hash of texts as a text. No two lists of texts are hashed alike.
func sum(texts ...string) string {
	h := sha256.New()
	for _, text := range texts {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(text)))
		h.Write(length[:])
		h.Write([]byte(text))
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// codeOf returns the code that the form of a consent page becomes. The page knows the
// handle alone, the client the code alone, and the store neither.
func codeOf(handle string) string { return sum("code", handle) }
