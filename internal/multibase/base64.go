package multibase

import (
	"encoding/base64"
	"errors"
	"strings"
)

var rawURL = base64.RawURLEncoding.Strict()

// AppendDecodeBase64 reads base64url without padding and without a prefix and
// appends its bytes to dst, which it returns unchanged with an error. It limits
// no length: the work is linear, and callers bound what they read.
func AppendDecodeBase64(dst []byte, s string) ([]byte, error) {
	// The standard decoder skips line breaks.
	if i := strings.IndexAny(s, "\r\n"); i >= 0 {
		return dst, &Error{Code: CodeCharacter, Offset: i, Detail: "a line break is not a character of base64url"}
	}
	out, err := rawURL.AppendDecode(dst, []byte(s))
	if err == nil {
		return out, nil
	}
	var at base64.CorruptInputError
	if errors.As(err, &at) && int(at) < len(s) && !inBase64URL(s[at]) {
		return dst, &Error{Code: CodeCharacter, Offset: int(at), Detail: "not a character of base64url without padding"}
	}
	return dst, &Error{Code: CodeCanonical, Detail: "the last character leaves bits over or bytes unfinished"}
}

// DecodeBase64 reads base64url without padding, see [AppendDecodeBase64].
func DecodeBase64(s string) ([]byte, error) {
	return AppendDecodeBase64(make([]byte, 0, rawURL.DecodedLen(len(s))), s)
}

// EncodeBase64 writes base64url without padding and without a prefix.
func EncodeBase64(b []byte) string { return rawURL.EncodeToString(b) }

func inBase64URL(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_'
}
