package casefw

import "github.com/laurel-edu/laurel/vc"

// LinkURI refers to another CASE object (CASE 1.1 information model, LinkURI).
type LinkURI struct {
	Title      string
	Identifier string
	URI        vc.IRI
	Members
}

// GUID returns the identifier of what is linked, or the one in the uri where the
// identifier is none; zero where neither has one.
func (l *LinkURI) GUID() GUID {
	if l == nil {
		return GUID{}
	}
	return guidOf(l.Identifier, string(l.URI))
}

// LinkGenURI is one end of an association: a CASE object, or with a TargetType
// anything else (CASE 1.1 information model, LinkGenURI). Its Identifier may be
// any text.
type LinkGenURI struct {
	Title      string
	Identifier string
	URI        vc.IRI
	TargetType string // "", "CASE" or "ext:…", since 1.1
	Members
}

// GUID returns the identifier of the end where it is a UUID, or the one in the
// uri; zero where neither has one.
func (l *LinkGenURI) GUID() GUID {
	if l == nil {
		return GUID{}
	}
	return guidOf(l.Identifier, string(l.URI))
}

func guidOf(identifier, uri string) GUID {
	if g, ok := looseGUID(identifier); ok {
		return g
	}
	g, _ := trailingGUID(uri)
	return g
}

var linkClass = newClass("LinkURI", func(l *LinkURI) *Members { return &l.Members },
	scalar("title", kNorm, func(l *LinkURI) any { return &l.Title }).must(),
	scalar("identifier", kUUID, func(l *LinkURI) any { return &l.Identifier }).must(),
	scalar("uri", kURI, func(l *LinkURI) any { return &l.URI }).must(),
)

// The places of the members in nodeClass; see itemClass.
const (
	nodeTitle = iota
	nodeIdentifier
	nodeURI
	nodeTarget
)

var nodeClass = newClass("LinkGenURI", func(l *LinkGenURI) *Members { return &l.Members }, []member{
	nodeTitle:      scalar("title", kNorm, func(l *LinkGenURI) any { return &l.Title }).must(),
	nodeIdentifier: scalar("identifier", kNorm, func(l *LinkGenURI) any { return &l.Identifier }).must(),
	nodeURI:        scalar("uri", kURI, func(l *LinkGenURI) any { return &l.URI }).must(),
	nodeTarget:     scalar("targetType", kTarget, func(l *LinkGenURI) any { return &l.TargetType }).in(V1p1),
}...)
