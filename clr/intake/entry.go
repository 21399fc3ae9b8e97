package intake

import (
	"strings"

	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Entry is one credential of what was handed in, with who can be held to it. What it says
// is had by its methods, so that nobody has that without the Standing beside it. It is
// immutable and safe for concurrent use.
type Entry struct {
	// Member is the file of an archive that it stands in, "" outside of archives. Pointer is
	// where in that it stands, "" for the whole, and Parent the Pointer of the entry that it
	// stands in, "" where that is none. In a token pointers count from what the token carries.
	Member, Pointer, Parent string
	Kind                    Kind
	// ID and Issuer are what it says of itself: whether that is so is the Standing's to say.
	ID, Issuer string

	Verdict  verify.Verdict // of it alone, by its own proof
	Standing Standing
	Validity Validity
	Subject  Subject
	Flags    []Flag
	// Withheld are JSON Pointers, from the credential's own top, to what the rules ask for
	// and the holder does not show. That is no fault.
	Withheld []string
	// Listed is what Config.Issuer knows of the issuer, where the entry can be held to it. It
	// says who that is, and nothing of what it signed.
	Listed Listed

	found    verify.Embedded
	on       *Entry // the entry that an endorsement of CLR 1.0 stands in
	repeated bool   // one that counts has its issuer and id
}

// newEntry is what a credential says of itself and what its own proof says of it.
func newEntry(member string, one verify.Embedded) *Entry {
	r := one.Report
	e := &Entry{Member: member, Pointer: one.Pointer, Kind: KindCredential, ID: r.ID, Issuer: r.IssuerID, Verdict: r.Verdict, found: one}
	if doc := one.Document(); doc != nil {
		e.Kind = kindOf(doc)
	}
	if one.Role == rules.RoleEndorsement {
		e.Kind = KindEndorsement
	}
	for _, p := range r.Withheld {
		e.Withheld = append(e.Withheld, strings.TrimPrefix(p.Pointer, one.Pointer))
	}
	e.flag()
	return e
}

// against is why what the entry claims counts for nothing.
func (e *Entry) against() match.Reason {
	switch {
	case e.interchanged():
		return match.AgainstShared
	case !e.Standing.Vouched():
		return match.AgainstStanding
	case e.Subject == SubjectDifferent:
		return match.AgainstOther
	case e.Validity != ValidityCurrent:
		return match.AgainstValidity
	case e.repeated:
		return match.AgainstRepeated
	}
	return ""
}

// Report returns how the verdict came about.
func (e *Entry) Report() *verify.Report { return e.found.Report }

// Codes name what is wrong with it by itself, then what is off.
func (e *Entry) Codes() []vc.Code { return codesOf(e.found.Report) }

// Credential returns the JSON of the credential, which for a token is what that carries. It
// must not be changed.
func (e *Entry) Credential() []byte { return e.found.Credential() }

// Secured returns the bytes of the credential with its proof, as they may be kept and
// handed on. They must not be changed.
func (e *Entry) Secured() []byte { return e.found.Secured() }
