package exchange

import (
	"strconv"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// The codes of a [Note] and of the errors of this package.
const (
	// Errors: there is no framework.
	CodeNotCSV       vc.Code = "not-csv"         // quotes that do not match, or not text at all
	CodeNotUTF8      vc.Code = "not-utf-8"       // saved in another encoding
	CodeTooLarge     vc.Code = "too-large"       // longer than a limit of Options
	CodeNoHeader     vc.Code = "no-header"       // no line with names of columns
	CodeNoStatements vc.Code = "no-statements"   // no column fullStatement
	CodeBadOptions   vc.Code = "bad-options"     // wrong use of this package
	CodeEmptyTable   vc.Code = "empty-table"     // a header and nothing below it
	CodeUnknownValue vc.Code = "unknown-value"   // a cell with a word that is none of those allowed
	CodeNotExported  vc.Code = "not-exported"    // the form has no place for it
	CodeNoTerm       vc.Code = "no-ctdlasn-term" // CTDL-ASN has no term for it

	// Notes on columns and cells.
	CodeColumnKept        vc.Code = "column-kept"         // no member of CASE; kept as an extension
	CodeColumnRepeated    vc.Code = "column-repeated"     // a second column of the same meaning; kept as an extension
	CodeCellWithoutColumn vc.Code = "cell-without-column" // a line longer than the header
	CodeFormulaCell       vc.Code = "formula-cell"        // a spreadsheet would run it
	CodeBadNumber         vc.Code = "bad-number"
	CodeBadDateTime       vc.Code = "bad-date-time"
	CodeTextWithoutItem   vc.Code = "line-without-statement" // a line that names no item

	// Notes on items and links.
	CodeIdentifierMade      vc.Code = "identifier-made"      // there was none, or no UUID
	CodeDuplicateIdentifier vc.Code = "duplicate-identifier" // kept twice, as CASE readers must expect
	CodeAmbiguousCode       vc.Code = "ambiguous-code"       // several items have the code that is referred to
	CodeUnresolved          vc.Code = "unresolved-reference" // nothing in the table has the identifier or code
	CodeParentUnknown       vc.Code = "parent-unknown"       // the item is put under the document
	CodeParentFromCode      vc.Code = "parent-from-code"     // the dotted code gave the parent
	CodeSelfParent          vc.Code = "self-parent"
	CodeLevelGap            vc.Code = "level-gap"         // smartLevel names a parent that no line has
	CodeDuplicateLink       vc.Code = "duplicate-link"    // written once
	CodeOutsideTree         vc.Code = "item-outside-tree" // written without smartLevel
)

// Table names one of the tables of the spreadsheet form.
type Table string

// The tables, named as the sheets of OpenSALT are.
const (
	Document     Table = "CF Doc"
	Items        Table = "CF Item"
	Associations Table = "CF Association"
	Rubrics      Table = "CF Rubric" // not of OpenSALT
)

// Note is one thing that a reader or writer did not take as it stood.
type Note struct {
	vc.Problem
	Level casefw.Level
	Table Table
	// Line and Column are the place in the text, from 1; 0 where there is none.
	// Column counts bytes, as editors' "go to" does not always.
	Line, Column int
	// Header is the name of the column.
	Header string
	// Repair says what was taken instead.
	Repair string
}

// Report lists what was found. It keeps the first notes of each code up to
// Options.MaxNotes and counts all of them.
type Report struct {
	Notes  []Note
	Counts map[vc.Code]int
	most   int
}

// Has reports whether a code was met.
func (r *Report) Has(code vc.Code) bool { return r.Counts[code] > 0 }

// defaultNotes is enough to see a pattern and little enough to read.
const defaultNotes = 1000

func newReport(most int) *Report {
	if most == 0 {
		most = defaultNotes
	}
	return &Report{Counts: map[vc.Code]int{}, most: most}
}

func (r *Report) add(n Note) {
	r.Counts[n.Code]++
	if r.most < 0 || r.Counts[n.Code] <= r.most {
		r.Notes = append(r.Notes, n)
	}
}

// Error is why there is no framework, or none could be written.
type Error struct {
	vc.Problem
	Table        Table
	Line, Column int // from 1; 0 where the whole table is meant
}

// Error implements error: the table, the place, and what is wrong.
func (e *Error) Error() string {
	place := "exchange: "
	if e.Table != "" {
		place += string(e.Table) + ": "
	}
	if e.Line > 0 {
		place += "line " + strconv.Itoa(e.Line)
		if e.Column > 0 {
			place += ", column " + strconv.Itoa(e.Column)
		}
		place += ": "
	}
	return place + e.Problem.Error()
}

// Unwrap returns the problem, so that errors.Is finds it by its code.
func (e *Error) Unwrap() error { return &e.Problem }
