package exchange

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// row gives the cells of the current line by their meaning, cleaned.
type row struct {
	t     *table
	cells map[field]int // the place of each cell that is not empty
	extra []int         // the places of cells that no member takes
}

// row sorts the cells of the current line.
func (t *table) row() *row {
	r := &row{t: t, cells: map[field]int{}}
	for i, c := range t.cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		switch {
		case i >= len(t.fields):
			t.noteAt(i, CodeCellWithoutColumn, "", "")
			r.extra = append(r.extra, i)
		case t.fields[i] == fieldNone:
			r.extra = append(r.extra, i)
		default:
			r.cells[t.fields[i]] = i
		}
	}
	return r
}

// text returns a cell without the white space around it and without the
// apostrophe of an escaped formula.
func (r *row) text(f field) string {
	i, ok := r.cells[f]
	if !ok {
		return ""
	}
	return strings.TrimSpace(r.at(i))
}

// whole is text with the white space, for statements and other prose.
func (r *row) whole(f field) string {
	if i, ok := r.cells[f]; ok {
		return r.at(i)
	}
	return ""
}

// at returns the cell of a place, with its white space.
func (r *row) at(i int) string {
	s := r.t.cells[i]
	if plain, was := unescapeFormula(s); was {
		return plain
	}
	if isFormula(s) {
		r.t.noteAt(i, CodeFormulaCell, "", "")
	}
	return s
}

func (r *row) has(f field) bool { _, ok := r.cells[f]; return ok }

// place returns the place of a cell, of the line where it has none, and what the column is
// called.
func (r *row) place(f field) (at Place, header string) {
	if i, ok := r.cells[f]; ok {
		return r.t.placeAt(i), r.t.headerOf(i)
	}
	return r.t.place(), ""
}

// note is of a cell, or of the line where it has none; see [Report.note].
func (r *row) note(f field, code vc.Code, text, fix string) *vc.Problem {
	at, header := r.place(f)
	return r.t.report.note(at, code, inColumn(text, header), fix)
}

// list splits a cell that holds several values: at bars where it has one, else at
// commas.
func (r *row) list(f field) []string { return splitList(r.text(f)) }

func splitList(text string) []string {
	if text == "" {
		return nil
	}
	by := ","
	if strings.Contains(text, "|") {
		by = "|"
	}
	var all []string
	for part := range strings.SplitSeq(text, by) {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// joinList writes a list so that splitList reads it again. ok is false where a
// value has a bar, which no writing of the table keeps.
func joinList(values []string) (text string, ok bool) {
	all := strings.Join(values, "")
	switch {
	case strings.Contains(all, "|"):
		return strings.Join(values, ","), false
	case !strings.Contains(all, ","):
		return strings.Join(values, ","), true
	case len(values) == 1:
		return values[0] + "|", true
	}
	return strings.Join(values, "|"), true
}

// integer reads a whole number, as spreadsheets write them too ("2.0").
func (r *row) integer(f field) *int64 {
	text := r.text(f)
	if text == "" {
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err == nil {
		return &n
	}
	if v, err := strconv.ParseFloat(text, 64); err == nil && v == float64(int64(v)) && v > -1e15 && v < 1e15 {
		n = int64(v)
		return &n
	}
	r.note(f, CodeBadNumber, text, "").Expected = "a whole number"
	r.extra = append(r.extra, r.cells[f])
	return nil
}

// number reads a number of any kind and keeps its text.
func (r *row) number(f field) vc.Number {
	text := r.text(f)
	if text == "" {
		return ""
	}
	if v, err := strconv.ParseFloat(text, 64); err == nil && v-v == 0 {
		if jsonNumber(text) {
			return vc.Number(text)
		}
		return vc.NewNumber(v)
	}
	r.note(f, CodeBadNumber, text, "").Expected = "a number"
	r.extra = append(r.extra, r.cells[f])
	return ""
}

// jsonNumber reports whether text, which ParseFloat took, is a JSON number too.
func jsonNumber(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	if digits == "" || digits[0] < '0' || digits[0] > '9' || len(digits) > 1 && digits[0] == '0' && digits[1] != '.' {
		return false
	}
	whole, fraction, dot := strings.Cut(digits, ".")
	all := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return all(whole) && (!dot || all(fraction))
}

// changed reads lastChangeDateTime; where there is none it is now.
func (r *row) changed(now vc.DateTime) vc.DateTime {
	text := r.text(fieldChanged)
	if text == "" {
		return now
	}
	at, strict, ok := casefw.ParseDateTime(text)
	switch {
	case strict:
		d, _ := vc.ParseDateTime(text)
		return d
	case ok:
		p := r.note(fieldChanged, CodeBadDateTime, text, "read as "+vc.NewDateTime(at).String())
		p.Severity, p.Message = vc.SeverityAdvice, "the date-time has no offset or another form than RFC 3339"
		return vc.NewDateTime(at)
	}
	r.note(fieldChanged, CodeBadDateTime, text, "")
	r.extra = append(r.extra, r.cells[fieldChanged])
	return now
}

// extensions makes a JSON object of the cells that no member takes, in the order
// of the columns. A name that comes twice gets a number, so that none hides
// another.
func (r *row) extensions() []byte { return r.extensionsBeside(map[string]int{}) }

// extensionsBeside is extensions for an object that has names already, each with
// the number that the next of that name may get.
func (r *row) extensionsBeside(names map[string]int) []byte {
	if len(r.extra) == 0 {
		return nil
	}
	b := []byte{'{'}
	cells := map[int]bool{}
	for _, i := range r.extra {
		if cells[i] {
			continue
		}
		cells[i] = true
		name := r.t.headerOf(i)
		if name == "" {
			name = fmt.Sprintf("column %d", i+1)
		}
		if n, plain := names[name], name; n > 0 {
			for ; names[name] > 0; n++ {
				name = fmt.Sprintf("%s (%d)", plain, n)
			}
			names[plain] = n
		}
		names[name] = 2
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(append(appendText(b, name), ':'), appendText(nil, r.at(i))...)
	}
	return append(b, '}')
}

// appendText writes a JSON string.
func appendText(b []byte, s string) []byte {
	text, err := vc.Marshal(s)
	if err != nil { // only for text that is not UTF-8, which the table refuses
		return append(b, `""`...)
	}
	return append(b, text...)
}
