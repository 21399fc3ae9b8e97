package intake

import (
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Kind is what an upload or an entry is. The zero Kind is none.
type Kind string

// The kinds.
const (
	KindRecord       Kind = "record"       // a ClrCredential
	KindBadge        Kind = "badge"        // an AchievementCredential
	KindEndorsement  Kind = "endorsement"  // an EndorsementCredential
	KindPresentation Kind = "presentation" // a VerifiablePresentation
	KindCredential   Kind = "credential"   // any other credential
	KindBundle       Kind = "bundle"       // an archive of files
	KindOther        Kind = "other"        // nothing that is read here
)

// kindOf tells the kind of a document by its types.
func kindOf(d *vc.Document) Kind {
	switch rules.ClassOf(d) {
	case rules.ClrCredential:
		return KindRecord
	case rules.AchievementCredential:
		return KindBadge
	case rules.EndorsementCredential:
		return KindEndorsement
	case rules.VerifiablePresentation:
		return KindPresentation
	}
	return KindCredential
}

// The types of a claim are those of package casefw/match, so that what is read here can be
// compared there as it is.
type (
	// Claim is one achievement that a credential says somebody reached.
	Claim = match.Claim
	// Result is one result of a Claim.
	Result = match.Result
	// Level is the level of a rubric that a Result says was achieved.
	Level = match.Level
	// Alignment says what a Claim is aligned to, and where it says so.
	Alignment = match.Alignment
	// Standing says who can be held to an entry.
	Standing = match.Standing
	// Validity says whether an entry holds, by its dates and its status.
	Validity = match.Validity
	// Subject says whether an entry is about the learner.
	Subject = match.Subject
)

// The standings of an entry, see [match.Standing].
const (
	StandingNotChecked        = match.StandingNotChecked
	StandingOwnProof          = match.StandingOwnProof
	StandingRecordSameIssuer  = match.StandingRecordSameIssuer
	StandingRecordOtherIssuer = match.StandingRecordOtherIssuer
	StandingNobody            = match.StandingNobody
	StandingForged            = match.StandingForged
)

// The validities of an entry, see [match.Validity].
const (
	ValidityUnknown     = match.ValidityUnknown
	ValidityCurrent     = match.ValidityCurrent
	ValidityExpired     = match.ValidityExpired
	ValidityNotYetValid = match.ValidityNotYetValid
	ValidityRevoked     = match.ValidityRevoked
	ValiditySuspended   = match.ValiditySuspended
)

// The outcomes of comparing an entry's subject with the learner, see [match.Subject].
const (
	SubjectNotComparable = match.SubjectNotComparable
	SubjectSame          = match.SubjectSame
	SubjectDifferent     = match.SubjectDifferent
)

// Flag is what a relying party should know of an entry besides its standing. The zero Flag
// is none.
type Flag string

// The flags.
const (
	FlagSelfAsserted     Flag = "self-asserted"         // its issuer is whom it is about
	FlagDuplicate        Flag = "duplicate"             // an earlier one has its issuer and id (Open Badges 3.0, Equality)
	FlagEndorserIsIssuer Flag = "endorser-is-issuer"    // an endorsement by the issuer of what it stands in
	FlagMisplaced        Flag = "misplaced-endorsement" // it endorses something else than it stands on
	FlagCreatorDiffers   Flag = "creator-differs"       // the achievement's creator is not the issuer, and signed nothing
	FlagSourceDiffers    Flag = "source-differs"        // the source is not the issuer, and signed nothing
	FlagInterchangeable  Flag = "interchangeable"       // another credential may have said some of what it says
)
