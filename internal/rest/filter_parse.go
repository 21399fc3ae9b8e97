package rest

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ParseFilter reads a filter, already URL-decoded. The error is an [*Error] of the
// code syntax, too-many-logical-operators, too-many-values or too-long.
func ParseFilter(text string, limits FilterLimits) (*Filter, error) {
	limits = limits.withDefaults()
	if len(text) > limits.Bytes {
		return nil, &Error{Code: CodeTooLong, Field: "filter", Detail: "the filter is too long"}
	}
	if !utf8.ValidString(text) {
		return nil, &Error{Code: CodeSyntax, Field: "filter", Detail: "the filter is not UTF-8"}
	}
	p := filterParser{text: text}
	f := &Filter{}
	for {
		term, err := p.term()
		if err != nil {
			return nil, err
		}
		if n := strings.Count(term.Value, ",") + 1; term.Op == Contains && n > limits.Parts {
			return nil, &Error{Code: CodeParts, Offset: p.at, Field: "filter",
				Detail: "a ~ of the filter has " + strconv.Itoa(n) + " values, joined by commas; it may have " + strconv.Itoa(limits.Parts)}
		}
		f.Terms = append(f.Terms, term)
		if p.at == len(text) {
			return f, nil
		}
		or := strings.HasPrefix(text[p.at:], orWord)
		if len(f.Terms) == limits.Terms || len(f.Terms) > 1 && or != f.Or {
			return nil, &Error{Code: CodeOperators, Offset: p.at, Field: "filter",
				Detail: "the filter has more logical operators than this service takes"}
		}
		f.Or = or
		p.at += len(andWord)
		if or {
			p.at += len(orWord) - len(andWord)
		}
	}
}

const (
	andWord = " AND "
	orWord  = " OR "
)

// filterParser reads text from at.
type filterParser struct {
	text string
	at   int
}

func (p *filterParser) fail(detail string) error {
	return &Error{Code: CodeSyntax, Offset: p.at, Field: "filter", Detail: detail}
}

func (p *filterParser) term() (t Term, err error) {
	if t.Field, err = p.field(); err != nil {
		return t, err
	}
	if t.Op = p.op(); t.Op == 0 {
		return t, p.fail("a predicate (= != > >= < <= ~) is missing behind the field; there are no blanks around it")
	}
	t.Value, err = p.value()
	return t, err
}

func (p *filterParser) field() (string, error) {
	start := p.at
	for name := 0; ; p.at++ {
		switch {
		case p.at < len(p.text) && nameByte(p.text[p.at]):
			name++
		case name == 0:
			return "", p.fail("a field name is missing")
		case p.at < len(p.text) && p.text[p.at] == '.':
			name = 0
		default:
			return p.text[start:p.at], nil
		}
	}
}

// nameByte reports whether a byte may stand in a field name. The names of the
// standards are letters; extensions have the others.
func nameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c == ':' || c == '@'
}

func (p *filterParser) op() Op {
	for _, op := range [...]Op{NotEqual, GreaterOrEqual, LessOrEqual, Equal, Greater, Less, Contains} {
		if strings.HasPrefix(p.text[p.at:], op.String()) {
			p.at += len(op.String())
			return op
		}
	}
	return 0
}

// value reads a quoted value. A quote closes it where the filter ends behind it or
// a logical operator follows; two quotes are one of the value; any other quote
// is one of the value too.
func (p *filterParser) value() (string, error) {
	if p.at == len(p.text) || p.text[p.at] != '\'' {
		return "", p.fail("the value must stand in single quotes")
	}
	p.at++
	var unquoted strings.Builder
	for start := p.at; ; {
		i := strings.IndexByte(p.text[p.at:], '\'')
		if i < 0 {
			return "", p.fail("the value is not closed by a single quote")
		}
		p.at += i + 1
		rest := p.text[p.at:]
		switch {
		case rest == "", strings.HasPrefix(rest, andWord), strings.HasPrefix(rest, orWord):
			unquoted.WriteString(p.text[start : p.at-1])
			return unquoted.String(), nil
		case rest[0] == '\'':
			unquoted.WriteString(p.text[start:p.at])
			p.at++
			start = p.at
		}
	}
}

// ParseFilterOf reads the filter parameter of a query, which may come once.
func ParseFilterOf(q url.Values, limits FilterLimits) (*Filter, error) {
	text, err := single(q, "filter")
	if err != nil {
		return nil, err
	}
	return ParseFilter(text, limits)
}
