package casefw

import (
	"cmp"
	"fmt"
	"math/bits"
	"strconv"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/vc"
)

// checker holds one object after another against the facts of its class and
// reports every deviation. It changes nothing; the binder reads the same values
// tolerantly and in silence.
type checker struct {
	report  *Report
	version Version // the version whose rules hold; V1p1 for tolerant reading
	advise  bool    // report what the guide advises besides
	lenient bool    // look into members of another spelling, too
	partial bool    // required members may be missing: a selection of fields
	newer   *newer  // collects what 1.0 does not have, nil where nobody asks
	// Where what is checked stands in the document: a pointer, or what a reader is at.
	prefix string
	reader *reader
}

// pointer returns the JSON Pointer of v in the document.
func (k *checker) pointer(v jsonx.Value) string {
	before := k.prefix
	if k.reader != nil {
		before = k.reader.pointer()
	}
	return quote.Abridge(before+v.Pointer(), jsonx.MaxPointer)
}

// met returns how much was noted so far: it grows with each finding, and with each
// thing that 1.0 does not have.
func (k *checker) met() int { return k.report.Total() + k.newer.met() }

// newer counts members and tokens that 1.0 lacks, and remembers where the first
// ones stand: whether they are a fault is known when the document has been read.
type newer struct {
	count    int
	pointers []string
}

func (n *newer) met() int {
	if n == nil {
		return 0
	}
	return n.count
}

// is1p1 notes something that 1.0 does not have.
func (k *checker) is1p1(v jsonx.Value) {
	if n := k.newer; n == nil {
		return
	} else if n.count++; len(n.pointers) < 20 {
		n.pointers = append(n.pointers, k.pointer(v))
	}
}

// find counts one deviation at v from the facts of a class and returns it for the rest to
// be filled in, nil where it is only counted: then no text is made for it.
func (k *checker) find(v jsonx.Value, code vc.Code, c *class) *vc.Problem {
	p := k.report.find(code)
	if p != nil {
		p.Pointer, p.Spec = k.pointer(v), cmp.Or(p.Spec, c.clause)
	}
	return p
}

// tell is find for a deviation whose texts need not be made; without a fix it has that of
// its code.
func (k *checker) tell(v jsonx.Value, code vc.Code, c *class, found, expected, fix string) {
	if p := k.find(v, code, c); p != nil {
		p.Found, p.Expected, p.Fix = found, expected, cmp.Or(fix, p.Fix)
	}
}

// quote is find for a deviation that shows a text of the document.
func (k *checker) quote(v jsonx.Value, code vc.Code, c *class, text, expected, fix string) {
	if p := k.find(v, code, c); p != nil {
		p.Found, p.Expected, p.Fix = vc.Quote(text), expected, cmp.Or(fix, p.Fix)
	}
}

// object checks v as a record of class c. inside says that it stands in a package.
func (k *checker) object(v jsonx.Value, c *class, inside bool) {
	if v.Kind() != jsonx.Object {
		k.notObject(v, c)
		return
	}
	read := c.spell(v)
	for child := v.First(); child.Exists(); child = child.Next() {
		k.member(child, c, &read, inside)
	}
	required := c.required
	if inside {
		required &^= c.outside
	}
	k.missing(v, c, required&^read.exact, read.seen)
	k.record(v, c, &read)
}

func (k *checker) notObject(v jsonx.Value, c *class) {
	code, fix := CodeWrongType, ""
	if c == nodeClass && v.Kind() == jsonx.String {
		code = CodeNodeNotObject
	} else if c == linkClass && v.Kind() == jsonx.String {
		fix = "the text is taken for the link's uri"
	}
	k.tell(v, code, c, v.Kind().String(), "an object", fix)
}

func (k *checker) member(v jsonx.Value, c *class, read *spelling, inside bool) {
	place := c.resolve(v.Name())
	exact := place >= 0 && c.members[place].name == v.Name()
	newer := exact && k.version == V1p0 && c.newer&(1<<place) != 0
	if !exact || newer {
		k.unknown(v, v.Name(), c, newer)
		if place < 0 || !k.lenient || read.value[place] != v {
			return
		}
	}
	m := &c.members[place]
	if k.placed(v, m, c, inside); m.standalone && inside {
		return
	}
	if v.Kind() == jsonx.Null {
		k.null(v, c)
		return
	}
	k.content(v, m, c, inside)
}

