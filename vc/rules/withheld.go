package rules

import (
	"slices"

	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// withheld reports whether a fault may be the doing of a holder who discloses a credential
// in part: something is absent where something is kept back. What is never left to the
// holder is at fault all the same.
func (r *report) withheld(f shape.Fault) bool {
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
