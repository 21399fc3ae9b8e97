package main

import (
	"html"
	"net/url"
	"strings"
	"unicode"
)

// escape makes text of anybody safe in HTML, in an element and in a quoted
// attribute. Markdown and HTML in it are shown as they were written. Control
// characters, which HTML forbids, become visible.
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return '\ufffd'
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return html.EscapeString(s)
}

// webLink returns a URL that may stand in a link: http and https alone. A browser
// would run javascript: and ask other programs about the rest.
func webLink(s string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return "", false
	}
	return u.String(), true
}

// oneLine shows text on a terminal: one line, no control characters, not too long.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, s)
	return short(s, 160)
}

// short cuts text to a number of characters.
func short(s string, most int) string {
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}
