package exchange

import (
	"cmp"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// linkLine is one line of the table of associations.
type linkLine struct {
	a                   casefw.CFAssociation
	origin, destination endLine
	group, groupName    string
}

// endLine is one end as the table writes it.
type endLine struct {
	uri, identifier, code, title, target reference
}

// readAssociations reads the table of associations.
func (r *reader) readAssociations(t *table) error {
	if err := t.toHeader(associationColumns(), nil); err != nil {
		return err
	}
	return t.each(func(line *row) error {
		l := linkLine{origin: line.end("origin"), destination: line.end("destination"),
			group: line.text(fieldGroup), groupName: line.text(fieldGroupName)}
		l.a.AssociationType = casefw.AssociationType(line.text("associationType"))
		l.a.URI = vc.IRI(line.text(fieldURI))
		l.a.Notes = line.whole(fieldNotes)
		l.a.SequenceNumber = line.integer(fieldSequence)
		if line.has(fieldChanged) {
			l.a.LastChangeDateTime = line.changed(r.now)
		}
		if g, err := casefw.ParseGUID(line.text(fieldIdentifier)); err == nil {
			l.a.Identifier = g.String()
		} else {
			line.note(fieldIdentifier, CodeIdentifierMade, line.text(fieldIdentifier), "one is made of type and ends")
		}
		if l.origin.empty() || l.destination.empty() || l.a.AssociationType == "" {
			line.note("associationType", CodeUnresolved, "", "passed over").Message = "the line lacks its type or an end"
			return nil
		}
		if !l.a.AssociationType.Known() && !l.a.AssociationType.IsExtension() {
			line.note("associationType", CodeUnknownValue, string(l.a.AssociationType), "").Expected = "an association type"
		}
		l.a.Extensions = line.extensions()
		r.links = append(r.links, l)
		return nil
	})
}

func (r *row) end(side string) endLine {
	f := func(name string) reference { return r.reference(field(side + name)) }
	return endLine{uri: f("NodeURI"), identifier: f("NodeIdentifier"), code: f("NodeHumanCodingScheme"),
		title: f("NodeTitle"), target: f("TargetType")}
}

func (e *endLine) empty() bool {
	return e.uri.text == "" && e.identifier.text == "" && e.code.text == ""
}

// addLinkLines makes the associations of the table. It comes before the tree: a
// link that both give is the one of the table, which says more of it.
func (b *builder) addLinkLines() {
	for i := range b.links {
		l := &b.links[i]
		a := l.a
		a.OriginNodeURI, a.DestinationNodeURI = b.end(&l.origin), b.end(&l.destination)
		a.CFAssociationGroupingURI = b.groupingLink(l.group, l.groupName)
		b.join(&a, -1)
	}
	b.rows = len(b.hangs) > 0
}

// end makes a node of what a line says of it; an item of the table fills what the
// line leaves out.
func (b *builder) end(e *endLine) *casefw.LinkGenURI {
	node := &casefw.LinkGenURI{Identifier: e.identifier.text, URI: vc.IRI(e.uri.text), Title: e.title.text, TargetType: e.target.text}
	known := b.knownEnd(e)
	if known == nil {
		for _, ref := range []reference{e.identifier, e.uri, e.code} {
			if ref.text != "" && (node.Identifier == "" || node.URI == "") {
				known = b.outside(ref)
				break
			}
		}
	}
	if known != nil {
		node.Identifier = cmp.Or(node.Identifier, known.Identifier)
		node.URI = cmp.Or(node.URI, known.URI)
		node.Title = cmp.Or(node.Title, known.Title)
		node.TargetType = cmp.Or(node.TargetType, known.TargetType)
	}
	node.Title = cmp.Or(node.Title, e.code.text, node.Identifier)
	return node
}

// knownEnd finds the document or the item of the table that an end names.
func (b *builder) knownEnd(e *endLine) *casefw.LinkGenURI {
	if g, err := casefw.ParseGUID(e.identifier.text); err == nil && g == b.m.document {
		return b.documentNode()
	}
	for _, ref := range []reference{e.identifier, e.uri, e.code} {
		if ref.text == "" {
			continue
		}
		if n, ok := b.find(ref, -1); ok {
			return b.itemNode(n)
		}
	}
	return nil
}

// outside makes the node of something that no line has. Links to other frameworks
// are ordinary here, so only a bare code is noted.
func (b *builder) outside(ref reference) *casefw.LinkGenURI {
	node := b.node(ref, -1)
	if node.TargetType == "ext:URL" {
		node.TargetType = ""
	}
	return node
}
