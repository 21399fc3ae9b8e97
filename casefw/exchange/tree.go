package exchange

import (
	"slices"
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
	how      stated
}

// stated is what a place was taken from.
type stated uint8

const (
	nowhere   stated = iota // no link is made
	byDefault               // the line says nothing
	byGuess                 // from its code
	byLevel
	byReference
)

// addTree makes the isChildOf association of every item. Where the table of
// associations has the tree it is the tree: a line adds a place only to an item that
// this table hangs nowhere, and none at the top, where such an item stands anyway.
//
// Where the table has no numbers at all, or numbers that stand twice, its lines are
// the order.
func (b *builder) addTree() {
	places := make([]place, len(b.items))
	repeated := map[int]bool{}
	for n, it := range b.items {
		places[n] = b.stand(n)
		if places[n].how == byLevel && len(b.again[it.level]) > 0 {
			repeated[places[n].under] = true
		}
	}
	b.openCircles(places)
	counts := map[int]int64{}
	for n, it := range b.items {
		at := &places[n]
		if at.how == nowhere {
			continue
		}
		counts[at.under]++
		if it.sequence != nil {
			at.sequence = it.sequence
		} else if at.sequence == nil && !b.numbered || repeated[at.under] && at.how == byLevel {
			count := counts[at.under]
			at.sequence = &count
		}
		to := b.documentNode()
		if at.under >= 0 {
			to = b.itemNode(at.under)
		}
		b.join(&casefw.CFAssociation{AssociationType: casefw.IsChildOf, SequenceNumber: at.sequence,
			OriginNodeURI: b.itemNode(n), DestinationNodeURI: to, CFAssociationGroupingURI: b.groupingLink(it.group, it.groupName)}, it)
	}
}

// stand finds the place of an item beside what the table of associations says.
func (b *builder) stand(n int) place {
	it := b.items[n]
	said := it.parent.text != "" || it.childOf.text != "" || it.level != ""
	hung := b.hung[n]
	switch {
	case len(hung) > 0 && !said, it.item.Identifier == "" && it.item.URI == "": // no link could lead from it
		return place{}
	case len(hung) > 0:
		if at := b.placeOf(n); !slices.Contains(hung, at.under) {
			b.noteItem(it, CodeTreeDiffers, "").Found = "under " + vc.Quote(b.nameOf(at.under))
		}
		return place{}
	case b.tree && b.levels && !said:
		return place{}
	}
	at := b.placeOf(n)
	if b.tree && at.under < 0 && at.how == byLevel {
		return place{}
	}
	return at
}

// nameOf is the identifier of an item, or of the document.
func (b *builder) nameOf(n int) string {
	if n < 0 {
		return b.p.CFDocument.Identifier
	}
	return b.items[n].item.Identifier
}

// placeOf finds the place of an item from what the table has: a parent, a
// smartLevel, the code.
func (b *builder) placeOf(n int) place {
	it := b.items[n]
	for _, ref := range []*reference{&it.parent, &it.childOf} {
		if ref.text != "" {
			return b.placeByReference(n, *ref)
		}
	}
	if it.level != "" {
		return b.placeByLevel(n)
	}
	if b.levels || b.explicit || b.o.NoCodeParents {
		return place{under: -1, how: byDefault}
	}
	return b.placeByCode(n)
}

func (b *builder) placeByReference(n int, ref reference) place {
	at := place{under: -1, how: byReference}
	parent, ok := b.find(ref, n)
	if g, err := casefw.ParseGUID(ref.text); err == nil && g == b.m.document || ref.text == string(b.p.CFDocument.URI) {
		return at
	}
	switch {
	case !ok:
		b.noteReference(ref, CodeParentUnknown, "")
	case parent == n:
		b.noteReference(ref, CodeSelfParent, "")
	default:
		at.under = parent
	}
	return at
}

// maxGap is how many missing levels are passed over to the next one above: the tables
// of people leave out one or two, and each costs a look-up as long as the level.
const maxGap = 16

// placeByLevel reads a smartLevel: "1.2.3" is the third child of "1.2". Where a
// level between is missing the next above is the parent.
func (b *builder) placeByLevel(n int) place {
	it, at := b.items[n], place{under: -1, how: byLevel}
	cut := strings.LastIndexByte(it.level, '.')
	if n, err := strconv.ParseInt(it.level[cut+1:], 10, 64); err == nil {
		at.sequence = &n
	}
	up := it.level
	for gap := range maxGap {
		if cut < 0 {
			break
		}
		up = up[:cut]
		if parent, ok := b.levelAbove(up, n); ok {
			if at.under = parent; gap > 0 {
				b.noteLevel(it, "the item is put under level "+vc.Quote(up))
			}
			return at
		}
		cut = strings.LastIndexByte(up, '.')
	}
	if strings.Contains(it.level, ".") {
		b.noteLevel(it, "the item is put under the document")
	}
	return at
}

// levelAbove finds the item of a level, of several the one next above the line.
func (b *builder) levelAbove(level string, n int) (at int, ok bool) {
	at, ok = b.byLevel[level]
	for _, other := range b.again[level] {
		if other < n {
			at = other
		}
	}
	return at, ok && at != n
}

func (b *builder) noteLevel(it *itemLine, fix string) {
	b.noteItem(it, CodeLevelGap, fix).Found = vc.Quote(it.level)
}

// maxGuess is how many parts of a code are taken off to find that of a parent.
const maxGuess = 16

// placeByCode takes the longest code of another item that stands before a dot of
// the item's own.
func (b *builder) placeByCode(n int) place {
	it := b.items[n]
	code := it.item.HumanCodingScheme
	folded := fold(code)
	for range maxGuess {
		cut := strings.LastIndexByte(code, '.')
		if cut <= 0 {
			break
		}
		code, folded = code[:cut], folded[:strings.LastIndexByte(folded, '.')]
		if hits := b.byName[strings.TrimRight(folded, " ")]; len(hits) > 0 && hits[0] != n {
			b.noteItem(it, CodeParentFromCode, "the item of the code "+vc.Quote(code)+" is taken")
			return place{under: hits[0], how: byGuess}
		}
	}
	return place{under: -1, how: byDefault}
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
