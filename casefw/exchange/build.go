package exchange

import (
	"cmp"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// builder makes the package of the lines.
type builder struct {
	*reader
	p       *casefw.CFPackage
	m       minter
	byID    map[string]int   // identifier → first item
	byName  map[string][]int // identifier that is no UUID, code → items
	byURI   map[string]int
	byLevel map[string]int   // smartLevel → first item
	again   map[string][]int // smartLevel → the other items, where it stands twice
	joined  map[linkKey]bool // associations by type and ends
	used    map[string]bool  // identifiers of associations
	hung    map[int][]int    // child → parents in the table of associations, -1 for the document

	tree      bool           // the table of associations has links of the tree
	licenses  map[string]int // title → licence
	groupings map[string]int // identifier → association grouping
}

// linkKey is what two associations that say the same have in common.
type linkKey struct {
	kind                          casefw.AssociationType
	origin, destination, grouping string
}

// addItems gives every item its identifier and uri and makes them findable.
func (b *builder) addItems() {
	n := len(b.items)
	b.byID, b.byURI = make(map[string]int, n), make(map[string]int, n)
	b.byName, b.joined, b.used = map[string][]int{}, map[linkKey]bool{}, map[string]bool{}
	b.hung = map[int][]int{}
	made := map[string]int{}
	b.p.CFItems = make([]casefw.CFItem, n)
	for n, it := range b.items {
		i := &it.item
		if i.Identifier == "" && !it.kept.has("identifier") {
			i.Identifier = b.makeIdentifier(it, made)
		} else if first, twice := b.byID[canonical(i.Identifier)]; twice {
			b.noteItem(it, CodeDuplicateIdentifier, "").Found = "that of line " + decimal(b.items[first].line)
		}
		if i.URI == "" && !it.kept.has("uri") {
			i.URI = b.m.uri("CFItems", i.Identifier)
		}
		if it.license != "" && !it.kept.has("licenseURI") {
			i.LicenseURI = b.licenseLink(it.license, "")
		}
		b.register(n)
		b.p.CFItems[n] = *i
	}
}

// makeIdentifier makes an identifier of what names the line best: the text in the
// cell of the identifier, the code, the statement. A second line of the same name
// gets another one.
func (b *builder) makeIdentifier(it *itemLine, made map[string]int) string {
	seed := []string{"name", it.named}
	switch {
	case it.named != "":
	case it.item.HumanCodingScheme != "":
		seed = []string{"code", it.item.HumanCodingScheme}
	default:
		seed = []string{"statement", it.item.FullStatement}
	}
	if it.named == "" {
		b.noteItem(it, CodeIdentifierMade, "one is made of the "+seed[0])
	}
	key := strings.Join(seed, "\x00")
	made[key]++
	if n := made[key]; n > 1 {
		seed = append(seed, decimal(n))
	}
	return b.m.id("CFItem", seed...)
}

func (b *builder) register(n int) {
	it := b.items[n]
	id := canonical(it.item.Identifier)
	if _, twice := b.byID[id]; !twice && id != "" {
		b.byID[id] = n
	}
	for _, name := range []string{it.item.HumanCodingScheme, it.named} {
		if name != "" {
			name = fold(name)
			b.byName[name] = append(b.byName[name], n)
		}
	}
	if _, twice := b.byURI[string(it.item.URI)]; !twice && it.item.URI != "" {
		b.byURI[string(it.item.URI)] = n
	}
}

// fold compares codes without case and white space.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// find follows a reference within the table: identifier, code, uri. Of several
// items of one code the first is taken, not the item itself where another has it.
func (b *builder) find(ref reference, self int) (n int, ok bool) {
	if g, err := casefw.ParseGUID(ref.text); err == nil {
		n, ok = b.byID[g.String()]
		return n, ok
	}
	if n, ok = b.byURI[ref.text]; ok {
		return n, true
	}
	hits := b.byName[fold(ref.text)]
	if len(hits) == 0 {
		return 0, false
	}
	n = hits[0]
	if n == self && len(hits) > 1 {
		n = hits[1]
	}
	if len(hits) > 1 {
		p := b.noteReference(ref, CodeAmbiguousCode, "the one of line "+decimal(b.items[n].line)+" is taken")
		p.Message = decimal(len(hits)) + " items have the code that is referred to"
	}
	return n, true
}

func (b *builder) noteItem(it *itemLine, code vc.Code, fix string) *vc.Problem {
	return b.report.note(Place{Table: Items, Line: it.line}, code, "", fix)
}

func (b *builder) noteReference(ref reference, code vc.Code, fix string) *vc.Problem {
	return b.report.note(ref.at, code, inColumn(ref.text, ref.header), fix)
}

func (b *builder) definitions() *casefw.CFDefinition {
	if b.p.CFDefinitions == nil {
		b.p.CFDefinitions = &casefw.CFDefinition{}
	}
	return b.p.CFDefinitions
}

// licenseLink links to the licence of a title, which it makes where it is new.
func (b *builder) licenseLink(title, text string) *casefw.LinkURI {
	at, made := b.licenses[title]
	d := b.definitions()
	if !made {
		at = len(d.CFLicenses)
		b.licenses[title] = at
		id := b.m.id("CFLicense", title)
		d.CFLicenses = append(d.CFLicenses, casefw.CFLicense{Identifier: id, URI: b.m.uri("CFLicenses", id),
			Title: title, LicenseText: text, LastChangeDateTime: b.now})
	}
	l := &d.CFLicenses[at]
	return &casefw.LinkURI{Title: l.Title, Identifier: l.Identifier, URI: l.URI}
}

// groupingLink links to the association grouping of an identifier or title.
func (b *builder) groupingLink(identifier, title string) *casefw.LinkURI {
	if identifier == "" && title == "" {
		return nil
	}
	id := b.m.id("CFAssociationGrouping", identifier, title)
	if g, err := casefw.ParseGUID(identifier); err == nil {
		id = g.String()
	} else if title == "" {
		title = identifier
	}
	d := b.definitions()
	if at, made := b.groupings[id]; made {
		g := &d.CFAssociationGroupings[at]
		if g.Title == "" {
			g.Title = title
		}
		return &casefw.LinkURI{Title: cmp.Or(title, g.Title), Identifier: id, URI: g.URI}
	}
	b.groupings[id] = len(d.CFAssociationGroupings)
	d.CFAssociationGroupings = append(d.CFAssociationGroupings, casefw.CFAssociationGrouping{Identifier: id,
		URI: b.m.uri("CFAssociationGroupings", id), Title: title, LastChangeDateTime: b.now})
	return b.m.link("CFAssociationGroupings", id, title)
}
