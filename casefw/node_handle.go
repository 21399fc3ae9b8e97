package casefw

// NodeKind says what stands at an end of an association.
type NodeKind uint8

// The kinds of node.
const (
	NoNode       NodeKind = iota // the association lacks the end
	NodeItem                     // an item of the framework
	NodeDocument                 // the framework's document
	NodeExternal                 // something that the framework does not hold
)

// String writes the kind as a word: "item".
func (k NodeKind) String() string { return word(k, "none", "item", "document", "external") }

// Resolution says how a node was found to be an item: the later, the less certain.
type Resolution uint8

// The ways in which nodes are resolved, in the order in which they are tried.
const (
	Unresolved Resolution = iota
	ByIdentifier
	ByURI       // the uri is the item's
	ByGUIDInURI // the uri holds the item's identifier
)

// String writes the resolution as words: "by-identifier".
func (r Resolution) String() string {
	return word(r, "unresolved", "by-identifier", "by-uri", "by-guid-in-uri")
}

// Node is a handle on one end of an association; see [Item].
type Node struct {
	f  *Framework
	at uint32 // index+1 into nodes
}

var noNode nodeRec

func (n Node) rec() *nodeRec {
	if n.f == nil || n.at == 0 {
		return &noNode
	}
	return &n.f.nodes[n.at-1]
}

// Kind returns what stands at the end.
func (n Node) Kind() NodeKind {
	if n.f == nil || n.at == 0 {
		return NoNode
	}
	switch e := int(n.f.entity[n.at-1]); {
	case e < n.f.Len():
		return NodeItem
	case e == n.f.Len():
		return NodeDocument
	}
	return NodeExternal
}

// Item returns the item at the end, the zero Item where it is something else.
func (n Node) Item() Item {
	if n.Kind() != NodeItem {
		return Item{}
	}
	return Item{n.f, int32(n.f.entity[n.at-1])}
}

// Resolution says how the item or document was found.
func (n Node) Resolution() Resolution {
	if n.f == nil || n.at == 0 {
		return Unresolved
	}
	return n.f.how[n.at-1]
}

// GUID returns the identifier of what stands at the end: the item's where it was
// resolved, else the node's own, else the one in its uri, else zero.
func (n Node) GUID() GUID {
	if t := n.Item(); !t.IsZero() && !t.GUID().IsZero() {
		return t.GUID()
	}
	if id := n.rec().id; !id.IsZero() {
		return id
	}
	g, _ := trailingGUID(n.URI())
	return g
}

// Identifier returns the identifier as sent; it may be any text.
func (n Node) Identifier() string {
	if n.f == nil || n.at == 0 {
		return ""
	}
	return n.f.nodeName(int32(n.at - 1))
}

// URI returns the uri as sent.
func (n Node) URI() string {
	if n.f == nil {
		return ""
	}
	return n.f.uri(n.rec().uri, n.rec().id)
}

// Title returns the title as sent.
func (n Node) Title() string {
	if at := n.rec().title; at != 0 {
		return n.f.string(at)
	}
	return ""
}

// TargetType returns the type of what is not of CASE, "" where it is.
func (n Node) TargetType() string {
	if n.f == nil || n.at == 0 || in(n.f.raws, int32(n.at-1)) == 0 {
		return ""
	}
	return n.Record().TargetType
}
