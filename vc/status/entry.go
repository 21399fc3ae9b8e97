package status

import (
	"math"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// place is where in its list an entry's value stands, and how it is worded.
type place struct {
	index    uint64
	size     uint
	messages jsonx.Value
}

// readEntry reads an entry of kind kd and fills in what e says of it. In each
// member an array of one is its value.
func readEntry(kd *kind, v jsonx.Value, e *Entry) (*place, *vc.Problem) {
	e.Purpose = PurposeRevocation
	if kd.purposed {
		e.Purpose = textOf(v, "statusPurpose")
	}
	e.List = textOf(v, kd.url)
	if e.Purpose == "" {
		return nil, malformedMember(e, v, "statusPurpose", "a string, such as revocation")
	}
	if !vc.IsAbsoluteIRI(e.List) {
		return nil, malformedMember(e, v, kd.url, "the URL of the list")
	}
	if textOf(v, "id") == e.List {
		e.warn(problem(CodeEntryIDIsList, e.Pointer+"/id", vc.Quote(e.List), ""))
	}
	at := &place{size: 1}
	if p := at.readIndex(v.Get(kd.index).Single(), e, e.Pointer+"/"+kd.index); p != nil {
		return nil, p
	}
	if kd.sized {
		at.messages = v.Get("statusMessage")
		if p := at.readSize(v.Get("statusSize").Single(), e); p != nil {
			return nil, p
		}
		return at, at.countMessages()
	}
	return at, nil
}

// textOf returns a member that is a text, "" for any other.
func textOf(v jsonx.Value, name string) string { return jsonx.Content(v.Get(name).Single()) }

func malformedMember(e *Entry, entry jsonx.Value, name, expected string) *vc.Problem {
	v := entry.Get(name)
	if !v.Exists() {
		return problem(CodeEntryMalformed, e.Pointer, "no "+name, expected)
	}
	return problem(CodeEntryMalformed, v.Pointer(), v.Shown(), expected)
}

// readIndex reads an integer of any size in base 10. A leading zero is refused:
// readers disagree whether 010 is ten or eight. A whole JSON number is read with a
// warning, as examples of Open Badges 3.0 have one.
func (at *place) readIndex(v jsonx.Value, e *Entry, pointer string) *vc.Problem {
	text := v.Text()
	if f, ok := v.Float(); ok && !isDecimal(text) && f >= 0 && f == math.Trunc(f) && f <= 1<<53 {
		text = strconv.FormatUint(uint64(f), 10) // 7.0 and 7e0 are signed as 7
	}
	if v.Kind() != jsonx.String && v.Kind() != jsonx.Number || !isDecimal(text) {
		return problem(CodeIndexMalformed, pointer, v.Shown(), "")
	}
	if v.Kind() == jsonx.Number {
		e.warn(problem(CodeIndexNotString, pointer, text, ""))
	}
	e.Index = text
	// Beyond 64 bits this gives the largest number, which no list reaches.
	at.index, _ = strconv.ParseUint(text, 10, 64)
	return nil
}

// isDecimal reports ASCII digits without a leading zero.
func isDecimal(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != "" && (s[0] != '0' || len(s) == 1)
}

// maxSize is the widest entry that is read, in bits. statusMessage has two to
// the power of it, so no real entry comes near.
const maxSize = 64

func (at *place) readSize(v jsonx.Value, e *Entry) *vc.Problem {
	if !v.Exists() {
		return nil
	}
	size, ok := v.Float()
	if !ok || size < 1 || size > maxSize || size != float64(uint(size)) {
		return problem(CodeSizeInvalid, v.Pointer(), v.Shown(), "an integer from 1 to "+strconv.Itoa(maxSize))
	}
	at.size = uint(size)
	if at.size > 1 && !at.messages.Exists() {
		e.warn(problem(CodeMessageMissing, e.Pointer, "", ""))
	}
	return nil
}

// countMessages holds statusMessage to its length, which does not depend on the list.
func (at *place) countMessages() *vc.Problem {
	if !at.messages.Exists() || at.messages.Kind() == jsonx.Array && at.size < 32 && at.messages.Len() == 1<<at.size {
		return nil
	}
	held := strconv.Itoa(at.messages.Len()) + " in " + at.messages.Kind().String()
	return problem(CodeMessageInvalid, at.messages.Pointer(), held, "an array of 2 to the power of "+strconv.Itoa(int(at.size)))
}

// message finds the issuer's words for value (Bitstring Status List 1.0, 2.1)
// and puts them into e. The problem is a table that does not word it once.
func (at *place) message(value uint64, e *Entry) *vc.Problem {
	if !at.messages.Exists() {
		if e.Purpose == PurposeMessage && at.size == 1 {
			e.Message = [...]string{"unset", "set"}[value]
		}
		return nil
	}
	var messages []jsonx.Value
	for m := at.messages.First(); m.Exists(); m = m.Next() {
		if code, ok := statusCode(m.Get("status").Single()); ok && code == value {
			messages = append(messages, m.Get("message").Single())
		}
	}
	if len(messages) != 1 {
		held := strconv.Itoa(len(messages)) + " for the list's value"
		return problem(CodeMessageInvalid, at.messages.Pointer(), held, "one of status "+hex(value))
	}
	e.Message = jsonx.Content(messages[0])
	return nil
}

// statusCode reads "0x…".
func statusCode(v jsonx.Value) (uint64, bool) {
	digits, ok := strings.CutPrefix(jsonx.Content(v), "0x")
	if !ok || strings.ContainsAny(digits, "_+-") {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 16, 64)
	return n, err == nil
}

func hex(n uint64) string { return "0x" + strconv.FormatUint(n, 16) }
