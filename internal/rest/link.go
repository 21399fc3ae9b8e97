package rest

import "strings"

// Link is one link of a Link header (RFC 8288).
type Link struct {
	URL string // as written; it may be relative
	Rel string // one relation or several, separated by blanks
}

// Is reports whether the link has a relation, without regard to case.
func (l Link) Is(rel string) bool {
	for r := range strings.FieldsSeq(l.Rel) {
		if strings.EqualFold(r, rel) {
			return true
		}
	}
	return false
}

// ParseLink reads Link headers tolerantly: line folding, relations without quotes,
// and commas in URLs are taken. What is malformed is passed over up to the next
// link.
func ParseLink(headers ...string) []Link {
	var links []Link
	for _, h := range headers {
		for {
			open := strings.IndexByte(h, '<')
			if open < 0 {
				break
			}
			end := strings.IndexByte(h[open:], '>')
			if end < 0 {
				break
			}
			l := Link{URL: strings.TrimSpace(h[open+1 : open+end])}
			l.Rel, h = linkParameters(h[open+end+1:])
			links = append(links, l)
		}
	}
	return links
}

// linkParameters reads the parameters behind a URL and returns the first rel.
func linkParameters(s string) (rel, rest string) {
	seen := false
	for {
		s = strings.TrimLeft(s, " \t\r\n")
		if s == "" || s[0] != ';' {
			return rel, s
		}
		s = strings.TrimLeft(s[1:], " \t\r\n")
		end := strings.IndexAny(s, "=;, \t\r\n")
		if end < 0 {
			return rel, ""
		}
		name := s[:end]
		s = strings.TrimLeft(s[end:], " \t\r\n")
		var value string
		if strings.HasPrefix(s, "=") {
			value, s = parameterValue(strings.TrimLeft(s[1:], " \t\r\n"))
		}
		if strings.EqualFold(name, "rel") && !seen {
			rel, seen = value, true
		}
	}
}

// parameterValue reads a token or a quoted string.
func parameterValue(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexAny(s, ";, \t\r\n")
		if end < 0 {
			return s, ""
		}
		return s[:end], s[end:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s):
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}

// AppendLinks writes links as the value of a Link header behind b. What cannot
// stand in a URL is escaped, so that no link can end the header or begin another.
func AppendLinks(b []byte, links []Link) []byte {
	const hex = "0123456789ABCDEF"
	for i, l := range links {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(b, '<')
		for _, c := range []byte(l.URL) {
			if c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == '"' {
				b = append(b, '%', hex[c>>4], hex[c&15])
				continue
			}
			b = append(b, c)
		}
		b = append(b, `>; rel="`...)
		for _, c := range []byte(l.Rel) {
			if c >= ' ' && c < 0x7f && c != '"' && c != '\\' {
				b = append(b, c)
			}
		}
		b = append(b, '"')
	}
	return b
}
