package casefw

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/vc"
)

// CFAssociation links two nodes, which may stand in other frameworks (CASE 1.1
// information model, CFAssociation and CFPckgAssociation).
type CFAssociation struct {
	Identifier               string
	AssociationType          AssociationType
	SequenceNumber           *int64 // nil is absence; zero and negative numbers count
	URI                      vc.IRI
	OriginNodeURI            *LinkGenURI
	DestinationNodeURI       *LinkGenURI
	CFAssociationGroupingURI *LinkURI
	LastChangeDateTime       vc.DateTime
	Notes                    string         // since 1.1
	Extensions               jsontext.Value // an object, since 1.1
	CFDocumentURI            *LinkURI       // not inside a package
	Members
}

// BeyondCASE reports whether an end is said not to be of CASE, which 1.0 cannot say.
func (a *CFAssociation) BeyondCASE() bool {
	beyond := func(n *LinkGenURI) bool {
		return n != nil && n.TargetType != "" && !strings.EqualFold(n.TargetType, "CASE")
	}
	return beyond(a.OriginNodeURI) || beyond(a.DestinationNodeURI)
}

// GUID returns the identifier, zero where it is no UUID.
func (a *CFAssociation) GUID() GUID {
	g, _ := looseGUID(a.Identifier)
	return g
}

// The places of the members in associationClass; see itemClass.
const (
	linkIdentifier = iota
	linkType
	linkSequence
	linkURI
	linkOrigin
	linkDestination
	linkGrouping
	linkChanged
	linkNotes
	linkExtensions
	linkDocument
)

var associationClass = newClass("CFAssociation", func(a *CFAssociation) *Members { return &a.Members }, []member{
	linkIdentifier: scalar("identifier", kUUID, func(a *CFAssociation) any { return &a.Identifier }).must(),
	linkType:       scalar("associationType", kAssoc, func(a *CFAssociation) any { return &a.AssociationType }).must().common(),
	linkSequence:   scalar("sequenceNumber", kInt, func(a *CFAssociation) any { return &a.SequenceNumber }),
	linkURI:        scalar("uri", kURI, func(a *CFAssociation) any { return &a.URI }).must(),
	linkOrigin: one("originNodeURI", nodeClass, func(a *CFAssociation) **LinkGenURI { return &a.OriginNodeURI }).
		must().common(),
	linkDestination: one("destinationNodeURI", nodeClass, func(a *CFAssociation) **LinkGenURI { return &a.DestinationNodeURI }).
		must().common(),
	linkGrouping:   one("CFAssociationGroupingURI", linkClass, func(a *CFAssociation) **LinkURI { return &a.CFAssociationGroupingURI }),
	linkChanged:    scalar("lastChangeDateTime", kDateTime, func(a *CFAssociation) any { return &a.LastChangeDateTime }).must().common(),
	linkNotes:      scalar("notes", kText, func(a *CFAssociation) any { return &a.Notes }).in(V1p1),
	linkExtensions: scalar("extensions", kRaw, func(a *CFAssociation) any { return &a.Extensions }).in(V1p1),
	linkDocument:   one("CFDocumentURI", linkClass, func(a *CFAssociation) **LinkURI { return &a.CFDocumentURI }).outside(),
}...)
