package casefw

import (
	"strings"

	"github.com/laurel-edu/laurel/vc"
)

// vocabulary knows which definitions a framework holds.
type vocabulary struct {
	known map[string]map[GUID]string // title by identifier, by the list that they stand in
	uris  map[string]string          // title by uri
}

func (f *Framework) vocabulary() vocabulary {
	v := vocabulary{known: map[string]map[GUID]string{}, uris: map[string]string{}}
	d := f.head.CFDefinitions
	if d == nil {
		return v
	}
	add := func(list, identifier, uri, title string) {
		if v.known[list] == nil {
			v.known[list] = map[GUID]string{}
		}
		if id, ok := looseGUID(identifier); ok {
			v.known[list][id] = title
		}
		if uri != "" {
			v.uris[list+uri] = title
		}
	}
	for i := range d.CFItemTypes {
		add("CFItemTypes", d.CFItemTypes[i].Identifier, string(d.CFItemTypes[i].URI), d.CFItemTypes[i].Title)
	}
	for i := range d.CFLicenses {
		add("CFLicenses", d.CFLicenses[i].Identifier, string(d.CFLicenses[i].URI), d.CFLicenses[i].Title)
	}
	for i := range d.CFSubjects {
		add("CFSubjects", d.CFSubjects[i].Identifier, string(d.CFSubjects[i].URI), d.CFSubjects[i].Title)
	}
	for i := range d.CFConcepts {
		add("CFConcepts", d.CFConcepts[i].Identifier, string(d.CFConcepts[i].URI), d.CFConcepts[i].Title)
	}
	for i := range d.CFAssociationGroupings {
		add("CFAssociationGroupings", d.CFAssociationGroupings[i].Identifier, string(d.CFAssociationGroupings[i].URI),
			d.CFAssociationGroupings[i].Title)
	}
	return v
}

// title returns the title of a definition.
func (v vocabulary) title(list string, l *LinkURI) (title string, found bool) {
	if title, found = v.known[list][l.GUID()]; found {
		return title, true
	}
	title, found = v.uris[list+string(l.URI)]
	return title, found
}

// reference is a link of an item to a definition, judged once for all items that
// share it.
type reference struct {
	missing bool
	title   string
	types   []string // the names of its type, where they differ
}

type referenceKey struct {
	list  string
	link  cell
	named cell
}

// definitions reports links to definitions that the package lacks, and types that
// are called differently in the item, in its link and in the definition.
func (l *linter) definitions() {
	v := l.f.vocabulary()
	judged := map[referenceKey]reference{}
	judge := func(list, member string, link, named cell, pointer func() string) {
		if link == 0 {
			return
		}
		key := referenceKey{list, link, named}
		r, ok := judged[key]
		if !ok {
			r = l.judge(v, key)
			judged[key] = r
		}
		at := func() string { return pointer() + "/" + member }
		if r.missing {
			l.find(CodeDefinitionMissing, at, quoted(r.title))
		}
		if len(r.types) > 1 {
			l.find(CodeItemTypeMismatch, at, func() string { return strings.Join(r.types, ", ") })
		}
	}
	for i := range l.f.items.ids {
		t := Item{l.f, int32(i)}
		at := itemPointer(t.i)
		judge("CFItemTypes", "CFItemTypeURI", t.cell(itemTypeURI), t.cell(itemType), at)
		judge("CFLicenses", "licenseURI", t.cell(itemLicense), 0, at)
		judge("CFConcepts", "conceptKeywordsURI", t.cell(itemKeywordsURI), 0, at)
	}
	for i := range l.f.links.ids {
		a := Association{l.f, int32(i)}
		judge("CFAssociationGroupings", "CFAssociationGroupingURI", a.cell(linkGrouping), 0, linkPointer(a.i))
	}
}

func (l *linter) judge(v vocabulary, key referenceKey) reference {
	link := l.f.link(key.link)
	title, found := v.title(key.list, link)
	r := reference{missing: !found, title: link.Title}
	if key.list == "CFItemTypes" {
		named := ""
		if key.named != 0 {
			named = l.f.string(key.named)
		}
		r.types = differing(named, link.Title, title)
	}
	return r
}

// differing quotes the names that are not the same but for case and white space.
func differing(names ...string) (all []string) {
	seen := map[string]bool{"": true}
	for _, name := range names {
		if folded := foldText(name); !seen[folded] {
			seen[folded] = true
			all = append(all, vc.Quote(name))
		}
	}
	return all
}
