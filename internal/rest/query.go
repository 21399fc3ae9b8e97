package rest

import (
	"net/url"
	"slices"
	"strings"
)

// QueryLimits bound a query. The zero value has the defaults.
type QueryLimits struct {
	// Bytes is the longest query as it is written, 8,192 by default: room for a filter of
	// the usual limit with every character escaped.
	Bytes int
	// Value is the longest value of a parameter, 2,048 by default. That of filter has its
	// own limit, see [FilterLimits].
	Value int
	// Names are the parameters that the service has, those of CASE by default. Others are
	// not read, and not kept.
	Names []string
}

func (l QueryLimits) withDefaults() QueryLimits {
	if l.Bytes <= 0 {
		l.Bytes = 8192
	}
	if l.Value <= 0 {
		l.Value = 2048
	}
	if l.Names == nil {
		l.Names = parameters
	}
	return l
}

// Check looks at the length of a query alone, for endpoints that take none. The error is
// an [*Error].
func (l QueryLimits) Check(raw string) error {
	if len(raw) > l.withDefaults().Bytes {
		return &Error{Code: CodeLongQuery, Detail: "the query of the URL is too long"}
	}
	return nil
}

// parameters are those that the bindings of CASE have.
var parameters = []string{"limit", "offset", "sort", "orderBy", "filter", "fields"}

// ParseQuery reads the parameters of a query that the service has; whatever else stands
// there is only held to be URL-encoded. The error is an [*Error].
func ParseQuery(raw string, l QueryLimits) (url.Values, error) {
	if err := l.Check(raw); err != nil {
		return nil, err
	}
	l = l.withDefaults()
	q := url.Values{}
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		name, value, ok := parsePair(pair)
		switch {
		case !ok:
			return nil, &Error{Code: CodeBadQuery, Detail: "the query of the URL is not URL-encoded"}
		case !slices.Contains(l.Names, name):
		case name != "filter" && len(value) > l.Value:
			return nil, &Error{Code: CodeLongValue, Field: name, Detail: "the parameter " + name + " is too long"}
		default:
			q[name] = append(q[name], value)
		}
	}
	return q, nil
}

// parsePair decodes one parameter. A semicolon once parted parameters, and who writes one
// may mean that still.
func parsePair(pair string) (name, value string, ok bool) {
	if strings.Contains(pair, ";") {
		return "", "", false
	}
	name, value, _ = strings.Cut(pair, "=")
	name, err := url.QueryUnescape(name)
	if err != nil {
		return "", "", false
	}
	value, err = url.QueryUnescape(value)
	return name, value, err == nil
}