// placed tells of a member that has no place in a package, and notes one that 1.0 does
// not have.
func (k *checker) placed(v jsonx.Value, m *member, c *class, inside bool) {
	if m.since == V1p1 {
		k.is1p1(v)
	}
	if m.standalone && inside {
		k.tell(v, CodeStandaloneMemberInPackage, c, "", "", "")
	}
}

// null reports a member that is null.
func (k *checker) null(v jsonx.Value, c *class) { k.tell(v, CodeNullValue, c, "null", "", "") }

// nullInList reports an element that is null.
func (k *checker) nullInList(v jsonx.Value, c *class) {
	k.tell(v, CodeNullValue, c, "null", "", "left out")
}

// unknown reports a member that the class does not have under this name, or not yet.
func (k *checker) unknown(v jsonx.Value, name string, c *class, newer bool) {
	code := CodeUnknownProperty
	if newer {
		code = CodeTokenNewerThanVersion
	}
	p := k.find(v, code, c)
	if p == nil {
		return
	}
	p.Found, p.Expected = vc.Quote(name), "a member of "+c.name+" in CASE "+k.version.String()
	if place := c.resolve(name); place >= 0 && !newer {
		p.Fix = "read as " + c.members[place].name
	}
}

// content checks what a member holds.
func (k *checker) content(v jsonx.Value, m *member, c *class, inside bool) {
	if m.many {
		k.array(v, m, c, inside)
		return
	}
	k.value(v, m, c, inside)
}

func (k *checker) array(v jsonx.Value, m *member, c *class, inside bool) {
	if v.Kind() != jsonx.Array {
		code := CodeWrongType
		switch {
		case v.Kind() == jsonx.String && m.kind != kObject:
			code = CodeStringInsteadOfArray
		case v.Kind() == jsonx.Object && m.kind != kNorm:
			code = CodeObjectInsteadOfArray
		}
		k.tell(v, code, c, v.Kind().String(), "an array", "")
		return
	}
	if m.some && v.Len() == 0 {
		k.tell(v, CodeEmptySet, c, "an empty array", "", "")
	}
	for e := v.First(); e.Exists(); e = e.Next() {
		if e.Kind() == jsonx.Null {
			k.nullInList(e, c)
			continue
		}
		k.value(e, m, c, inside)
	}
}

// value checks one value of a member by its kind.
func (k *checker) value(v jsonx.Value, m *member, c *class, inside bool) {
	switch m.kind {
	case kObject:
		if m.of == definitionClass && v.Kind() != jsonx.Object {
			k.tell(v, CodeDefinitionsNotObject, c, v.Kind().String(), "an object", "")
			return
		}
		if v.Kind() == jsonx.Array && !m.many {
			k.tell(v, CodeArrayInsteadOfObject, c, "an array", "an object", "")
			return
		}
		k.object(v, m.of, inside && m.of != itemClass || inPackage(c, m))
	case kRaw:
		if v.Kind() != jsonx.Object {
			k.tell(v, CodeWrongType, c, v.Kind().String(), "an object", "")
		}
	case kInt, kFloat:
		k.number(v, m, c)
	default:
		if v.Kind() != jsonx.String {
			k.notString(v, m, c)
			return
		}
		k.text(v, v.Text(), m, c, false)
	}
}

// inPackage says which objects have the form that they have inside a package.
func inPackage(c *class, m *member) bool {
	return c == packageClass || c == associationSetClass && m.of == associationClass
}

func (k *checker) notString(v jsonx.Value, m *member, c *class) {
	code := CodeWrongType
	switch m.kind {
	case kDateTime:
		code = CodeBadDateTime
	case kDate:
		code = CodeBadDate
	case kUUID:
		code = CodeIdentifierNotUUID
	}
	k.tell(v, code, c, v.Kind().String(), "a string", keptAsSent)
}

func (k *checker) number(v jsonx.Value, m *member, c *class) {
	if v.Kind() != jsonx.Number {
		code := CodeWrongType
		if _, ok := numberText(v, m.kind); ok {
			code = CodeNumberAsString
		}
		k.tell(v, code, c, v.Kind().String(), "a number", "")
		return
	}
	if m.kind == kFloat {
		return
	}
	n, whole := wholeNumber(v.Text())
	switch {
	case !whole:
		k.tell(v, CodeWrongType, c, v.Text(), "an integer", "")
	case n != int64(int32(n)):
		k.tell(v, CodeNumberOutOfRange, c, v.Text(), "a number of 32 bits", keptAsSent)
	}
}

