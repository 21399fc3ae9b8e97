package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// row gives the cells of the current line by their meaning, cleaned. It is the
// table's own and good until the next line.
type row struct {
	t     *table
	cells map[field]int    // the place of each cell that is not empty
	extra []int            // the places of cells that no member takes
	quiet func(field) bool // whether notes on a field are wanted not
}

// row sorts the cells of the current line.
func (t *table) row() *row {
	r := &t.current
	r.t, r.extra, r.quiet = t, r.extra[:0], nil
	if r.cells == nil {
		r.cells = map[field]int{}
	}
	clear(r.cells)
	for i, c := range t.cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		if hasFormula(c, t.breaks) {
			t.noteAt(i, CodeFormulaCell, "", "")
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
// apostrophes of escaped formulas: a word for machines.
func (r *row) text(f field) string { return strings.TrimSpace(r.raw(f)) }

// whole is text with the white space, for what people read.
func (r *row) whole(f field) string { return r.raw(f) }

// raw returns a cell as it was before it was written, "" for a blank one.
func (r *row) raw(f field) string {
	if i, ok := r.cells[f]; ok {
		return r.at(i)
	}
	return ""
}

// at returns the cell of a place, with its white space.
func (r *row) at(i int) string { return unescapeFormula(r.t.cells[i], r.t.breaks) }

// keep makes a cell an extension, since the member does not take it.
func (r *row) keep(f field) {
	if i := r.cells[f]; !slices.Contains(r.extra, i) {
		r.extra = append(r.extra, i)
	}
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
	if r.quiet != nil && r.quiet(f) || !r.t.report.keeps(code) {
		return r.t.report.skip(code, r.quiet != nil && r.quiet(f))
	}
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

// joinList writes a list so that splitList reads it again. It does not where a value
// has a bar, or white space around it.
func joinList(values []string) string {
	all := strings.Join(values, "")
	switch {
	case strings.Contains(all, "|") || !strings.Contains(all, ","):
		return strings.Join(values, ",")
	case len(values) == 1:
		return values[0] + "|"
	}
	return strings.Join(values, "|")
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
	r.keep(f)
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
	r.keep(f)
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
	r.keep(fieldChanged)
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
	size := 2
	for _, i := range r.extra {
		size += len(r.t.headerOf(i)) + len(r.t.cells[i]) + 24
	}
	b := append(make([]byte, 0, size), '{')
	for _, i := range r.extra {
		name := r.t.headerOf(i)
		if i >= len(r.t.header) {
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
