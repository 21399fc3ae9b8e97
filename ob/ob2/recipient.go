package ob2

import (
	"crypto/md5"  //nolint:gosec // the specification names it; verification of what others issued needs it
	"crypto/sha1" //nolint:gosec // see above
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"slices"
	"strings"
)

// Matches reports whether an identity is the one that the object stands for: the same type,
// and the same text, hashed with the salt where the object is hashed. An e-mail address is
// tried in lower case too, as some issuers hash it.
func (v *IdentityObject) Matches(i Identity) bool {
	if v == nil || v.Identity == "" || i.Value == "" || !slices.Contains(v.Type.Items, i.Type) {
		return false
	}
	return v.is(i.Value) || i.Type == "email" && v.is(strings.ToLower(i.Value))
}

func (v *IdentityObject) is(value string) bool {
	if v.Hashed == nil || !*v.Hashed {
		return v.Hashed != nil && subtle.ConstantTimeCompare([]byte(v.Identity), []byte(value)) == 1
	}
	name, want, ok := strings.Cut(v.Identity, "$")
	var got []byte
	switch text := []byte(value + v.Salt); strings.ToLower(name) {
	case "sha256":
		sum := sha256.Sum256(text)
		got = sum[:]
	case "sha1":
		sum := sha1.Sum(text) //nolint:gosec // see the import
		got = sum[:]
	case "md5":
		sum := md5.Sum(text) //nolint:gosec // see the import
		got = sum[:]
	}
	wanted, err := hex.DecodeString(want)
	return ok && err == nil && len(got) > 0 && subtle.ConstantTimeCompare(got, wanted) == 1
}

// recipient checks whom an assertion was awarded to.
func recipient(a *Assertion, any []Identity) *step {
	s := begin(CheckRecipient)
	if !slices.ContainsFunc(any, a.Recipient.Matches) {
		s.fail(problem(CodeRecipient, "/recipient", "", ""))
	}
	return s
}
