package codes_test

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// table is a row about a table of items, lines of which are parted by "|".
func table(code vc.Code, input, items string) row {
	return row{code, "a table of items " + input, func(*desk) []*vc.Problem { return tables(exchange.Options{}, "", items, "", "") }}
}

// limited is table with options.
func limited(code vc.Code, input, items string, o exchange.Options) row {
	return row{code, "a table of items " + input, func(*desk) []*vc.Problem { return tables(o, "", items, "", "") }}
}

// besides is a row about another table than that of items, which is good.
func besides(code vc.Code, input, document, associations, rubrics string) row {
	return row{code, input, func(*desk) []*vc.Problem {
		return tables(exchange.Options{}, document, goodItems, associations, rubrics)
	}}
}

const goodItems = "identifier,fullStatement,humanCodingScheme,parent|" + idB + ",Dough,B,|" + idB1 + ",Mixes a dough,B.1,B"

// tables reads what is given of the tables, for a framework that has an identifier.
func tables(o exchange.Options, document, items, associations, rubrics string) []*vc.Problem {
	reader := func(text string) io.Reader {
		if text == "" {
			return nil
		}
		return strings.NewReader(strings.ReplaceAll(text, "|", "\n"))
	}
	o.Now, o.Document.Title = testkit.Clock, "Baker's craft"
	if document == "" {
		o.Document.Identifier = idNone
	}
	in := exchange.Tables{Document: reader(document), Items: reader(items), Associations: reader(associations), Rubrics: reader(rubrics)}
	_, report, err := exchange.Read(context.Background(), in, o)
	return append(of(err), report.Findings...)
}

// written is a row about the framework as tables.
func written(code vc.Code, input string, o exchange.WriteOptions, edits ...string) row {
	return row{code, input + ", written as one table", func(d *desk) []*vc.Problem {
		report, err := exchange.WriteItems(context.Background(), io.Discard, d.framework(edits...), o)
		return append(of(err), report.Findings...)
	}}
}

// inCTDL is a row about the framework in CTDL-ASN.
func inCTDL(input string, edits ...string) row {
	return row{exchange.CodeNoTerm, input + ", written in CTDL-ASN", func(d *desk) []*vc.Problem {
		report, err := exchange.WriteCTDLASN(context.Background(), io.Discard, d.framework(edits...), exchange.CTDLASNOptions{})
		return append(of(err), report.Findings...)
	}}
}

// levels are lines of the levels 1.1 to 1.n.
func levels(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "|Step %d,1.%d", i+1, i+1)
	}
	return b.String()
}

// chain is a framework of n items each below the one before.
func (d *desk) chain(n int) *casefw.Framework {
	d.t.Helper()
	var b strings.Builder
	b.WriteString("fullStatement,code,parent\n")
	for i := range n {
		fmt.Fprintf(&b, "Step,c%d,c%d\n", i+1, i)
	}
	p, _, err := exchange.ReadItems(context.Background(), strings.NewReader(b.String()), exchange.Options{Now: testkit.Clock})
	require.NoError(d.t, err)
	return casefw.NewFramework(p)
}

