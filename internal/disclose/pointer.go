package disclose

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
)

// path is the JSON Pointer of a place, however long.
func (p *place) path() string {
	if p.up == nil {
		return ""
	}
	return p.up.path() + "/" + jsonx.EscapePointer(p.name)
}

// pointer is the JSON Pointer of a place, cut like those of package jsonx.
func (p *place) pointer() string {
	var names []string
	for ; p.up != nil; p = p.up {
		names = append(names, "/"+jsonx.EscapePointer(quote.Abridge(p.name, jsonx.MaxPointer)))
	}
	slices.Reverse(names)
	return quote.Abridge(strings.Join(names, ""), jsonx.MaxPointer)
}
