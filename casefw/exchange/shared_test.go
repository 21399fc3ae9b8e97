package exchange_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

// records reads a table in the plainest way, to compare with.
func records(t *testing.T, name string) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(testkit.ReadShared(t, "case/csv/"+name))).ReadAll()
	require.NoError(t, err)
	var out []map[string]string
	for _, line := range all[1:] {
		m := map[string]string{}
		for i, c := range line {
			m[all[0][i]] = c
		}
		out = append(out, m)
	}
	return out
}

func readShared(t *testing.T, name string) (*casefw.Framework, *exchange.Report) {
	t.Helper()
	return read(t, string(testkit.ReadShared(t, "case/csv/"+name)))
}

func TestOpenSALTExport(t *testing.T) {
	f, report := readShared(t, "opensalt-ccsso_ela_item.csv")
	lines := records(t, "opensalt-ccsso_ela_item.csv")
	require.Equal(t, len(lines), f.Len())
	levels := map[string]string{}
	for _, m := range lines {
		levels[m["identifier"]] = m["smartLevel"]
	}
	for i, m := range lines {
		item := f.At(i)
		require.Equal(t, m["identifier"], item.Identifier())
		require.Equal(t, m["fullStatement"], item.Statement())
		require.Equal(t, m["humanCodingScheme"], item.Code())
		require.Equal(t, m["listEnumeration"], item.ListEnumeration())
		require.Equal(t, m["educationLevel"], strings.Join(item.EducationLevels(), ","))
		require.Equal(t, m["CFItemType"], item.Type())
		require.Equal(t, strings.Count(m["smartLevel"], ".")+1, item.Depth())
		above := m["smartLevel"]
		for p := range item.Parents() {
			require.Equal(t, above[:strings.LastIndexByte(above, '.')], levels[p.Identifier()])
		}
	}
	require.False(t, report.Has(exchange.CodeLevelGap))
	require.False(t, report.Has(exchange.CodeIdentifierMade) && report.Counts[exchange.CodeIdentifierMade] > 1) // the document's alone
}

func TestOpenSALTSamples(t *testing.T) {
	f, _ := readShared(t, "opensalt-children.csv")
	require.Equal(t, "A.B\n A.B.C\n  A.B.C.L\n A.B.D\n", tree(f))

	f, report := readShared(t, "opensalt-sample_case.csv")
	require.Equal(t, "M\n M.F\n  M.F.1-2\n   M.F.1-2.S1\n   M.F.1-2.S1a\n   M.F.1-2.S1b\n  M.F.C2\n   M.F.C2.S1\n M.E\n  M.E.C1\n",
		strings.ReplaceAll(tree(f), "    M.F", "   M.F"))
	require.Equal(t, 2, report.Counts[exchange.CodeUnresolved])

	f, _ = readShared(t, "opensalt-sequenceNumber.csv")
	require.Equal(t, "B\nA\n", tree(f))

	f, _ = readShared(t, "opensalt-test_items.csv")
	require.Equal(t, len(records(t, "opensalt-test_items.csv")), f.Len())
	require.Equal(t, "Standard", f.At(0).Type())
}

func TestCompeito(t *testing.T) {
	p, report, err := exchange.Read(context.Background(), exchange.Tables{
		Items:   bytes.NewReader(testkit.ReadShared(t, "case/csv/compeito-items.csv")),
		Rubrics: bytes.NewReader(testkit.ReadShared(t, "case/csv/compeito-rubrics.csv")),
	}, options)
	require.NoError(t, err)
	f := casefw.NewFramework(p)
	require.Equal(t, "4f3c6a12-e83b-4654-b7ce-1738552191e4", f.Document().Identifier)
	require.Equal(t, []string{"情報科学", "データサイエンス", "ソフトウェア工学"}, f.Document().Subject)
	require.Equal(t, "2025-04-01", f.Document().StatusStartDate)
	item, ok := f.FindText("10000000-0000-0000-0000-000000000024")
	require.True(t, ok)
	require.Equal(t, []string{"設計パターン", "リファクタリング"}, item.Keywords())
	require.Equal(t, "SE SE-A SE-A-2", codesOf(item.Path()))
	require.Len(t, f.Rubrics(), 2)
	require.Len(t, f.Rubrics()[0].CFRubricCriteria, 4)
	require.Len(t, f.Rubrics()[0].CFRubricCriteria[0].CFRubricCriterionLevels, 4)
	require.NotEmpty(t, f.RubricsOf(item))
	require.Empty(t, report.Findings)
}

