package casefw

import (
	"time"
)

// Item is a handle on one item of a [Framework]: small, comparable, free to copy.
// The texts that it returns are not copied and live as long as the framework. The
// zero Item is no item; all its texts are empty.
type Item struct {
	f *Framework
	i int32
}

// cell returns what the item has for the member at a place of its class.
func (t Item) cell(place int) cell {
	if t.f == nil {
		return 0
	}
	return t.f.items.at(t.i, place)
}

func (t Item) text(place int) string {
	at := t.cell(place)
	if at == 0 {
		return ""
	}
	return t.f.string(at)
}

// IsZero reports whether the handle is on no item.
func (t Item) IsZero() bool { return t.f == nil }

// Framework returns the framework that holds the item, for the zero Item one that holds
// nothing.
func (t Item) Framework() *Framework { return holder(t.f) }

func holder(f *Framework) *Framework {
	if f == nil {
		return nowhere()
	}
	return f
}

// Index returns the item's place in the order of the package.
func (t Item) Index() int { return int(t.i) }

// GUID returns the identifier, zero where it is no UUID.
func (t Item) GUID() GUID {
	if t.f == nil {
		return GUID{}
	}
	return t.f.items.ids[t.i]
}

// Identifier returns the identifier as sent.
func (t Item) Identifier() string {
	if t.f == nil {
		return ""
	}
	return t.f.identifier(&t.f.items, t.i)
}

// URI returns the uri as sent.
func (t Item) URI() string {
	if t.f == nil {
		return ""
	}
	return t.f.uri(t.cell(itemURI), t.GUID())
}

// Statement returns fullStatement, or what is read in its place.
func (t Item) Statement() string {
	if t.cell(itemStatement) != 0 {
		return t.text(itemStatement)
	}
	if label := t.Label(); label != "" {
		return label
	}
	return t.ShortStatement()
}

// Code returns humanCodingScheme.
func (t Item) Code() string { return t.text(itemCode) }

// ListEnumeration returns listEnumeration.
func (t Item) ListEnumeration() string { return t.text(itemEnum) }

// ShortStatement returns abbreviatedStatement.
func (t Item) ShortStatement() string { return t.text(itemShort) }

// Label returns alternativeLabel.
func (t Item) Label() string { return t.text(itemLabel) }

// Notes returns notes.
func (t Item) Notes() string { return t.text(itemNotes) }

// Type returns CFItemType, or the title of CFItemTypeURI where that is all there is.
func (t Item) Type() string {
	if kind := t.text(itemType); kind != "" {
		return kind
	}
	if at := t.cell(itemTypeURI); at != 0 {
		return t.f.link(at).Title
	}
	return ""
}

// TypeGUID returns the identifier of the item's type, zero where it has none.
func (t Item) TypeGUID() GUID {
	at := t.cell(itemTypeURI)
	if at == 0 {
		return GUID{}
	}
	g, _ := looseGUID(t.f.link(at).Identifier)
	return g
}

// Language returns the language as sent, the document's where the item has none.
func (t Item) Language() string {
	if own := t.text(itemLanguage); own != "" {
		return own
	}
	if t.f == nil || t.f.head.CFDocument == nil {
		return ""
	}
	return t.f.head.CFDocument.Language
}

// EducationLevels returns educationLevel.
func (t Item) EducationLevels() []string { return t.texts(itemLevels) }

// Keywords returns conceptKeywords.
func (t Item) Keywords() []string { return t.texts(itemKeywords) }

// Subjects returns subject.
func (t Item) Subjects() []string { return t.texts(itemSubject) }

// texts reads a stored list of texts.
func (t Item) texts(place int) []string {
	var all []string
	if at := t.cell(place); at != 0 {
		assignTexts(t.f.parsed(at), &all)
	}
	return all
}

// StartDate and EndDate return the dates between which the item holds, as sent.
func (t Item) StartDate() string { return t.text(itemStart) }

// EndDate returns statusEndDate as sent.
func (t Item) EndDate() string { return t.text(itemEnd) }

// InForce reports whether the item holds at a time; see [CFItem.InForce].
func (t Item) InForce(at time.Time) bool { return inForce(t.StartDate(), t.EndDate(), at) }

// Changed returns lastChangeDateTime, ok false where no time can be read from it.
func (t Item) Changed() (at time.Time, ok bool) {
	at, _, ok = ParseDateTime(t.text(itemChanged))
	return at, ok
}

// Extensions returns the extensions as sent, nil where there are none.
func (t Item) Extensions() []byte {
	if at := t.cell(itemExtensions); at != 0 {
		return t.f.bytes(at)
	}
	return nil
}

// String shows the item to a person: code and statement.
func (t Item) String() string {
	if t.Code() == "" {
		return t.Statement()
	}
	return t.Code() + " " + t.Statement()
}
