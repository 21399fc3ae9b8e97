package casefw

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/vc"
)

// CFDefinition holds the vocabularies that a package's items refer to. Their
// hierarchies stand in the hierarchyCode texts alone (CASE 1.1 information model,
// CFDefinition).
type CFDefinition struct {
	CFConcepts             []CFConcept
	CFSubjects             []CFSubject
	CFLicenses             []CFLicense
	CFItemTypes            []CFItemType
	CFAssociationGroupings []CFAssociationGrouping
	Extensions             jsontext.Value // an object, since 1.1
	Members
}

// CFConcept is a topic that an item is about.
type CFConcept struct {
	Identifier         string
	URI                vc.IRI
	Title              string
	Keywords           string // separated by "|"
	HierarchyCode      string
	Description        string
	LastChangeDateTime vc.DateTime
	Extensions         jsontext.Value
	Members
}

// KeywordList splits Keywords.
func (c *CFConcept) KeywordList() []string {
	var words []string
	for word := range strings.SplitSeq(c.Keywords, "|") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// CFSubject is a field of study.
type CFSubject struct {
	Identifier         string
	URI                vc.IRI
	Title              string
	HierarchyCode      string
	Description        string
	LastChangeDateTime vc.DateTime
	Extensions         jsontext.Value
	Members
}

// CFLicense is a licence under which a framework or an item is published.
type CFLicense struct {
	Identifier         string
	URI                vc.IRI
	Title              string
	Description        string
	LicenseText        string
	LastChangeDateTime vc.DateTime
	Extensions         jsontext.Value
	Members
}

// CFItemType is a kind of item, such as Standard or Course. It is the only
// definition whose description is required.
type CFItemType struct {
	Identifier         string
	URI                vc.IRI
	Title              string
	Description        string
	HierarchyCode      string
	TypeCode           string
	LastChangeDateTime vc.DateTime
	Extensions         jsontext.Value
	Members
}

// CFAssociationGrouping names one of several trees over the same items.
type CFAssociationGrouping struct {
	Identifier         string
	URI                vc.IRI
	Title              string
	Description        string
	LastChangeDateTime vc.DateTime
	Extensions         jsontext.Value
	Members
}

// UnderCode reports whether code stands below parent in the convention of
// hierarchyCode: "ELA.1" is under "ELA", "Math.10" is not under "Math.1". An
// empty parent has nothing below it.
func UnderCode(code, parent string) bool {
	if parent == "" || len(code) <= len(parent) || !strings.HasPrefix(code, parent) {
		return false
	}
	return strings.ContainsRune(".-/:|> ", rune(code[len(parent)]))
}

var conceptClass = newClass("CFConcept", func(c *CFConcept) *Members { return &c.Members },
	scalar("identifier", kUUID, func(c *CFConcept) any { return &c.Identifier }).must(),
	scalar("uri", kURI, func(c *CFConcept) any { return &c.URI }).must(),
	scalar("title", kNorm, func(c *CFConcept) any { return &c.Title }).must(),
	scalar("keywords", kNorm, func(c *CFConcept) any { return &c.Keywords }),
	scalar("hierarchyCode", kNorm, func(c *CFConcept) any { return &c.HierarchyCode }).must(),
	scalar("description", kText, func(c *CFConcept) any { return &c.Description }),
	scalar("lastChangeDateTime", kDateTime, func(c *CFConcept) any { return &c.LastChangeDateTime }).must(),
	scalar("extensions", kRaw, func(c *CFConcept) any { return &c.Extensions }).in(V1p1),
)

var subjectClass = newClass("CFSubject", func(s *CFSubject) *Members { return &s.Members },
	scalar("identifier", kUUID, func(s *CFSubject) any { return &s.Identifier }).must(),
	scalar("uri", kURI, func(s *CFSubject) any { return &s.URI }).must(),
	scalar("title", kNorm, func(s *CFSubject) any { return &s.Title }).must(),
	scalar("hierarchyCode", kNorm, func(s *CFSubject) any { return &s.HierarchyCode }).must(),
	scalar("description", kText, func(s *CFSubject) any { return &s.Description }),
	scalar("lastChangeDateTime", kDateTime, func(s *CFSubject) any { return &s.LastChangeDateTime }).must(),
	scalar("extensions", kRaw, func(s *CFSubject) any { return &s.Extensions }).in(V1p1),
)

var licenseClass = newClass("CFLicense", func(l *CFLicense) *Members { return &l.Members },
	scalar("identifier", kUUID, func(l *CFLicense) any { return &l.Identifier }).must(),
	scalar("uri", kURI, func(l *CFLicense) any { return &l.URI }).must(),
	scalar("title", kNorm, func(l *CFLicense) any { return &l.Title }).must(),
	scalar("description", kText, func(l *CFLicense) any { return &l.Description }),
	scalar("licenseText", kText, func(l *CFLicense) any { return &l.LicenseText }).must(),
	scalar("lastChangeDateTime", kDateTime, func(l *CFLicense) any { return &l.LastChangeDateTime }).must(),
	scalar("extensions", kRaw, func(l *CFLicense) any { return &l.Extensions }).in(V1p1),
)

var itemTypeClass = newClass("CFItemType", func(t *CFItemType) *Members { return &t.Members },
	scalar("identifier", kUUID, func(t *CFItemType) any { return &t.Identifier }).must(),
	scalar("uri", kURI, func(t *CFItemType) any { return &t.URI }).must(),
	scalar("title", kNorm, func(t *CFItemType) any { return &t.Title }).must(),
	scalar("description", kText, func(t *CFItemType) any { return &t.Description }).must(),
	scalar("hierarchyCode", kNorm, func(t *CFItemType) any { return &t.HierarchyCode }).must(),
	scalar("typeCode", kNorm, func(t *CFItemType) any { return &t.TypeCode }),
	scalar("lastChangeDateTime", kDateTime, func(t *CFItemType) any { return &t.LastChangeDateTime }).must(),
	scalar("extensions", kRaw, func(t *CFItemType) any { return &t.Extensions }).in(V1p1),
)

var groupingClass = newClass("CFAssociationGrouping", func(g *CFAssociationGrouping) *Members { return &g.Members },
	scalar("identifier", kUUID, func(g *CFAssociationGrouping) any { return &g.Identifier }).must(),
	scalar("uri", kURI, func(g *CFAssociationGrouping) any { return &g.URI }).must(),
	scalar("title", kNorm, func(g *CFAssociationGrouping) any { return &g.Title }).must(),
	scalar("description", kText, func(g *CFAssociationGrouping) any { return &g.Description }),
	scalar("lastChangeDateTime", kDateTime, func(g *CFAssociationGrouping) any { return &g.LastChangeDateTime }).must(),
	scalar("extensions", kRaw, func(g *CFAssociationGrouping) any { return &g.Extensions }).in(V1p1),
)

var definitionClass = newClass("CFDefinition", func(d *CFDefinition) *Members { return &d.Members },
	list("CFConcepts", conceptClass, func(d *CFDefinition) *[]CFConcept { return &d.CFConcepts }),
	list("CFSubjects", subjectClass, func(d *CFDefinition) *[]CFSubject { return &d.CFSubjects }),
	list("CFLicenses", licenseClass, func(d *CFDefinition) *[]CFLicense { return &d.CFLicenses }),
	list("CFItemTypes", itemTypeClass, func(d *CFDefinition) *[]CFItemType { return &d.CFItemTypes }),
	list("CFAssociationGroupings", groupingClass, func(d *CFDefinition) *[]CFAssociationGrouping { return &d.CFAssociationGroupings }),
	scalar("extensions", kRaw, func(d *CFDefinition) any { return &d.Extensions }).in(V1p1),
)
