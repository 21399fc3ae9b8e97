package bake

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// loads reports whether a style, or a value of an attribute that may be one, loads
// something from outside of the drawing. It errs on the side of telling: what stands in
// a comment counts.
func loads(css []byte) bool {
	if bytes.IndexByte(css, '\\') >= 0 {
		css = unescapeCSS(css)
	}
	return imports(css) || fetches(css)
}

func imports(css []byte) bool {
	for rest := css; ; {
		i := bytes.IndexByte(rest, '@')
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
		if word := "import"; len(rest) >= len(word) && bytes.EqualFold(rest[:len(word)], []byte(word)) {
			return true
		}
	}
}

// fetches looks at each function: url takes an address with or without quotes, others
// with.
func fetches(css []byte) bool {
	for at := 0; ; at++ {
		i := bytes.IndexByte(css[at:], '(')
		if i < 0 {
			return false
		}
		at += i
		argument := bytes.TrimLeft(css[at+1:], " \t\r\n\f")
		quoted := len(argument) > 0 && (argument[0] == '"' || argument[0] == '\'')
		if (ends(css[:at], "url") || quoted && ends(css[:at], "src", "image", "image-set")) && elsewhere(argument) {
			return true
		}
	}
}

func ends(b []byte, words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		return len(b) >= len(word) && bytes.EqualFold(b[len(b)-len(word):], []byte(word))
	})
}

// unescapeCSS replaces escapes, with which any name may be written (CSS Syntax 3, 4.3.7).
func unescapeCSS(css []byte) []byte {
	out := make([]byte, 0, len(css))
	for i := 0; i < len(css); i++ {
		if css[i] != '\\' {
			out = append(out, css[i])
			continue
		}
		r, n := rune(0), 0
		for ; n < 6 && i+1+n < len(css) && digit(css[i+1+n]) < 16; n++ {
			r = r*16 + digit(css[i+1+n])
		}
		if n == 0 {
			continue // the character itself follows
		}
		out = utf8.AppendRune(out, r)
		if i += n; i+1 < len(css) && isSpace(css[i+1]) {
			i++
		}
	}
	return out
}
