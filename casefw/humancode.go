package casefw

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"
	"unicode"
)

// NormalizeCode brings a human coding scheme to the form in which codes are
// compared: letters and digits apart, in lower case, with one dot between, so that
// "3.NF.A.2a" and "3.NF.A.2.a", "HSA.APR" and "HSA-APR" are the same. Leading
// zeros stay: they tell codes apart.
func NormalizeCode(code string) string {
	var b strings.Builder
	b.Grow(len(code) + 4)
	const none, letter, number = 0, 1, 2
	last := none
	for _, r := range code {
		kind := none
		switch {
		case unicode.IsLetter(r):
			kind = letter
		case unicode.IsDigit(r):
			kind = number
		}
		if kind != none {
			if b.Len() > 0 && kind != last {
				b.WriteByte('.')
			}
			b.WriteRune(unicode.ToLower(r))
		}
		last = kind
	}
	return b.String()
}

// codePrefixes begin codes in full, normalised and the longer ones first: the same codes
// are written without them where the framework says what they are codes of.
var codePrefixes = []string{"ccss.math.content.", "ccss.math.practice.", "ccss.ela.literacy.", "ccss.math.", "ccss.ela.", "ccss."}

// splitCode cuts a normalised code behind its prefix, which may be empty.
func splitCode(normalized string) (prefix, bare string) {
	for _, p := range codePrefixes {
		if rest, ok := strings.CutPrefix(normalized, p); ok && rest != "" {
			return p, rest
		}
	}
	return "", normalized
}

// bareCode normalises a code and leaves out its prefix.
func bareCode(code string) string {
	_, bare := splitCode(NormalizeCode(code))
	return bare
}

// codeIndex finds items by bare code: hashes in order, each with its item.
type codeIndex struct{ entries []codeEntry }

type codeEntry struct {
	hash uint32
	item int32
}

func (f *Framework) buildCodes() *codeIndex {
	x := &codeIndex{}
	for i := range f.items.ids {
		if f.items.at(int32(i), itemCode) != 0 && !f.lost[int32(i)] {
			x.entries = append(x.entries, codeEntry{codeHash(bareCode((Item{f, int32(i)}).Code())), int32(i)})
		}
	}
	slices.SortFunc(x.entries, func(a, b codeEntry) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.item, b.item))
	})
	return x
}

func codeHash(bare string) uint32 { return uint32(maphash.String(seed, bare)) }

// FindCode returns the items of a human coding scheme, in the order of the package:
// those with exactly this code where there are any, else those whose code is the
// same when normalised, else those whose code is the same but for a published prefix
// ("CCSS.Math.Content.3.NF.A.2" and "3.NF.A.2"), and then only where they all have one
// code. Several items may share a code, legally so where they are copies.
func (f *Framework) FindCode(code string) (items []Item, exact bool) {
	normalized := NormalizeCode(code)
	if normalized == "" {
		return nil, false
	}
	prefix, bare := splitCode(normalized)
	entries := f.codes.get(f.buildCodes).entries
	hash := codeHash(bare)
	start, _ := slices.BinarySearchFunc(entries, hash, func(e codeEntry, h uint32) int { return cmp.Compare(e.hash, h) })
	var alike []Item
	var prefixed codeGroup
	for _, e := range entries[start:] {
		if e.hash != hash {
			break
		}
		t := Item{f, e.item}
		its := NormalizeCode(t.Code())
		switch p, b := splitCode(its); {
		case t.Code() == code:
			items = append(items, t)
		case its == normalized:
			alike = append(alike, t)
		case b == bare && (strings.HasPrefix(p, prefix) || strings.HasPrefix(prefix, p)):
			prefixed.add(t, its)
		}
	}
	switch {
	case len(items) > 0:
		return items, true
	case len(alike) > 0:
		return alike, false
	case prefixed.several:
		return nil, false
	}
	return prefixed.items, false
}

// codeGroup is items of one code, as long as they are.
type codeGroup struct {
	items   []Item
	code    string
	several bool
}

func (g *codeGroup) add(t Item, normalized string) {
	g.several = g.several || len(g.items) > 0 && g.code != normalized
	g.items, g.code = append(g.items, t), normalized
}
