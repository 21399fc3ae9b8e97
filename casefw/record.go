package casefw

import (
	"bytes"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// link returns a stored link as JSON.
func (t Item) link(at text) jsonx.Value {
	if at == 0 {
		return jsonx.Value{}
	}
	return t.f.parsed(at)
}

// part reads a stored part of a record back into its field.
func (s *store) part(at text, m *member, rec any) {
	if at != 0 {
		assign(s.parsed(at), m, rec)
	}
}

// clone returns a text that does not keep the framework alive.
func (s *store) clone(at text) string {
	if at == 0 {
		return ""
	}
	return strings.Clone(s.string(at))
}

func (s *store) dateTime(p stamp) (d vc.DateTime) {
	var b [40]byte
	switch {
	case p == 0:
		return d
	case p&stampText != 0:
		_ = d.UnmarshalText(s.bytes(text(p))) // takes any text
	default:
		_ = d.UnmarshalText(p.append(b[:0]))
	}
	return d
}

// Record returns the item as a plain struct of its own.
func (t Item) Record() *CFItem {
	i := &CFItem{}
	if t.f == nil {
		return i
	}
	s, rec, p, r := &t.f.store, t.rec(), t.profile(), t.rest()
	i.Identifier, i.URI = t.Identifier(), vc.IRI(strings.Clone(t.URI()))
	i.FullStatement, i.HumanCodingScheme, i.ListEnumeration = s.clone(rec.statement), s.clone(rec.code), s.clone(rec.enum)
	i.AlternativeLabel, i.AbbreviatedStatement, i.Notes = s.clone(r.label), s.clone(r.short), s.clone(r.notes)
	i.CFItemType, i.Language = s.clone(p.kind), s.clone(p.language)
	i.StatusStartDate, i.StatusEndDate = s.clone(p.start), s.clone(p.end)
	i.LastChangeDateTime = s.dateTime(rec.changed)
	if r.extensions != 0 {
		i.Extensions = bytes.Clone(s.bytes(r.extensions))
	}
	m := itemClass.members
	s.part(r.keywords, &m[itemKeywords], i)
	s.part(r.keywordsURI, &m[itemKeywordsURI], i)
	s.part(p.subject, &m[itemSubject], i)
	s.part(p.subjectURI, &m[itemSubjectURI], i)
	s.part(p.levels, &m[itemLevels], i)
	s.part(p.kindURI, &m[itemKindURI], i)
	s.part(p.license, &m[itemLicense], i)
	s.part(p.document, &m[itemDocument], i)
	i.Members = s.readMembers(r.extra, r.sent)
	return i
}

// Record returns the association as a plain struct of its own.
func (a Association) Record() *CFAssociation {
	rec := &CFAssociation{}
	if a.f == nil {
		return rec
	}
	s, p, r := &a.f.store, a.profile(), a.rest()
	rec.Identifier, rec.URI = a.Identifier(), vc.IRI(strings.Clone(a.URI()))
	rec.AssociationType = AssociationType(strings.Clone(string(a.Type())))
	if n, ok := a.Sequence(); ok {
		rec.SequenceNumber = &n
	}
	rec.OriginNodeURI, rec.DestinationNodeURI = a.Origin().Record(), a.Destination().Record()
	rec.LastChangeDateTime = s.dateTime(a.rec().changed)
	rec.Notes = s.clone(r.notes)
	if r.extensions != 0 {
		rec.Extensions = bytes.Clone(s.bytes(r.extensions))
	}
	m := associationClass.members
	s.part(p.grouping, &m[linkGrouping], rec)
	s.part(p.document, &m[linkDocument], rec)
	rec.Members = s.readMembers(r.extra, r.sent)
	return rec
}

// Record returns the node as a plain struct of its own, nil where there is none.
func (n Node) Record() *LinkGenURI {
	if n.Kind() == NoNode {
		return nil
	}
	rec := &LinkGenURI{}
	if raw := n.rec().raw; raw != 0 {
		bind(n.f.parsed(raw), nodeClass, rec)
		return rec
	}
	rec.Title, rec.Identifier, rec.URI = n.f.clone(n.rec().title), strings.Clone(n.Identifier()), vc.IRI(strings.Clone(n.URI()))
	return rec
}
