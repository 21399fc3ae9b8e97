package casefw

import "strings"

// AssociationType is what an association says, read from origin to destination:
// "origin isChildOf destination". Any text is kept; [AssociationType.Known] tells
// those that the standard has.
type AssociationType string

// The association types of CASE 1.1. All but IsTranslationOf are of 1.0 too.
const (
	IsChildOf       AssociationType = "isChildOf"
	IsPartOf        AssociationType = "isPartOf"
	IsPeerOf        AssociationType = "isPeerOf"
	ExactMatchOf    AssociationType = "exactMatchOf"
	Precedes        AssociationType = "precedes"
	IsRelatedTo     AssociationType = "isRelatedTo"
	ReplacedBy      AssociationType = "replacedBy"
	Exemplar        AssociationType = "exemplar"
	HasSkillLevel   AssociationType = "hasSkillLevel"
	IsTranslationOf AssociationType = "isTranslationOf" // since 1.1
)

// Semantics is what may be concluded from associations of one type.
type Semantics struct {
	// Inverse names the reading from destination to origin. It equals the type
	// where that is symmetric.
	Inverse string
	// Symmetric: the link holds in both directions.
	Symmetric bool
	// Transitive: two links in a row make a third. Where the standard says
	// nothing of the kind this is false, and no closure is built.
	Transitive bool
	// Since is the version that brought the type.
	Since Version
}

// semantics is the table of CASE 1.1, association types. exactMatchOf closes
// because equivalence does; isRelatedTo and isPeerOf have no such reading, and
// neither have links to examples, levels and translations.
var semantics = map[AssociationType]Semantics{
	IsChildOf:       {Inverse: "isParentOf", Transitive: true, Since: V1p0},
	IsPartOf:        {Inverse: "hasPart", Transitive: true, Since: V1p0},
	IsPeerOf:        {Inverse: "isPeerOf", Symmetric: true, Since: V1p0},
	ExactMatchOf:    {Inverse: "exactMatchOf", Symmetric: true, Transitive: true, Since: V1p0},
	Precedes:        {Inverse: "hasPredecessor", Transitive: true, Since: V1p0},
	IsRelatedTo:     {Inverse: "isRelatedTo", Symmetric: true, Since: V1p0},
	ReplacedBy:      {Inverse: "replaces", Transitive: true, Since: V1p0},
	Exemplar:        {Inverse: "isExemplarFor", Since: V1p0},
	HasSkillLevel:   {Inverse: "isSkillLevelFor", Since: V1p0},
	IsTranslationOf: {Inverse: "isTranslationOf", Symmetric: true, Since: V1p1},
}

// Known reports whether the standard has the type.
func (t AssociationType) Known() bool {
	_, ok := semantics[t]
	return ok
}

// in1p0 reports whether 1.0 has the type.
func (t AssociationType) in1p0() bool {
	known, ok := semantics[t]
	return ok && known.Since == V1p0
}

// IsExtension reports whether the type is a private one of 1.1: "ext:" and
// letters, digits, dots, hyphens and underscores, and nothing else. The official
// schemas' patterns are not anchored and take more; this does not.
func (t AssociationType) IsExtension() bool { return extensionToken(string(t)) }

// Semantics returns what may be concluded from the type. An unknown one and an
// extension are read as isRelatedTo, as the guide asks of a consumer.
//
// Of isTranslationOf the standard says that the destination is the translation,
// against its own name, and data of both directions exist: it is symmetric here,
// and the language of the two items tells them apart.
func (t AssociationType) Semantics() Semantics {
	if s, ok := semantics[t]; ok {
		return s
	}
	return semantics[IsRelatedTo]
}

// extensionToken reports whether s is a whole "ext:" token.
func extensionToken(s string) bool {
	rest, ok := strings.CutPrefix(s, "ext:")
	if !ok || rest == "" {
		return false
	}
	for _, c := range []byte(rest) {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_') {
			return false
		}
	}
	return true
}

// legacyTypes are names that were sent for a type before 1.0 was settled.
var legacyTypes = map[string]AssociationType{
	"relatedto": IsRelatedTo, "related": IsRelatedTo, "childof": IsChildOf, "partof": IsPartOf,
	"peerof": IsPeerOf, "matchof": ExactMatchOf, "exactmatch": ExactMatchOf, "isexactmatchof": ExactMatchOf,
	"isprecededby": "", "isreplacedby": ReplacedBy, "isexemplarof": "", "skilllevel": HasSkillLevel,
}

// repairType returns the type that a malformed text stands for: another case, or
// one of the older names. ok is false where the text stands for none.
func repairType(text string) (t AssociationType, ok bool) {
	folded := strings.Map(func(r rune) rune {
		if r == ' ' || r == '_' || r == '-' {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(text)))
	for known := range semantics {
		if strings.ToLower(string(known)) == folded {
			return known, true
		}
	}
	t = legacyTypes[folded]
	return t, t != ""
}
