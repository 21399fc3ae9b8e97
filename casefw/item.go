package casefw

import (
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/vc"
)

// CFItem is one statement of a framework: a standard, a competency, a skill, or a
// heading above them (CASE 1.1 information model, CFItem and CFPckgItem).
//
// The zero value of a text is absence; lists keep the difference between absent
// (nil) and empty.
type CFItem struct {
	Identifier           string
	FullStatement        string // may hold Markdown and LaTeX, and in practice HTML
	AlternativeLabel     string
	CFItemType           string
	URI                  vc.IRI
	HumanCodingScheme    string
	ListEnumeration      string
	AbbreviatedStatement string
	ConceptKeywords      []string
	ConceptKeywordsURI   *LinkURI
	Notes                string
	Subject              []string  // since 1.1
	SubjectURI           []LinkURI // since 1.1
	Language             string
	EducationLevel       []string // texts such as "KG" and "01"; the zeros matter
	CFItemTypeURI        *LinkURI
	LicenseURI           *LinkURI
	StatusStartDate      string
	StatusEndDate        string
	LastChangeDateTime   vc.DateTime
	Extensions           jsontext.Value // an object, since 1.1
	CFDocumentURI        *LinkURI       // not inside a package
	Members
}

// GUID returns the identifier, zero where it is no UUID.
func (i *CFItem) GUID() GUID {
	g, _ := looseGUID(i.Identifier)
	return g
}

// InForce reports whether the item holds at t: from statusStartDate, if there is
// one, through the day of statusEndDate, if there is one. A date that cannot be
// read does not limit.
func (i *CFItem) InForce(t time.Time) bool { return inForce(i.StatusStartDate, i.StatusEndDate, t) }

func inForce(start, end string, t time.Time) bool {
	if from, _, ok := ParseDate(start); ok && t.Before(from) {
		return false
	}
	if to, _, ok := ParseDate(end); ok && !t.Before(to.AddDate(0, 0, 1)) {
		return false
	}
	return true
}

// The places of the members in itemClass. What asks for one member of an item names
// it by its place; the name stands in the table alone.
const (
	itemIdentifier = iota
	itemStatement
	itemLabel
	itemType
	itemURI
	itemCode
	itemEnum
	itemShort
	itemKeywords
	itemKeywordsURI
	itemNotes
	itemSubject
	itemSubjectURI
	itemLanguage
	itemLevels
	itemTypeURI
	itemLicense
	itemStart
	itemEnd
	itemChanged
	itemExtensions
	itemDocument
)

var itemClass = newClass("CFItem", func(i *CFItem) *Members { return &i.Members }, []member{
	itemIdentifier:  scalar("identifier", kUUID, func(i *CFItem) any { return &i.Identifier }).must(),
	itemStatement:   scalar("fullStatement", kText, func(i *CFItem) any { return &i.FullStatement }).must().normBefore().advised(4096),
	itemLabel:       scalar("alternativeLabel", kNorm, func(i *CFItem) any { return &i.AlternativeLabel }).advised(60),
	itemType:        scalar("CFItemType", kNorm, func(i *CFItem) any { return &i.CFItemType }).advised(60).common(),
	itemURI:         scalar("uri", kURI, func(i *CFItem) any { return &i.URI }).must(),
	itemCode:        scalar("humanCodingScheme", kNorm, func(i *CFItem) any { return &i.HumanCodingScheme }).advised(100),
	itemEnum:        scalar("listEnumeration", kNorm, func(i *CFItem) any { return &i.ListEnumeration }).advised(10).common(),
	itemShort:       scalar("abbreviatedStatement", kNorm, func(i *CFItem) any { return &i.AbbreviatedStatement }).advised(60),
	itemKeywords:    texts("conceptKeywords", kNorm, func(i *CFItem) *[]string { return &i.ConceptKeywords }).advised(300),
	itemKeywordsURI: one("conceptKeywordsURI", linkClass, func(i *CFItem) **LinkURI { return &i.ConceptKeywordsURI }),
	itemNotes:       scalar("notes", kText, func(i *CFItem) any { return &i.Notes }),
	itemSubject:     texts("subject", kNorm, func(i *CFItem) *[]string { return &i.Subject }).in(V1p1),
	itemSubjectURI:  list("subjectURI", linkClass, func(i *CFItem) *[]LinkURI { return &i.SubjectURI }).in(V1p1),
	itemLanguage:    scalar("language", kLang, func(i *CFItem) any { return &i.Language }).advised(10).common(),
	itemLevels:      texts("educationLevel", kNorm, func(i *CFItem) *[]string { return &i.EducationLevel }).advised(300),
	itemTypeURI:     one("CFItemTypeURI", linkClass, func(i *CFItem) **LinkURI { return &i.CFItemTypeURI }),
	itemLicense:     one("licenseURI", linkClass, func(i *CFItem) **LinkURI { return &i.LicenseURI }),
	itemStart:       scalar("statusStartDate", kDate, func(i *CFItem) any { return &i.StatusStartDate }).common(),
	itemEnd:         scalar("statusEndDate", kDate, func(i *CFItem) any { return &i.StatusEndDate }).common(),
	itemChanged:     scalar("lastChangeDateTime", kDateTime, func(i *CFItem) any { return &i.LastChangeDateTime }).must().common(),
	itemExtensions:  scalar("extensions", kRaw, func(i *CFItem) any { return &i.Extensions }).in(V1p1),
	itemDocument:    one("CFDocumentURI", linkClass, func(i *CFItem) **LinkURI { return &i.CFDocumentURI }).must().outside(),
}...)
