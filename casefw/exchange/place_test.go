package exchange_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

func ExamplePlaceOf() {
	table := "fullStatement,sequenceNumber\nCheck a bicycle,first\n"
	_, report, err := exchange.ReadItems(context.Background(), strings.NewReader(table), options)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range vc.Warnings(report.Findings) {
		if at, ok := exchange.PlaceOf(p); ok && at.Line > 0 {
			fmt.Printf("%s\n%s, line %d, column %d\n", p.Pointer, at.Table, at.Line, at.Column)
		}
	}
	// Output:
	// CF Item:2:17
	// CF Item, line 2, column 17
}

// What is written as a pointer is read back, and no other text is a place.
func TestPlacesComeBack(t *testing.T) {
	for _, table := range []exchange.Table{exchange.Document, exchange.Items, exchange.Associations, exchange.Rubrics} {
		for _, at := range []exchange.Place{{Table: table}, {Table: table, Line: 4}, {Table: table, Line: 4, Column: 17},
			{Table: table, Line: 200_000, Column: 1 << 30}} {
			got, ok := exchange.PlaceOf(&vc.Problem{Code: "c", Pointer: at.String()})
			require.True(t, ok, at)
			require.Equal(t, at, got)
		}
	}
	require.Equal(t, "CF Item:4:17", exchange.Place{Table: exchange.Items, Line: 4, Column: 17}.String())
	for _, pointer := range []string{"", "/CFItems/0", "/CF Item:4", "CF Items:4", "CF Item:", "CF Item:0", "CF Item:4:", "CF Item:4:0", "CF Item:04",
		"CF Item:-4", "CF Item:+4", "CF Item:4:17:1", "CF Item:x", "CF Item::17", ":4:17", "cf item:4", "CF Item:99999999999999999999"} {
		at, ok := exchange.PlaceOf(&vc.Problem{Code: "c", Pointer: pointer})
		require.False(t, ok, pointer)
		require.Zero(t, at, pointer)
	}
	_, ok := exchange.PlaceOf(nil)
	require.False(t, ok)
}

// A finding says the value and what its column is called, as they stood.
func TestFindingsSayWhatStoodThere(t *testing.T) {
	const one = "11111111-1111-4111-8111-111111111111"
	for name, c := range map[string]struct {
		tables exchange.Tables
		want   vc.Problem
	}{
		"a reference": {exchange.Tables{Items: strings.NewReader("fullStatement,Parent Code\nS,Z\n")}, vc.Problem{
			Code: exchange.CodeParentUnknown, Severity: vc.SeverityWarning, Pointer: "CF Item:2:3", Found: `"Z" in column "Parent Code"`,
			Message: "no line has the identifier or code of the parent", Fix: "the item is put under the document"}},
		"a number": {exchange.Tables{Items: strings.NewReader("fullStatement,Sequence\nS,first\n")}, vc.Problem{
			Code: exchange.CodeBadNumber, Severity: vc.SeverityWarning, Pointer: "CF Item:2:3", Found: `"first" in column "Sequence"`,
			Message: "the cell holds no such number", Expected: "a whole number", Fix: "kept as an extension"}},
		"a column": {exchange.Tables{Items: strings.NewReader("fullStatement,Depth\nS,3\n")}, vc.Problem{
			Code: exchange.CodeColumnKept, Severity: vc.SeverityAdvice, Pointer: "CF Item:1:15", Found: `in column "Depth"`,
			Message: "CASE has no member of this name", Fix: "kept as an extension"}},
		"a line": {exchange.Tables{Items: strings.NewReader("identifier,fullStatement\n" + one + ",a\n" + one + ",b\n")}, vc.Problem{
			Code: exchange.CodeDuplicateIdentifier, Severity: vc.SeverityWarning, Pointer: "CF Item:3", Found: "that of line 2",
			Message: "another line has the same identifier", Fix: "both lines are kept"}},
		"a date": {exchange.Tables{Items: strings.NewReader("fullStatement,lastChange\nS,2017-08-23 23:48:01\n")}, vc.Problem{
			Code: exchange.CodeBadDateTime, Severity: vc.SeverityAdvice, Pointer: "CF Item:2:3",
			Found: `"2017-08-23 23:48:01" in column "lastChange"`, Fix: "read as 2017-08-23T23:48:01Z",
			Message: "the date-time has no offset or another form than RFC 3339"}},
		"another table": {exchange.Tables{Items: strings.NewReader("fullStatement,code\nS,A\n"), Associations: strings.NewReader(
			"originNodeHumanCodingScheme,associationType,destinationNodeHumanCodingScheme\nA,isRelatedTo,Q\n")}, vc.Problem{
			Code: exchange.CodeUnresolved, Severity: vc.SeverityWarning, Pointer: "CF Association:2:15",
			Found: `"Q" in column "destinationNodeHumanCodingScheme"`, Message: "no line has the identifier or code",
			Fix: "the link is kept with the code for its target"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, report, err := exchange.Read(context.Background(), c.tables, options)
			require.NoError(t, err)
			c.want.Type = vc.TypeLaurel
			require.Contains(t, report.Findings, &c.want)
		})
	}
}

// As many findings of a code are kept as was asked for, and all are counted.
func TestFindingsAreBounded(t *testing.T) {
	table := "fullStatement,code,parent\n" + strings.Repeat("S,A,Z\n", 50)
	for most, kept := range map[int]int{7: 7, 0: 50, -1: 50} {
		o := options
		o.MaxFindings = most
		_, report, err := exchange.ReadItems(context.Background(), strings.NewReader(table), o)
		require.NoError(t, err)
		n := 0
		for _, p := range report.Findings {
			if p.Code == exchange.CodeParentUnknown {
				n++
			}
		}
		require.Equal(t, kept, n)
		require.Equal(t, 50, report.Counts[exchange.CodeParentUnknown])
	}
}
