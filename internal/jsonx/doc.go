// Package jsonx reads JSON text once, strictly, into a read-only document that
// every later step shares: the proof engine, the rules, the claims of a token.
//
// What it accepts is the I-JSON subset of RFC 8259 that a signature can depend
// on: valid UTF-8, no repeated member name, no lone surrogate, one value and
// nothing after it, bounded depth, bounded size, numbers that a float64 can
// hold. Numbers keep their text; nothing is rounded here.
//
// A [Doc] holds all nodes in one slice and refers to the text it was parsed
// from; strings without escapes are not copied. The caller must not change the
// bytes afterwards. A [Value] is a small handle on one node; the zero Value is
// "missing" and every method is safe on it, so chains of Get need no checks.
//
// A Doc is immutable after Parse and safe for concurrent use.
package jsonx

import (
	"iter"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/quote"
)

// Kind says what a [Value] is. The zero Kind is Missing: no such value.
type Kind uint8

// The kinds of JSON value.
const (
	Missing Kind = iota
	Null
	False
	True
	Number
	String
	Array
	Object
)

var kindNames = [...]string{"nothing", "null", "false", "true", "a number", "a string", "an array", "an object"}

// String names the kind with its article, for use in messages.
func (k Kind) String() string { return kindNames[k] }

// node is one value. Index 0 of a document's nodes is the missing value, and the
// first child of a node is the one after it. It holds no pointers, so that the
// collector need not look into documents, and two of them fill a cache line.
type node struct {
	name       span   // member name, where the parent is an object; in an array, at is the index
	start, end uint32 // the value's raw text
	next       int32  // next sibling
	parent     int32
	count      uint32 // number of children; of a string with escapes, which of Doc.escaped it is, from 1
	tag        tag
}

// tag holds a node's kind and the symbol of its name.
type tag int32

const kindBits = 3

func newTag(k Kind, symbol int32) tag { return tag(symbol)<<kindBits | tag(k) }

func (t tag) kind() Kind { return Kind(t & (1<<kindBits - 1)) }

func (t tag) symbol() int32 { return int32(t >> kindBits) }

// span is a piece of text: of the source, or of the unescaped strings.
type span struct{ at, size uint32 }

// unescapedText is set in the size of a span of the unescaped strings.
const unescapedText = 1 << 31

func (s span) len() uint32 { return s.size &^ unescapedText }

// Doc is a parsed document.
type Doc struct {
	src       []byte
	unescaped []byte // the strings that had escapes, one after the other
	escaped   []span // of those that are values
	nodes     []node
	symbols   *Symbols
}

// string returns the text of a span.
func (d *Doc) string(s span) string {
	b, n := d.src, s.size
	if n&unescapedText != 0 {
		b, n = d.unescaped, n&^unescapedText
	}
	return view(b[s.at : s.at+n])
}

// text returns the content of a string, the text of a number, and "" for the rest.
func (d *Doc) text(n *node) string {
	switch k := n.tag.kind(); {
	case k == String && n.count > 0:
		return d.string(d.escaped[n.count-1])
	case k == String:
		return view(d.src[n.start+1 : n.end-1])
	case k == Number:
		return view(d.src[n.start:n.end])
	}
	return ""
}

// Symbols returns the names that were given to [Parse].
func (d *Doc) Symbols() *Symbols { return d.symbols }

// Root returns the document's value.
func (d *Doc) Root() Value { return Value{d, 1} }

// Value returns the value that has a number, see [Value.ID]; a missing one where
// the document has none of that number.
func (d *Doc) Value(id int) Value {
	if id <= 0 || id >= len(d.nodes) {
		return Value{}
	}
	return Value{d, int32(id)}
}

// Nodes returns how many values the document holds, for sizing buffers.
func (d *Doc) Nodes() int { return len(d.nodes) - 1 }

// Value is a handle on one value of a [Doc]. It is comparable: two Values are
// equal when they are the same place of the same document.
type Value struct {
	doc *Doc
	i   int32
}

// Kind returns what the value is.
func (v Value) Kind() Kind {
	if v.i == 0 {
		return Missing
	}
	return v.doc.nodes[v.i].tag.kind()
}

// Exists reports whether there is a value.
func (v Value) Exists() bool { return v.i != 0 }

// Doc returns the document that holds the value, nil for a missing one.
func (v Value) Doc() *Doc { return v.doc }

// Text returns the content of a string, the text of a number, and "" for the rest.
func (v Value) Text() string {
	if v.i == 0 {
		return ""
	}
	return v.doc.text(&v.doc.nodes[v.i])
}

// Content returns the content of a string and "" for anything else: the text of
// a number is no identifier.
func Content(v Value) string {
	if v.Kind() != String {
		return ""
	}
	return v.Text()
}

// Texts returns the strings of one or many, nil for none.
func Texts(v Value) (all []string) {
	if v.Kind() == String {
		return []string{v.Text()}
	}
	if v.Kind() != Array {
		return nil
	}
	for c := v.First(); c.Exists(); c = c.Next() {
		if c.Kind() == String {
			all = append(all, c.Text())
		}
	}
	return all
}

// Name returns the member name of a value that stands in an object.
func (v Value) Name() string {
	if v.i == 0 {
		return ""
	}
	return v.doc.string(v.doc.nodes[v.i].name)
}

// Symbol returns the number that the Symbols given to Parse have for Name,
// NoSymbol where they have none.
func (v Value) Symbol() int32 {
	if v.i == 0 {
		return NoSymbol
	}
	return v.doc.nodes[v.i].tag.symbol()
}

