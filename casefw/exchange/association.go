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
	line                int
	kept                *kept
}

// endLine is one end as the table writes it.
type endLine struct {
	uri, identifier, code reference
	title, target         string
}

// readAssociations reads the table of associations.
func (r *reader) readAssociations(t *table) error {
	if err := t.toHeader(associationColumns(), nil); err != nil {
		return err
	}
	return t.each(func(line *row) error {
		if err := r.pay(t, linkLineCost+line.keptCost()); err != nil {
			return err
		}
		l := &linkLine{}
		rec, k := restored(line, associationColumnsOf, func() *casefw.CFAssociation {
			*l = linkLine{line: t.line}
			l.read(line, r.now)
			return &l.a
		})
		l.a, l.kept = *rec, k
		if l.lacks() {
			line.note("associationType", CodeUnresolved, "", "passed over").Message = "the line lacks its type or an end"
			return nil
		}
		if k == nil && !l.a.AssociationType.Known() && !l.a.AssociationType.IsExtension() {
			line.note("associationType", CodeUnknownValue, string(l.a.AssociationType), "").Expected = "an association type"
		}
		r.links = append(r.links, l)
		return r.pay(t, extensionCost*len(l.a.Extensions))
	})
}

// read reads the cells of a line. An end of which they do not say all is filled in
// later.
func (l *linkLine) read(line *row, now vc.DateTime) {
	l.origin, l.destination = line.end("origin"), line.end("destination")
	l.group, l.groupName = line.text(fieldGroup), line.whole(fieldGroupName)
	a := &l.a
	a.AssociationType = casefw.AssociationType(line.text("associationType"))
	a.URI = vc.IRI(line.text(fieldURI))
	a.Notes = line.whole(fieldNotes)
	a.SequenceNumber = line.integer(fieldSequence)
	a.LastChangeDateTime = line.changed(now)
	if g, err := casefw.ParseGUID(line.text(fieldIdentifier)); err == nil {
		a.Identifier = g.String()
	} else {
		line.note(fieldIdentifier, CodeIdentifierMade, line.text(fieldIdentifier), "one is made of type and ends")
	}
	a.OriginNodeURI, a.DestinationNodeURI = l.origin.node(), l.destination.node()
	a.Extensions = line.extensions()
}

// lacks reports whether the line says too little for an association.
func (l *linkLine) lacks() bool {
	return l.origin.empty() && !l.kept.has("originNodeURI") || l.destination.empty() && !l.kept.has("destinationNodeURI") ||
		l.a.AssociationType == "" && !l.kept.has("associationType")
}

func (r *row) end(side string) endLine {
	f := func(name string) reference { return r.reference(field(side + name)) }
	return endLine{uri: f("NodeURI"), identifier: f("NodeIdentifier"), code: f("NodeHumanCodingScheme"),
		title: r.whole(field(side + "NodeTitle")), target: r.text(field(side + "TargetType"))}
}

func (e *endLine) empty() bool {
	return e.uri.text == "" && e.identifier.text == "" && e.code.text == ""
}

// node is the end as far as the line says it.
func (e *endLine) node() *casefw.LinkGenURI {
	return &casefw.LinkGenURI{Identifier: e.identifier.text, URI: vc.IRI(e.uri.text), Title: e.title, TargetType: e.target}
}

// addLinkLines makes the associations of the table. It comes before the tree: a
// link that both give is the one of the table, which says more of it. Lines that say
// the same are kept, for each is an association of its own, and noted.
func (b *builder) addLinkLines() {
	b.p.CFAssociations = make([]casefw.CFAssociation, 0, len(b.links)+len(b.items))
	for _, l := range b.links {
		if l.a.Identifier != "" && b.used[l.a.Identifier] {
			b.noteLink(l, CodeDuplicateIdentifier, "both lines are kept").Found = vc.Quote(l.a.Identifier)
		}
		b.used[l.a.Identifier] = true
	}
	for _, l := range b.links {
		b.addLinkLine(l)
	}
}

func (b *builder) addLinkLine(l *linkLine) {
	a := &l.a
	if !l.kept.has("originNodeURI") {
		b.fillEnd(&l.origin, a.OriginNodeURI)
	}
	if !l.kept.has("destinationNodeURI") {
		b.fillEnd(&l.destination, a.DestinationNodeURI)
	}
	if !l.kept.has("CFAssociationGroupingURI") {
		a.CFAssociationGroupingURI = b.groupingLink(l.group, l.groupName)
	}
	k := key(a)
	if b.joined[k] {
		b.noteLink(l, CodeDuplicateLink, "both lines are kept").Message = "another line has the same type and ends"
	}
	b.joined[k] = true
	if a.Identifier == "" && !l.kept.has("identifier") {
		a.Identifier = b.linkIdentifier(k)
	}
	if a.URI == "" && !l.kept.has("uri") {
		a.URI = b.m.uri("CFAssociations", a.Identifier)
	}
	if a.AssociationType == casefw.IsChildOf {
		b.hang(a)
	}
	b.p.CFAssociations = append(b.p.CFAssociations, *a)
}

