package exchange

import (
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
		it := &b.items[n]
		for _, l := range it.links {
			b.join(&casefw.CFAssociation{AssociationType: l.kind, OriginNodeURI: b.itemNode(n), DestinationNodeURI: b.node(l.to, n)}, n)
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

// join adds an association with what it must have. One that is there already, by
// type and ends, is noted and left out. item is the line that it comes from, -1
// for the table of associations.
func (b *builder) join(a *casefw.CFAssociation, item int) {
	grouping := ""
	if a.CFAssociationGroupingURI != nil {
		grouping = a.CFAssociationGroupingURI.Identifier
	}
	key := strings.Join([]string{string(a.AssociationType), a.OriginNodeURI.Identifier, a.DestinationNodeURI.Identifier, grouping}, "\x00")
	if b.joined[key] {
		if item >= 0 {
			b.noteItem(&b.items[item], CodeDuplicateLink, "").Found = vc.Quote(string(a.AssociationType))
		}
		return
	}
	b.joined[key] = true
	if a.Identifier == "" || b.used[a.Identifier] {
		a.Identifier = b.m.id("CFAssociation", key)
	}
	b.used[a.Identifier] = true
	if a.AssociationType == casefw.IsChildOf {
		b.hangs[[2]string{a.OriginNodeURI.Identifier, a.DestinationNodeURI.Identifier}] = true
	}
	if a.URI == "" {
		a.URI = b.m.uri("CFAssociations", a.Identifier)
	}
	if a.LastChangeDateTime.IsZero() {
		a.LastChangeDateTime = b.now
		if item >= 0 {
			a.LastChangeDateTime = b.items[item].item.LastChangeDateTime
		}
	}
	b.p.CFAssociations = append(b.p.CFAssociations, *a)
}
