package oauthsrv

import (
	"net/url"
	"unicode/utf8"
)

// parameters are those of a query or a form (RFC 6749, 3.1 and 3.2): one without a value
// is as absent, and none comes twice.
type parameters url.Values

// get returns a parameter, "" where it is absent or came twice.
func (p parameters) get(name string) string {
	if values := p[name]; len(values) == 1 {
		return values[0]
	}
	return ""
}

// repeated reports whether any of the parameters came twice.
func (p parameters) repeated() bool {
	for _, values := range p {
		if len(values) > 1 {
			return true
		}
	}
	return false
}

// longestQuery bounds an authorization request: a redirect URI and a state of two thousand
// characters each, escaped.
const longestQuery = 16 << 10

// readQuery reads a query; ok is false where it is too long, or none.
func readQuery(raw string) (p parameters, ok bool) {
	if len(raw) > longestQuery {
		return nil, false
	}
	q, err := url.ParseQuery(raw)
	for name, values := range q {
		for _, text := range values {
			if !utf8.ValidString(name) || !utf8.ValidString(text) {
				return nil, false
			}
		}
	}
	return parameters(q), err == nil
}
