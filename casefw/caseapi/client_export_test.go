package caseapi

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/vc"
)

// EncodeQuery is how the client writes a query.
func EncodeQuery(q url.Values) string { return encodeQuery(q) }

// NextPage finds the next page as a walk does.
func NextPage(at *url.URL, h http.Header, items, limit, offset int) (*url.URL, vc.Code) {
	t := &turn{url: at, header: h, items: items, limit: limit, offset: offset}
	return t.next()
}

// BuildFilter makes a filter of the parts of a term.
func BuildFilter(field, op, value string) Filter {
	c := Where(field)
	switch op {
	case "=":
		return c.Equal(value)
	case "!=":
		return c.NotEqual(value)
	case ">":
		return c.Greater(value)
	case ">=":
		return c.GreaterOrEqual(value)
	case "<":
		return c.Less(value)
	case "<=":
		return c.LessOrEqual(value)
	}
	return c.Contains(strings.Clone(value))
}
