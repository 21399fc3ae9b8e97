package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/laurel-edu/laurel/casefw"
)

// letter are the words of an index that begin alike.
type letter struct {
	Letter string
	Words  []word
}

// word is a word, and the items that have it.
type word struct {
	Word  string
	Items []ref
}

// index makes the indexes of codes and of words: a search that needs no script.
func (v *view) index(s *sheet) {
	all := slices.DeleteFunc(slices.Collect(s.f.Items()), func(t casefw.Item) bool { return t.Code() == "" })
	slices.SortStableFunc(all, func(a, b casefw.Item) int { return natural(a.Code(), b.Code()) })
	for _, item := range all {
		s.Codes = append(s.Codes, v.ref(item))
	}
	index := map[string][]casefw.Item{}
	for item := range s.f.Items() {
		for word := range vocabulary(item) {
			index[word] = append(index[word], item)
		}
	}
	// A word that half of the framework has finds nothing.
	most := min(max(8, s.f.Len()/20), 60)
	maps.DeleteFunc(index, func(_ string, items []casefw.Item) bool { return len(items) > most })
	for _, text := range slices.Sorted(maps.Keys(index)) {
		first := strings.ToUpper(string([]rune(text)[0]))
		if n := len(s.Letters); n == 0 || s.Letters[n-1].Letter != first {
			s.Letters = append(s.Letters, letter{Letter: first})
		}
		w := word{Word: text}
		for _, item := range index[text] {
			w.Items = append(w.Items, v.ref(item))
		}
		l := &s.Letters[len(s.Letters)-1]
		l.Words = append(l.Words, w)
	}
}

// natural orders "2" before "10", as people do.
func natural(a, b string) int {
	for a != "" && b != "" {
		x, restA := chunk(a)
		y, restB := chunk(b)
		if x != y {
			numbers := unicode.IsDigit(rune(x[0])) && unicode.IsDigit(rune(y[0]))
			if x, y := strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0"); numbers && x != y {
				return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y))
			}
			return cmp.Compare(x, y)
		}
		a, b = restA, restB
	}
	return cmp.Compare(len(a), len(b))
}

// chunk cuts the first run of digits, or of anything else, off a text.
func chunk(s string) (head, rest string) {
	digit := func(i int) bool { return s[i] >= '0' && s[i] <= '9' }
	n := 1
	for n < len(s) && digit(n) == digit(0) {
		n++
	}
	return s[:n], s[n:]
}

// vocabulary returns the words of an item that are worth finding: of four letters or more, in
// lower case; in scripts without blanks the runs between punctuation.
func vocabulary(item casefw.Item) map[string]bool {
	words := map[string]bool{}
	text := strings.Join(append([]string{plain(item.Statement()), plain(item.ShortStatement())}, item.Keywords()...), " ")
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '-' }) {
		word = strings.ToLower(strings.Trim(word, "-"))
		if n := len([]rune(word)); n >= 4 && n <= 40 || n > 1 && word[0] >= 0xe3 {
			words[word] = true
		}
	}
	return words
}