// hang notes a link of the tree that the table of associations has.
func (b *builder) hang(a *casefw.CFAssociation) {
	b.tree = true
	child, ok := b.itemOfNode(a.OriginNodeURI)
	if !ok || a.DestinationNodeURI == nil {
		return
	}
	parent, ok := b.itemOfNode(a.DestinationNodeURI)
	if !ok {
		d, to := b.p.CFDocument, a.DestinationNodeURI
		if to.GUID() != d.GUID() && (to.URI == "" || to.URI != d.URI) {
			return // it hangs in another framework
		}
		parent = -1
	}
	b.hung[child] = append(b.hung[child], parent)
}

// itemOfNode finds the item that an end of an association is, as package casefw does:
// by identifier, by uri, by the identifier in the uri.
func (b *builder) itemOfNode(node *casefw.LinkGenURI) (n int, ok bool) {
	if node == nil {
		return 0, false
	}
	if n, ok = b.byID[canonical(node.Identifier)]; ok {
		return n, true
	}
	if n, ok = b.byURI[string(node.URI)]; ok {
		return n, true
	}
	if found := casefw.FindGUIDs(string(node.URI)); len(found) > 0 {
		n, ok = b.byID[found[len(found)-1].String()]
	}
	return n, ok
}

func (b *builder) noteLink(l *linkLine, code vc.Code, fix string) *vc.Problem {
	return b.report.note(Place{Table: Associations, Line: l.line}, code, "", fix)
}

// fillEnd makes whole what a line says of an end: an item of the table fills what the
// line leaves out.
func (b *builder) fillEnd(e *endLine, node *casefw.LinkGenURI) {
	if node == nil || node.Title != "" && node.Identifier != "" && node.URI != "" {
		return
	}
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

// associationColumnsOf are the columns of an association, OpenSALT's first. Those of
// codes show them; the writer knows them.
var associationColumnsOf = []column[casefw.CFAssociation]{
	{header: "identifier", text: func(a *casefw.CFAssociation) string { return a.Identifier }},
	originColumn("originNodeURI", func(n *casefw.LinkGenURI) string { return string(n.URI) }),
	originColumn("originNodeIdentifier", func(n *casefw.LinkGenURI) string { return n.Identifier }),
	{header: "originNodeHumanCodingScheme", members: "originNodeURI"},
	{header: "associationType", text: func(a *casefw.CFAssociation) string { return string(a.AssociationType) }},
	destinationColumn("destinationNodeURI", func(n *casefw.LinkGenURI) string { return string(n.URI) }),
	destinationColumn("destinationNodeIdentifier", func(n *casefw.LinkGenURI) string { return n.Identifier }),
	{header: "destinationNodeHumanCodingScheme", members: "destinationNodeURI"},
	{header: "associationGroupIdentifier", members: "CFAssociationGroupingURI",
		text: func(a *casefw.CFAssociation) string { return linkIdentifier(a.CFAssociationGroupingURI) }},
	{header: "associationGroupName", members: "CFAssociationGroupingURI", text: func(a *casefw.CFAssociation) string {
		if a.CFAssociationGroupingURI == nil {
			return ""
		}
		return a.CFAssociationGroupingURI.Title
	}},
	{header: "sequenceNumber", text: func(a *casefw.CFAssociation) string { return number(a.SequenceNumber) }},
	{header: "uri", text: func(a *casefw.CFAssociation) string { return string(a.URI) }},
	originColumn("originNodeTitle", func(n *casefw.LinkGenURI) string { return n.Title }),
	originColumn("originTargetType", func(n *casefw.LinkGenURI) string { return n.TargetType }),
	destinationColumn("destinationNodeTitle", func(n *casefw.LinkGenURI) string { return n.Title }),
	destinationColumn("destinationTargetType", func(n *casefw.LinkGenURI) string { return n.TargetType }),
	{header: "notes", text: func(a *casefw.CFAssociation) string { return a.Notes }},
	{header: "lastChangeDateTime", text: func(a *casefw.CFAssociation) string { return a.LastChangeDateTime.String() }},
}

func originColumn(header string, text func(*casefw.LinkGenURI) string) column[casefw.CFAssociation] {
	return column[casefw.CFAssociation]{header: header, members: "originNodeURI",
		text: func(a *casefw.CFAssociation) string { return textOfEnd(a.OriginNodeURI, text) }}
}

func destinationColumn(header string, text func(*casefw.LinkGenURI) string) column[casefw.CFAssociation] {
	return column[casefw.CFAssociation]{header: header, members: "destinationNodeURI",
		text: func(a *casefw.CFAssociation) string { return textOfEnd(a.DestinationNodeURI, text) }}
}

func textOfEnd(n *casefw.LinkGenURI, text func(*casefw.LinkGenURI) string) string {
	if n == nil {
		return ""
	}
	return text(n)
}
