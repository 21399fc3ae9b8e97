// Package language judges and matches language tags (BCP 47; RFC 5646, RFC 4647). It
// is the one place that knows golang.org/x/text/language, which takes more than a tag:
// underscores, the locale "root", subtags twice.
package language

import (
	"errors"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Verdict is what a tag is worth. The zero value is no tag.
type Verdict uint8

// The verdicts.
const (
	Malformed Verdict = iota // not of the form of RFC 5646, 2.1
	Unknown                  // well formed and not valid: a subtag is not registered, or stands twice
	Valid
)

// maxTag is far longer than a tag with a meaning (RFC 5646, 4.4.1 counts to 35), and
// short enough that reading it costs nothing.
const maxTag = 128

// Judge says what a tag is worth, whatever its case. Tags for private use and the
// grandfathered ones are valid. A language of four to eight letters is malformed,
// although the grammar keeps room for some: none is registered, and a word such as
// "text" is no tag.
func Judge(tag string) Verdict {
	_, verdict := parse(tag)
	return verdict
}

func parse(tag string) (language.Tag, Verdict) {
	if len(tag) > maxTag || !isSpelled(tag) || strings.EqualFold(tag, "root") {
		return language.Tag{}, Malformed
	}
	t, err := language.Parse(tag)
	switch {
	case err != nil && errors.As(err, new(language.ValueError)):
		return t, Unknown
	case err != nil:
		return t, Malformed
	case len(tag) >= len("en-1994-1994") && isTwice(tag): // the shortest that can
		return t, Unknown
	}
	return t, Valid
}

func isSpelled(tag string) bool {
	for i := range len(tag) {
		if c := tag[i]; c != '-' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// isTwice reports whether a singleton or a variant stands twice (RFC 5646, 2.2.9).
func isTwice(tag string) bool {
	var seen []string
	extended := false
	for i, sub := range strings.Split(strings.ToLower(tag), "-") {
		isVariant := len(sub) > 4 || len(sub) == 4 && sub[0] <= '9'
		switch {
		case sub == "x":
			return false
		case len(sub) == 1:
			extended = true
		case i == 0 || extended || !isVariant:
			continue
		}
		if slices.Contains(seen, sub) {
			return true
		}
		seen = append(seen, sub)
	}
	return false
}

// Best returns which of the languages of a text does best for a reader of the wanted
// ones, best first: the same, or one that such a reader understands, as "de-AT" will
// do for "de". It is -1 where none does.
func Best(wanted, had []string) int {
	if len(wanted) == 0 {
		return -1
	}
	if i := same(wanted[0], had); i >= 0 {
		return i
	}
	var tags []language.Tag
	var places []int
	for i, tag := range had {
		if t, verdict := parse(tag); verdict == Valid {
			tags, places = append(tags, t), append(places, i)
		}
	}
	var want []language.Tag
	for _, tag := range wanted {
		if t, verdict := parse(tag); verdict == Valid {
			want = append(want, t)
		}
	}
	if len(tags) > 0 && len(want) > 0 {
		if _, i, confidence := language.NewMatcher(tags).Match(want...); confidence != language.No {
			return places[i]
		}
	}
	for _, tag := range wanted[1:] { // what is not registered matches itself
		if i := same(tag, had); i >= 0 {
			return i
		}
	}
	return -1
}

func same(tag string, had []string) int {
	return slices.IndexFunc(had, func(h string) bool { return tag != "" && strings.EqualFold(h, tag) })
}
