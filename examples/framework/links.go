package main

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/ob/show"
	"github.com/laurel-edu/laurel/vc"
)

// relation is how an association is read to a teacher, from its origin and from its
// destination.
type relation struct{ from, to string }

// relations are those of the standard. An exemplar is at the destination (CASE 1.1,
// association types).
var relations = map[casefw.AssociationType]relation{
	casefw.IsChildOf:       {"stands below", "has below it"},
	casefw.IsPartOf:        {"is part of", "has as a part"},
	casefw.IsPeerOf:        {"stands beside", "stands beside"},
	casefw.ExactMatchOf:    {"says the same as", "says the same as"},
	casefw.Precedes:        {"comes before", "comes after"},
	casefw.IsRelatedTo:     {"goes with", "goes with"},
	casefw.ReplacedBy:      {"was replaced by", "replaces"},
	casefw.Exemplar:        {"is shown by the example", "is an example of"},
	casefw.HasSkillLevel:   {"is on the level", "is the level of"},
	casefw.IsTranslationOf: {"says in another language what is said in", "says in another language what is said in"},
}

// read returns the words for a type. Those of others are read as they are spelt:
// "ext:prepares_for" is "prepares for".
func read(t casefw.AssociationType) relation {
	if r, known := relations[t]; known {
		return r
	}
	words := strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(strings.TrimPrefix(string(t), "ext:"))
	words = cmp.Or(strings.Join(strings.Fields(words), " "), "is linked with")
	return relation{"“" + words + "”", "is that of which it is said “" + words + "”:"}
}

// end is what stands at an end of a link: an item or a framework of the page, or something
// elsewhere.
type end struct {
	ref
	Where   string // the framework, where it is another than that of the reader
	URL     string // of what is elsewhere, "" where it has none that can be opened
	Address string // as it is written
	Kind    string // of what is not of CASE
}

// link is what is said of an item.
type link struct {
	Words string
	To    end
	Notes text
	By    string // who says so, where that is another framework
}

// stated is a link between what is on no page.
type stated struct {
	From end
	link
}

// relate reads the associations of all frameworks to both of their ends. Places in a tree
// are shown by the tree.
func (v *view) relate() {
	for _, s := range v.Sheets {
		for a := range s.f.Associations() {
			origin, destination := v.find(a.Origin()), v.find(a.Destination())
			if a.Type() == casefw.IsChildOf && (a.Origin().Kind() == casefw.NodeItem && v.inside(s, a.Destination())) {
				continue
			}
			words := read(a.Type())
			notes := written(a.Notes(), s.lang())
			out := link{words.from, v.end(a.Destination(), destination, origin.Framework()), notes, v.by(s, origin)}
			in := link{words.to, v.end(a.Origin(), origin, destination.Framework()), notes, v.by(s, destination)}
			if !origin.IsZero() {
				v.add(origin, out)
			}
			if !destination.IsZero() {
				v.add(destination, in)
			}
			if origin.IsZero() && destination.IsZero() {
				s.Links = append(s.Links, stated{v.end(a.Origin(), origin, s.f), out})
			}
		}
	}
}

func (s *sheet) lang() string {
	if d := s.f.Document(); d != nil {
		return d.Language
	}
	return ""
}

// inside reports whether a node is an item of a framework, or its document.
func (v *view) inside(s *sheet, n casefw.Node) bool {
	return n.Kind() == casefw.NodeItem || n.Kind() == casefw.NodeDocument && n.GUID() == s.f.GUID()
}

// find returns the item of the page at an end, the zero Item where there is none.
func (v *view) find(n casefw.Node) casefw.Item {
	if item := n.Item(); !item.IsZero() {
		return item
	}
	if id := n.GUID(); !id.IsZero() {
		if item, ok := v.catalog.Find(id); ok {
			return item
		}
	}
	if uri := n.URI(); uri != "" {
		item, _ := v.catalog.FindURI(uri)
		return item
	}
	return casefw.Item{}
}

// by names who says something of an item, "" where that is its own framework.
func (v *view) by(s *sheet, item casefw.Item) string {
	if item.IsZero() || item.Framework() == s.f {
		return ""
	}
	return cmp.Or(plain(s.f.Title()), "another framework")
}

// saying is what is said of an item, whoever says it.
type saying struct {
	of    place
	words string
	to    end
}

// add notes a link once, however often it is said.
func (v *view) add(item casefw.Item, l link) {
	s := saying{at(item), l.Words, l.To}
	if !v.said[s] {
		v.said[s] = true
		v.links[s.of] = append(v.links[s.of], l)
	}
}

// end describes what stands at an end, to who reads in a framework.
func (v *view) end(n casefw.Node, item casefw.Item, reader *casefw.Framework) end {
	if !item.IsZero() {
		e := end{ref: v.ref(item)}
		if item.Framework() != reader {
			e.Where = cmp.Or(plain(item.Framework().Title()), "another framework")
		}
		return e
	}
	if f := v.catalog.Framework(n.GUID()); f != nil && !n.GUID().IsZero() {
		return end{ref: ref{ID: v.places[f].ID, Name: cmp.Or(plain(f.Title()), "framework"), Lang: v.places[f].lang()}}
	}
	e := end{ref: ref{Name: cmp.Or(plain(n.Title()), n.Identifier(), n.URI(), "something unnamed")}, Kind: n.TargetType()}
	e.URL, e.Address = webLink(n.URI()), addressOf(n.Identifier(), n.URI())
	return e
}

// addressOf is a uri, behind the identifier that is not in it.
func addressOf(identifier, uri string) string {
	if identifier == "" || strings.Contains(strings.ToLower(uri), strings.ToLower(identifier)) {
		return uri
	}
	return strings.TrimSuffix(identifier+", "+uri, ", ")
}

// webLink returns a URL that may stand in a link of a page, "" for one that may not.
func webLink(s string) string {
	s = strings.TrimSpace(s)
	if u, err := url.Parse(s); err != nil || u.Scheme == "mailto" {
		return ""
	}
	return show.Link(vc.IRI(s))
}
