package testkit

import (
	"bytes"
	_ "embed"
	"strings"
)

// BadgeIssuer is the issuer of [Badge].
const BadgeIssuer = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"

//go:embed badge.json
var badge []byte

// Badge returns the badge of a school, without a proof: what tests of proofs and tokens
// sign. It may be changed.
func Badge() []byte { return bytes.Clone(badge) }

// BadgeOf returns the badge as that of the issuer whose key a verification method, or a
// DID, names.
func BadgeOf(method string) []byte {
	did, _, _ := strings.Cut(method, "#")
	return bytes.Replace(badge, []byte(BadgeIssuer), []byte(did), 1)
}
