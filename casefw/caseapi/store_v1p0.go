package caseapi

import (
	"maps"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
)

// What 1.1 added has no place in an answer of 1.0: extensions on every class,
// frameworkType, caseVersion, subject and subjectURI of items, notes of
// associations, targetType of nodes. Types that 1.0 does not have become
// isRelatedTo, as the guide says; an association with something that is not of
// CASE has no meaning in 1.0 and is left out. The originals are not touched.

// to1p0 returns a record as 1.0 has it, of the same type, or nil where it has none.
func to1p0(rec any) any {
	switch rec := rec.(type) {
	case *casefw.CFDocument:
		return document1p0(rec)
	case *casefw.CFItem:
		return item1p0(rec)
	case *casefw.CFAssociation:
		if old := association1p0(rec); old != nil {
			return old
		}
		return nil
	case *casefw.CFRubric:
		return rubric1p0(rec)
	case *casefw.CFPackage:
		return package1p0(rec)
	case *casefw.CFDefinition:
		return definitions1p0(rec)
	case *casefw.CFDocumentSet:
		return &casefw.CFDocumentSet{CFDocuments: each(rec.CFDocuments, document1p0)}
	case *casefw.CFAssociationSet:
		set := &casefw.CFAssociationSet{CFAssociations: associations1p0(rec.CFAssociations)}
		if rec.CFItem != nil {
			set.CFItem = item1p0(rec.CFItem)
		}
		return set
	}
	return vocabulary1p0(rec)
}

// vocabulary1p0 is to1p0 for what a package defines.
func vocabulary1p0(rec any) any {
	switch rec := rec.(type) {
	case *casefw.CFConcept:
		return concept1p0(rec)
	case *casefw.CFSubject:
		return subject1p0(rec)
	case *casefw.CFLicense:
		return license1p0(rec)
	case *casefw.CFItemType:
		return itemType1p0(rec)
	case *casefw.CFAssociationGrouping:
		return grouping1p0(rec)
	case *casefw.CFConceptSet:
		return &casefw.CFConceptSet{CFConcepts: each(rec.CFConcepts, concept1p0)}
	case *casefw.CFSubjectSet:
		return &casefw.CFSubjectSet{CFSubjects: each(rec.CFSubjects, subject1p0)}
	case *casefw.CFItemTypeSet:
		return &casefw.CFItemTypeSet{CFItemTypes: each(rec.CFItemTypes, itemType1p0)}
	case *casefw.CFRubricCriterion:
		return criterion1p0(rec)
	case *casefw.CFRubricCriterionLevel:
		return level1p0(rec)
	}
	return rec // links are the same in both
}

// each downgrades a list; one that is absent stays absent.
func each[R any](list []R, old func(*R) *R) []R {
	if list == nil {
		return nil
	}
	all := make([]R, len(list))
	for i := range list {
		all[i] = *old(&list[i])
	}
	return all
}

// without1p1 forgets what was sent for members that 1.0 does not have.
func without1p1(m casefw.Members, names ...string) casefw.Members {
	sent := maps.Clone(m.Sent)
	for name := range m.Sent {
		for _, newer := range append(names, "extensions") {
			if strings.EqualFold(name, newer) {
				delete(sent, name)
			}
		}
	}
	return casefw.Members{Sent: sent}
}

func document1p0(d *casefw.CFDocument) *casefw.CFDocument {
	old := *d
	old.FrameworkType, old.CaseVersion, old.Extensions = "", "", nil
	old.Description = oneLine(d.Description)
	old.Members = without1p1(d.Members, "frameworkType", "caseVersion")
	return &old
}

func item1p0(i *casefw.CFItem) *casefw.CFItem {
	old := *i
	old.Subject, old.SubjectURI, old.Extensions = nil, nil, nil
	old.FullStatement = oneLine(i.FullStatement)
	old.Members = without1p1(i.Members, "subject", "subjectURI")
	return &old
}

