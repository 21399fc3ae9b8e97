package show

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// words writes a name of the standard for people: "creditsEarned" is "Credits earned",
// "targetUrl" is "Target URL".
func words(name string) string {
	var out strings.Builder
	last := rune(0)
	for i, r := range name {
		if next, _ := utf8.DecodeRuneInString(name[i+utf8.RuneLen(max(r, 0)):]); i > 0 && unicode.IsUpper(r) &&
			(unicode.IsLower(last) || unicode.IsDigit(last) || unicode.IsUpper(last) && unicode.IsLower(next)) {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
		last = r
	}
	return sentence(out.String())
}

// initials are written as they are.
var initials = map[string]string{
	"id": "ID", "url": "URL", "jwt": "JWT", "uri": "URI", "iri": "IRI", "cf": "CF", "sis": "SIS", "lti": "LTI", "lis": "LIS",
	"isbn": "ISBN", "issn": "ISSN",
}

// sentence folds the case of all words but the first.
func sentence(text string) string {
	parts := strings.Fields(text)
	for i, part := range parts {
		lower := strings.ToLower(part)
		switch {
		case initials[lower] != "":
			parts[i] = initials[lower]
		case i > 0:
			parts[i] = lower
		default:
			r, n := utf8.DecodeRuneInString(lower)
			parts[i] = string(unicode.ToUpper(r)) + lower[n:]
		}
	}
	return strings.Join(parts, " ")
}

// typeWords writes a value of an enumeration for people. An extension is its name
// without the prefix that marks it.
func typeWords(value string) string {
	value = strings.TrimPrefix(value, "ext:")
	if _, name, ok := strings.Cut(value, ":"); ok && !strings.Contains(name, "/") {
		value = name
	}
	return words(value)
}
