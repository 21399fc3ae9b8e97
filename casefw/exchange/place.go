package exchange

import (
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/vc"
)

// Table names one of the tables of the spreadsheet form.
type Table string

// The tables, named as the sheets of OpenSALT are.
const (
	Document     Table = "CF Doc"
	Items        Table = "CF Item"
	Associations Table = "CF Association"
	Rubrics      Table = "CF Rubric"     // not of OpenSALT
	Definitions  Table = "CF Definition" // nor this one
)

// Place is where something stands in a table. Line and Column count from 1, and are 0 where
// there is none. Column counts bytes, as editors' "go to" does not always. The zero Place is
// none.
type Place struct {
	Table        Table
	Line, Column int
}

// String writes the place as the Pointer of a problem has it: the table, the line and the
// column, such as "CF Item:4:17", as far as they are known.
func (p Place) String() string {
	text := string(p.Table)
	if p.Line > 0 {
		if text += ":" + strconv.Itoa(p.Line); p.Column > 0 {
			text += ":" + strconv.Itoa(p.Column)
		}
	}
	return text
}

// PlaceOf returns the place that a problem of this package names. It is false for one that
// names none, and for a problem of another package, whose Pointer is a JSON Pointer.
func PlaceOf(p *vc.Problem) (at Place, ok bool) {
	if p == nil {
		return at, false
	}
	name, place, _ := strings.Cut(p.Pointer, ":")
	if at.Table = Table(name); !slices.Contains([]Table{Document, Items, Associations, Rubrics, Definitions}, at.Table) {
		return Place{}, false
	}
	line, column, _ := strings.Cut(place, ":")
	at.Line, _ = strconv.Atoi(line)
	at.Column, _ = strconv.Atoi(column)
	if at.String() != p.Pointer {
		return Place{}, false
	}
	return at, true
}
