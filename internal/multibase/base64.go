package multibase

import (
	"encoding/base64"
	"errors"
	"strings"
)

var rawURL = base64.RawURLEncoding.Strict()

// DecodeBase64 reads base64url without padding and without a prefix. It limits
// no length: the work is linear, and callers bound what they read.
func DecodeBase64(s string) ([]byte, error) {
	// The standard decoder skips line breaks.
	if i := strings.IndexAny(s, "\r\n"); i >= 0 {
		return nil, &Error{Code: CodeCharacter, Offset: i, Detail: "a line break is not a character of base64url"}
	}
	b, err := rawURL.DecodeString(s)
	if err == nil {
		return b, nil
	}
	var at base64.CorruptInputError
	if errors.As(err, &at) && int(at) < len(s) && !inBase64URL(s[at]) {
		return nil, &Error{Code: CodeCharacter, Offset: int(at), Detail: "not a character of base64url without padding"}
	}
	return nil, &Error{Code: CodeCanonical, Detail: "the last character leaves bits over or bytes unfinished"}
}

// EncodeBase64 writes base64url without padding and without a prefix.
func EncodeBase64(b []byte) string { return rawURL.EncodeToString(b) }

func inBase64URL(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_'
}
