package casefw

import (
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
func (k *checker) met() int { return k.report.met + k.newer.met() }

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

func spec(c *class) string { return "CASE 1.1 information model, " + c.name }

// find reports one deviation at v.
func (k *checker) find(v jsonx.Value, code vc.Code, level Level, c *class, message, found, expected, repair string) {
	if !k.report.room(code, level) {
		return
	}
	k.report.Findings = append(k.report.Findings, Finding{Level: level, Repair: repair, Problem: vc.Problem{
		Code: code, Pointer: k.pointer(v), Message: message, Found: found, Expected: expected, Spec: spec(c)}})
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
	code, repair := CodeWrongType, ""
	if c == nodeClass && v.Kind() == jsonx.String {
		code, repair = CodeNodeNotObject, "the text is taken for the node's uri"
	} else if c == linkClass && v.Kind() == jsonx.String {
		repair = "the text is taken for the link's uri"
	}
	k.find(v, code, Invalid, c, "a "+c.name+" is an object", v.Kind().String(), "an object", repair)
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
		k.null(v, c, m.name)
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
	if m.standalone && inside && !k.report.counted(CodeStandaloneMemberInPackage, Invalid) {
		k.find(v, CodeStandaloneMemberInPackage, Invalid, c, m.name+" has no place inside a package",
			"", "", "kept, and left out when a package is written by the standard")
	}
}

// null reports a member that is null.
func (k *checker) null(v jsonx.Value, c *class, name string) {
	k.find(v, CodeNullValue, Invalid, c, name+" is null; an absent member is left out", "null", "", "read as absent")
}

// unknown reports a member that the class does not have under this name, or not yet.
func (k *checker) unknown(v jsonx.Value, name string, c *class, newer bool) {
	code, repair := CodeUnknownProperty, "kept as an extra member"
	if place := c.resolve(name); newer {
		code, repair = CodeTokenNewerThanVersion, ""
	} else if place >= 0 {
		repair = "read as " + c.members[place].name
	}
	k.find(v, code, Invalid, c, c.name+" has no member "+vc.Quote(name)+" in CASE "+k.version.String(), "", "", repair)
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
		code, repair := CodeWrongType, ""
		switch {
		case v.Kind() == jsonx.String && m.kind != kObject:
			code, repair = CodeStringInsteadOfArray, "read as an array of one"
		case v.Kind() == jsonx.Object && m.kind != kNorm:
			code, repair = CodeObjectInsteadOfArray, "read as an array of one"
		}
		k.find(v, code, Invalid, c, m.name+" is an array", v.Kind().String(), "an array", repair)
		return
	}
	if m.some && v.Len() == 0 {
		k.find(v, CodeEmptySet, Invalid, c, m.name+" needs one element at least", "an empty array", "", "read as empty")
	}
	for e := v.First(); e.Exists(); e = e.Next() {
		if e.Kind() == jsonx.Null {
			k.find(e, CodeNullValue, Invalid, c, "null stands in "+m.name, "null", "", "left out")
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
			k.find(v, CodeDefinitionsNotObject, Invalid, c, m.name+" is not an object", v.Kind().String(), "an object", "read as absent")
			return
		}
		if v.Kind() == jsonx.Array && !m.many {
			k.find(v, CodeArrayInsteadOfObject, Invalid, c, m.name+" is one object", "an array", "an object", "the first element is read")
			return
		}
		k.object(v, m.of, inside && m.of != itemClass || inPackage(c, m))
	case kRaw:
		if v.Kind() != jsonx.Object {
			k.find(v, CodeWrongType, Invalid, c, m.name+" is an object", v.Kind().String(), "an object", "kept as sent")
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
	k.find(v, code, Invalid, c, m.name+" is a string", v.Kind().String(), "a string", "kept as sent")
}

func (k *checker) number(v jsonx.Value, m *member, c *class) {
	if v.Kind() != jsonx.Number {
		code, repair := CodeWrongType, "kept as sent"
		if _, ok := numberText(v, m.kind); ok {
			code, repair = CodeNumberAsString, "read as the number that the text shows"
		}
		k.find(v, code, Invalid, c, m.name+" is a number", v.Kind().String(), "a number", repair)
		return
	}
	if m.kind == kFloat {
		return
	}
	n, whole := wholeNumber(v.Text())
	switch {
	case !whole:
		k.find(v, CodeWrongType, Invalid, c, m.name+" is a whole number", v.Text(), "an integer", "kept as sent")
	case n != int64(int32(n)):
		k.find(v, CodeNumberOutOfRange, Warning, c, m.name+" has 32 bits in the standard", v.Text(), "at most 2147483647", "")
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
			k.find(v, CodeBadDateTime, Invalid, c, m.name+" is an ISO 8601 date-time with offset", vc.Quote(s), "2006-01-02T15:04:05Z",
				timeRead(ok))
		}
	case kDate:
		if _, strict, ok := ParseDate(s); !strict {
			k.find(v, CodeBadDate, Invalid, c, m.name+" is a date without time", vc.Quote(s), "2006-01-02", timeRead(ok))
		}
	case kAssoc:
		k.associationType(v, s, c)
	case kTarget:
		if s != "CASE" && !extensionToken(s) {
			k.find(v, CodeUnknownTargetType, Invalid, c, "the target type is neither CASE nor an extension", vc.Quote(s), "CASE or ext:…",
				"kept as sent")
		}
	case kCase:
		if s != "1.1" {
			k.find(v, CodeBadCaseVersion, Invalid, c, "caseVersion has one value", vc.Quote(s), `"1.1"`, "kept as sent")
		}
	}
	k.characters(v, s, m, c, plain)
}

func timeRead(ok bool) string {
	if ok {
		return "read as UTC where there is no offset; kept as sent"
	}
	return "kept as sent; no time can be read from it"
}

// characters looks for what is in no schema and in no sensible text.
func (k *checker) characters(v jsonx.Value, s string, m *member, c *class, plain bool) {
	if !plain {
		if r, bad := controlIn(s, m.kind != kText); bad {
			k.find(v, CodeControlCharacter, Warning, c, m.name+" holds a control character", fmt.Sprintf("U+%04X", r), "", "")
		}
	}
	if m.kind == kText && unsafeLink(s) {
		k.find(v, CodeUnsafeURI, Warning, c, m.name+" holds a URL that would run code", "", "", "")
	}
	if k.advise && m.advise > 0 && len(s) > m.advise && utf8.RuneCountInString(s) > m.advise {
		k.find(v, CodeTextLong, Advice, c, m.name+" is longer than the guide advises", strconv.Itoa(utf8.RuneCountInString(s)),
			"at most "+strconv.Itoa(m.advise)+" characters", "")
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
		k.find(v, CodeUUIDVersionNotAllowed, Invalid, c, "the UUID is not of a version and variant that CASE allows", vc.Quote(s),
			expected, "")
	case ok && len(s) == guidLen:
		k.find(v, CodeUUIDNotLowercase, Invalid, c, "the UUID is not in lower case", vc.Quote(s), expected,
			"compared without regard to case")
		if !g.Standard() {
			k.find(v, CodeUUIDVersionNotAllowed, Invalid, c, "the UUID is not of a version and variant that CASE allows", vc.Quote(s),
				expected, "")
		}
	default:
		// The official pattern is not anchored and takes a UUID with anything
		// around it; an identifier is the whole text.
		repair := ""
		if ok {
			repair = "read as " + g.String()
		}
		k.find(v, CodeIdentifierNotUUID, Invalid, c, "the identifier is not a UUID", vc.Quote(s), expected, repair)
	}
}

func (k *checker) uri(v jsonx.Value, s string, m *member, c *class) {
	if !absoluteURI(s) {
		code := CodeURINotAbsolute
		if c == nodeClass {
			code = CodeNodeURINotAbsolute
		}
		k.find(v, code, Invalid, c, m.name+" is not an absolute URI", vc.Quote(s), "", "kept as sent")
	}
	if unsafeURI(s) {
		k.find(v, CodeUnsafeURI, Warning, c, m.name+" would run code when followed", vc.Quote(s), "an https URL", "")
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
		k.find(v, CodeTokenNewerThanVersion, Invalid, c, "the association type is not of CASE "+k.version.String(), vc.Quote(s), "", "")
	default:
		if repaired, ok := repairType(s); ok {
			k.find(v, CodeAssociationRepaired, Invalid, c, "the association type is misspelt", vc.Quote(s), string(repaired),
				"read as "+string(repaired))
			return
		}
		k.find(v, CodeUnknownAssociationType, Invalid, c, "the standard has no such association type", vc.Quote(s), "",
			"kept as sent, read as isRelatedTo")
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
		repair := ""
		if seen&(1<<place) != 0 {
			repair = "a member of another spelling is read"
		}
		m := &c.members[place]
		k.find(v, CodeRequiredPropertyMissing, Invalid, c, c.name+" needs "+m.name, "", m.name, repair)
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
			k.find(v, CodeItemWithoutIdentifier, Invalid, itemClass, "the item has no identifier", "", "", "found by its uri")
		}
		return
	}
	if g, ok := looseGUID(identifier); ok && mismatch(uri, g) {
		k.find(at, CodeURIIdentifierMismatch, Warning, itemClass, "the uri does not end in the item's identifier", vc.Quote(uri),
			g.String(), "")
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
	k.find(v, CodeFullStatementRepaired, Invalid, itemClass, "the item has no fullStatement", "", "", in+" is read in its place")
}

// period compares the dates between which something holds; v is the second.
func (k *checker) period(v jsonx.Value, c *class, from, to string) {
	if from == "" || to == "" {
		return
	}
	start, _, ok1 := ParseDate(from)
	end, _, ok2 := ParseDate(to)
	if ok1 && ok2 && end.Before(start) {
		k.find(v, CodeEndBeforeStart, Warning, c, "the status ends before it starts", to, "not before "+from, "")
	}
}
