// Package nquads reads and writes N-Quads 1.1, for tests: what Laurel signs is made of
// documents, and nothing of it is ever read back.
package nquads

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// Codes of an [Error].
const (
	Syntax     = "syntax"      // not the N-Quads grammar
	BadUTF8    = "bad-utf8"    // the text is not UTF-8
	BadIRI     = "bad-iri"     // a relative IRI or one with a forbidden character
	BadEscape  = "bad-escape"  // an unknown escape, or one for no Unicode character
	BadLabel   = "bad-label"   // a malformed blank node label
	BadTag     = "bad-tag"     // a malformed language tag
	Unfinished = "unfinished"  // an IRI or a string that does not end on its line
	NoLineEnd  = "no-line-end" // something other than a comment after the final dot
)

// Error is every error of this package.
type Error struct {
	Code   string
	Detail string
	Line   int // from 1
}

// Error implements error.
func (e *Error) Error() string {
	return "nquads: " + e.Code + " (line " + strconv.Itoa(e.Line) + "): " + e.Detail
}

// Parse reads N-Quads. Besides the dataset it gives the number of each blank node by
// its label, without the leading "_:".
//
// The grammar is kept to the letter, and IRIs must be absolute and, also when
// they are written with escapes, free of the characters that the grammar forbids.
// A literal of type xsd:string has an empty suffix, as has one without a type.
// Repeated statements are kept. Errors are of type [*Error].
func Parse(text []byte) (*rdf.Dataset, map[string]int32, error) {
	p := parser{text: string(text), labels: map[string]int32{}}
	if !utf8.ValidString(p.text) {
		p.at = validPrefix(p.text)
		return nil, nil, p.fail(BadUTF8, "a byte that is not UTF-8")
	}
	if err := p.document(); err != nil {
		return nil, nil, err
	}
	return &p.dataset, p.labels, nil
}

func validPrefix(s string) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(s)
}

// parser reads text from at on.
type parser struct {
	text    string
	at      int
	dataset rdf.Dataset
	labels  map[string]int32
}

// fail makes an error about the place that was reached.
func (p *parser) fail(code, detail string) *Error {
	read := p.text[:min(p.at, len(p.text))]
	// A line ends with LF, CR or both.
	line := 1 + strings.Count(read, "\n") + strings.Count(read, "\r") - strings.Count(read, "\r\n")
	return &Error{Code: code, Detail: detail, Line: line}
}

// peek gives the next byte, 0 at the end. A zero byte can only stand in a
// literal or a comment, where nobody peeks.
func (p *parser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// document = statement? (EOL statement)* EOL?
func (p *parser) document() error {
	for p.at < len(p.text) {
		p.skipSpace()
		switch p.peek() {
		case '#':
			p.skipComment()
		case '\n', '\r':
			p.at++
		default:
			if p.at == len(p.text) {
				return nil
			}
			if err := p.statement(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *parser) skipSpace() {
	for p.at < len(p.text) && (p.text[p.at] == ' ' || p.text[p.at] == '\t') {
		p.at++
	}
}

func (p *parser) skipComment() {
	if n := strings.IndexAny(p.text[p.at:], "\r\n"); n >= 0 {
		p.at += n
	} else {
		p.at = len(p.text)
	}
}

// statement = subject predicate object graphLabel? '.'
func (p *parser) statement() error {
	q := &rdf.Quad{SubjectNode: rdf.NoNode, ObjectNode: rdf.NoNode, GraphNode: rdf.NoNode}
	steps := [...]func(*parser, *rdf.Quad) error{
		(*parser).subject, (*parser).predicate, (*parser).object, (*parser).graph, (*parser).end,
	}
	for _, step := range steps {
		p.skipSpace()
		if err := step(p, q); err != nil {
			return err
		}
	}
	p.dataset.Add(q)
	return nil
}

func (p *parser) subject(q *rdf.Quad) (err error) {
	switch p.peek() {
	case '<':
		q.Subject, err = p.iri()
	case '_':
		q.SubjectNode, err = p.blank()
	default:
		err = p.fail(Syntax, "the subject must be an IRI in angle brackets or a blank node")
	}
	return err
}

func (p *parser) predicate(q *rdf.Quad) (err error) {
	if p.peek() != '<' {
		return p.fail(Syntax, "the predicate must be an IRI in angle brackets")
	}
	q.Predicate, err = p.iri()
	return err
}

func (p *parser) object(q *rdf.Quad) (err error) {
	switch p.peek() {
	case '<':
		q.Kind = rdf.IRI
		q.Value, err = p.iri()
	case '_':
		q.Kind = rdf.Blank
		q.ObjectNode, err = p.blank()
	case '"':
		q.Kind = rdf.Literal
		err = p.literal(q)
	default:
		err = p.fail(Syntax, "the object must be an IRI in angle brackets, a blank node or a string in quotation marks")
	}
	return err
}

func (p *parser) graph(q *rdf.Quad) (err error) {
	switch p.peek() {
	case '<':
		q.Graph, err = p.iri()
	case '_':
		q.GraphNode, err = p.blank()
	}
	return err
}

// end reads the dot and sees that nothing but a comment follows on the line.
func (p *parser) end(*rdf.Quad) error {
	if p.peek() != '.' {
		return p.fail(Syntax, "a statement must end with a dot")
	}
	p.at++
	p.skipSpace()
	if c := p.peek(); p.at < len(p.text) && c != '#' && c != '\n' && c != '\r' {
		return p.fail(NoLineEnd, "something other than a comment follows the dot")
	}
	return nil
}
