package casefw

import "time"

// Association is a handle on one association of a [Framework]; see [Item].
type Association struct {
	f *Framework
	i int32
}

// cell returns what the association has for the member at a place of its class.
func (a Association) cell(place int) cell {
	if a.f == nil {
		return 0
	}
	return a.f.links.at(a.i, place)
}

func (a Association) text(place int) string {
	at := a.cell(place)
	if at == 0 {
		return ""
	}
	return a.f.string(at)
}

// IsZero reports whether the handle is on no association.
func (a Association) IsZero() bool { return a.f == nil }

// Framework returns the framework that holds the association, which need not be
// that of either end; for the zero Association one that holds nothing.
func (a Association) Framework() *Framework { return holder(a.f) }

// Index returns the association's place in the order of the package.
func (a Association) Index() int { return int(a.i) }

// GUID returns the identifier, zero where it is no UUID.
func (a Association) GUID() GUID {
	if a.f == nil {
		return GUID{}
	}
	return a.f.links.ids[a.i]
}

// Identifier returns the identifier as sent.
func (a Association) Identifier() string {
	if a.f == nil {
		return ""
	}
	return a.f.identifier(&a.f.links, a.i)
}

// URI returns the uri as sent.
func (a Association) URI() string {
	if a.f == nil {
		return ""
	}
	return a.f.uri(a.cell(linkURI), a.GUID())
}

// Type returns the association type, repaired where it could be.
func (a Association) Type() AssociationType { return AssociationType(a.text(linkType)) }

// Sequence returns sequenceNumber; ok is false where there is none.
func (a Association) Sequence() (n int64, ok bool) {
	at := a.cell(linkSequence)
	if at == 0 {
		return 0, false
	}
	return a.f.number(at), true
}

// Grouping returns the identifier of CFAssociationGroupingURI, zero where there
// is none.
func (a Association) Grouping() GUID {
	if at := a.cell(linkGrouping); at != 0 {
		return a.f.groupings[at]
	}
	return GUID{}
}

// Notes returns notes.
func (a Association) Notes() string { return a.text(linkNotes) }

// Extensions returns the extensions as sent, nil where there are none.
func (a Association) Extensions() []byte {
	if at := a.cell(linkExtensions); at != 0 {
		return a.f.bytes(at)
	}
	return nil
}

// Changed returns lastChangeDateTime, ok false where no time can be read from it.
func (a Association) Changed() (at time.Time, ok bool) {
	at, _, ok = ParseDateTime(a.text(linkChanged))
	return at, ok
}

// Origin returns the end that the association is read from.
func (a Association) Origin() Node { return Node{a.f, a.cell(linkOrigin)} }

// Destination returns the end that the association is read to.
func (a Association) Destination() Node { return Node{a.f, a.cell(linkDestination)} }
