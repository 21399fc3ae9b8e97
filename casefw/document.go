package casefw

import (
	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/vc"
)

// CFDocument describes a framework: who made it, what it is about, what its
// status is (CASE 1.1 information model, CFDocument and CFPckgDocument).
type CFDocument struct {
	Identifier         string
	URI                vc.IRI
	FrameworkType      string // since 1.1
	CaseVersion        string // "1.1" or absent, since 1.1
	Creator            string
	Title              string
	LastChangeDateTime vc.DateTime
	OfficialSourceURL  vc.IRI
	Publisher          string
	Description        string
	Subject            []string
	SubjectURI         []LinkURI
	Language           string
	Version            string
	AdoptionStatus     string
	StatusStartDate    string
	StatusEndDate      string
	LicenseURI         *LinkURI
	Notes              string
	Extensions         jsontext.Value // an object, since 1.1
	CFPackageURI       *LinkURI       // not inside a package
	Members
}

// Status is an adoption status with the vocabularies of both versions merged.
type Status uint8

// The adoption statuses. OtherStatus stands for any text that no vocabulary has.
const (
	OtherStatus Status = iota
	Draft
	PendingImplementation
	Implemented // "Adopted" in 1.0
	Retired     // "Deprecated" in 1.0
	PrivateDraft
)

// String writes the status in the words of 1.1; "other" is any text besides.
func (s Status) String() string {
	return word(s, "other", "Draft", "Pending Implementation", "Implemented", "Retired", "Private Draft")
}

var statusWords = map[string]Status{
	"draft": Draft, "pending implementation": PendingImplementation,
	"implemented": Implemented, "adopted": Implemented, "published": Implemented,
	"retired": Retired, "deprecated": Retired, "private draft": PrivateDraft,
}

// Status reads AdoptionStatus, which is open text in the standard.
func (d *CFDocument) Status() Status { return statusWords[foldText(d.AdoptionStatus)] }

// GUID returns the identifier, zero where it is no UUID.
func (d *CFDocument) GUID() GUID {
	g, _ := looseGUID(d.Identifier)
	return g
}

// The places of the members in documentClass; see itemClass.
const (
	documentIdentifier = iota
	documentURI
	documentFramework
	documentCaseVersion
	documentCreator
	documentTitle
	documentChanged
	documentSource
	documentPublisher
	documentDescription
	documentSubject
	documentSubjectURI
	documentLanguage
	documentVersion
	documentStatus
	documentStart
	documentEnd
	documentLicense
	documentNotes
	documentExtensions
	documentPackage
)

var documentClass = newClass("CFDocument", func(d *CFDocument) *Members { return &d.Members }, []member{
	documentIdentifier:  scalar("identifier", kUUID, func(d *CFDocument) any { return &d.Identifier }).must(),
	documentURI:         scalar("uri", kURI, func(d *CFDocument) any { return &d.URI }).must(),
	documentFramework:   scalar("frameworkType", kNorm, func(d *CFDocument) any { return &d.FrameworkType }).in(V1p1),
	documentCaseVersion: scalar("caseVersion", kCase, func(d *CFDocument) any { return &d.CaseVersion }).in(V1p1),
	documentCreator:     scalar("creator", kNorm, func(d *CFDocument) any { return &d.Creator }).must(),
	documentTitle:       scalar("title", kNorm, func(d *CFDocument) any { return &d.Title }).must(),
	documentChanged:     scalar("lastChangeDateTime", kDateTime, func(d *CFDocument) any { return &d.LastChangeDateTime }).must(),
	documentSource:      scalar("officialSourceURL", kURI, func(d *CFDocument) any { return &d.OfficialSourceURL }),
	documentPublisher:   scalar("publisher", kNorm, func(d *CFDocument) any { return &d.Publisher }),
	documentDescription: scalar("description", kText, func(d *CFDocument) any { return &d.Description }).normBefore(),
	documentSubject:     texts("subject", kNorm, func(d *CFDocument) *[]string { return &d.Subject }),
	documentSubjectURI:  list("subjectURI", linkClass, func(d *CFDocument) *[]LinkURI { return &d.SubjectURI }),
	documentLanguage:    scalar("language", kLang, func(d *CFDocument) any { return &d.Language }).advised(10),
	documentVersion:     scalar("version", kNorm, func(d *CFDocument) any { return &d.Version }),
	documentStatus:      scalar("adoptionStatus", kNorm, func(d *CFDocument) any { return &d.AdoptionStatus }),
	documentStart:       scalar("statusStartDate", kDate, func(d *CFDocument) any { return &d.StatusStartDate }),
	documentEnd:         scalar("statusEndDate", kDate, func(d *CFDocument) any { return &d.StatusEndDate }),
	documentLicense:     one("licenseURI", linkClass, func(d *CFDocument) **LinkURI { return &d.LicenseURI }),
	documentNotes:       scalar("notes", kText, func(d *CFDocument) any { return &d.Notes }),
	documentExtensions:  scalar("extensions", kRaw, func(d *CFDocument) any { return &d.Extensions }).in(V1p1),
	documentPackage:     one("CFPackageURI", linkClass, func(d *CFDocument) **LinkURI { return &d.CFPackageURI }).must().outside(),
}...)
