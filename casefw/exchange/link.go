package exchange

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// splitReferences splits a cell that names several items: at bars, commas and
// semicolons, but not within a URL.
func splitReferences(text string) []string {
	if strings.Contains(text, "|") {
		return splitList(text)
	}
	if strings.Contains(text, "://") {
		return []string{text}
	}
	return splitList(strings.ReplaceAll(text, ";", ","))
}

// addLinks makes the associations that the item lines name.
func (b *builder) addLinks() {
	for n := range b.items {
		it := b.items[n]
		for _, l := range it.links {
			b.join(&casefw.CFAssociation{AssociationType: l.kind, OriginNodeURI: b.itemNode(n), DestinationNodeURI: b.node(l.to, n)}, it)
		}
	}
}

// node makes the end of an association of what a cell says: an item of the table,
// a URL, a UUID of another framework, or a code that nobody here has.
func (b *builder) node(ref reference, self int) *casefw.LinkGenURI {
	if n, ok := b.find(ref, self); ok {
		return b.itemNode(n)
	}
	if u, err := url.Parse(ref.text); err == nil && u.IsAbs() && u.Host != "" {
		node := &casefw.LinkGenURI{Title: ref.text, Identifier: ref.text, URI: vc.IRI(ref.text)}
		if found := casefw.FindGUIDs(ref.text); len(found) > 0 {
			node.Identifier = found[len(found)-1].String()
		} else {
			node.TargetType = "ext:URL"
		}
		return node
	}
	if g, err := casefw.ParseGUID(ref.text); err == nil {
		return &casefw.LinkGenURI{Title: ref.text, Identifier: g.String(), URI: vc.IRI("urn:uuid:" + g.String())}
	}
	b.noteReference(ref, CodeUnresolved, "")
	return &casefw.LinkGenURI{Title: ref.text, Identifier: ref.text, URI: codeURI(ref.text), TargetType: "ext:humanCodingScheme"}
}

// codeScheme begins the uri of a target of which only the code is known. CASE
// asks for a uri, and other providers use the scheme so.
const codeScheme = "local:"

func codeURI(code string) vc.IRI { return vc.IRI(codeScheme + url.PathEscape(code)) }

// key is by what a repeated association is known.
func key(a *casefw.CFAssociation) linkKey {
	k := linkKey{kind: a.AssociationType}
	if a.OriginNodeURI != nil {
		k.origin = cmp.Or(a.OriginNodeURI.Identifier, string(a.OriginNodeURI.URI))
	}
	if a.DestinationNodeURI != nil {
		k.destination = cmp.Or(a.DestinationNodeURI.Identifier, string(a.DestinationNodeURI.URI))
	}
	if a.CFAssociationGroupingURI != nil {
		k.grouping = a.CFAssociationGroupingURI.Identifier
	}
	return k
}

// join adds an association of the line of an item with what it must have. One that is
// there already, by type and ends, is noted and left out.
func (b *builder) join(a *casefw.CFAssociation, it *itemLine) {
	k := key(a)
	if b.joined[k] {
		b.noteItem(it, CodeDuplicateLink, "").Found = vc.Quote(string(a.AssociationType))
		return
	}
	b.joined[k] = true
	a.Identifier = b.linkIdentifier(k)
	a.URI = b.m.uri("CFAssociations", a.Identifier)
	a.LastChangeDateTime = it.item.LastChangeDateTime
	if a.LastChangeDateTime.IsZero() {
		a.LastChangeDateTime = b.now
	}
	b.p.CFAssociations = append(b.p.CFAssociations, *a)
}

// linkIdentifier makes an identifier of type and ends.
func (b *builder) linkIdentifier(k linkKey) string {
	id := b.m.id("CFAssociation", string(k.kind), k.origin, k.destination, k.grouping)
	for n := 2; b.used[id]; n++ {
		id = b.m.id("CFAssociation", string(k.kind), k.origin, k.destination, k.grouping, decimal(n))
	}
	b.used[id] = true
	return id
}
