package exchange_test

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/laurel-edu/laurel/vc"
)

// A table that somebody kept in a spreadsheet becomes a framework.
func ExampleReadItems() {
	const table = `#title,Bicycle Mechanic
Human Coding Scheme,Full Statement,Parent,Workshop
S,Safety,,
S.1,Check a bicycle for faults,S,2
S.2,Use solvents safely,Z,2
`
	p, report, err := exchange.ReadItems(context.Background(), strings.NewReader(table), exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for item, depth := range casefw.NewFramework(p).Tree() {
		fmt.Printf("%d: %s %q\n", depth, item.Code(), item.Extensions())
	}
	for _, p := range vc.Warnings(report.Findings) {
		if at, ok := exchange.PlaceOf(p); ok && at.Table == exchange.Items {
			fmt.Printf("line %d, column %d: %s, %s; %s\n", at.Line, at.Column, p.Message, p.Found, p.Fix)
		}
	}
	// Output:
	// 1: S ""
	// 2: S.1 "{\"Workshop\":\"2\"}"
	// 1: S.2 "{\"Workshop\":\"2\"}"
	// line 5, column 25: no line has the identifier or code of the parent, "Z" in column "Parent"; the item is put under the document
}

func ExampleWriteItems() {
	p := &casefw.CFPackage{
		CFDocument: &casefw.CFDocument{Title: "Spreadsheets"},
		CFItems:    []casefw.CFItem{{Identifier: "6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1b01", FullStatement: "=SUM(A1) explained"}},
	}
	var table strings.Builder
	if _, err := exchange.WriteItems(context.Background(), &table, casefw.NewFramework(p), exchange.WriteOptions{}); err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range strings.Split(table.String(), "\r\n")[1:2] {
		fmt.Fprintln(os.Stdout, strings.Join(strings.Split(line, ",")[:4], " | "))
	}
	// Output:
	// 6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1b01 | '=SUM(A1) explained |  | 1
}
