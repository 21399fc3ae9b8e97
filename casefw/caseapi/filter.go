package caseapi

import (
	"maps"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
)

// The members of a document, as filters, orders and selections name them.
const (
	docIdentifier = iota
	docURI
	docFrameworkType
	docCaseVersion
	docCreator
	docTitle
	docLastChangeDateTime
	docOfficialSourceURL
	docPublisher
	docDescription
	docSubject
	docSubjectURI
	docLanguage
	docVersion
	docAdoptionStatus
	docStatusStartDate
	docStatusEndDate
	docLicenseURI
	docNotes
	docExtensions
	docCFPackageURI
)

// documentFields1p1 are the members of a document in 1.1, documentFields1p0 those
// in 1.0. Neither is ever changed.
var (
	documentFields1p1 = rest.Fields{
		"identifier": {Index: docIdentifier}, "uri": {Index: docURI}, "frameworkType": {Index: docFrameworkType},
		"caseVersion": {Index: docCaseVersion}, "creator": {Index: docCreator}, "title": {Index: docTitle},
		"lastChangeDateTime": {Index: docLastChangeDateTime, Time: instant}, "officialSourceURL": {Index: docOfficialSourceURL},
		"publisher": {Index: docPublisher}, "description": {Index: docDescription}, "subject": {Index: docSubject},
		"subjectURI": {Index: docSubjectURI}, "language": {Index: docLanguage}, "version": {Index: docVersion},
		"adoptionStatus": {Index: docAdoptionStatus}, "statusStartDate": {Index: docStatusStartDate, Time: day},
		"statusEndDate": {Index: docStatusEndDate, Time: day}, "licenseURI": {Index: docLicenseURI}, "notes": {Index: docNotes},
		"extensions": {Index: docExtensions}, "CFPackageURI": {Index: docCFPackageURI},
	}
	documentFields1p0 = without(documentFields1p1, "frameworkType", "caseVersion", "extensions")
)

func without(fields rest.Fields, names ...string) rest.Fields {
	fewer := maps.Clone(fields)
	for _, name := range names {
		delete(fewer, name)
	}
	return fewer
}

func documentFields(v Version) rest.Fields {
	if v == V1p0 {
		return documentFields1p0
	}
	return documentFields1p1
}

func instant(text string) (time.Time, bool) {
	at, _, ok := casefw.ParseDateTime(text)
	return at, ok
}

func day(text string) (time.Time, bool) {
	at, _, ok := casefw.ParseDate(text)
	return at, ok
}

// document shows a document to filters and orders.
type document casefw.CFDocument

// AppendTexts implements rest.Object.
func (d *document) AppendTexts(dst []string, index int, path []string) (texts []string, list bool) {
	switch index {
	case docSubject:
		if len(path) > 0 {
			return dst, true
		}
		return append(dst, d.Subject...), true
	case docSubjectURI:
		for i := range d.SubjectURI {
			dst = appendLink(dst, &d.SubjectURI[i], path)
		}
		return dst, true
	case docLicenseURI:
		return appendLink(dst, d.LicenseURI, path), false
	case docCFPackageURI:
		return appendLink(dst, d.CFPackageURI, path), false
	case docExtensions:
		return appendExtension(dst, d.Extensions, path)
	}
	if text := d.text(index); text != "" && len(path) == 0 {
		dst = append(dst, text)
	}
	return dst, false
}

// text returns a member that is one text, "" for absence.
func (d *document) text(index int) string {
	switch index {
	case docIdentifier:
		return d.Identifier
	case docURI:
		return string(d.URI)
	case docFrameworkType:
		return d.FrameworkType
	case docCaseVersion:
		return d.CaseVersion
	case docCreator:
		return d.Creator
	case docTitle:
		return d.Title
	case docLastChangeDateTime:
		return d.LastChangeDateTime.String()
	case docOfficialSourceURL:
		return string(d.OfficialSourceURL)
	case docPublisher:
		return d.Publisher
	case docDescription:
		return d.Description
	case docLanguage:
		return d.Language
	case docVersion:
		return d.Version
	case docAdoptionStatus:
		return d.AdoptionStatus
	case docStatusStartDate:
		return d.StatusStartDate
	case docStatusEndDate:
		return d.StatusEndDate
	case docNotes:
		return d.Notes
	}
	return ""
}

func appendLink(dst []string, l *casefw.LinkURI, path []string) []string {
	if l == nil || len(path) != 1 {
		return dst
	}
	switch path[0] {
	case "title":
		return append(dst, l.Title)
	case "identifier":
		return append(dst, l.Identifier)
	case "uri":
		return append(dst, string(l.URI))
	}
	return dst
}

// extensionLimits bound what of an extension is looked through for a filter.
var extensionLimits = jsonx.Limits{Bytes: 1 << 20, Depth: 64}

// appendExtension walks into extension data, which may have any shape. Numbers and
// booleans count as the text that they are written with.
func appendExtension(dst []string, raw []byte, path []string) (texts []string, list bool) {
	if len(raw) == 0 || len(path) == 0 {
		return dst, false
	}
	doc, err := jsonx.Parse(raw, extensionLimits, nil)
	if err != nil {
		return dst, false
	}
	return appendValues(dst, doc.Root(), path)
}

func appendValues(dst []string, v jsonx.Value, path []string) (texts []string, list bool) {
	if v.Kind() == jsonx.Array {
		for e := v.First(); e.Exists(); e = e.Next() {
			dst, _ = appendValues(dst, e, path)
		}
		return dst, true
	}
	if len(path) > 0 {
		return appendValues(dst, v.Get(path[0]), path[1:])
	}
	switch v.Kind() {
	case jsonx.String, jsonx.Number:
		return append(dst, v.Text()), false
	case jsonx.True:
		return append(dst, "true"), false
	case jsonx.False:
		return append(dst, "false"), false
	}
	return dst, false
}
