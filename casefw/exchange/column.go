package exchange

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
)

// field is what a column means.
type field string

// The fields that CASE has a place for, named as in the standard, and those of
// the tables alone.
const (
	fieldNone       field = ""
	fieldIdentifier field = "identifier"
	fieldStatement  field = "fullStatement"
	fieldCode       field = "humanCodingScheme"
	fieldLevel      field = "smartLevel"
	fieldParent     field = "parent"    // identifier or code, empty means top
	fieldChildOf    field = "isChildOf" // the same, but empty says nothing
	fieldSequence   field = "sequenceNumber"
	fieldList       field = "listEnumeration"
	fieldShort      field = "abbreviatedStatement"
	fieldLabel      field = "alternativeLabel"
	fieldKeywords   field = "conceptKeywords"
	fieldNotes      field = "notes"
	fieldLanguage   field = "language"
	fieldLevels     field = "educationLevel"
	fieldType       field = "CFItemType"
	fieldLicense    field = "license"
	fieldSubject    field = "subject"
	fieldStart      field = "statusStartDate"
	fieldEnd        field = "statusEndDate"
	fieldChanged    field = "lastChangeDateTime"
	fieldURI        field = "uri"
	fieldGroup      field = "associationGroupIdentifier"
	fieldGroupName  field = "associationGroupName"
)

// plain brings the name of a column into one form: people write "Human Coding
// Scheme", "human_coding_scheme" and "HumanCodingScheme" for one thing.
func plain(header string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		case r >= 0x80: // a name in another script is its own
			return r
		}
		return -1
	}, header)
}

// names lists the names of each field in the form of plain; the field's own name
// need not be repeated.
type names map[field]string

// table turns the lists into a lookup.
func (n names) table() map[string]field {
	t := map[string]field{}
	for f, others := range n {
		t[plain(string(f))] = f
		for _, name := range strings.Fields(others) {
			t[name] = f
		}
	}
	return t
}

func itemColumns() map[string]field {
	return names{
		fieldIdentifier: "guid uuid cfitemidentifier itemidentifier sourcedid",
		fieldStatement:  "statement itemstatement",
		fieldCode:       "code codingscheme humancode",
		fieldLevel:      "",
		fieldParent:     "parentidentifier parentguid parentcode parenthumancodingscheme",
		fieldChildOf:    "childof",
		fieldSequence:   "sequence",
		fieldList:       "",
		fieldShort:      "abbreviation",
		fieldLabel:      "altlabel",
		fieldKeywords:   "conceptkeyword keywords",
		fieldNotes:      "note",
		fieldLanguage:   "lang",
		fieldLevels:     "educationlevels gradelevel grade",
		fieldType:       "itemtype",
		fieldLicense:    "licence licensetitle",
		fieldSubject:    "subjects",
		fieldStart:      "",
		fieldEnd:        "",
		fieldChanged:    "lastchangedate lastchange",
		fieldURI:        "cfitemuri",
		fieldGroup:      "cfassociationgroupidentifier cfassociationgroupingidentifier",
		fieldGroupName:  "cfassociationgroupname",
		fieldJSON:       "",

		"isPartOf":        "",
		"replacedBy":      "isreplacedby",
		"exemplar":        "",
		"hasSkillLevel":   "",
		"exactMatchOf":    "isexactmatchof",
		"precedes":        "",
		"isPeerOf":        "",
		"isRelatedTo":     "",
		"isTranslationOf": "",
	}.table()
}

// linkKinds are the associations that the item table has columns for, in the order
// in which they are written.
var linkKinds = []casefw.AssociationType{casefw.IsPartOf, casefw.ExactMatchOf, casefw.Precedes, casefw.IsPeerOf, casefw.IsRelatedTo,
	casefw.ReplacedBy, casefw.Exemplar, casefw.HasSkillLevel, casefw.IsTranslationOf}

// isLink reports whether a column of the item table holds associations.
func (f field) isLink() bool { return slices.Contains(linkKinds, casefw.AssociationType(f)) }

func documentColumns() map[string]field {
	return names{
		fieldIdentifier: "guid uuid", "creator": "", "title": "", fieldChanged: "lastchangedate",
		"officialSourceURL": "officialuri", "publisher": "", "description": "", fieldSubject: "subjects",
		fieldLanguage: "lang", "version": "", "adoptionStatus": "status", fieldStart: "", fieldEnd: "",
		"licenseTitle": "license licence", "licenseText": "", fieldNotes: "note", fieldURI: "", "frameworkType": "",
		"caseVersion": "", fieldJSON: "",
	}.table()
}

func associationColumns() map[string]field {
	return names{
		fieldIdentifier: "", fieldURI: "",
		"originNodeURI": "", "originNodeIdentifier": "", "originNodeHumanCodingScheme": "", "originNodeTitle": "", "originTargetType": "",
		"associationType":    "type",
		"destinationNodeURI": "", "destinationNodeIdentifier": "", "destinationNodeHumanCodingScheme": "",
		"destinationNodeTitle": "", "destinationTargetType": "",
		fieldGroup:     "cfassociationgroupidentifier cfassociationgroupingidentifier",
		fieldGroupName: "cfassociationgroupname",
		fieldSequence:  "sequence", fieldNotes: "note", fieldChanged: "lastchangedate", fieldJSON: "",
	}.table()
}

func rubricColumns() map[string]field {
	return names{
		"type": "class", fieldIdentifier: "guid uuid", "rubricIdentifier": "rubricid", "criterionIdentifier": "rubriccriterionid",
		"title": "", "description": "", "category": "", "weight": "", "position": "", "quality": "", "score": "", "feedback": "",
		"CFItemIdentifier": "itemidentifier", fieldURI: "", fieldChanged: "lastchangedate",
		fieldJSON: "",
	}.table()
}
