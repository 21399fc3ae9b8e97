package casefw

import (
	"net/url"
	"strings"
)

// absoluteURI reports whether s is a URI with a scheme, of the characters that
// RFC 3986 allows. It says nothing about whether the URI is safe to follow.
func absoluteURI(s string) bool {
	colon := schemeLen(s)
	if colon <= 0 || colon+1 == len(s) {
		return false
	}
	rest := s[colon+1:]
	fragment := false
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '%':
			if i+2 >= len(rest) || hexDigits[rest[i+1]] > 0x1f || hexDigits[rest[i+2]] > 0x1f {
				return false
			}
			i += 2
		case c == '#':
			if fragment {
				return false
			}
			fragment = true
		case !uriChar[c]:
			return false
		}
	}
	return true
}

// schemeLen returns the length of the scheme of s, 0 where there is none.
func schemeLen(s string) int {
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		switch {
		case s[i] == ':':
			return i
		case c >= 'a' && c <= 'z':
		case i > 0 && (s[i] >= '0' && s[i] <= '9' || s[i] == '+' || s[i] == '-' || s[i] == '.'):
		default:
			return 0
		}
	}
	return 0
}

// uriChar holds the characters of RFC 3986 but '%' and '#': unreserved,
// gen-delims and sub-delims.
var uriChar = func() (t [256]bool) {
	for c := '0'; c <= '9'; c++ {
		t[c] = true
	}
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-32] = true, true
	}
	for _, c := range "-._~:/?[]@!$&'()*+,;=" {
		t[c] = true
	}
	return t
}()

// scriptSchemes run code or smuggle content when a browser follows them.
var scriptSchemes = []string{"javascript", "vbscript", "data"}

// unsafeURI reports whether s would run code when it is shown as a link.
func unsafeURI(s string) bool {
	scheme := s[:schemeLen(s)]
	for _, bad := range scriptSchemes {
		if strings.EqualFold(scheme, bad) {
			return true
		}
	}
	return false
}

// unsafeLink reports whether a text holds a script URL where Markdown or HTML
// would make it a link.
func unsafeLink(text string) bool {
	for rest := text; ; {
		i := strings.IndexByte(rest, ':')
		if i < 0 {
			return false
		}
		for _, bad := range scriptSchemes[:2] {
			if i >= len(bad) && strings.EqualFold(rest[i-len(bad):i], bad) {
				return true
			}
		}
		rest = rest[i+1:]
	}
}

// plainURI brings a uri to the form in which two spellings of one are equal: https is
// http, the host has small letters and no usual port, percent-encoding is undone, GUIDs
// have small letters, and no slash ends the path.
func plainURI(uri string) string {
	uri = lowerGUIDs(percentDecoded(strings.TrimSpace(uri)))
	rest, tail := cutTail(uri)
	colon := schemeLen(rest)
	if scheme, after := strings.ToLower(rest[:colon]), rest[colon:]; strings.HasPrefix(after, "://") {
		host, path, _ := strings.Cut(after[len("://"):], "/")
		host = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(host), ":443"), ":80")
		if scheme == "https" {
			scheme = "http"
		}
		rest = scheme + "://" + host + "/" + path
	} else {
		rest = scheme + after
	}
	return strings.TrimRight(rest, "/") + tail
}

// cutTail cuts a uri before its query and fragment.
func cutTail(uri string) (rest, tail string) {
	if i := strings.IndexAny(uri, "?#"); i >= 0 {
		return uri[:i], uri[i:]
	}
	return uri, ""
}

// percentDecoded undoes percent-encoding, also of a uri within a uri: twice and no more,
// so that nothing can be wrapped without end. What is encoded badly stays.
func percentDecoded(s string) string {
	for range 2 {
		decoded, err := url.PathUnescape(s)
		if err != nil {
			break
		}
		s = decoded
	}
	return s
}

// lowerGUIDs writes the GUIDs in a text in small letters.
func lowerGUIDs(s string) string {
	var b []byte
	for i := 0; i+guidLen <= len(s); i++ {
		if g, ok := guidAt(s[i:]); ok {
			if b == nil {
				b = []byte(s)
			}
			g.encode((*[guidLen]byte)(b[i : i+guidLen]))
			i += guidLen - 1
		}
	}
	if b == nil {
		return s
	}
	return string(b)
}
