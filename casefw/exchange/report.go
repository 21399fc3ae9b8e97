package exchange

import (
	"cmp"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// The codes of the findings of a [Report] and of the errors of this package.
const (
	// Errors: there is no framework.
	CodeNotCSV       vc.Code = "not-csv"           // quotes that do not match, or not text at all
	CodeNotUTF8      vc.Code = "not-utf-8"         // saved in another encoding
	CodeTooLarge             = casefw.CodeTooLarge // longer than a limit of Options
	CodeNoHeader     vc.Code = "no-header"         // no line with names of columns
	CodeNoStatements vc.Code = "no-statements"     // no column fullStatement
	CodeBadOptions   vc.Code = "bad-options"       // wrong use of this package
	CodeEmptyTable   vc.Code = "empty-table"       // a header and nothing below it
	CodeUnknownValue vc.Code = "unknown-value"     // a cell with a word that is none of those allowed
	CodeNotExported  vc.Code = "not-exported"      // the form has no place for it
	CodeNoTerm       vc.Code = "no-ctdlasn-term"   // CTDL-ASN has no term for it

	// Findings on columns and cells.
	CodeColumnKept        vc.Code = "column-kept"         // no member of CASE; kept as an extension
	CodeColumnRepeated    vc.Code = "column-repeated"     // a second column of the same meaning; kept as an extension
	CodeCellWithoutColumn vc.Code = "cell-without-column" // a line longer than the header
	CodeFormulaCell       vc.Code = "formula-cell"        // a spreadsheet would run it
	CodeBadNumber         vc.Code = "bad-number"
	CodeBadDateTime               = casefw.CodeBadDateTime
	CodeTextWithoutItem   vc.Code = "line-without-statement" // a line that names no item

	// Findings on items and links.
	CodeIdentifierMade      vc.Code = "identifier-made"              // there was none, or no UUID
	CodeDuplicateIdentifier         = casefw.CodeDuplicateIdentifier // kept twice, as CASE readers must expect
	CodeAmbiguousCode       vc.Code = "ambiguous-code"               // several items have the code that is referred to
	CodeUnresolved          vc.Code = "unresolved-reference"         // nothing in the table has the identifier or code
	CodeParentUnknown       vc.Code = "parent-unknown"               // the item is put under the document
	CodeParentFromCode      vc.Code = "parent-from-code"             // the dotted code gave the parent
	CodeSelfParent          vc.Code = "self-parent"
	CodeLevelGap            vc.Code = "level-gap"                // smartLevel names a parent that no line has
	CodeDuplicateLink       vc.Code = "duplicate-link"           // written once
	CodeOutsideTree                 = casefw.CodeItemOutsideTree // written without smartLevel
)

// Report lists what a reader or writer did not take as it stood. Each finding is a
// [vc.Problem] whose Fix says what was taken instead, and whose Pointer is a [Place].
// A Report keeps the first findings of each code up to Options.MaxFindings and counts all
// of them.
type Report struct {
	Findings []*vc.Problem
	Counts   map[vc.Code]int
	most     int
}

// Has reports whether a code was met.
func (r *Report) Has(code vc.Code) bool { return r.Counts[code] > 0 }

// defaultFindings is enough to see a pattern and little enough to read.
const defaultFindings = 1000

func newReport(most int) *Report {
	if most == 0 {
		most = defaultFindings
	}
	return &Report{Counts: map[vc.Code]int{}, most: most}
}

// note adds a finding with the words of its code, and returns it for what they do not say.
// Without a fix it has that of its code.
func (r *Report) note(at Place, code vc.Code, found, fix string) *vc.Problem {
	p := words.Problem(code, at.String(), found)
	p.Fix = cmp.Or(fix, p.Fix)
	r.Counts[code]++
	if r.most < 0 || r.Counts[code] <= r.most {
		r.Findings = append(r.Findings, p)
	}
	return p
}

// inColumn shows a text of a cell, and what its column is called; either may be "".
func inColumn(text, header string) string {
	if text != "" {
		text = vc.Quote(text)
	}
	if header == "" {
		return text
	}
	return strings.TrimSpace(text + " in column " + vc.Quote(header))
}
