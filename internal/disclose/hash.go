package disclose

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"slices"
)

// Hash is a hash function by its name in the registry of Named Information. The zero Hash
// is none.
type Hash string

// The hash functions that are taken: SHA-2 without those that were cut short for speed.
const (
	SHA256 Hash = "sha-256" // what an SD-JWT without _sd_alg uses (RFC 9901, 4.1.1)
	SHA384 Hash = "sha-384"
	SHA512 Hash = "sha-512"
)

// Hashes lists them.
func Hashes() []Hash { return []Hash{SHA256, SHA384, SHA512} }

// Known reports whether h is one of them.
func (h Hash) Known() bool { return slices.Contains(Hashes(), h) }

// Digest is the digest of a text, as it stands in a payload: of a disclosure as it is
// sent, in base64url, and of what a key binding is for. An unknown Hash has none.
func (h Hash) Digest(text []byte) string {
	e := base64.RawURLEncoding
	switch h {
	case SHA256:
		sum := sha256.Sum256(text)
		return e.EncodeToString(sum[:])
	case SHA384:
		sum := sha512.Sum384(text)
		return e.EncodeToString(sum[:])
	case SHA512:
		sum := sha512.Sum512(text)
		return e.EncodeToString(sum[:])
	}
	return ""
}
