package rules_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// wrapped yields the document with each of its values in turn, but keywords, types
// and identifiers, as an array of one.
func wrapped(t *testing.T, text string, yield func(where, text string)) {
	var root any
	require.NoError(t, json.Unmarshal([]byte(text), &root))
	var walk func(at string, v any)
	try := func(where string, v any, set func(any)) {
		set([]any{v})
		out, err := json.Marshal(root)
		require.NoError(t, err)
		yield(where, string(out))
		set(v)
	}
	walk = func(at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, member := range v {
				if strings.HasPrefix(name, "@") || name == "type" || len(name) == 2 { // id, or a language
					continue
				}
				where := at + "/" + name
				if _, many := member.([]any); !many {
					try(where, member, func(to any) { v[name] = to })
				}
				walk(where, member)
			}
		case []any:
			for i, item := range v {
				walk(fmt.Sprint(at, "/", i), item)
			}
		}
	}
	walk("", root)
}

// An array of one is its value in every check: what the rules say of a document
// stays the same, at the value within the array, beside the warning of the array
// itself.
func TestAnArrayOfOneIsItsValue(t *testing.T) {
	broken := []string{fixture(t, full), fixture(t, minimal), fixture(t, endorsement), fixture(t, old)}
	for _, c := range changes {
		if c.file != generic && c.file != presentation {
			broken = append(broken, strings.Replace(fixture(t, c.file), c.old, c.new, 1))
		}
	}
	count := 0
	for _, text := range broken {
		before, err := rules.CheckJSON([]byte(text))
		if err != nil || strings.Contains(text, "null") {
			continue // an array of null is no value at all
		}
		wrapped(t, text, func(where, text string) {
			after, err := rules.CheckJSON([]byte(text))
			require.NoError(t, err)
			require.Equal(t, besides(before, where), besides(after, where), "%s as an array of one in %s", where, text)
			count++
		})
	}
	require.Greater(t, count, 500)
}

// besides are the findings beside those on the array itself, with their places as
// they would be without it, in order.
func besides(findings []*vc.Problem, where string) (lines []string) {
	for _, line := range outline(findings) {
		if line != "warning member-is-array "+where && line != "warning member-not-array "+where {
			lines = append(lines, strings.Replace(line, where+"/0", where, 1))
		}
	}
	slices.Sort(lines)
	return lines
}
