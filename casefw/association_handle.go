package casefw

import "time"

// Association is a handle on one association of a [Framework]; see [Item].
type Association struct {
	f *Framework
	i int32
}

var noAssociation associationRec

func (a Association) rec() *associationRec {
	if a.f == nil {
		return &noAssociation
	}
	return &a.f.associations[a.i]
}

func (a Association) profile() linkProfile {
	if a.f == nil {
		return linkProfile{}
	}
	return a.f.links[a.rec().profile]
}

func (a Association) rest() linkRest {
	if r := a.rec().rest; r != 0 {
		return a.f.linkRests[r-1]
	}
	return linkRest{}
}

// IsZero reports whether the handle is on no association.
func (a Association) IsZero() bool { return a.f == nil }

// Framework returns the framework that holds the association, which need not be
// that of either end.
func (a Association) Framework() *Framework { return a.f }

// Index returns the association's place in the order of the package.
func (a Association) Index() int { return int(a.i) }

// GUID returns the identifier, zero where it is no UUID.
func (a Association) GUID() GUID { return a.rec().id }

// Identifier returns the identifier as sent.
func (a Association) Identifier() string {
	if whole := a.rest().identifier; whole != 0 {
		return a.f.string(whole)
	}
	if a.rec().id.IsZero() {
		return ""
	}
	return a.rec().id.String()
}

// URI returns the uri as sent.
func (a Association) URI() string { return a.f.uri(a.rec().uri, a.rec().id) }

// Type returns the association type, repaired where it could be.
func (a Association) Type() AssociationType {
	if a.f == nil {
		return ""
	}
	return a.f.types[a.profile().kind]
}

// Sequence returns sequenceNumber; ok is false where there is none.
func (a Association) Sequence() (n int64, ok bool) {
	switch a.profile().sequence {
	case smallSequence:
		return int64(a.rec().sequence), true
	case restSequence:
		return a.rest().sequence, true
	}
	return 0, false
}

// Grouping returns the identifier of CFAssociationGroupingURI, zero where there
// is none.
func (a Association) Grouping() GUID {
	if at := a.profile().grouping; at != 0 {
		return a.f.groupings[at]
	}
	return GUID{}
}

// Notes returns notes.
func (a Association) Notes() string {
	if at := a.rest().notes; at != 0 {
		return a.f.string(at)
	}
	return ""
}

// Extensions returns the extensions as sent, nil where there are none.
func (a Association) Extensions() []byte {
	if at := a.rest().extensions; at != 0 {
		return a.f.bytes(at)
	}
	return nil
}

// Changed returns lastChangeDateTime, ok false where no time can be read from it.
func (a Association) Changed() (at time.Time, ok bool) {
	if a.f == nil {
		return at, false
	}
	return a.f.stampTime(a.rec().changed)
}

// Origin returns the end that the association is read from.
func (a Association) Origin() Node { return Node{a.f, a.rec().origin} }

// Destination returns the end that the association is read to.
func (a Association) Destination() Node { return Node{a.f, a.rec().destination} }
