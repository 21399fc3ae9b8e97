package clr

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// ClrCredential is a learner's record: credentials of one or many issuers, and
// how they hang together, published by one (CLR 2.0, ClrCredential).
//
// Partial says that the publisher knows of more than the record holds; without
// it a record should be read as complete at the time of issue.
type ClrCredential struct {
	ob.Envelope
	ob.Awarded
	Partial           *bool      `json:"partial,omitzero" order:"before awardedDate"`
	CredentialSubject ClrSubject `json:"credentialSubject,omitzero" order:"before endorsement"`
}

// ClrSubject is the learner and all that the record says of them (CLR 2.0,
// ClrSubject). VerifiableCredential are whole credentials, as they were written:
// each has its own proof. Achievement are those that an association names and no
// credential asserts.
type ClrSubject struct {
	ID                   vc.IRI                          `json:"id,omitzero"`
	Type                 vc.OneOrMany[string]            `json:"type,omitzero"`
	Identifier           vc.OneOrMany[ob.IdentityObject] `json:"identifier,omitzero"`
	Achievement          vc.OneOrMany[ob.Achievement]    `json:"achievement,omitzero"`
	VerifiableCredential vc.OneOrMany[jsontext.Value]    `json:"verifiableCredential,omitzero"`
	Association          vc.OneOrMany[Association]       `json:"association,omitzero"`
	Extra                vc.Extra                        `json:",embed"`
}

// Association is how one achievement stands to another: the source is, for
// example, a child of the target (CLR 2.0, Association). The ids are those of
// achievements, in nested credentials or in the record itself.
type Association struct {
	Type            vc.OneOrMany[string] `json:"type,omitzero"`
	AssociationType AssociationType      `json:"associationType,omitzero"`
	SourceID        vc.IRI               `json:"sourceId,omitzero"`
	TargetID        vc.IRI               `json:"targetId,omitzero"`
	Extra           vc.Extra             `json:",embed"`
}

// AssociationType is a kind of [Association]. It cannot be extended.
type AssociationType string

// The values of [AssociationType]: what the source is to the target.
const (
	ExactMatchOf AssociationType = "exactMatchOf" // the same thing
	IsChildOf    AssociationType = "isChildOf"    // below it in a hierarchy
	IsParentOf   AssociationType = "isParentOf"   // above it
	IsPartOf     AssociationType = "isPartOf"     // a component of it
	IsPeerOf     AssociationType = "isPeerOf"     // beside it; symmetric
	IsRelatedTo  AssociationType = "isRelatedTo"  // symmetric
	Precedes     AssociationType = "precedes"     // comes before it
	ReplacedBy   AssociationType = "replacedBy"   // superseded by it
)
