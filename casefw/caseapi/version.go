package caseapi

import "github.com/laurel-edu/laurel/casefw"

// Version is a version of the service. It decides the paths, the members of an
// answer and the spelling of its status codes.
type Version = casefw.Version

// The versions of the service.
const (
	V1p0 = casefw.V1p0
	V1p1 = casefw.V1p1
)

// BasePath returns the path below which the endpoints of a version stand:
// "/ims/case/v1p1". A version that does not exist has none: "".
func BasePath(v Version) string {
	if v.Segment() == "" {
		return ""
	}
	return "/ims/case/" + v.Segment()
}

// DiscoveryPath is where a provider of 1.1 describes its service, below the base
// path (CASE 1.1 REST/JSON binding, discovery). 1.0 has nothing like it.
const DiscoveryPath = "/discovery/imscasev1p1_openapi3_v1p0.json"

// Kind names what an endpoint serves.
type Kind uint8

// The kinds of resource, one for each endpoint that takes an identifier. The zero
// Kind is none of them.
const (
	KindDocument Kind = iota + 1
	KindPackage
	KindItem
	KindItemAssociations // an item and the associations that it takes part in
	KindAssociation
	KindAssociationGrouping
	KindConcept // a set: the concept and those below it, as with subject and item type
	KindItemType
	KindLicense
	KindRubric
	KindSubject
)

var kindPaths = [...]string{
	KindDocument: "CFDocuments", KindPackage: "CFPackages", KindItem: "CFItems", KindItemAssociations: "CFItemAssociations",
	KindAssociation: "CFAssociations", KindAssociationGrouping: "CFAssociationGroupings", KindConcept: "CFConcepts",
	KindItemType: "CFItemTypes", KindLicense: "CFLicenses", KindRubric: "CFRubrics", KindSubject: "CFSubjects",
}

// Kinds returns all kinds.
func Kinds() []Kind {
	all := make([]Kind, 0, len(kindPaths)-1)
	for k := range kindPaths[1:] {
		all = append(all, Kind(k+1))
	}
	return all
}

// Path returns the path segment of the kind's endpoint: "CFItems". It is "" for
// the zero Kind.
func (k Kind) Path() string {
	if int(k) >= len(kindPaths) {
		return ""
	}
	return kindPaths[k]
}

// String returns the path segment, which is how people know the kinds.
func (k Kind) String() string { return k.Path() }
