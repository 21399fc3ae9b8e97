package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/laurel-edu/laurel/casefw"
)

// codes writes the index of codes.
func (p *page) codes() {
	all := slices.Collect(p.f.Items())
	all = slices.DeleteFunc(all, func(t casefw.Item) bool { return t.Code() == "" })
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b casefw.Item) int { return natural(a.Code(), b.Code()) })
	p.printf("<section id=\"codes\">\n<h2>Codes</h2>\n<p class=\"index\">")
	for _, t := range all {
		p.printf("<a href=\"#%s\">%s</a> ", p.anchors[t.Index()], escape(t.Code()))
	}
	p.printf("</p>\n</section>\n")
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

// words writes the index of words: a search that needs no script. A word that half
// of the framework has finds nothing, so it is left out.
func (p *page) words() {
	index := map[string][]casefw.Item{}
	for item := range p.f.Items() {
		for word := range vocabulary(item) {
			index[word] = append(index[word], item)
		}
	}
	most := max(8, p.f.Len()/20)
	maps.DeleteFunc(index, func(_ string, items []casefw.Item) bool { return len(items) > min(most, 60) })
	if len(index) == 0 {
		return
	}
	p.printf("<section id=\"words\">\n<h2>Words</h2>\n")
	letter := ""
	for _, word := range slices.Sorted(maps.Keys(index)) {
		if first := string([]rune(word)[0]); first != letter {
			if letter != "" {
				p.printf("</dl></details>\n")
			}
			letter = first
			p.printf("<details class=\"letter\"><summary>%s</summary><dl>", escape(strings.ToUpper(letter)))
		}
		p.printf("<dt dir=\"auto\">%s</dt><dd>", escape(word))
		for _, item := range index[word] {
			p.printf("%s ", p.inside(item))
		}
		p.printf("</dd>")
	}
	p.printf("</dl></details>\n</section>\n")
}

// vocabulary returns the words of an item that are worth finding: of four letters
// or more, in lower case; in scripts without blanks the runs between punctuation.
func vocabulary(item casefw.Item) map[string]bool {
	words := map[string]bool{}
	text := strings.Join(append([]string{item.Statement(), item.ShortStatement()}, item.Keywords()...), " ")
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '-' }) {
		word = strings.ToLower(strings.Trim(word, "-"))
		if n := len([]rune(word)); n >= 4 && n <= 40 || n > 1 && word[0] >= 0xe3 {
			words[word] = true
		}
	}
	return words
}
