package exchange_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// A guess from a code gives way to what the table states, and both items stay.
func TestAGuessClosesNoCircle(t *testing.T) {
	f, report := read(t, "fullStatement,code,isChildOf\nGroup,A,A.1\nPart,A.1,\n")
	require.Equal(t, "A.1\n A\n", tree(f))
	require.True(t, report.Has(exchange.CodeParentCircle))

	p, report, err := exchange.Read(context.Background(), exchange.Tables{Items: strings.NewReader("fullStatement,code\nGroup,A\nPart,A.1\nOther,A.2\n"),
		Associations: strings.NewReader("originNodeHumanCodingScheme,associationType,destinationNodeHumanCodingScheme\nA,isChildOf,A.1\n")}, options)
	require.NoError(t, err)
	require.Equal(t, "A.1\n A\n  A.2\n", tree(casefw.NewFramework(p)))
	require.True(t, report.Has(exchange.CodeParentCircle))
}

// Whatever parents lines name, each item is in the tree or a note says that it is not.
func TestEachItemIsInTheTree(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		n := 1 + r.IntN(9)
		var items, links strings.Builder
		column := []string{"parent", "isChildOf", "smartLevel"}[r.IntN(3)]
		items.WriteString("identifier,fullStatement,code," + column + "\n")
		links.WriteString("originNodeIdentifier,associationType,destinationNodeIdentifier\n")
		id := func(i int) string { return fmt.Sprintf("11111111-1111-4111-8111-%012d", i) }
		codes := []string{"A", "A.1", "A.1.2", "B", "B.1", "", "A"}
		for i := range n {
			above := ""
			if r.IntN(4) > 0 {
				above = id(r.IntN(n))
			}
			if column == "smartLevel" {
				above = []string{"", "1", "1.1", "1.1.1", "2", "2.1", "1.10"}[r.IntN(7)]
			}
			fmt.Fprintf(&items, "%s,S%d,%s,%s\n", id(i), i, codes[r.IntN(len(codes))], above)
			if r.IntN(6) == 0 {
				fmt.Fprintf(&links, "%s,isChildOf,%s\n", id(i), id(r.IntN(n)))
			}
		}
		in := exchange.Tables{Items: strings.NewReader(items.String())}
		if r.IntN(2) == 0 {
			in.Associations = strings.NewReader(links.String())
		}
		p, report, err := exchange.Read(context.Background(), in, options)
		require.NoError(t, err)
		f := casefw.NewFramework(p)
		require.Equal(t, n, f.Len())
		in2 := 0
		for range f.Tree() {
			in2++
		}
		require.Equal(t, n, in2+report.Counts[exchange.CodeOutsideTree], "%s\n%s\n%v", items.String(), links.String(), report.Findings)
		if in.Associations == nil {
			require.Equal(t, n, in2)
		}
	}
}

// Two associations that say the same are two associations, and a note says so.
func TestRepeatedAssociationsAreKept(t *testing.T) {
	const one, two = "11111111-1111-4111-8111-111111111111", "11111111-1111-4111-8111-111111111112"
	p, report, err := exchange.Read(context.Background(), exchange.Tables{
		Items: strings.NewReader("identifier,fullStatement\n" + one + ",S\n" + two + ",T\n"),
		Associations: strings.NewReader("identifier,originNodeIdentifier,associationType,destinationNodeIdentifier\n" +
			"21111111-1111-4111-8111-111111111111," + one + ",isPeerOf," + two + "\n" +
			"21111111-1111-4111-8111-111111111112," + one + ",isPeerOf," + two + "\n" +
			"21111111-1111-4111-8111-111111111112," + two + ",isPeerOf," + one + "\n"),
	}, options)
	require.NoError(t, err)
	n := 0
	for _, a := range p.CFAssociations {
		if a.AssociationType == casefw.IsPeerOf {
			n++
		}
	}
	require.Equal(t, 3, n)
	require.Equal(t, 1, report.Counts[exchange.CodeDuplicateLink])
	require.Equal(t, 1, report.Counts[exchange.CodeDuplicateIdentifier])
}

