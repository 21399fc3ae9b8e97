package casefw

import (
	"context"
	"strconv"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// CheckAnswers holds what a provider would answer of the framework against the standard's
// schema of a version, before it is published: each record as its endpoint gives it, read
// tolerantly as it was and written in the form [Standard]. The report is Valid exactly
// where no answer is refused by the official description of the service, with what
// [Validate] says of that: members that are missing in the data are missing in the answers,
// and no provider that answers so is certified.
//
// A fault is told once, where its record is answered by itself; the package and the sets
// that hold the record have it too. Its pointer is the path of the endpoint, then the
// pointer in the answer: /CFItems/{identifier}/fullStatement, with the place in the package
// for a record without a UUID, which no endpoint finds. An item that no association begins
// or ends at is a finding, for the set of its associations needs one.
//
// What [Framework.Lint] finds is no matter of single answers: ask for both. Of o only
// MaxFindings and Advise count. ctx is asked before each record; its error is returned with
// what was found until then.
func (f *Framework) CheckAnswers(ctx context.Context, version Version, o Options) (*Report, error) {
	report := newReport(o.MaxFindings)
	a := answers{ctx: ctx, f: f, k: checker{report: report, version: known(version), advise: o.Advise}}
	a.document()
	a.items()
	a.associations()
	a.definitions()
	checkRecords(&a, "CFRubrics", rubricClass, f.Rubrics(), func(r *CFRubric) string { return r.Identifier })
	return report, a.err
}

// answers checks the answers of a framework. After an error it does nothing.
type answers struct {
	ctx context.Context
	f   *Framework
	k   checker
	err error
}

// record checks one record as its endpoint answers it.
func (a *answers) record(endpoint string, id GUID, place int, c *class, rec any) {
	if a.err != nil {
		return
	}
	if a.err = a.ctx.Err(); a.err != nil {
		return
	}
	a.at(endpoint, id, place)
	text := encoder{form: Standard, old: a.k.version == V1p0}.record(nil, c, rec)
	doc, err := jsonx.Parse(text, rawLimits, nil)
	if err != nil { // a record that was built may hold what is no JSON
		a.k.report.findAt(CodeNotJSON, a.k.prefix)
		return
	}
	a.k.object(doc.Root(), c, false)
}

// at says where the findings that follow are.
func (a *answers) at(endpoint string, id GUID, place int) {
	name := id.String()
	if id.IsZero() {
		name = strconv.Itoa(place)
	}
	a.k.prefix = "/" + endpoint + "/" + name
}

func (a *answers) document() {
	d := a.f.StandaloneDocument()
	if d == nil {
		a.k.report.findAt(CodeRequiredPropertyMissing, "/CFPackages/0/CFDocument")
	} else {
		a.record("CFDocuments", d.GUID(), 0, documentClass, d)
	}
	if a.f.Len() == 0 {
		a.k.report.findAt(CodePackageWithoutItems, "/CFPackages/"+a.f.GUID().String()+"/CFItems")
	}
}

func (a *answers) items() {
	for t := range a.f.Items() {
		a.record("CFItems", t.GUID(), t.Index(), itemClass, t.Standalone())
		if a.err == nil && !a.associated(t) {
			a.at("CFItemAssociations", t.GUID(), t.Index())
			a.k.report.findAt(CodeEmptySet, a.k.prefix+"/CFAssociations")
		}
	}
}

// associated reports whether an association that the version has begins or ends at an item.
func (a *answers) associated(t Item) bool {
	e := encoder{old: a.k.version == V1p0}
	for link := range t.Outgoing() {
		if !e.old || e.sayable(link.Record()) {
			return true
		}
	}
	for link := range t.Incoming() {
		if !e.old || e.sayable(link.Record()) {
			return true
		}
	}
	return false
}

func (a *answers) associations() {
	for link := range a.f.Associations() {
		rec := link.Standalone()
		if (encoder{old: a.k.version == V1p0}).sayable(rec) {
			a.record("CFAssociations", link.GUID(), link.Index(), associationClass, rec)
		}
	}
}

func (a *answers) definitions() {
	d := a.f.Definitions()
	if d == nil {
		return
	}
	checkRecords(a, "CFConcepts", conceptClass, d.CFConcepts, func(r *CFConcept) string { return r.Identifier })
	checkRecords(a, "CFSubjects", subjectClass, d.CFSubjects, func(r *CFSubject) string { return r.Identifier })
	checkRecords(a, "CFLicenses", licenseClass, d.CFLicenses, func(r *CFLicense) string { return r.Identifier })
	checkRecords(a, "CFItemTypes", itemTypeClass, d.CFItemTypes, func(r *CFItemType) string { return r.Identifier })
	checkRecords(a, "CFAssociationGroupings", groupingClass, d.CFAssociationGroupings,
		func(r *CFAssociationGrouping) string { return r.Identifier })
}

// checkRecords checks the records of a list.
func checkRecords[R any](a *answers, endpoint string, c *class, list []R, identifier func(*R) string) {
	for i := range list {
		id, _ := looseGUID(identifier(&list[i]))
		a.record(endpoint, id, i, c, &list[i])
	}
}
