package exchange_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

func write(t testing.TB, f *casefw.Framework, o exchange.WriteOptions) (string, *exchange.Report) {
	t.Helper()
	var b bytes.Buffer
	report, err := exchange.WriteItems(context.Background(), &b, f, o)
	require.NoError(t, err)
	return b.String(), report
}

func TestFormulasAreEscapedAndComeBack(t *testing.T) {
	statements := []string{
		`=HYPERLINK("http://x.example","y")`, "+1 more", "-SUM(A1)", "@cmd", "'=kept", "''=kept", "plain", "-5", "'quoted'", "\t=1",
	}
	p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Title: "Test", Identifier: "11111111-1111-4111-8111-111111111110"}}
	for i, s := range statements {
		id := "11111111-1111-4111-8111-11111111111" + string(rune('a'+i)%6+'0')
		p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: id, FullStatement: s, HumanCodingScheme: string(rune('A' + i))})
	}
	text, report := write(t, casefw.NewFramework(p), exchange.WriteOptions{})
	require.Equal(t, 7, report.Counts[exchange.CodeFormulaCell])
	runsNowhere(t, text)
	f, _ := read(t, text)
	for i, s := range statements {
		require.Equal(t, s, f.At(i).Statement())
	}
	text, report = write(t, casefw.NewFramework(p), exchange.WriteOptions{Formulas: exchange.FlagFormulas})
	require.Contains(t, text, "\n11111111-1111-4111-8111-111111111112,+1 more"[:1])
	require.Contains(t, text, ",+1 more,")
	require.Equal(t, 7, report.Counts[exchange.CodeFormulaCell])
}

func TestOneTableHoldsLinksAndExtensions(t *testing.T) {
	const table = "identifier,fullStatement,humanCodingScheme,smartLevel,exemplar,isRelatedTo,Depth,extension notes\r\n" +
		"11111111-1111-4111-8111-111111111111,S,A,1,https://x.example/1,22222222-2222-4222-8222-222222222222,3,n\r\n" +
		"11111111-1111-4111-8111-111111111112,\"T, and more\",B,1.1,,11111111-1111-4111-8111-111111111111|C.9,,\r\n"
	f, _ := read(t, table)
	text, report := write(t, f, exchange.WriteOptions{Mark: true, Separator: ';'})
	require.True(t, strings.HasPrefix(text, "\xef\xbb\xbfidentifier;"))
	g, _ := read(t, text)
	require.Equal(t, linksOf(f), linksOf(g))
	require.JSONEq(t, `{"Depth":"3","notes":"n"}`, string(g.At(0).Extensions()))
	require.True(t, report.Has(exchange.CodeNotExported))
}