var caseTableRows = []row{
	table(exchange.CodeNotCSV, "that is a workbook", "PK\x03\x04"),
	table(exchange.CodeNotCSV, "with a quote in a cell", `identifier,fullStatement|`+idB+`,"a "deck" oven"`),
	table(exchange.CodeNotUTF8, "in UTF-16", "\xff\xfei\x00d\x00"),
	table(exchange.CodeNotUTF8, "in Windows-1252", "identifier,fullStatement|"+idB+",\xd6fen"),
	limited(exchange.CodeTooLarge, "of more lines than MaxRows", goodItems, exchange.Options{MaxRows: 2}),
	limited(exchange.CodeTooLarge, "of more columns than MaxColumns", goodItems, exchange.Options{MaxColumns: 3}),
	limited(exchange.CodeTooLarge, "with a longer cell than MaxCell", goodItems, exchange.Options{MaxCell: 20}),
	limited(exchange.CodeTooLarge, "longer than MaxBytes", goodItems, exchange.Options{MaxBytes: 40}),
	table(exchange.CodeNoHeader, "of blank lines", ",,|,,"),
	table(exchange.CodeNoHeader, "without header", idB+",Dough,B"),
	table(exchange.CodeNoStatements, "without statements", "identifier,humanCodingScheme|"+idB+",B"),
	{exchange.CodeBadOptions, "to read without a table of items", func(*desk) []*vc.Problem {
		return tables(exchange.Options{}, "", "", "", "")
	}},
	{exchange.CodeBadOptions, "to write without a framework", func(*desk) []*vc.Problem {
		_, err := exchange.WriteItems(context.Background(), io.Discard, nil, exchange.WriteOptions{})
		return of(err)
	}},
	{exchange.CodeBadOptions, "to write without a place for items", func(d *desk) []*vc.Problem {
		_, err := exchange.Write(context.Background(), exchange.Outputs{}, d.framework(), exchange.WriteOptions{})
		return of(err)
	}},
	table(exchange.CodeEmptyTable, "with a header alone", "identifier,fullStatement"),
	besides(exchange.CodeUnknownValue, "a table of associations with another type", "",
		"originNodeIdentifier,associationType,destinationNodeIdentifier|"+idB+",isCousinOf,"+idB1, ""),
	besides(exchange.CodeUnknownValue, "a table of rubrics with a line of another kind", "", "",
		"type,identifier,title|Scale,"+idO+",A loaf"),

	table(exchange.CodeColumnKept, "with a column of its own", "identifier,fullStatement,colour|"+idB+",Dough,brown"),
	besides(exchange.CodeColumnKept, "a table of rubrics with a score of a rubric", "", "",
		"type,identifier,title,score|Rubric,"+idO+",A loaf,3"),
	table(exchange.CodeColumnKept, "with a line about the framework of its own", "#colour,brown|identifier,fullStatement|"+idB+",Dough"),
	table(exchange.CodeColumnRepeated, "with a code twice", "identifier,fullStatement,code,humanCodingScheme|"+idB+",Dough,B,B"),
	table(exchange.CodeCellWithoutColumn, "with a line of three cells below a header of two",
		"identifier,fullStatement|"+idB+",Dough,brown"),
	besides(exchange.CodeCellWithoutColumn, "a table of the document with two lines",
		"identifier,title|"+idNone+",Craft|"+idO+",Trade", "", ""),
	table(exchange.CodeFormulaCell, "with a formula", `identifier,fullStatement|`+idB+`,=1+1`),
	written(exchange.CodeFormulaCell, "a statement that begins with =", exchange.WriteOptions{}, itemB+`/fullStatement = "=1+1"`),
	written(exchange.CodeFormulaCell, "a statement that begins with =, with FlagFormulas",
		exchange.WriteOptions{Formulas: exchange.FlagFormulas}, itemB+`/fullStatement = "=1+1"`),
	table(exchange.CodeBadNumber, "with a place that is no number", "identifier,fullStatement,sequenceNumber|"+idB+",Dough,first"),
	besides(exchange.CodeBadNumber, "a table of rubrics with a score that is no number", "", "",
		"type,identifier,title,score,rubricIdentifier,criterionIdentifier|Rubric,"+idO+",A loaf|Criterion,"+idO1+",,,"+idO+
			"|Level,"+idO2015+",,good,,"+idO1),
	table(exchange.CodeBadDateTime, "with a date-time without offset",
		"identifier,fullStatement,lastChangeDateTime|"+idB+",Dough,2025-05-05 08:00"),
	table(exchange.CodeBadDateTime, "with a date-time that is none", "identifier,fullStatement,lastChangeDateTime|"+idB+",Dough,last May"),
	table(exchange.CodeBadJSON, "with a CASE JSON that is none", "identifier,fullStatement,CASE JSON|"+idB+",Dough,{"),
	table(exchange.CodeCellEdited, "with a cell that was edited since it was written",
		"identifier,fullStatement,notes,CASE JSON|"+idB+`,Dough,new,"{""notes"":""old""}"`),
	table(exchange.CodeTextWithoutItem, "with a line without statement", "identifier,fullStatement,humanCodingScheme|"+idB+",,B"),
	table(exchange.CodeTextWithoutItem, "with a line of an identifier alone", "identifier,fullStatement|"+idB+","),

	table(exchange.CodeIdentifierMade, "without identifiers", "fullStatement,humanCodingScheme|Dough,B"),
	table(exchange.CodeIdentifierMade, "with a number for identifier", "identifier,fullStatement|17,Dough"),
	besides(exchange.CodeIdentifierMade, "a table of the document without identifier", "title,creator|Craft,Guild", "", ""),
	besides(exchange.CodeIdentifierMade, "a table of the document with a number for identifier", "identifier,title|17,Craft", "", ""),
	besides(exchange.CodeIdentifierMade, "a table of associations with a number for identifier", "",
		"identifier,originNodeIdentifier,associationType,destinationNodeIdentifier|17,"+idB+",isPeerOf,"+idB1, ""),
	besides(exchange.CodeIdentifierMade, "a table of rubrics without identifier", "", "", "type,title|Rubric,A loaf"),
	table(exchange.CodeDuplicateIdentifier, "with an identifier twice", "identifier,fullStatement|"+idB+",Dough|"+idB+",Doughs"),
	table(exchange.CodeAmbiguousCode, "with a parent whose code two have", "identifier,fullStatement,code,parent|"+
		idB+",Dough,B,|"+idO+",Doughs,B,|"+idB1+",Mixes a dough,B.1,B"),
	table(exchange.CodeUnresolved, "with a link to a code that none has", "identifier,fullStatement,isPeerOf|"+idB+",Dough,Z.9"),
	besides(exchange.CodeUnresolved, "a table of associations with a line without type", "",
		"originNodeIdentifier,associationType,destinationNodeIdentifier|"+idB+",,"+idB1, ""),
	besides(exchange.CodeUnresolved, "a table of rubrics with a criterion of no rubric", "", "",
		"type,identifier,rubricIdentifier|Criterion,"+idO+","+idO1),
	besides(exchange.CodeUnresolved, "a table of rubrics with a criterion of another rubric than the one above", "", "",
		"type,identifier,title,rubricIdentifier|Rubric,"+idO+",A loaf|Criterion,"+idO1+",,"+idNone),
	besides(exchange.CodeUnresolved, "a table of rubrics with a criterion that names no rubric", "", "", "type,identifier|Criterion,"+idO),
	besides(exchange.CodeUnresolved, "a table of rubrics with a criterion for an item that is not there", "", "",
		"type,identifier,title,rubricIdentifier,CFItemIdentifier|Rubric,"+idO+",A loaf|Criterion,"+idO1+",,"+idO+",Z.9"),
	table(exchange.CodeParentUnknown, "with a parent that is not there", "identifier,fullStatement,parent|"+idB+",Dough,Z"),
	table(exchange.CodeParentFromCode, "with dotted codes", "identifier,fullStatement,code|"+idB+",Dough,B|"+idB1+",Mixes a dough,B.1"),
	table(exchange.CodeSelfParent, "with an item below itself", "identifier,fullStatement,code,parent|"+idB+",Dough,B,B"),
	table(exchange.CodeLevelGap, "with a level 1 and a level 1.1.1",
		"identifier,fullStatement,smartLevel|"+idB+",Dough,1|"+idB1+",Mixes a dough,1.1.1"),
	table(exchange.CodeLevelGap, "with a level 2.1 and no 2", "identifier,fullStatement,smartLevel|"+idB1+",Mixes a dough,2.1"),
	table(exchange.CodeParentCircle, "with two items each below the other",
		"identifier,fullStatement,code,parent|"+idB+",Dough,B,O|"+idO+",Oven,O,B"),
	besides(exchange.CodeTreeDiffers, "a table of associations with another parent than that of items", "",
		"originNodeIdentifier,associationType,destinationNodeIdentifier|"+idB1+",isChildOf,"+idNone, ""),
	table(exchange.CodeLevelShortened, "with 1.1 in place of 1.10", "fullStatement,smartLevel|Dough,1"+levels(9)+"|Step 10,1.1"),
	table(exchange.CodeLevelRepeated, "with a level twice", "identifier,fullStatement,smartLevel|"+idB+",Dough,1|"+idO+",Oven,1"),
	table(exchange.CodeLevelOrder, "with level 2 before level 1", "identifier,fullStatement,smartLevel|"+idB+",Dough,2|"+idO+",Oven,1"),
	{exchange.CodeDeepTree, "a framework of 70 items each below the one before, written as one table", func(d *desk) []*vc.Problem {
		report, err := exchange.WriteItems(context.Background(), io.Discard, d.chain(70), exchange.WriteOptions{})
		return append(of(err), report.Findings...)
	}},
	besides(exchange.CodeDuplicateLink, "a table of associations with a link twice", "",
		"originNodeIdentifier,associationType,destinationNodeIdentifier|"+idB+",isPeerOf,"+idB1+"|"+idB+",isPeerOf,"+idB1, ""),
	table(exchange.CodeDuplicateLink, "with a link twice", "identifier,fullStatement,code,isPeerOf|"+idB+",Dough,B,O;O|"+idO+",Oven,O,"),

	written(exchange.CodeNotExported, "the framework", exchange.WriteOptions{}),
	written(exchange.CodeNotExported, "the framework with a bar in a keyword",
		exchange.WriteOptions{}, itemB1+`/conceptKeywords/0 = "a|b"`),
	written(exchange.CodeOutsideTree, "the framework without the place of B", exchange.WriteOptions{}, linkB),
	written(exchange.CodeOutsideTree, "the framework with an item in a circle", exchange.WriteOptions{}, linkB,
		`/CFAssociations/- = `+tie("isChildOf", idB, idB1)),
	inCTDL("the framework"),
}
