package refhost

import (
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
)

const changed = "2026-01-01T08:00:00Z"

// maker writes records of a framework: each has a value for every member that its class has in
// the version, by the type that the information model gives it.
type maker struct {
	origin  string
	version casefw.Version
	own     string // begins the identifiers of the framework
}

// id is the n-th identifier of a class.
func (m *maker) id(class string, n int) string {
	place := 0
	for k, name := range casefw.Classes() {
		if name == class {
			place = k
		}
	}
	return fmt.Sprintf("%s-%04x-4000-8000-%012x", m.own, place, n)
}

func (m *maker) uri(class string, n int) string {
	return m.origin + "/ims/case/" + m.version.Segment() + "/" + class + "s/" + m.id(class, n)
}

func (m *maker) link(class string, n int, title string) object {
	return object{"title": title, "identifier": m.id(class, n), "uri": m.uri(class, n)}
}

// record is the n-th record of a class. Members that are objects are left to the caller, links
// lead to the first record of what the member is named after.
func (m *maker) record(class string, n int, title string) object {
	o := object{}
	for _, p := range casefw.Properties(class) {
		if p.Since > m.version || p.Standalone || p.Type == "Extension" {
			continue
		}
		var v any
		switch {
		case p.Name == "identifier":
			v = m.id(class, n)
		case p.Name == "uri":
			v = m.uri(class, n)
		case p.Name == "hierarchyCode":
			v = strings.TrimSuffix(strings.Repeat("1.", n), ".")
		case p.Type == "LinkURI":
			to := map[string]string{"subjectURI": "CFSubject", "conceptKeywordsURI": "CFConcept", "CFItemTypeURI": "CFItemType",
				"licenseURI": "CFLicense", "CFAssociationGroupingURI": "CFAssociationGrouping", "CFItemURI": "CFItem"}[p.Name]
			v = m.link(to, 1, to)
		default:
			v = m.value(p, title, n)
		}
		if v == nil {
			continue
		}
		if p.Many {
			v = []any{v}
		}
		o[p.Name] = v
	}
	return o
}

// value is one of a plain type, nil for an object.
func (m *maker) value(p casefw.Property, title string, n int) any {
	switch p.Type {
	case "String":
		return title + ", in words."
	case "NormalizedString":
		if p.Name == "title" {
			return title
		}
		return title + " " + p.Name
	case "Language":
		return "en"
	case "UUID":
		return m.id("CFRubric", 1)
	case "AnyURI":
		return "https://boats.example/" + p.Name
	case "DateTime":
		return changed
	case "Date":
		return map[string]string{"statusStartDate": "2026-01-01", "statusEndDate": "2036-01-01"}[p.Name]
	case "Integer":
		return n
	case "Float":
		return 0.5
	case "CFAssociationTypeExtEnum":
		return "isChildOf"
	case "CaseVersionEnum":
		return "1.1"
	}
	return nil
}

// joined is the n-th association, between two records.
func (m *maker) joined(n int, how string, from, to object) object {
	end := func(o object) object {
		e := object{"title": o["title"], "identifier": o["identifier"], "uri": o["uri"]}
		if e["title"] == nil {
			e["title"] = o["fullStatement"]
		}
		if m.version >= casefw.V1p1 {
			e["targetType"] = "CASE"
		}
		return e
	}
	a := m.record("CFAssociation", n, "Link")
	a["associationType"], a["originNodeURI"], a["destinationNodeURI"] = how, end(from), end(to)
	return a
}

// whole is a package in which every member of the model has a value.
func whole(origin string, v casefw.Version) object {
	m := &maker{origin: origin, version: v, own: "b0a70000"}
	document := m.record("CFDocument", 1, "Boat building")
	keel, plank := m.record("CFItem", 1, "Lays a keel"), m.record("CFItem", 2, "Fits a plank")
	level := m.record("CFRubricCriterionLevel", 1, "Level")
	criterion := m.record("CFRubricCriterion", 1, "Criterion")
	criterion["CFRubricCriterionLevels"] = []any{level}
	rubric := m.record("CFRubric", 1, "Rubric")
	rubric["CFRubricCriteria"] = []any{criterion}
	return object{"CFDocument": document, "CFItems": []any{keel, plank},
		"CFAssociations": []any{m.joined(1, "isChildOf", keel, document), m.joined(2, "isChildOf", plank, document),
			m.joined(3, "precedes", keel, plank)},
		"CFDefinitions": object{"CFConcepts": []any{m.record("CFConcept", 1, "Wood"), m.record("CFConcept", 2, "Oak")},
			"CFSubjects": []any{m.record("CFSubject", 1, "Craft")}, "CFLicenses": []any{m.record("CFLicense", 1, "Free to use")},
			"CFItemTypes":            []any{m.record("CFItemType", 1, "Skill")},
			"CFAssociationGroupings": []any{m.record("CFAssociationGrouping", 1, "By craft")}},
		"CFRubrics": []any{rubric}}
}

// small is a package of two items, with what is required.
func small(origin string, v casefw.Version) object {
	m := &maker{origin: origin, version: v, own: "5a110000"}
	bare := func(o object, class string) object {
		for _, p := range casefw.Properties(class) {
			if !p.Required {
				delete(o, p.Name)
			}
		}
		return o
	}
	document := bare(m.record("CFDocument", 1, "Sail making"), "CFDocument")
	cut, sew := bare(m.record("CFItem", 1, "Cuts a panel"), "CFItem"), bare(m.record("CFItem", 2, "Sews a seam"), "CFItem")
	return object{"CFDocument": document, "CFItems": []any{cut, sew},
		"CFAssociations": []any{bare(m.joined(1, "isChildOf", cut, document), "CFAssociation"),
			bare(m.joined(2, "isChildOf", sew, document), "CFAssociation")}}
}
