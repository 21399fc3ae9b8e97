package hub

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// Kind is what a credential is, and with that which service serves it.
type Kind uint8

// The kinds. The zero value is none of them.
const (
	_          Kind = iota
	KindBadge       // Open Badges 3.0: an AchievementCredential
	KindRecord      // CLR 2.0: a ClrCredential
)

// Kinds are all of them.
func Kinds() []Kind { return []Kind{KindBadge, KindRecord} }

// String names the kind for reports.
func (k Kind) String() string {
	switch k {
	case KindBadge:
		return "badge"
	case KindRecord:
		return "record"
	}
	return "unknown"
}

// Identity is what makes two credentials of an owner one entry (Open Badges 3.0,
// Credential Equality and Comparison Algorithm). See [IdentityOf].
type Identity [sha256.Size]byte

// IdentityOf is the identity of a credential: a digest of the ids of its issuer and of
// itself, as [ob.NormalID] has them. Neither its form nor its bytes are part of it.
func IdentityOf(issuer, id string) Identity {
	issuer, id = ob.NormalID(vc.IRI(issuer)), ob.NormalID(vc.IRI(id))
	// The length tells where the one ends: ids may hold any character once decoded.
	b := binary.BigEndian.AppendUint64(make([]byte, 0, 8+len(issuer)+len(id)), uint64(len(issuer)))
	return sha256.Sum256(append(append(b, issuer...), id...))
}

// Key is what an entry of an owner is found by.
type Key struct {
	Kind     Kind
	Identity Identity
}

// The bounds of a [Credential], in bytes.
const (
	MaxID  = 8 << 10  // of the ids
	MaxRaw = 64 << 20 // of the text: as long as the longest record that is verified
)

// Credential is one that is to be kept. All of it comes from what was verified.
type Credential struct {
	Kind   Kind
	Issuer string // the issuer's id
	ID     string // the credential's own
	// ValidFrom is the validFrom, or the issuanceDate of a credential of VCDM 1.1. Stores
	// compare it as an instant, in whole microseconds.
	ValidFrom time.Time
	Form      vc.Form
	Raw       []byte // the bytes as they came, which are kept to the last one
}

// Key is what the credential is found by once it is kept.
func (c Credential) Key() Key { return Key{c.Kind, IdentityOf(c.Issuer, c.ID)} }

// The instants that every data base holds in microseconds and RFC 3339 can write.
var earliest, latest = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)

// Check reports whether a store can keep the credential: a kind, both ids, a validFrom and
// a text are there and within their bounds. The error wraps [ErrInvalid].
func (c Credential) Check() error {
	wrong := ""
	switch {
	case c.Kind != KindBadge && c.Kind != KindRecord:
		wrong = "no kind"
	case ob.NormalID(vc.IRI(c.Issuer)) == "" || len(c.Issuer) > MaxID || !legible(c.Issuer):
		wrong = "no id of its issuer, or one that cannot be kept"
	case ob.NormalID(vc.IRI(c.ID)) == "" || len(c.ID) > MaxID || !legible(c.ID):
		wrong = "no id, or one that cannot be kept"
	case c.ValidFrom.IsZero() || c.ValidFrom.Before(earliest) || !c.ValidFrom.Before(latest):
		wrong = "no validFrom between the years 1 and 9999"
	case c.Form > vc.FormSDJWT:
		wrong = "no form"
	case len(c.Raw) == 0 || len(c.Raw) > MaxRaw || !utf8.Valid(c.Raw):
		wrong = fmt.Sprintf("%d bytes that are no text or too many", len(c.Raw))
	default:
		return nil
	}
	return fmt.Errorf("%w: a credential with %s", ErrInvalid, wrong)
}

// Stored is a credential as a store has it. Its ValidFrom is in whole microseconds and UTC.
type Stored struct {
	Credential
	// Pos is where it stands among those of its owner and kind: later ones are greater.
	// A replacement keeps it.
	Pos Position
	// Version counts the texts that were kept under the key, from 1. A credential that was
	// deleted and comes again begins with 1.
	Version uint64
	Digest  [sha256.Size]byte // of Raw, by SHA-256
	Changed time.Time         // when it was stored or last replaced, in whole microseconds and UTC
}

// Tag tells this text from all others under the key.
func (s Stored) Tag() Tag { return Tag{s.Version, s.Digest} }

// Tag is what an entity tag of HTTP is made of: the version and the digest of a text. A
// version alone comes again where something was deleted meanwhile. The zero Tag is that of
// nothing.
type Tag struct {
	Version uint64
	Digest  [sha256.Size]byte
}

// String writes the tag for an ETag header, without quotes.
func (t Tag) String() string {
	return strconv.FormatUint(t.Version, 10) + "-" + base64.RawURLEncoding.EncodeToString(t.Digest[:])
}

// ParseTag reads what [Tag.String] wrote, and false for anything else, such as the zero Tag.
func ParseTag(text string) (Tag, bool) {
	number, digest, _ := strings.Cut(text, "-")
	var t Tag
	var err error
	if t.Version, err = strconv.ParseUint(number, 10, 63); err != nil || len(digest) != base64.RawURLEncoding.EncodedLen(len(t.Digest)) {
		return Tag{}, false
	}
	if _, err = base64.RawURLEncoding.Decode(t.Digest[:], []byte(digest)); err != nil || t.Version == 0 || t.String() != text {
		return Tag{}, false
	}
	return t, true
}

// Outcome is what an upsert did.
type Outcome uint8

// The outcomes. The zero value is none of them.
const (
	_                Outcome = iota
	OutcomeCreated           // nothing was stored under the key
	OutcomeReplaced          // an older text was, or another of the same validFrom
	OutcomeUnchanged         // the same text was, and nothing happened
	OutcomeOlder             // a text with a later validFrom is stored, and stays
)

// String names the outcome for reports.
func (o Outcome) String() string {
	switch o {
	case OutcomeCreated:
		return "created"
	case OutcomeReplaced:
		return "replaced"
	case OutcomeUnchanged:
		return "unchanged"
	case OutcomeOlder:
		return "older"
	}
	return "unknown"
}
