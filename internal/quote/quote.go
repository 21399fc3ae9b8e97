// Package quote shows text of strangers in messages and reports: quoted, and cut to a
// length that keeps a report readable and a hostile value harmless.
package quote

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Most is how many bytes of a stranger's text are shown.
const Most = 256

// Text quotes a text, cut in its middle where it is longer than [Most].
func Text(s string) string { return strconv.Quote(Abridge(s, Most)) }

// JSON shows JSON text as it stands, cut in its middle where it is longer than [Most];
// what cannot be seen in it is escaped.
func JSON(s string) string {
	quoted := strconv.Quote(Abridge(s, Most))
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// Abridge shortens a text that is longer than most bytes by a cut in its middle,
// between two characters; both ends tell more than one. A shorter text is returned
// as it is.
func Abridge(s string, most int) string {
	if len(s) <= most {
		return s
	}
	const mark = "…"
	half := max(most-len(mark), 0) / 2
	head, tail := half, len(s)-half
	for head > 0 && !utf8.RuneStart(s[head]) {
		head--
	}
	for tail < len(s) && !utf8.RuneStart(s[tail]) {
		tail++
	}
	return s[:head] + mark + s[tail:]
}