// A spreadsheet takes 1.10 for a number and writes 1.1: the items stay in their order,
// with their children.
func TestShortenedLevels(t *testing.T) {
	var want, table strings.Builder
	table.WriteString("fullStatement,smartLevel\nTop,1\n")
	want.WriteString("Top\n")
	for i := 1; i <= 120; i++ {
		level := strings.TrimRight(fmt.Sprintf("1.%d", i), "0")
		fmt.Fprintf(&table, "S%d,%s\nChild of S%d,1.%d.1\n", i, level, i, i)
		fmt.Fprintf(&want, " S%d\n  Child of S%d\n", i, i)
	}
	f, report := read(t, table.String())
	require.Equal(t, want.String(), tree(f))
	require.Equal(t, 12, report.Counts[exchange.CodeLevelShortened])
	require.False(t, report.Has(exchange.CodeLevelRepeated))
	require.False(t, report.Has(exchange.CodeLevelGap))

	// A level that stands twice for another reason: the lines decide.
	f, report = read(t, "fullStatement,smartLevel\nTop,1\nB,1.2\nA,1.1\nC,1.2\nunder C,1.2.1\n")
	require.Equal(t, "Top\n B\n A\n C\n  under C\n", tree(f))
	require.True(t, report.Has(exchange.CodeLevelRepeated))
	require.True(t, report.Has(exchange.CodeLevelOrder))

	// Levels in the order of texts are shortened by nobody.
	f, report = read(t, "fullStatement,smartLevel\nTop,1\nA,1.1\nJ,1.10\nK,1.11\nB,1.2\nC,1.3\n")
	require.Equal(t, "Top\n A\n B\n C\n J\n K\n", tree(f))
	require.False(t, report.Has(exchange.CodeLevelShortened))
	require.True(t, report.Has(exchange.CodeLevelOrder))
}

// Where the table of associations hangs an item elsewhere than its level says, the
// associations are taken and a note says so.
func TestTheTableOfAssociationsIsTheTree(t *testing.T) {
	const one, two = "11111111-1111-4111-8111-111111111111", "11111111-1111-4111-8111-111111111112"
	p, report, err := exchange.Read(context.Background(), exchange.Tables{
		Items: strings.NewReader("identifier,fullStatement,smartLevel\n" + one + ",S,1\n" + two + ",T,2\n"),
		Associations: strings.NewReader("originNodeIdentifier,associationType,destinationNodeIdentifier\n" +
			two + ",isChildOf," + one + "\n"),
	}, options)
	require.NoError(t, err)
	require.Equal(t, "S\n T\n", tree(casefw.NewFramework(p)))
	require.Equal(t, 1, report.Counts[exchange.CodeTreeDiffers])
}

// chain is a framework of items each below the one before.
func chain(n int) *casefw.Framework {
	p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Title: "Test", Identifier: "11111111-1111-4111-8111-111111111110"}}
	id := func(i int) string { return fmt.Sprintf("11111111-1111-4111-8111-%012d", i) }
	above := p.CFDocument.Identifier
	for i := range n {
		p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: id(1000 + i), FullStatement: "S", URI: vc.IRI("urn:uuid:" + id(1000+i))})
		p.CFAssociations = append(p.CFAssociations, casefw.CFAssociation{Identifier: id(1000_000 + i), AssociationType: casefw.IsChildOf,
			OriginNodeURI:      &casefw.LinkGenURI{Title: "S", Identifier: id(1000 + i), URI: vc.IRI("urn:uuid:" + id(1000+i))},
			DestinationNodeURI: &casefw.LinkGenURI{Title: "S", Identifier: above, URI: vc.IRI("urn:uuid:" + above)}})
		above = id(1000 + i)
	}
	return casefw.NewFramework(p)
}

// What is written of a chain grows with its length, and comes back.
func TestDeepTrees(t *testing.T) {
	size := func(n int) int {
		f := chain(n)
		for _, c := range []form{forms[0], forms[3]} {
			got, written, _ := c.round(t, f, exchange.WriteOptions{})
			require.Equal(t, outline(f), outline(got), c.name)
			require.True(t, written.Has(exchange.CodeDeepTree))
		}
		var b bytes.Buffer
		_, err := exchange.WriteItems(context.Background(), &b, f, exchange.WriteOptions{})
		require.NoError(t, err)
		return b.Len()
	}
	small, large := size(500), size(2500)
	require.Less(t, large, 6*small)
	if testkit.Race {
		return
	}
	f := chain(30_000)
	var text string
	allocated := testkit.Allocated(func() { text, _ = write(t, f, exchange.WriteOptions{}) })
	require.Less(t, len(text), 8<<20)
	require.Less(t, allocated, uint64(512<<20))
	o := options
	o.MaxMemory = 256 << 20
	p, _, err := exchange.ReadItems(context.Background(), strings.NewReader(text), o)
	require.NoError(t, err)
	require.Equal(t, 30_000, casefw.NewFramework(p).At(29_999).Depth())
}
