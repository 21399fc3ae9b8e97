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

// codeIndex finds items by normalised code: hashes in order, each with its item.
type codeIndex struct{ entries []codeEntry }

type codeEntry struct {
	hash uint32
	item int32
}

func (f *Framework) buildCodes() *codeIndex {
	x := &codeIndex{}
	for i := range f.items.ids {
		if f.items.at(int32(i), itemCode) != 0 && !f.lost[int32(i)] {
			x.entries = append(x.entries, codeEntry{codeHash(NormalizeCode((Item{f, int32(i)}).Code())), int32(i)})
		}
	}
	slices.SortFunc(x.entries, func(a, b codeEntry) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.item, b.item))
	})
	return x
}

func codeHash(normalized string) uint32 { return uint32(maphash.String(seed, normalized)) }

// FindCode returns the items of a human coding scheme, in the order of the package:
// those with exactly this code where there are any, else those whose code is the
// same when normalised. Several items may share a code, legally so where they are
// copies.
func (f *Framework) FindCode(code string) (items []Item, exact bool) {
	normalized := NormalizeCode(code)
	if normalized == "" {
		return nil, false
	}
	entries := f.codes.get(f.buildCodes).entries
	hash := codeHash(normalized)
	start, _ := slices.BinarySearchFunc(entries, hash, func(e codeEntry, h uint32) int { return cmp.Compare(e.hash, h) })
	var alike []Item
	for _, e := range entries[start:] {
		if e.hash != hash {
			break
		}
		t := Item{f, e.item}
		if t.Code() == code {
			items = append(items, t)
		} else if NormalizeCode(t.Code()) == normalized {
			alike = append(alike, t)
		}
	}
	if len(items) > 0 {
		return items, true
	}
	return alike, false
}
