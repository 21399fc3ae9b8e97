package rest

import "strings"

// Op is a predicate of the filter grammar.
type Op uint8

// The predicates. The zero Op is none.
const (
	Equal Op = iota + 1
	NotEqual
	Greater
	GreaterOrEqual
	Less
	LessOrEqual
	Contains
)

var opTexts = [...]string{Equal: "=", NotEqual: "!=", Greater: ">", GreaterOrEqual: ">=", Less: "<", LessOrEqual: "<=", Contains: "~"}

// String writes the predicate as in a filter.
func (o Op) String() string {
	if int(o) >= len(opTexts) {
		return ""
	}
	return opTexts[o]
}

// Term is one comparison of a filter.
type Term struct {
	Field string // names joined by dots, for members of members
	Op    Op
	Value string
}

// Filter is a filter by itself, without knowledge of the fields.
//
//	filter = term *( " AND " term ) / term *( " OR " term )
//	term   = field op "'" value "'"
//	field  = name *( "." name )
//	op     = "=" / "!=" / ">" / ">=" / "<" / "<=" / "~"
//
// The bindings recommend one logical operator at the most. They do not say how a
// quote in a value is written: doubled is how this package writes it, and single
// is read too wherever the quote cannot be the closing one.
type Filter struct {
	Terms []Term
	Or    bool // the terms are joined by OR
}

// String writes the filter, with quotes in values doubled. [ParseFilter] reads it
// back as the same filter, if the fields are names.
func (f *Filter) String() string {
	var b strings.Builder
	for i, t := range f.Terms {
		switch {
		case i == 0:
		case f.Or:
			b.WriteString(" OR ")
		default:
			b.WriteString(" AND ")
		}
		b.WriteString(t.Field)
		b.WriteString(t.Op.String())
		b.WriteByte('\'')
		b.WriteString(strings.ReplaceAll(t.Value, "'", "''"))
		b.WriteByte('\'')
	}
	return b.String()
}

// FilterLimits bound what a filter may ask for. The zero value has the defaults.
type FilterLimits struct {
	Bytes int // the longest filter, 2,048 by default: URLs longer than that do not travel well
	Terms int // the most terms, 2 by default, as the bindings recommend
	// Parts is the most values, joined by commas, that one ~ looks for, 32 by default:
	// each is looked for in every text.
	Parts int
}

func (l FilterLimits) withDefaults() FilterLimits {
	if l.Bytes <= 0 {
		l.Bytes = 2048
	}
	if l.Terms <= 0 {
		l.Terms = 2
	}
	if l.Parts <= 0 {
		l.Parts = 32
	}
	return l
}
