package ob

import (
	"crypto/md5" //nolint:gosec // the specification names it; verification of what others issued needs it
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// IdentityObject says who the subject is by an identifier, hashed or plain (Open
// Badges 3.0, IdentityObject). [HashedIdentity] and [PlainIdentity] make one.
type IdentityObject struct {
	Type         vc.OneOrMany[string] `json:"type,omitzero"`
	Hashed       *bool                `json:"hashed,omitzero"`
	IdentityHash string               `json:"identityHash,omitzero"` // the plain identifier where Hashed is false
	IdentityType IdentifierType       `json:"identityType,omitzero"`
	Salt         string               `json:"salt,omitzero"` // means nothing unless Hashed is true
	Extra        vc.Extra             `json:",embed"`

	err error // why a constructor could not make it
}

// HashAlgorithm is how an identifier is hashed. The zero value is [SHA256].
type HashAlgorithm uint8

// The algorithms of IdentityHash (Open Badges 3.0, IdentityHash).
const (
	SHA256 HashAlgorithm = iota
	MD5                  // only for reading what others issued
)

// String returns the name that stands before the "$".
func (a HashAlgorithm) String() string {
	if a == MD5 {
		return "md5"
	}
	return "sha256"
}

// IdentityHash hashes an identifier as Open Badges 3.0, IdentityHash says: the
// UTF-8 bytes of identity and then of salt, written as "algorithm$hex" in lower
// case. The identifier is taken as it is: nothing folds its case.
func IdentityHash(a HashAlgorithm, identity, salt string) string {
	if a == MD5 {
		sum := md5.Sum([]byte(identity + salt)) //nolint:gosec // see the import
		return "md5$" + hex.EncodeToString(sum[:])
	}
	sum := sha256.Sum256([]byte(identity + salt))
	return "sha256$" + hex.EncodeToString(sum[:])
}

// HashedIdentity returns the identity object that hides an identifier behind
// SHA-256. White space around the identifier is left out, its case is kept. The salt
// should be unguessable and of its own for each object: who knows it can try every
// e-mail address there is.
//
// An empty identifier, an e-mail address that is none and an empty salt would be
// hashed beyond recognition, so they give an object that cannot be written: the JSON
// and the Check of what holds it say why. Use [IdentityHash] for a hash without salt.
func HashedIdentity(kind IdentifierType, identity, salt string) IdentityObject {
	identity, err := identifier(kind, identity)
	if err == nil && salt == "" {
		err = &vc.Problem{
			Code: rules.CodeIdentityHash, Type: vc.TypeMalformedValue, Spec: "OB 3.0, IdentityObject",
			Message:  "an identifier is to be hashed without a salt, so it can be guessed",
			Expected: "an unguessable salt", Fix: "make a new salt for each badge, such as rand.Text()",
		}
	}
	if err != nil {
		return IdentityObject{IdentityType: kind, err: err}
	}
	return IdentityObject{
		Type: vc.One("IdentityObject"), Hashed: new(true), IdentityType: kind,
		IdentityHash: IdentityHash(SHA256, identity, salt), Salt: salt,
	}
}

// identifier is an identifier without white space around it. The error never shows
// it: it is personal data.
func identifier(kind IdentifierType, identity string) (string, error) {
	identity = strings.TrimSpace(identity)
	switch {
	case identity == "":
		return "", &vc.Problem{
			Code: rules.CodeMemberMissing, Type: vc.TypeMalformedValue, Spec: "OB 3.0, IdentityObject",
			Message:  "the recipient's identifier is empty, so the badge would be nobody's",
			Expected: "an identifier", Fix: "give the identifier of the person who gets the badge",
		}
	case kind == IdentifierEmailAddress && !rules.IsEmail(identity):
		return "", &vc.Problem{
			Code: rules.CodeEmail, Type: vc.TypeMalformedValue, Spec: "OB 3.0, IdentityObject",
			Message:  "the recipient's identifier is no e-mail address",
			Expected: "name@example.org", Fix: "give the address alone, without a name",
		}
	}
	return identity, nil
}

// PlainIdentity returns the identity object that shows an identifier to
// everybody who gets the badge. It treats the identifier as [HashedIdentity] does.
func PlainIdentity(kind IdentifierType, identity string) IdentityObject {
	identity, err := identifier(kind, identity)
	if err != nil {
		return IdentityObject{IdentityType: kind, err: err}
	}
	return IdentityObject{Type: vc.One("IdentityObject"), Hashed: new(false), IdentityType: kind, IdentityHash: identity}
}

// Match says how an identifier agrees with an [IdentityObject]. The zero value
// is no agreement.
type Match uint8

// The outcomes of [IdentityObject.Matches].
const (
	MatchNone Match = iota
	// MatchExact: the identifier as given.
	MatchExact
	// MatchLowerCase: only the lower case form of the e-mail address agrees. Some
	// issuers fold the case before they hash; the specification does not, so a
	// relying party decides whether this is enough.
	MatchLowerCase
)

// ErrIdentityHash is what [ParseIdentityHash] wraps.
var ErrIdentityHash = errors.New("ob: not an identity hash")

// ParseIdentityHash takes "algorithm$hex" apart. Only md5 and sha256 of their
// full length are accepted, with hex digits of either case.
func ParseIdentityHash(text string) (HashAlgorithm, []byte, error) {
	name, sum, err := rules.IdentityDigest(text)
	if err != nil {
		return 0, nil, fmt.Errorf("%w: %w", ErrIdentityHash, err)
	}
	if name == "md5" {
		return MD5, sum, nil
	}
	return SHA256, sum, nil
}

// Matches reports whether identity, an identifier of that kind, is the one that
// the object stands for. It compares in constant time, uses the salt only where
// the object is hashed, and takes an object of an unknown algorithm, of another
// kind or without "hashed" for no match.
func (o *IdentityObject) Matches(kind IdentifierType, identity string) Match {
	if o.Hashed == nil || o.IdentityType != kind || o.IdentityHash == "" {
		return MatchNone
	}
	if o.matches(identity) {
		return MatchExact
	}
	if lower := asciiLower(identity); kind == IdentifierEmailAddress && lower != identity && o.matches(lower) {
		return MatchLowerCase
	}
	return MatchNone
}

// Matches reports whether identity, an identifier of that kind, is one of those that a
// subject is known by, hashed or plain: a badge's or a record's Identifier.Items. It
// returns the best agreement of any of them.
func Matches(identifiers []IdentityObject, kind IdentifierType, identity string) Match {
	best := MatchNone
	for i := range identifiers {
		switch m := identifiers[i].Matches(kind, identity); {
		case m == MatchExact:
			return m
		case m != MatchNone:
			best = m
		}
	}
	return best
}

// asciiLower folds the case of ASCII letters alone: in an address beyond ASCII, letters
// that fold to one another need not be the same mailbox.
func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

func (o *IdentityObject) matches(identity string) bool {
	if !*o.Hashed {
		return subtle.ConstantTimeCompare([]byte(o.IdentityHash), []byte(identity)) == 1
	}
	a, want, err := ParseIdentityHash(o.IdentityHash)
	if err != nil {
		return false
	}
	_, got, err := ParseIdentityHash(IdentityHash(a, identity, o.Salt))
	return err == nil && subtle.ConstantTimeCompare(want, got) == 1
}
