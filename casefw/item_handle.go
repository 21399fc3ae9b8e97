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

var noItem itemRec

func (t Item) rec() *itemRec {
	if t.f == nil {
		return &noItem
	}
	return &t.f.items[t.i]
}

func (t Item) profile() itemProfile {
	if t.f == nil {
		return itemProfile{}
	}
	return t.f.profiles[t.rec().profile]
}

func (t Item) rest() itemRest {
	if r := t.rec().rest; r != 0 {
		return t.f.rests[r-1]
	}
	return itemRest{}
}

func (t Item) text(at text) string {
	if at == 0 {
		return ""
	}
	return t.f.string(at)
}

// IsZero reports whether the handle is on no item.
func (t Item) IsZero() bool { return t.f == nil }

// Framework returns the framework that holds the item.
func (t Item) Framework() *Framework { return t.f }

// Index returns the item's place in the order of the package.
func (t Item) Index() int { return int(t.i) }

// GUID returns the identifier, zero where it is no UUID.
func (t Item) GUID() GUID { return t.rec().id }

// Identifier returns the identifier as sent.
func (t Item) Identifier() string {
	if whole := t.rest().identifier; whole != 0 {
		return t.text(whole)
	}
	if t.rec().id.IsZero() {
		return ""
	}
	return t.rec().id.String()
}

// URI returns the uri as sent.
func (t Item) URI() string { return t.f.uri(t.rec().uri, t.rec().id) }

// uri puts a stored uri together.
func (f *Framework) uri(at text, id GUID) string {
	switch {
	case at == 0:
		return ""
	case at&uriWhole != 0:
		return f.string(at &^ uriWhole)
	}
	return f.string(at) + id.String()
}

// Statement returns fullStatement, or what was read in its place.
func (t Item) Statement() string { return t.text(t.rec().statement) }

// Code returns humanCodingScheme.
func (t Item) Code() string { return t.text(t.rec().code) }

// ListEnumeration returns listEnumeration.
func (t Item) ListEnumeration() string { return t.text(t.rec().enum) }

// ShortStatement returns abbreviatedStatement.
func (t Item) ShortStatement() string { return t.text(t.rest().short) }

// Label returns alternativeLabel.
func (t Item) Label() string { return t.text(t.rest().label) }

// Notes returns notes.
func (t Item) Notes() string { return t.text(t.rest().notes) }

// Type returns CFItemType, or the title of CFItemTypeURI where that is all there is.
func (t Item) Type() string {
	if kind := t.profile().kind; kind != 0 {
		return t.text(kind)
	}
	return t.link(t.profile().kindURI).Get("title").Text()
}

// TypeGUID returns the identifier of the item's type, zero where it has none.
func (t Item) TypeGUID() GUID {
	g, _ := looseGUID(t.link(t.profile().kindURI).Get("identifier").Text())
	return g
}

// Language returns the language as sent, the document's where the item has none.
func (t Item) Language() string {
	if own := t.profile().language; own != 0 {
		return t.text(own)
	}
	if t.f == nil || t.f.head.CFDocument == nil {
		return ""
	}
	return t.f.head.CFDocument.Language
}

// EducationLevels returns educationLevel.
func (t Item) EducationLevels() []string { return t.texts(t.profile().levels) }

// Keywords returns conceptKeywords.
func (t Item) Keywords() []string { return t.texts(t.rest().keywords) }

// Subjects returns subject.
func (t Item) Subjects() []string { return t.texts(t.profile().subject) }

// texts reads a stored list of texts.
func (t Item) texts(at text) []string {
	var all []string
	if at != 0 {
		assignTexts(t.f.parsed(at), &all)
	}
	return all
}

// StartDate and EndDate return the dates between which the item holds, as sent.
func (t Item) StartDate() string { return t.text(t.profile().start) }

// EndDate returns statusEndDate as sent.
func (t Item) EndDate() string { return t.text(t.profile().end) }

// InForce reports whether the item holds at a time; see [CFItem.InForce].
func (t Item) InForce(at time.Time) bool { return inForce(t.StartDate(), t.EndDate(), at) }

// Changed returns lastChangeDateTime, ok false where no time can be read from it.
func (t Item) Changed() (at time.Time, ok bool) {
	if t.f == nil {
		return at, false
	}
	return t.f.stampTime(t.rec().changed)
}

func (f *Framework) stampTime(p stamp) (at time.Time, ok bool) {
	switch {
	case p == 0:
		return at, false
	case p&stampText == 0:
		return p.time(), true
	}
	at, _, ok = ParseDateTime(f.string(text(p)))
	return at, ok
}

// Extensions returns the extensions as sent, nil where there are none.
func (t Item) Extensions() []byte {
	if at := t.rest().extensions; at != 0 {
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
