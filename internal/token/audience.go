package token

import (
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Audience returns whom the token is for, by its aud (RFC 7519, 4.1.3): nil where it is
// for everybody.
func (t *Token) Audience() []string {
	_, claims := door.Token(t.doc)
	return jsonx.Texts(claims.Get("aud"))
}

// Nonce returns what the token answers, "" where it answers nothing (OpenID Connect Core
// 1.0, 2; OID4VP 1.0, 14.1).
func (t *Token) Nonce() string {
	_, claims := door.Token(t.doc)
	return jsonx.Content(claims.Get("nonce"))
}
