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
	CodeBadJSON           vc.Code = "bad-json"    // the column of what cells cannot hold does not hold JSON
	CodeCellEdited        vc.Code = "cell-edited" // a cell was edited since the table was written
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
	CodeParentCircle        vc.Code = "parent-circle"            // the parents of an item lead back to it
	CodeTreeDiffers         vc.Code = "tree-differs"             // another parent than in the table of associations
	CodeLevelGap            vc.Code = "level-gap"                // smartLevel names a parent that no line has
	CodeLevelShortened      vc.Code = "level-shortened"          // 1.10 that a spreadsheet made 1.1
	CodeLevelRepeated       vc.Code = "level-repeated"           // the lines decide the order
	CodeLevelOrder          vc.Code = "level-order"              // the levels are in another order than the lines
	CodeDeepTree            vc.Code = "deep-tree"                // deeper than smartLevel is written
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
	bytes    int        // of what is kept
	spare    vc.Problem // for what is said of a finding that is not kept
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
	if !r.keeps(code) {
		return r.skip(code, false)
	}
	p := words.Problem(code, at.String(), found)
	p.Fix = cmp.Or(fix, p.Fix)
	r.Counts[code]++
	r.bytes += findingBytes + len(p.Found) + len(p.Fix)
	r.Findings = append(r.Findings, p)
	return p
}

// keeps reports whether a further finding of a code is kept.
func (r *Report) keeps(code vc.Code) bool {
	return r.most < 0 || r.Counts[code] < r.most && r.bytes < maxReport
}

// skip counts a finding that is not kept, unless it is wanted not at all.
func (r *Report) skip(code vc.Code, unwanted bool) *vc.Problem {
	if !unwanted {
		r.Counts[code]++
	}
	r.spare = vc.Problem{}
	return &r.spare
}

// A report is bounded as a whole: thousand findings of each code could be more than a
// small table is worth.
const (
	maxReport    = 1 << 20
	findingBytes = 600 // of a finding without what it shows
)

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
