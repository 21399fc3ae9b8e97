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
func (o *IdentityObject) Matches(i Identity) bool {
	if o == nil || o.Identity == "" || i.Value == "" || !slices.Contains(o.Type.Items, i.Type) {
		return false
	}
	return o.is(i.Value) || i.Type == "email" && o.is(strings.ToLower(i.Value))
}

func (o *IdentityObject) is(value string) bool {
	if o.Hashed == nil || !*o.Hashed {
		return o.Hashed != nil && subtle.ConstantTimeCompare([]byte(o.Identity), []byte(value)) == 1
	}
	name, want, ok := strings.Cut(o.Identity, "$")
	var got []byte
	switch text := []byte(value + o.Salt); strings.ToLower(name) {
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
