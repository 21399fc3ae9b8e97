package page

import (
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/vc/verify"
)

// standing is what is said of a standing: at the claim, of a group, and in the ledger.
type standing struct {
	word     string // at a claim
	heading  string // of the group
	explains string
	ledger   string
	says     string // of one claim
}

// order is the order of the groups: what somebody stands for comes first.
var order = [...]intake.Standing{
	intake.StandingOwnProof, intake.StandingRecordSameIssuer, intake.StandingRecordOtherIssuer,
	intake.StandingNotChecked, intake.StandingNobody, intake.StandingForged,
}

var standings = map[intake.Standing]standing{
	intake.StandingOwnProof: {"Signed by its issuer", "Signed by those who issued them",
		"Each of these carries a signature of its own, and the key is the issuer’s. The issuer can be held to what it says.",
		"signed by their issuers", "The issuer signed this itself, and the signature is good."},
	intake.StandingRecordSameIssuer: {"In its issuer’s record", "Covered by the signature of the record",
		"These have no signature of their own. They stand in a record that their issuer signed, " +
			"so the issuer can be held to them all the same.",
		"in a record that their issuer signed", "It has no signature of its own, and stands in a record that the same issuer signed."},
	intake.StandingRecordOtherIssuer: {"Only the record says so", "Said by the record alone",
		"These name an issuer who signed nothing. Whoever signed the record says that they exist; ask the issuer named.",
		"only said by who made the record",
		"The issuer named here signed nothing. Whoever signed the record around it says that it exists."},
	intake.StandingNotChecked: {"Could not be checked", "Not decided",
		"Something that is needed to check these could not be had, such as the key of the issuer. " +
			"They are neither good nor bad; try again later.",
		"could not be checked", "Whether the issuer signed this could not be found out. It is neither good nor bad."},
	intake.StandingNobody: {"Signed by nobody", "Nobody stands behind these",
		"These carry no signature, and nothing that is signed contains them. Anybody could have written them.",
		"signed by nobody", "Nobody signed this, nor anything that contains it. Anybody could have written it."},
	intake.StandingForged: {"Signature is wrong", "Not what the issuer signed",
		"These carry a signature that does not fit: they were changed after they were signed, or the key is not the issuer’s.",
		"carry a wrong signature", "The signature does not fit. This was changed after it was signed, or somebody else’s key signed it."},
}

var validities = map[intake.Validity]string{
	intake.ValidityUnknown: "Not known whether it still holds", intake.ValidityCurrent: "Holds today", intake.ValidityExpired: "Expired",
	intake.ValidityNotYetValid: "Not valid yet", intake.ValidityRevoked: "Revoked by its issuer",
	intake.ValiditySuspended: "Suspended by its issuer",
}

var subjects = map[intake.Subject]string{
	intake.SubjectNotComparable: "It cannot be told whether this is about the same person as the rest",
	intake.SubjectSame:          "About the same person as the rest", intake.SubjectDifferent: "About another person",
}

// against are why a claim counts for nothing although somebody can be held to it.
var against = map[match.Reason]string{
	match.AgainstOther:    "This is about another person than the rest, and does not count.",
	match.AgainstShared:   "The signature around it does not say which of several people or courses it belongs to, so it does not count.",
	match.AgainstRepeated: "The same credential counts already.",
}

var flags = map[intake.Flag]string{
	intake.FlagSelfAsserted:     "Issued by the person whom it is about",
	intake.FlagDuplicate:        "The same credential stands here more than once",
	intake.FlagEndorserIsIssuer: "Endorsed by its own issuer",
	intake.FlagMisplaced:        "An endorsement of something else",
	intake.FlagCreatorDiffers:   "Made up by somebody other than the issuer, who signed nothing",
	intake.FlagSourceDiffers:    "Assessed by somebody other than the issuer, who signed nothing",
	intake.FlagInterchangeable:  "Another credential may have said some of this",
}

var outcomes = map[verify.Outcome]string{
	verify.OutcomePassed: "passed", verify.OutcomeFailed: "failed", verify.OutcomeUndetermined: "not decided",
	verify.OutcomeNotRun: "not asked",
}

// checks are the steps of a verification, as people call them.
var checks = map[verify.CheckName]string{
	verify.CheckParse: "Can be read", verify.CheckContexts: "Terms are known", verify.CheckProof: "Signature",
	verify.CheckBinding: "Whose key it is",
	verify.CheckRules:   "Follows the standard", verify.CheckTime: "Dates", verify.CheckSchema: "Schema", verify.CheckStatus: "Not revoked",
	verify.CheckRefresh: "Newer version", verify.CheckNested: "What is inside", verify.CheckRelated: "Related files",
	verify.CheckKeyBinding: "Shown by its holder", verify.CheckHolder: "Whom it is about", verify.CheckReading: "Says one thing only",
}

// envelopes are what is said of the file as a whole: heading by kind, and sentence by state.
var envelopes = map[intake.EnvelopeState]struct{ says, class string }{
	intake.EnvelopeVerified:     {"is signed, and the signature is good. What it contains is judged by itself.", "good"},
	intake.EnvelopeNotVerified:  {"is signed, but does not hold as a whole. What it contains is judged by itself.", "bad"},
	intake.EnvelopeUndetermined: {"could not be checked as a whole. What it contains is judged by itself.", "unsure"},
	intake.EnvelopeUnsigned:     {"is signed by nobody: it is a way of sending. What it contains is judged by itself.", "unsure"},
	intake.EnvelopeUnreadable:   {"is nothing that can be read as a credential.", "bad"},
}

var kinds = map[intake.Kind]string{
	intake.KindRecord: "learner record", intake.KindBadge: "badge", intake.KindEndorsement: "endorsement",
	intake.KindPresentation: "presentation", intake.KindCredential: "credential", intake.KindBundle: "bundle of files",
	intake.KindOther: "file",
}

// relations are how one achievement stands to another, for a sentence.
var relations = map[string]string{
	"exactMatchOf": "is the same as", "isChildOf": "is below", "isParentOf": "is above", "isPartOf": "is part of",
	"isPeerOf":    "stands beside",
	"isRelatedTo": "has to do with", "precedes": "comes before", "replacedBy": "was replaced by",
}