// What cells cannot hold stands in a column of its own; what has no table is noted.
func TestWriteReportsWhatItCannotHold(t *testing.T) {
	p := &casefw.CFPackage{
		CFDocument: &casefw.CFDocument{Title: "Test"},
		CFItems: []casefw.CFItem{{Identifier: "11111111-1111-4111-8111-111111111111", FullStatement: "a", ConceptKeywords: []string{"a|b"},
			Extensions: []byte(`{"n":{"x":1}}`), SubjectURI: []casefw.LinkURI{{Title: "s"}}}},
		CFDefinitions: &casefw.CFDefinition{CFConcepts: []casefw.CFConcept{{Title: "c"}}},
		CFRubrics:     []casefw.CFRubric{{Title: "r"}},
		Extensions:    []byte(`{"a":1}`),
	}
	text, report := write(t, casefw.NewFramework(p), exchange.WriteOptions{})
	var said []string
	for _, p := range report.Findings {
		require.Contains(t, []vc.Code{exchange.CodeNotExported, exchange.CodeOutsideTree}, p.Code)
		said = append(said, p.Error())
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{"concept", "rubric", "document", "extensions of the package"} {
		require.Contains(t, all, want)
	}
	f, _ := read(t, text)
	require.Equal(t, p.CFItems[0].ConceptKeywords, f.At(0).Record().ConceptKeywords)
	require.Equal(t, p.CFItems[0].SubjectURI[0].Title, f.At(0).Record().SubjectURI[0].Title)
	require.JSONEq(t, string(p.CFItems[0].Extensions), string(f.At(0).Extensions()))
}

func TestWriteFails(t *testing.T) {
	f, _ := read(t, "fullStatement\nS\n")
	_, err := exchange.WriteItems(context.Background(), nil, f, exchange.WriteOptions{})
	require.ErrorIs(t, err, &vc.Problem{Code: exchange.CodeBadOptions})
	full := errors.New("disk full")
	_, err = exchange.WriteItems(context.Background(), failingWriter{full}, f, exchange.WriteOptions{})
	require.ErrorIs(t, err, full)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = exchange.WriteItems(ctx, &bytes.Buffer{}, f, exchange.WriteOptions{})
	require.ErrorIs(t, err, context.Canceled)
}

type failingWriter struct{ err error }

func (f failingWriter) Write([]byte) (int, error) { return 0, f.err }

func TestCTDLASN(t *testing.T) {
	f, _ := read(t, "#language,en_US\n#adoption_status,Implemented\n"+
		"identifier,fullStatement,humanCodingScheme,smartLevel,CFItemType,educationLevel,exactMatchOf,precedes,replacedBy,isPartOf\n"+
		"11111111-1111-4111-8111-111111111111,S,A,1,Standard,01,https://x.example/CFItems/22222222-2222-4222-8222-222222222222,B,B,\n"+
		"11111111-1111-4111-8111-111111111112,T,B,1.1,,,,,,https://x.example/CFItems/22222222-2222-4222-8222-222222222223\n")
	var b bytes.Buffer
	report, err := exchange.WriteCTDLASN(context.Background(), &b, f, exchange.CTDLASNOptions{CTID: true})
	require.NoError(t, err)
	var graph struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	require.NoError(t, json.Unmarshal(b.Bytes(), &graph))
	require.Equal(t, exchange.CTDLASNContext, graph.Context)
	require.Len(t, graph.Graph, 3)
	framework, first, second := graph.Graph[0], graph.Graph[1], graph.Graph[2]
	const a, z = "urn:uuid:11111111-1111-4111-8111-111111111111", "urn:uuid:11111111-1111-4111-8111-111111111112"
	require.Equal(t, "ceasn:CompetencyFramework", framework["@type"])
	require.Equal(t, map[string]any{"en-US": "Test"}, framework["ceasn:name"])
	require.Equal(t, "publicationStatus:Published", framework["ceasn:publicationStatusType"])
	require.Equal(t, []any{a}, framework["ceasn:hasTopChild"])
	require.Equal(t, a, first["@id"])
	require.Equal(t, "ce-11111111-1111-4111-8111-111111111111", first["ceterms:ctid"])
	require.Equal(t, map[string]any{"en-US": "S"}, first["ceasn:competencyText"])
	require.Equal(t, map[string]any{"en-US": "Standard"}, first["ceasn:competencyCategory"])
	require.Equal(t, framework["@id"], first["ceasn:isTopChildOf"])
	require.Equal(t, []any{z}, first["ceasn:hasChild"])
	require.Equal(t, []any{"https://x.example/CFItems/22222222-2222-4222-8222-222222222222"}, first["ceasn:exactAlignment"])
	require.Equal(t, []any{z}, first["ceasn:prerequisiteAlignment"])
	require.Equal(t, []any{a}, second["ceasn:isChildOf"])
	require.Nil(t, second["ceasn:isTopChildOf"])
	require.Equal(t, []any{"https://x.example/CFItems/22222222-2222-4222-8222-222222222223"}, second["ceasn:broadAlignment"])
	var said string
	for _, p := range report.Findings {
		require.Equal(t, exchange.CodeNoTerm, p.Code)
		require.Empty(t, p.Pointer, "JSON-LD has no tables")
		said += p.Found + "\n"
	}
	require.Contains(t, said, `1 × association "replacedBy"`)
	require.Contains(t, said, "educationLevel")
	full := errors.New("full")
	_, err = exchange.WriteCTDLASN(context.Background(), failingWriter{full}, f, exchange.CTDLASNOptions{})
	require.ErrorIs(t, err, full)
}
