package jsonx

import "github.com/laurel-edu/laurel/internal/quote"

// checkNames refuses a repeated member name. In small objects a name is compared
// with those before it, where one of them has the same mark; larger ones use a
// set, so that the cost stays linear.
func (p *parser) checkNames(object int32) error {
	nodes := p.doc.nodes
	first := object + 1 // it has members
	if nodes[object].count <= scanNames {
		marks := uint64(0)
		for a := first; a != 0; a = nodes[a].next {
			mark := p.mark(&nodes[a])
			if marks&mark != 0 && p.repeats(first, a) {
				return p.duplicate(a)
			}
			marks |= mark
		}
		return nil
	}
	// Clearing a large map for a small object costs as much as filling it.
	if n := int(nodes[object].count); p.seen == nil || n > p.seenRoom || n < p.seenRoom/8 {
		p.seen, p.seenRoom = make(map[string]struct{}, n), n
	}
	clear(p.seen)
	for a := first; a != 0; a = nodes[a].next {
		n := len(p.seen)
		if p.seen[p.doc.string(nodes[a].name)] = struct{}{}; len(p.seen) == n {
			return p.duplicate(a)
		}
	}
	return nil
}

// mark is a bit that is the same for the same name, and seldom for two names.
func (p *parser) mark(n *node) uint64 {
	if symbol := n.tag.symbol(); symbol != NoSymbol {
		return 1 << (uint32(symbol) & 63)
	}
	return 1 << (hashName(p.doc.string(n.name)) >> 26)
}

// repeats reports whether a member has the name of one before it.
func (p *parser) repeats(first, a int32) bool {
	nodes := p.doc.nodes
	for b := first; b != a; b = nodes[b].next {
		if p.sameName(&nodes[a], &nodes[b]) {
			return true
		}
	}
	return false
}

func (p *parser) sameName(a, b *node) bool {
	return a.name.len() == b.name.len() && p.doc.string(a.name) == p.doc.string(b.name)
}

func (p *parser) duplicate(id int32) error {
	n := &p.doc.nodes[id]
	return &Error{Code: CodeDuplicateName, Offset: int(n.start), Pointer: p.doc.pointer(id),
		Detail: "the member " + quote.Text(p.doc.string(n.name)) + " stands more than once in its object"}
}
