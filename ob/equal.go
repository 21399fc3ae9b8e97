package ob

import (
	"errors"
	"strings"

	"github.com/laurel-edu/laurel/vc"
)

// Equal reports whether two credentials are the same award by Open Badges 3.0,
// Credential Equality and Comparison Algorithm: the ids of their issuers agree
// and their own ids agree, each after percent-decoding and then trimming white
// space. Nothing else is compared, and no case is folded. Credentials that lack
// an id or an issuer equal none: they cannot be told from others.
func Equal(a, b *AchievementCredential) bool {
	return sameID(a.ID, b.ID) && sameID(a.Issuer.Identifier(), b.Issuer.Identifier())
}

func sameID(a, b vc.IRI) bool {
	n := NormalID(a)
	return n != "" && n == NormalID(b)
}

// NormalID is the form in which [Equal] compares an id, for stores that find credentials
// by it: percent-decoded, then trimmed of white space. It is for comparing alone.
func NormalID(id vc.IRI) string { return strings.TrimSpace(percentDecode(string(id))) }

// percentDecode decodes each well-formed escape (RFC 3986, 2.1) and leaves the
// rest as it is: an identifier is compared, never refused.
func percentDecode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			hi, lo := hexDigit(s[i+1]), hexDigit(s[i+2])
			if hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return string(out)
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// Age says which of two equal credentials is up to date. The zero value is none
// of the answers.
type Age uint8

// The outcomes of [Compare].
const (
	_            Age = iota
	AgeDifferent     // not equal: neither replaces the other
	AgeSame          // equal and of the same validFrom: both are up to date
	AgeNewer         // the second is newer and may replace the first
	AgeOlder         // the second is older
)

// ErrNotComparable is what [Compare] returns where an equal credential has no
// readable validFrom.
var ErrNotComparable = errors.New("ob: the credentials are equal and one of them has no validFrom")

// Compare says how candidate stands to stored, for an upsert (Open Badges 3.0,
// Credential Equality and Comparison Algorithm). Instants are compared, not
// their text. A VCDM 1.1 credential is dated by its issuanceDate.
func Compare(stored, candidate *AchievementCredential) (Age, error) {
	if !Equal(stored, candidate) {
		return AgeDifferent, nil
	}
	was, err := validFrom(stored).Time()
	if err != nil {
		return 0, errors.Join(ErrNotComparable, err)
	}
	is, err := validFrom(candidate).Time()
	if err != nil {
		return 0, errors.Join(ErrNotComparable, err)
	}
	switch {
	case is.After(was):
		return AgeNewer, nil
	case is.Before(was):
		return AgeOlder, nil
	}
	return AgeSame, nil
}

func validFrom(c *AchievementCredential) vc.DateTime {
	if c.ValidFrom.IsZero() {
		return c.IssuanceDate
	}
	return c.ValidFrom
}