// wholeNumber returns the value of a JSON number that is an integer in JSON
// Schema's sense: 2.0 and 1e1 are. Beyond 64 bits the nearest bound stands for it.
func wholeNumber(text string) (n int64, ok bool) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != float64(int64(f)) && f < 1<<63 && f > -1<<63 {
		return 0, false
	}
	return int64(max(min(f, 1<<62), -1<<62)), true
}

// numberText returns the number that a string shows.
func numberText(v jsonx.Value, k kind) (text string, ok bool) {
	if v.Kind() != jsonx.String {
		return "", false
	}
	doc, err := jsonx.Parse([]byte(v.Text()), jsonx.Limits{Bytes: 64}, nil)
	if err != nil || doc.Root().Kind() != jsonx.Number {
		return "", false
	}
	if _, whole := wholeNumber(doc.Root().Text()); k == kInt && !whole {
		return "", false
	}
	return doc.Root().Text(), true
}

// text checks a text by its kind. plain says that it is known to have neither control
// characters nor others than ASCII.
func (k *checker) text(v jsonx.Value, s string, m *member, c *class, plain bool) {
	switch m.kind {
	case kUUID:
		k.uuid(v, s, c)
	case kURI:
		k.uri(v, s, m, c)
	case kDateTime:
		if _, strict, ok := ParseDateTime(s); !strict {
			k.quote(v, CodeBadDateTime, c, s, "a time such as 2025-05-31T08:00:00Z",
				timeRead(ok, "read as UTC where it has no offset; kept as sent"))
		}
	case kDate:
		if _, strict, ok := ParseDate(s); !strict {
			k.quote(v, CodeBadDate, c, s, "a date such as 2025-05-31", timeRead(ok, "its day is read; kept as sent"))
		}
	case kAssoc:
		k.associationType(v, s, c)
	case kTarget:
		if s != "CASE" && !extensionToken(s) {
			k.quote(v, CodeUnknownTargetType, c, s, "CASE or ext:…", "")
		}
	case kCase:
		if s != "1.1" {
			k.quote(v, CodeBadCaseVersion, c, s, `"1.1"`, "")
		}
	}
	k.characters(v, s, m, c, plain)
}

// timeRead says what becomes of a text that is no date as CASE has it, how where it can be read.
func timeRead(ok bool, how string) string {
	if ok {
		return how
	}
	return "kept as sent; no date can be read from it"
}

// characters looks for what is in no schema and in no sensible text.
func (k *checker) characters(v jsonx.Value, s string, m *member, c *class, plain bool) {
	if !plain {
		if r, bad := controlIn(s, m.kind != kText); bad {
			if p := k.find(v, CodeControlCharacter, c); p != nil {
				p.Found = fmt.Sprintf("U+%04X", r)
			}
		}
	}
	if m.kind == kText && unsafeLink(s) {
		k.tell(v, CodeUnsafeURI, c, "a URL in the text", "", "")
	}
	if k.advise && m.advise > 0 && len(s) > m.advise && utf8.RuneCountInString(s) > m.advise {
		if p := k.find(v, CodeTextLong, c); p != nil {
			p.Found = strconv.Itoa(utf8.RuneCountInString(s)) + " characters"
			p.Expected = "at most " + strconv.Itoa(m.advise)
		}
	}
}

func (k *checker) uuid(v jsonx.Value, s string, c *class) {
	g, ok := looseGUID(s)
	const expected = "8-4-4-4-12 lower-case hexadecimal digits, version 1 to 5"
	var b [guidLen]byte
	g.encode(&b)
	canonical := ok && s == string(b[:])
	switch {
	case canonical && g.Standard():
	case canonical:
		k.quote(v, CodeUUIDVersionNotAllowed, c, s, expected, "")
	case ok && len(s) == guidLen:
		k.quote(v, CodeUUIDNotLowercase, c, s, expected, "")
		if !g.Standard() {
			k.quote(v, CodeUUIDVersionNotAllowed, c, s, expected, "")
		}
	default:
		// The official pattern is not anchored and takes a UUID with anything
		// around it; an identifier is the whole text.
		p := k.find(v, CodeIdentifierNotUUID, c)
		if p == nil {
			return
		}
		if p.Found, p.Expected = vc.Quote(s), expected; ok {
			p.Fix = "read as " + g.String()
		}
	}
}

func (k *checker) uri(v jsonx.Value, s string, m *member, c *class) {
	if !absoluteURI(s) {
		code := CodeURINotAbsolute
		if c == nodeClass {
			code = CodeNodeURINotAbsolute
		}
		k.quote(v, code, c, s, "", "")
	}
	if unsafeURI(s) {
		k.quote(v, CodeUnsafeURI, c, s, "an https URL", "")
	}
}

