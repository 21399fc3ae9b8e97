package rules

import (
	"slices"

	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// withheld reports whether a fault may be the doing of a holder who shows a credential in
// part: of the whole document, where its proof leaves no trace of what is kept back, or of
// the objects that say that something is.
func (r *report) withheld(f shape.Fault) bool {
	return r.disclosed && mayBeWithheld(f) || r.undisclosed(f)
}

// mayBeWithheld reports whether a fault is that something is not there, in a document
// whose holder chose what is shown. Without its contexts, types and issuer there is
// nothing to judge.
func mayBeWithheld(f shape.Fault) bool {
	switch {
	case f.Absent != "":
		return f.Absent != "@context" && f.Absent != "type" && f.Absent != "issuer"
	case f.Code == string(CodeAchievedLevel), f.Code == string(CodeRequiredLevel), f.Code == string(CodeResultDescription):
		return true // what it names is not among what is shown
	case f.Code == string(CodeResultStatus), f.Code == string(CodeSubjectUnidentified), f.Code == string(CodeSubjectEmpty),
		f.Code == string(CodeCriteriaEmpty), f.Code == string(CodeRelatedDigest), f.Code == string(CodeAssociationDangling):
		return true
	}
	return false
}

// undisclosed reports whether something is absent where the issuer signed more than is
// disclosed. What is never left to the holder is at fault all the same.
func (r *report) undisclosed(f shape.Fault) bool {
	if r.doc == nil || !door.InPart(r.doc) {
		return false
	}
	switch {
	case f.Absent != "" && f.At == door.Root(r.doc) && disclose.Protected("/"+f.Absent):
		return false
	case f.Absent != "" || slices.Contains(ofLittle, vc.Code(f.Code)):
		return door.Withheld(r.doc, f.At)
	}
	return slices.Contains(ofOthers, vc.Code(f.Code))
}

var (
	// ofLittle are the faults of an object or array in which too little stands.
	ofLittle = []vc.Code{CodeSubjectMissing, CodeSubjectEmpty, CodeEmptyArray, CodeCriteriaEmpty, CodeSubjectUnidentified,
		CodeRelatedDigest}
	// ofOthers are the faults of a value that names what ought to stand elsewhere.
	ofOthers = []vc.Code{CodeResultDescription, CodeAchievedLevel, CodeOtherLevel, CodeRequiredLevel, CodeRequiredNotAllowed,
		CodeResultValue, CodeAssociationDangling}
)
