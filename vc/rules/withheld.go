package rules

import (
	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// gap is where a document that is shown in part lacks what the issuer's has, so that
// something in it looks like a fault.
type gap uint8

const (
	gapHere      gap = 1 << iota // in the object or array at fault, of which too little is left
	gapElsewhere                 // where the value at fault finds what it names
	gapWhole                     // in an array, which a proof over RDF leaves as it is, or out
)

// gaps are the faults, besides an absent member or an empty array, that may be the doing of
// a holder who shows a document in part. What is not here is a fault of what is shown.
var gaps = map[vc.Code]gap{
	CodeSubjectEmpty: gapHere, CodeSubjectUnidentified: gapHere, CodeCriteriaEmpty: gapHere, CodeRelatedDigest: gapHere,
	CodeTypeLacksClass:    gapHere | gapWhole,
	CodeResultDescription: gapElsewhere, CodeAchievedLevel: gapElsewhere, CodeOtherLevel: gapElsewhere,
	CodeRequiredLevel: gapElsewhere, CodeAssociationDangling: gapElsewhere, CodeNotComparable: gapElsewhere,
	CodeResultValue: gapElsewhere | gapWhole, CodeRequiredNotAllowed: gapElsewhere | gapWhole,
}

func gapOf(f shape.Fault) gap {
	switch {
	case f.Absent != "":
		return gapHere
	case f.At.Kind() == jsonx.Array && f.At.Len() == 0:
		return gapHere | gapWhole
	case f.Code == string(CodeNotComparable) && bounds[f.At.Name()]:
		return 0 // whatever else is shown
	}
	return gaps[vc.Code(f.Code)]
}

// bounds are the members that are compared as numbers whether or not a list of allowed
// values stands beside them.
var bounds = map[string]bool{"valueMin": true, "valueMax": true}

// withheld reports whether a fault may be the doing of a holder who shows a credential in
// part: of the whole document, where its proof leaves no trace of what is kept back, or of
// the objects that say that something is.
func (r *report) withheld(f shape.Fault) bool {
	g := gapOf(f)
	switch {
	case g == 0:
		return false
	case r.disclosed && g&gapWhole == 0 && !judging[f.Absent]:
		return true
	case r.doc == nil || !door.InPart(r.doc):
		return false
	case f.Absent != "" && f.At == door.Root(r.doc) && disclose.Protected("/"+f.Absent):
		return false // which is never left to the holder
	}
	return g&gapElsewhere != 0 || door.Withheld(r.doc, f.At)
}

// judging are the members without which there is nothing to judge.
var judging = map[string]bool{"@context": true, "type": true, "issuer": true}