func (k *checker) associationType(v jsonx.Value, s string, c *class) {
	t := AssociationType(s)
	known, ok := semantics[t]
	switch {
	case ok && known.Since <= k.version && known.Since == V1p1, !ok && k.version == V1p1 && t.IsExtension():
		k.is1p1(v)
	case ok && known.Since <= k.version:
	case ok || t.IsExtension():
		if p := k.find(v, CodeTokenNewerThanVersion, c); p != nil {
			p.Found, p.Expected = vc.Quote(s), "an association type of CASE "+k.version.String()
		}
	default:
		if repaired, ok := repairType(s); ok {
			k.quote(v, CodeAssociationRepaired, c, s, string(repaired), "")
			return
		}
		k.quote(v, CodeUnknownAssociationType, c, s, "", "")
	}
}

// missing reports required members that do not stand there under their name; lacking
// has a bit for each, seen for those that are there in another spelling.
func (k *checker) missing(v jsonx.Value, c *class, lacking, seen uint32) {
	if k.partial {
		return
	}
	for ; lacking != 0; lacking &= lacking - 1 {
		place := bits.TrailingZeros32(lacking)
		fix := ""
		if seen&(1<<place) != 0 {
			fix = "a member of another spelling is read"
		}
		k.tell(v, CodeRequiredPropertyMissing, c, "", c.members[place].name, fix)
	}
}

// record checks what shows only in a whole record that was parsed.
func (k *checker) record(v jsonx.Value, c *class, read *spelling) {
	text := func(place int) string { s, _ := readable(read.value[place]); return s }
	switch c {
	case itemClass:
		k.identity(v, text(itemIdentifier), read.value[itemURI], text(itemURI))
		if s := read.value[itemStatement]; s.Kind() != jsonx.String && text(itemStatement) == "" {
			k.statement(or(s, v), text(itemLabel), text(itemShort))
		}
		k.period(read.value[itemEnd], c, text(itemStart), text(itemEnd))
	case documentClass:
		k.period(read.value[documentEnd], c, text(documentStart), text(documentEnd))
	}
}

// or returns v where it exists, else what it stands in.
func or(v, whole jsonx.Value) jsonx.Value {
	if v.Exists() {
		return v
	}
	return whole
}

// identity compares an item's identifier and uri; v is the item, at its uri.
func (k *checker) identity(v jsonx.Value, identifier string, at jsonx.Value, uri string) {
	if identifier == "" {
		if !k.partial {
			k.tell(v, CodeItemWithoutIdentifier, itemClass, "", "", "")
		}
		return
	}
	if g, ok := looseGUID(identifier); ok && mismatch(uri, g) {
		if p := k.find(at, CodeURIIdentifierMismatch, itemClass); p != nil {
			p.Found, p.Expected = vc.Quote(uri), g.String()
		}
	}
}

// mismatch reports whether a uri that ends in a UUID does not name g: another
// one, or one glued to the segment before it.
func mismatch(uri string, g GUID) bool {
	if len(uri) <= guidLen {
		return false
	}
	last, ok := guidAt(uri[len(uri)-guidLen:])
	if !ok {
		return false
	}
	return last != g || glued(uri)
}

// glued reports whether a letter or digit stands before the UUID that ends a uri.
func glued(uri string) bool {
	before := uri[len(uri)-guidLen-1]
	return before|0x20 >= 'a' && before|0x20 <= 'z' || digit(before)
}

// statement tells what stands in for a missing fullStatement, the first that is there.
func (k *checker) statement(v jsonx.Value, label, short string) {
	in := itemClass.members[itemLabel].name
	switch {
	case k.partial || label == "" && short == "":
		return
	case label == "":
		in = itemClass.members[itemShort].name
	}
	if p := k.find(v, CodeFullStatementRepaired, itemClass); p != nil {
		p.Fix = in + " is read in its place"
	}
}

// period compares the dates between which something holds; v is the second.
func (k *checker) period(v jsonx.Value, c *class, from, to string) {
	if from == "" || to == "" {
		return
	}
	start, _, ok1 := ParseDate(from)
	end, _, ok2 := ParseDate(to)
	if ok1 && ok2 && end.Before(start) {
		if p := k.find(v, CodeEndBeforeStart, c); p != nil {
			p.Found, p.Expected = to, "not before "+from
		}
	}
}
