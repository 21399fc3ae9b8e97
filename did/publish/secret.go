package publish

import (
	"errors"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/vc"
)

// secretIn finds private key material anywhere in a document: by its form in a JWK, in
// Multibase and in PEM, and by the names that Controlled Identifiers 1.0, 2.2 and older
// suites have for it.
func secretIn(root jsonx.Value) (found *vc.Problem) {
	walk(root, func(v jsonx.Value) {
		if found == nil && isSecret(v) {
			found = words.Problem(CodeSecret, v.Pointer(), "")
		}
	})
	return found
}

// secretMembers are those of RFC 7518, 6.2.2, 6.3.2 and 6.4, and of RFC 8037.
var secretMembers = []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"}

func isSecret(v jsonx.Value) bool {
	name := strings.ToLower(v.Name())
	switch {
	case strings.HasPrefix(name, "secretkey"), strings.HasPrefix(name, "privatekey"):
		return true
	case v.Parent().Get("kty").Exists() && slices.Contains(secretMembers, v.Name()):
		return true
	case v.Kind() == jsonx.Object && jsonx.Content(v.Get("kty")) == "oct":
		return true
	case v.Kind() != jsonx.String:
		return false
	}
	text := v.Text()
	return strings.Contains(text, "PRIVATE KEY-----") || isSecretMultikey(text)
}

// isSecretMultikey reports whether a text is a secret key as Multikey has it, all of
// which are short.
func isSecretMultikey(text string) bool {
	if len(text) < 40 || len(text) > 1024 || text[0] != 'z' && text[0] != 'u' {
		return false
	}
	_, err := multikey.Decode(text)
	return errors.Is(err, &multikey.Error{Code: multikey.CodeSecret})
}
