package exchange

import "github.com/laurel-edu/laurel/vc"

const (
	ours    = vc.TypeLaurel // W3C, which defines the types, has none for tables
	warning = vc.SeverityWarning
	advice  = vc.SeverityAdvice

	keptAsExtension = "kept as an extension"
	saveAsCSV       = "save each sheet as CSV UTF-8; what Excel calls CSV is Windows-1252"
)

// words are what each code says. A fix is what was taken instead, else what to do.
var words = vc.Words{
	CodeNotCSV:  {Type: ours, Message: "the table is not CSV", Fix: saveAsCSV, Spec: "RFC 4180"},
	CodeNotUTF8: {Type: ours, Message: "the table is not UTF-8", Fix: saveAsCSV},
	CodeTooLarge: {
		Type: ours, Message: "the table is larger than a limit", Fix: "raise the limit of Options if tables this large are wanted",
	},
	CodeNoHeader: {
		Type: ours, Message: "the table has no line with names of columns",
		Fix: "begin the table with names such as identifier,fullStatement,humanCodingScheme",
	},
	CodeNoStatements: {
		Type: ours, Message: "no column is named fullStatement", Fix: "give the column with the texts of the items this name",
	},
	CodeBadOptions: {Type: ours, Message: "the call lacks what it reads or writes", Fix: "give it that"},

	CodeEmptyTable:   {Type: ours, Severity: warning, Message: "the table has no items", Fix: "add a line for each item"},
	CodeUnknownValue: {Type: ours, Severity: warning, Message: "the word is none of those allowed", Fix: "kept as it is"},
	CodeNotExported:  {Type: ours, Severity: warning, Message: "the tables have no place for it", Fix: "left out"},
	CodeNoTerm:       {Type: ours, Severity: warning, Message: "CTDL-ASN has no term for it", Fix: "left out"},

	CodeColumnKept:     {Type: ours, Severity: advice, Message: "CASE has no member of this name", Fix: keptAsExtension},
	CodeColumnRepeated: {Type: ours, Severity: warning, Message: "a column before has the same meaning", Fix: keptAsExtension},
	CodeCellWithoutColumn: {
		Type: ours, Severity: warning, Message: "the line is longer than the header", Fix: "the cell is kept as an extension",
	},
	CodeFormulaCell: {
		Type: ours, Severity: advice, Message: "a spreadsheet would take the cell for a formula", Fix: "kept as it is",
	},
	CodeBadNumber: {Type: ours, Severity: warning, Message: "the cell holds no such number", Fix: keptAsExtension},
	CodeBadJSON: {
		Type: ours, Severity: warning, Message: "the cell of what others cannot hold is no JSON of the record",
		Fix: "the other cells are taken, the text kept as an extension",
	},
	CodeCellEdited: {
		Type: ours, Severity: advice, Message: "the cell says otherwise than the column " + string(fieldJSON), Fix: "the cell is taken",
	},
	CodeBadDateTime: {
		Type: ours, Severity: warning, Message: "the cell holds no date-time",
		Fix: "the time of reading is taken, the text kept as an extension",
	},
	CodeTextWithoutItem: {
		Type: ours, Severity: warning, Message: "the line has no statement", Fix: "the item is kept without one; add it",
	},

	CodeIdentifierMade:      {Type: ours, Severity: advice, Message: "the line has no UUID for identifier", Fix: "one is made"},
	CodeDuplicateIdentifier: {Type: ours, Severity: warning, Message: "another line has the same identifier", Fix: "both lines are kept"},
	CodeAmbiguousCode: {
		Type: ours, Severity: warning, Message: "several items have the code that is referred to", Fix: "the first is taken",
	},
	CodeUnresolved: {
		Type: ours, Severity: warning, Message: "no line has the identifier or code",
		Fix: "the link is kept with the code for its target",
	},
	CodeParentUnknown: {
		Type: ours, Severity: warning, Message: "no line has the identifier or code of the parent",
		Fix: "the item is put under the document",
	},
	CodeParentFromCode: {
		Type: ours, Severity: advice, Message: "the table names no parent", Fix: "the item with the longest code before a dot is taken",
	},
	CodeSelfParent: {
		Type: ours, Severity: warning, Message: "the item is its own parent", Fix: "the item is put under the document",
	},
	CodeParentCircle: {
		Type: ours, Severity: warning, Message: "the parents of the item lead back to it", Fix: "the item is put under the document",
	},
	CodeTreeDiffers: {
		Type: ours, Severity: warning, Message: "the table of associations hangs the item elsewhere", Fix: "the associations are taken",
	},
	CodeLevelShortened: {
		Type: ours, Severity: warning, Message: "a spreadsheet took the level for a number and left its last zeros out",
		Fix: "the zeros are added",
	},
	CodeLevelRepeated: {
		Type: ours, Severity: warning, Message: "another line has the same level", Fix: "the order of the lines is taken",
	},
	CodeLevelOrder: {
		Type: ours, Severity: advice, Message: "the levels are in another order than the lines", Fix: "the order of the levels is taken",
	},
	CodeDeepTree: {
		Type: ours, Severity: advice, Message: "the tree is deeper than smartLevel is written",
		Fix: "written with the identifier of the parent instead",
	},
	CodeLevelGap: {
		Type: ours, Severity: warning, Message: "no line has the level above", Fix: "the item is put under the next one above",
	},
	CodeDuplicateLink: {Type: ours, Severity: advice, Message: "the item has the link twice", Fix: "taken once"},
	CodeOutsideTree: {
		Type: ours, Severity: warning, Message: "no link of the tree leads to the item", Fix: "written without smartLevel",
	},
}
