package rest

import (
	"net/url"
	"slices"
	"strings"
)

// ParseSelection reads fields, as a list with commas (the prose of the bindings), as
// a repeated parameter (their OpenAPI files), or both. It returns nil for all
// fields: where the parameter is absent and, as the bindings say, where one of the
// names is unknown. An empty name is an [*Error].
func ParseSelection(q url.Values, known Fields) ([]string, error) {
	var names []string
	all := !q.Has("fields")
	for _, value := range q["fields"] {
		for name := range strings.SplitSeq(value, ",") {
			name = strings.TrimSpace(name)
			if name == "" {
				return nil, &Error{Code: CodeSelection, Field: "fields", Detail: "fields has an empty name"}
			}
			if _, ok := known[name]; !ok {
				all = true
			}
			if !all && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if all {
		return nil, nil
	}
	return names, nil
}
