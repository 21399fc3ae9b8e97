package caseapi

import (
	"strings"
)

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