// Len returns the number of members of an object or elements of an array.
func (v Value) Len() int {
	if v.Kind() < Array {
		return 0
	}
	return int(v.doc.nodes[v.i].count)
}

// ID returns a number that is unique to the value within its document, 0 for a
// missing one. Numbers rise in the order of the text.
func (v Value) ID() int { return int(v.i) }

// First returns the first member or element, missing where there is none.
// With Next it is the way to walk without an iterator:
//
//	for c := v.First(); c.Exists(); c = c.Next() { … }
func (v Value) First() Value {
	if v.i == 0 {
		return v
	}
	if n := &v.doc.nodes[v.i]; n.count == 0 || n.tag.kind() < Array {
		return Value{v.doc, 0}
	}
	return Value{v.doc, v.i + 1}
}

// Next returns the sibling that follows, missing after the last.
func (v Value) Next() Value {
	if v.i == 0 {
		return v
	}
	return Value{v.doc, v.doc.nodes[v.i].next}
}

// Parent returns the object or array that holds the value, missing for the root.
func (v Value) Parent() Value {
	if v.i == 0 {
		return v
	}
	return Value{v.doc, v.doc.nodes[v.i].parent}
}

// Get returns the member of that exact name, missing where the value is no
// object or has no such member.
func (v Value) Get(name string) Value {
	if v.Kind() != Object {
		return Value{}
	}
	nodes := v.doc.nodes
	for i := v.First().i; i != 0; i = nodes[i].next {
		if n := nodes[i].name; int(n.len()) == len(name) && v.doc.string(n) == name {
			return Value{v.doc, i}
		}
	}
	return Value{}
}

// GetSymbol returns the member whose name has that number in the [Symbols] which
// the document was parsed with. NoSymbol is the number of none.
func (v Value) GetSymbol(symbol int32) Value {
	if v.Kind() != Object || symbol == NoSymbol {
		return Value{}
	}
	nodes := v.doc.nodes
	for i := v.First().i; i != 0; i = nodes[i].next {
		if nodes[i].tag.symbol() == symbol {
			return Value{v.doc, i}
		}
	}
	return Value{}
}

// Items returns an array's elements, or the value itself as the only one where
// it is not an array: JSON-LD's "one or many". A missing value has none.
func (v Value) Items() []Value {
	switch v.Kind() {
	case Missing:
		return nil
	case Array:
		items := make([]Value, 0, v.Len())
		for c := v.First(); c.Exists(); c = c.Next() {
			items = append(items, c)
		}
		return items
	}
	return []Value{v}
}

// Single returns the element of an array of one, and any other value itself: in
// JSON-LD an array of one value and the value are the same.
func (v Value) Single() Value {
	if v.Kind() == Array && v.Len() == 1 {
		return v.First()
	}
	return v
}

// All yields what [Value.Items] returns, without a slice for it.
func (v Value) All() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.Kind() != Array {
			if v.Exists() {
				yield(v)
			}
			return
		}
		for c := v.First(); c.Exists() && yield(c); c = c.Next() {
		}
	}
}

// Raw returns the value's text as it stands in the source. It must not be changed.
func (v Value) Raw() []byte {
	if v.i == 0 {
		return nil
	}
	n := &v.doc.nodes[v.i]
	return v.doc.src[n.start:n.end:n.end]
}

// Shown is the value in a message: a text in quotes, anything else as it stands, each
// cut to length and with what cannot be seen escaped, and "nothing" for what is missing.
func (v Value) Shown() string {
	switch v.Kind() {
	case Missing:
		return "nothing"
	case String:
		return quote.Text(v.Text())
	}
	return quote.JSON(string(v.Raw()))
}

// Offset returns where the value's text begins, in bytes.
func (v Value) Offset() int {
	if v.i == 0 {
		return 0
	}
	return int(v.doc.nodes[v.i].start)
}

// Float returns a number's value; ok is false where the value is no number.
func (v Value) Float() (f float64, ok bool) {
	if v.Kind() != Number {
		return 0, false
	}
	f, err := strconv.ParseFloat(v.Text(), 64)
	return f, err == nil
}

// MaxPointer is the longest [Value.Pointer], and the longest name in one, in bytes.
const MaxPointer = quote.Most

// Pointer returns the value's JSON Pointer (RFC 6901) within its document, ""
// for the root and for a missing value. A pointer longer than [MaxPointer] is cut
// in the middle: it is for people to find a place by, and a report must not repeat
// a long name as often as it has findings.
func (v Value) Pointer() string {
	if v.i <= 1 {
		return ""
	}
	return v.doc.pointer(v.i)
}

func (d *Doc) pointer(i int32) string {
	if i > 1 && d.nodes[i].parent == 1 {
		return quote.Abridge("/"+d.step(i), MaxPointer)
	}
	var room [12]string
	steps := room[:0]
	for ; i > 1; i = d.nodes[i].parent {
		steps = append(steps, d.step(i))
	}
	var b strings.Builder
	for k := len(steps) - 1; k >= 0; k-- {
		b.WriteByte('/')
		b.WriteString(steps[k])
	}
	return quote.Abridge(b.String(), MaxPointer)
}

// step is one reference token of a pointer.
func (d *Doc) step(i int32) string {
	parent := d.nodes[i].parent
	if d.nodes[parent].tag.kind() == Object {
		return EscapePointer(quote.Abridge(d.string(d.nodes[i].name), MaxPointer))
	}
	return strconv.Itoa(int(d.nodes[i].name.at))
}

var pointerEscaper = strings.NewReplacer("~", "~0", "/", "~1")

// EscapePointer writes a member name as a reference token of a JSON Pointer.
func EscapePointer(name string) string { return pointerEscaper.Replace(name) }