// association1p0 returns nil for an association that 1.0 cannot say.
func association1p0(a *casefw.CFAssociation) *casefw.CFAssociation {
	if beyondCASE(a.OriginNodeURI) || beyondCASE(a.DestinationNodeURI) {
		return nil
	}
	old := *a
	old.OriginNodeURI, old.DestinationNodeURI = node1p0(a.OriginNodeURI), node1p0(a.DestinationNodeURI)
	old.Notes, old.Extensions = "", nil
	if !a.AssociationType.Known() || a.AssociationType == casefw.IsTranslationOf {
		old.AssociationType = casefw.IsRelatedTo
	}
	old.Members = without1p1(a.Members, "notes")
	return &old
}

func associations1p0(list []casefw.CFAssociation) []casefw.CFAssociation {
	all := make([]casefw.CFAssociation, 0, len(list))
	for i := range list {
		if old := association1p0(&list[i]); old != nil {
			all = append(all, *old)
		}
	}
	return all
}

func beyondCASE(n *casefw.LinkGenURI) bool {
	return n != nil && n.TargetType != "" && !strings.EqualFold(n.TargetType, "CASE")
}

func node1p0(n *casefw.LinkGenURI) *casefw.LinkGenURI {
	if n == nil {
		return nil
	}
	old := *n
	old.TargetType = ""
	old.Members = without1p1(n.Members, "targetType")
	return &old
}

func rubric1p0(r *casefw.CFRubric) *casefw.CFRubric {
	old := *r
	old.Extensions, old.Members = nil, without1p1(r.Members)
	old.Description = oneLine(r.Description)
	old.CFRubricCriteria = each(r.CFRubricCriteria, criterion1p0)
	return &old
}

func criterion1p0(c *casefw.CFRubricCriterion) *casefw.CFRubricCriterion {
	old := *c
	old.Extensions, old.Members = nil, without1p1(c.Members)
	old.CFRubricCriterionLevels = each(c.CFRubricCriterionLevels, level1p0)
	return &old
}

func level1p0(l *casefw.CFRubricCriterionLevel) *casefw.CFRubricCriterionLevel {
	old := *l
	old.Extensions, old.Members = nil, without1p1(l.Members)
	return &old
}

func concept1p0(c *casefw.CFConcept) *casefw.CFConcept {
	old := *c
	old.Extensions, old.Members = nil, without1p1(c.Members)
	return &old
}

func subject1p0(s *casefw.CFSubject) *casefw.CFSubject {
	old := *s
	old.Extensions, old.Members = nil, without1p1(s.Members)
	return &old
}

func license1p0(l *casefw.CFLicense) *casefw.CFLicense {
	old := *l
	old.Extensions, old.Members = nil, without1p1(l.Members)
	return &old
}

func itemType1p0(t *casefw.CFItemType) *casefw.CFItemType {
	old := *t
	old.Extensions, old.Members = nil, without1p1(t.Members)
	return &old
}

func grouping1p0(g *casefw.CFAssociationGrouping) *casefw.CFAssociationGrouping {
	old := *g
	old.Extensions, old.Members = nil, without1p1(g.Members)
	return &old
}

func definitions1p0(d *casefw.CFDefinition) *casefw.CFDefinition {
	if d == nil {
		return nil
	}
	return &casefw.CFDefinition{CFConcepts: each(d.CFConcepts, concept1p0), CFSubjects: each(d.CFSubjects, subject1p0),
		CFLicenses: each(d.CFLicenses, license1p0), CFItemTypes: each(d.CFItemTypes, itemType1p0),
		CFAssociationGroupings: each(d.CFAssociationGroupings, grouping1p0)}
}

func package1p0(p *casefw.CFPackage) *casefw.CFPackage {
	old := &casefw.CFPackage{CFItems: each(p.CFItems, item1p0), CFDefinitions: definitions1p0(p.CFDefinitions),
		CFRubrics: each(p.CFRubrics, rubric1p0)}
	if p.CFDocument != nil {
		old.CFDocument = document1p0(p.CFDocument)
	}
	if p.CFAssociations != nil {
		old.CFAssociations = associations1p0(p.CFAssociations)
	}
	return old
}
