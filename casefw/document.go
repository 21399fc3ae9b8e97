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

var documentClass = newClass("CFDocument", func(d *CFDocument) *Members { return &d.Members },
	scalar("identifier", kUUID, func(d *CFDocument) any { return &d.Identifier }).must(),
	scalar("uri", kURI, func(d *CFDocument) any { return &d.URI }).must(),
	scalar("frameworkType", kNorm, func(d *CFDocument) any { return &d.FrameworkType }).in(V1p1),
	scalar("caseVersion", kCase, func(d *CFDocument) any { return &d.CaseVersion }).in(V1p1),
	scalar("creator", kNorm, func(d *CFDocument) any { return &d.Creator }).must(),
	scalar("title", kNorm, func(d *CFDocument) any { return &d.Title }).must(),
	scalar("lastChangeDateTime", kDateTime, func(d *CFDocument) any { return &d.LastChangeDateTime }).must(),
	scalar("officialSourceURL", kURI, func(d *CFDocument) any { return &d.OfficialSourceURL }),
	scalar("publisher", kNorm, func(d *CFDocument) any { return &d.Publisher }),
	scalar("description", kText, func(d *CFDocument) any { return &d.Description }),
	texts("subject", kNorm, func(d *CFDocument) *[]string { return &d.Subject }),
	list("subjectURI", linkClass, func(d *CFDocument) *[]LinkURI { return &d.SubjectURI }),
	scalar("language", kLang, func(d *CFDocument) any { return &d.Language }).advised(10),
	scalar("version", kNorm, func(d *CFDocument) any { return &d.Version }),
	scalar("adoptionStatus", kNorm, func(d *CFDocument) any { return &d.AdoptionStatus }),
	scalar("statusStartDate", kDate, func(d *CFDocument) any { return &d.StatusStartDate }),
	scalar("statusEndDate", kDate, func(d *CFDocument) any { return &d.StatusEndDate }),
	one("licenseURI", linkClass, func(d *CFDocument) **LinkURI { return &d.LicenseURI }),
	scalar("notes", kText, func(d *CFDocument) any { return &d.Notes }),
	scalar("extensions", kRaw, func(d *CFDocument) any { return &d.Extensions }).in(V1p1),
	one("CFPackageURI", linkClass, func(d *CFDocument) **LinkURI { return &d.CFPackageURI }).must().outside(),
)
