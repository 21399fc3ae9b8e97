package exchange

import (
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// place is where an item stands in the tree: under an item or, with -1, under the
// document.
type place struct {
	under    int
	sequence *int64
}

// addTree makes the isChildOf association of every item. Where the table of
// associations has the tree too, an item without smartLevel stands where that
// table says, and nowhere if it says nothing.
//
// Where the table has no numbers at all its lines are the order.
func (b *builder) addTree() {
	counts := map[int]int64{}
	for n := range b.items {
		it := &b.items[n]
		if b.rows && b.levels && it.level == "" && it.parent.text == "" && it.childOf.text == "" {
			continue
		}
		at := b.placeOf(n)
		if counts[at.under]++; it.sequence != nil {
			at.sequence = it.sequence
		} else if at.sequence == nil && !b.numbered {
			place := counts[at.under]
			at.sequence = &place
		}
		to := b.documentNode()
		if at.under >= 0 {
			to = b.itemNode(at.under)
		}
		if b.hangs[[2]string{it.item.Identifier, to.Identifier}] {
			continue
		}
		b.join(&casefw.CFAssociation{AssociationType: casefw.IsChildOf, SequenceNumber: at.sequence,
			OriginNodeURI: b.itemNode(n), DestinationNodeURI: to, CFAssociationGroupingURI: b.groupingLink(it.group, it.groupName)}, n)
	}
}

// placeOf finds the place of an item from what the table has: a parent, a
// smartLevel, the code.
func (b *builder) placeOf(n int) place {
	it := &b.items[n]
	for _, ref := range []reference{it.parent, it.childOf} {
		if ref.text != "" {
			return b.placeByReference(n, ref)
		}
	}
	if it.level != "" {
		return b.placeByLevel(it)
	}
	if b.levels || b.explicit || b.o.NoCodeParents {
		return place{under: -1}
	}
	return b.placeByCode(n)
}

func (b *builder) placeByReference(n int, ref reference) place {
	parent, ok := b.find(ref, n)
	if g, err := casefw.ParseGUID(ref.text); err == nil && g == b.m.document {
		return place{under: -1}
	}
	switch {
	case !ok:
		b.noteReference(ref, CodeParentUnknown, "")
		return place{under: -1}
	case parent == n:
		b.noteReference(ref, CodeSelfParent, "")
		return place{under: -1}
	}
	return place{under: parent}
}

// placeByLevel reads a smartLevel: "1.2.3" is the third child of "1.2". Where a
// level between is missing the next above is the parent.
func (b *builder) placeByLevel(it *itemLine) place {
	at := place{under: -1}
	cut := strings.LastIndexByte(it.level, '.')
	if n, err := strconv.ParseInt(it.level[cut+1:], 10, 64); err == nil {
		at.sequence = &n
	}
	for up, gap := it.level, false; cut >= 0; gap = true {
		up = up[:cut]
		if parent, ok := b.byLevel[up]; ok {
			at.under = parent
			if gap {
				b.noteLevel(it, "the item is put under level "+up)
			}
			return at
		}
		cut = strings.LastIndexByte(up, '.')
		if cut < 0 {
			b.noteLevel(it, "the item is put under the document")
		}
	}
	return at
}

func (b *builder) noteLevel(it *itemLine, fix string) {
	b.noteItem(it, CodeLevelGap, fix).Found = vc.Quote(it.level)
}

// placeByCode takes the longest code of another item that stands before a dot of
// the item's own.
func (b *builder) placeByCode(n int) place {
	it := &b.items[n]
	code := it.item.HumanCodingScheme
	for folded := fold(code); ; {
		cut := strings.LastIndexByte(code, '.')
		if cut <= 0 {
			return place{under: -1}
		}
		code, folded = code[:cut], folded[:strings.LastIndexByte(folded, '.')]
		if hits := b.byName[strings.TrimRight(folded, " ")]; len(hits) > 0 && hits[0] != n {
			b.noteItem(it, CodeParentFromCode, "the item of the code "+vc.Quote(code)+" is taken")
			return place{under: hits[0]}
		}
	}
}

func (b *builder) documentNode() *casefw.LinkGenURI {
	d := b.p.CFDocument
	return &casefw.LinkGenURI{Title: d.Title, Identifier: d.Identifier, URI: d.URI}
}

func (b *builder) itemNode(n int) *casefw.LinkGenURI {
	i := &b.items[n].item
	return &casefw.LinkGenURI{Title: nodeTitle(i), Identifier: i.Identifier, URI: i.URI}
}

// nodeTitle names an item as most servers do: by code, else by statement.
func nodeTitle(i *casefw.CFItem) string {
	switch {
	case i.HumanCodingScheme != "":
		return i.HumanCodingScheme
	case i.AbbreviatedStatement != "":
		return i.AbbreviatedStatement
	}
	return strings.Join(strings.Fields(i.FullStatement), " ")
}
