package casefw

import (
	"reflect"
	"sync"
)

// Each class implements json.Marshaler and json.Unmarshaler, so that it can
// stand in a caller's own types. Writing is in the form [Repaired]; reading is
// tolerant and its findings are not to be had: call [Parse] for them.

// Append writes a record in a form of the caller's choice behind b.
func Append[R Resource](b []byte, rec *R, form Form) []byte {
	c := classOf(rec)
	return encoder{form: form, inside: c == packageClass}.record(b, c, rec)
}

// AppendVersion appends a record in the form [Standard] as a version has it, as
// [Framework.WriteVersion] writes a package: for 1.0 what [Downgrade] makes of it, without
// the associations of a list that 1.0 cannot say ([CFAssociation.BeyondCASE]). The record
// is only read. It may have been built: an extension or a number that is no JSON is left out.
func AppendVersion[R Resource](b []byte, rec *R, v Version) []byte {
	c := classOf(rec)
	return encoder{form: Standard, inside: c == packageClass, old: v == V1p0, careful: true}.record(b, c, rec)
}

func marshal(c *class, rec any) ([]byte, error) {
	return encoder{inside: c == packageClass}.record(nil, c, rec), nil
}

func unmarshal[R Resource](b []byte, rec *R) error {
	parsed, _, err := Parse[R](b, Options{})
	if err == nil {
		*rec = *parsed
	}
	return err
}

// Resource is any class of the standard that can be read or written by itself.
type Resource interface {
	LinkURI | LinkGenURI | CFDocument | CFItem | CFAssociation | CFDefinition | CFConcept | CFSubject |
		CFLicense | CFItemType | CFAssociationGrouping | CFRubric | CFRubricCriterion | CFRubricCriterionLevel |
		CFPackage | CFDocumentSet | CFConceptSet | CFSubjectSet | CFItemTypeSet | CFAssociationSet
}

// classOf returns the facts of a record's class; rec is a pointer to a [Resource].
func classOf(rec any) *class { return classesByType()[reflect.TypeOf(rec)] }

var classesByType = sync.OnceValue(func() map[reflect.Type]*class {
	all := map[reflect.Type]*class{}
	for _, c := range classes() {
		all[reflect.TypeOf(c.fresh())] = c
	}
	return all
})

// MarshalJSON implements json.Marshaler.
func (l LinkURI) MarshalJSON() ([]byte, error) { return marshal(linkClass, &l) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (l *LinkURI) UnmarshalJSON(b []byte) error { return unmarshal(b, l) }

// MarshalJSON implements json.Marshaler.
func (l LinkGenURI) MarshalJSON() ([]byte, error) { return marshal(nodeClass, &l) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (l *LinkGenURI) UnmarshalJSON(b []byte) error { return unmarshal(b, l) }

// MarshalJSON implements json.Marshaler.
func (d CFDocument) MarshalJSON() ([]byte, error) { return marshal(documentClass, &d) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (d *CFDocument) UnmarshalJSON(b []byte) error { return unmarshal(b, d) }

// MarshalJSON implements json.Marshaler.
func (i CFItem) MarshalJSON() ([]byte, error) { return marshal(itemClass, &i) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (i *CFItem) UnmarshalJSON(b []byte) error { return unmarshal(b, i) }

// MarshalJSON implements json.Marshaler.
func (a CFAssociation) MarshalJSON() ([]byte, error) { return marshal(associationClass, &a) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (a *CFAssociation) UnmarshalJSON(b []byte) error { return unmarshal(b, a) }

// MarshalJSON implements json.Marshaler.
func (r CFDefinition) MarshalJSON() ([]byte, error) { return marshal(definitionClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFDefinition) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }

// MarshalJSON implements json.Marshaler.
func (c CFConcept) MarshalJSON() ([]byte, error) { return marshal(conceptClass, &c) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (c *CFConcept) UnmarshalJSON(b []byte) error { return unmarshal(b, c) }

// MarshalJSON implements json.Marshaler.
func (r CFSubject) MarshalJSON() ([]byte, error) { return marshal(subjectClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFSubject) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }

// MarshalJSON implements json.Marshaler.
func (r CFLicense) MarshalJSON() ([]byte, error) { return marshal(licenseClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFLicense) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }

// MarshalJSON implements json.Marshaler.
func (r CFItemType) MarshalJSON() ([]byte, error) { return marshal(itemTypeClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFItemType) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }

// MarshalJSON implements json.Marshaler.
func (r CFAssociationGrouping) MarshalJSON() ([]byte, error) { return marshal(groupingClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFAssociationGrouping) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }

// MarshalJSON implements json.Marshaler.
func (r CFRubric) MarshalJSON() ([]byte, error) { return marshal(rubricClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFRubric) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }

// MarshalJSON implements json.Marshaler.
func (c CFRubricCriterion) MarshalJSON() ([]byte, error) { return marshal(criterionClass, &c) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (c *CFRubricCriterion) UnmarshalJSON(b []byte) error { return unmarshal(b, c) }

// MarshalJSON implements json.Marshaler.
func (r CFRubricCriterionLevel) MarshalJSON() ([]byte, error) { return marshal(levelClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFRubricCriterionLevel) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }

// MarshalJSON implements json.Marshaler.
func (r CFPackage) MarshalJSON() ([]byte, error) { return marshal(packageClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFPackage) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }

// MarshalJSON implements json.Marshaler.
func (r CFDocumentSet) MarshalJSON() ([]byte, error) { return marshal(documentSetClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFDocumentSet) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }

// MarshalJSON implements json.Marshaler.
func (r CFConceptSet) MarshalJSON() ([]byte, error) { return marshal(conceptSetClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFConceptSet) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }

// MarshalJSON implements json.Marshaler.
func (r CFSubjectSet) MarshalJSON() ([]byte, error) { return marshal(subjectSetClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFSubjectSet) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }

// MarshalJSON implements json.Marshaler.
func (r CFItemTypeSet) MarshalJSON() ([]byte, error) { return marshal(itemTypeSetClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFItemTypeSet) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }

// MarshalJSON implements json.Marshaler.
func (r CFAssociationSet) MarshalJSON() ([]byte, error) { return marshal(associationSetClass, &r) }

// UnmarshalJSON implements json.Unmarshaler; see [Parse] for what it repairs.
func (r *CFAssociationSet) UnmarshalJSON(b []byte) error { return unmarshal(b, r) }