func codesOf(items []casefw.Item) string {
	var all []string
	for _, i := range items {
		all = append(all, i.Code())
	}
	return strings.Join(all, " ")
}

// Every published framework comes back from its own tables with the same items,
// the same tree and the same associations.
func TestRoundTripOfPublishedFrameworks(t *testing.T) {
	for _, name := range []string{"act-holistic-math", "ccss-math-2010", "ngss-science-2013", "opencase-university-with-rubrics",
		"sbac-math-content-spec", "sbac-webb-dok"} {
		t.Run(name, func(t *testing.T) {
			f, _, err := casefw.LoadBytes(testkit.ReadShared(t, "case/packages/real/"+name+".json"), casefw.Options{})
			require.NoError(t, err)
			same(t, f, again(t, f))
		})
	}
}

// again writes a framework as tables and reads it.
func again(t testing.TB, f *casefw.Framework) *casefw.Framework {
	t.Helper()
	var d, i, a, r bytes.Buffer
	out := exchange.Outputs{Document: &d, Items: &i, Associations: &a, Rubrics: &r}
	_, err := exchange.Write(context.Background(), out, f, exchange.WriteOptions{})
	require.NoError(t, err)
	p, _, err := exchange.Read(context.Background(), exchange.Tables{Document: &d, Items: &i, Associations: &a, Rubrics: &r}, options)
	require.NoError(t, err)
	return casefw.NewFramework(p)
}

func same(t testing.TB, want, got *casefw.Framework) {
	t.Helper()
	require.Equal(t, want.Document().Identifier, got.Document().Identifier)
	require.Equal(t, want.Document().Title, got.Document().Title)
	require.Equal(t, want.Len(), got.Len())
	byName := map[string]casefw.Item{} // identifiers stand twice in some
	for item := range got.Items() {
		byName[item.Identifier()+" "+item.Code()] = item
	}
	for item := range want.Items() {
		if item.GUID().IsZero() {
			continue // it has another identifier now
		}
		other, ok := byName[item.Identifier()+" "+strings.TrimSpace(item.Code())]
		require.True(t, ok, item.Identifier())
		require.Equal(t, normal(item.Statement()), normal(other.Statement()))
		require.Equal(t, strings.TrimSpace(item.Code()), other.Code())
		require.Equal(t, item.URI(), other.URI())
		require.Equal(t, strings.TrimSpace(item.Type()), other.Type())
		require.Equal(t, codesOf(item.Path()), codesOf(other.Path()))
	}
	links := linksOf(got)
	for link := range linksOf(want) {
		require.True(t, links[link], link)
		delete(links, link)
	}
	for link := range links { // roots without parent are children of the document now
		require.Contains(t, link, "isChildOf ")
		require.Contains(t, link, " "+want.Document().Identifier+" ")
	}
	require.Len(t, got.Rubrics(), len(want.Rubrics()))
}

// normal writes line ends as CSV does.
func normal(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

func linksOf(f *casefw.Framework) map[string]bool {
	all := map[string]bool{}
	for a := range f.Associations() {
		r := a.Record()
		n := ""
		if s, ok := a.Sequence(); ok {
			n = string(rune('0' + s%1000))
		}
		all[strings.Join([]string{string(r.AssociationType), r.OriginNodeURI.Identifier, r.DestinationNodeURI.Identifier, n}, " ")] = true
	}
	return all
}
