package exchange_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

var options = exchange.Options{Now: testkit.Clock, Document: casefw.CFDocument{Title: "Test", Creator: "Tester"}}

func read(t testing.TB, table string) (*casefw.Framework, *exchange.Report) {
	t.Helper()
	p, report, err := exchange.ReadItems(context.Background(), strings.NewReader(table), options)
	require.NoError(t, err)
	return casefw.NewFramework(p), report
}

// tree writes a framework as indented codes, statements where there is no code.
func tree(f *casefw.Framework) string {
	var b strings.Builder
	for item, depth := range f.Tree() {
		name := item.Code()
		if name == "" {
			name = item.Statement()
		}
		b.WriteString(strings.Repeat(" ", depth-1) + name + "\n")
	}
	return b.String()
}

func TestTreeFromEachColumn(t *testing.T) {
	const want = "M\n M.F\n  M.F.1\n M.E\n"
	cases := map[string]string{
		"smartLevel": "fullStatement,humanCodingScheme,smartLevel\n" +
			"Maths,M,1\nFractions,M.F,1.1\nCluster,M.F.1,1.1.1\nExponents,M.E,1.2\n",
		"parent code": "fullStatement,Human Coding Scheme,parent\n" +
			"Fractions,M.F,M\nCluster,M.F.1,m.f\nMaths,M,\nExponents,M.E,M\n",
		"isChildOf": "FullStatement;HumanCodingScheme;Is Child Of;sequenceNumber\n" +
			"Maths;M;;1\nExponents;M.E;M;2\nFractions;M.F;M;1\nCluster;M.F.1;M.F;1\n",
		"dotted codes": "statement\tcode\n" +
			"Maths\tM\nFractions\tM.F\nCluster\tM.F.1\nExponents\tM.E\n",
		"identifier": "identifier,fullStatement,humanCodingScheme,parentIdentifier\n" +
			"11111111-1111-4111-8111-111111111111,Maths,M,\n" +
			"11111111-1111-4111-8111-111111111112,Fractions,M.F,{11111111-1111-4111-8111-111111111111}\n" +
			"11111111-1111-4111-8111-111111111113,Cluster,M.F.1,11111111-1111-4111-8111-111111111112\n" +
			"11111111-1111-4111-8111-111111111114,Exponents,M.E,11111111-1111-4111-8111-111111111111\n",
		"words for names": "identifier,fullStatement,humanCodingScheme,is child of\n" +
			"maths,Maths,M,\nfractions,Fractions,M.F,maths\ncluster,Cluster,M.F.1,fractions\nexp,Exponents,M.E,maths\n",
	}
	for name, table := range cases {
		t.Run(name, func(t *testing.T) {
			f, _ := read(t, table)
			require.Equal(t, want, tree(f))
			for item := range f.Items() {
				require.True(t, item.GUID().Standard(), item.Identifier())
			}
		})
	}
}

func TestWhatIsMadeIsMadeAgain(t *testing.T) {
	const table = "fullStatement,humanCodingScheme,isPartOf\nA,A,\nB,A.B,A\nB again,A.B,\n"
	one, _ := read(t, table)
	two, _ := read(t, table)
	for i := range one.Len() {
		require.Equal(t, one.At(i).Identifier(), two.At(i).Identifier())
	}
	require.NotEqual(t, one.At(1).Identifier(), one.At(2).Identifier())
	for i := range one.LenAssociations() {
		require.Equal(t, one.AssociationAt(i).Identifier(), two.AssociationAt(i).Identifier())
	}
	require.Equal(t, one.Document().Identifier, two.Document().Identifier)
}

func TestNoColumnIsLost(t *testing.T) {
	f, report := read(t, "fullStatement,code,Depth of Knowledge,notes,note,\nS,A,3,first,second,sixth,seventh\n")
	require.JSONEq(t, `{"Depth of Knowledge":"3","note":"second","column 6":"sixth","column 7":"seventh"}`, string(f.At(0).Extensions()))
	require.Equal(t, "first", f.At(0).Notes())
	require.True(t, report.Has(exchange.CodeColumnKept))
	require.True(t, report.Has(exchange.CodeColumnRepeated))
	require.True(t, report.Has(exchange.CodeCellWithoutColumn))
}

func TestFindingsHaveCodeAndPlace(t *testing.T) {
	const one = "11111111-1111-4111-8111-111111111111"
	cases := map[string]struct {
		table        string
		code         vc.Code
		line, column int
	}{
		"parent unknown": {"fullStatement,code,parent\nS,A,Z\n", exchange.CodeParentUnknown, 2, 5},
		"self parent":    {"fullStatement,code,parent\nS,A,A\n", exchange.CodeSelfParent, 2, 5},
		"level gap":      {"fullStatement,smartLevel\nS,1\nT,1.2.1\n", exchange.CodeLevelGap, 3, 0},
		"ambiguous":      {"fullStatement,code,parent\nS,A,\nT,A,\nU,B,A\n", exchange.CodeAmbiguousCode, 4, 5},
		"unresolved":     {"fullStatement,code,isPartOf\nS,A,Q.1\n", exchange.CodeUnresolved, 2, 5},
		"duplicate":      {"identifier,fullStatement\n" + one + ",a\n" + one + ",b\n", exchange.CodeDuplicateIdentifier, 3, 0},
		"no statement":   {"fullStatement,code\n,A\n", exchange.CodeTextWithoutItem, 2, 0},
		"bad number":     {"fullStatement,sequenceNumber\nS,first\n", exchange.CodeBadNumber, 2, 3},
		"bad date":       {"fullStatement,lastChangeDateTime\nS,yesterday\n", exchange.CodeBadDateTime, 2, 3},
		"loose date":     {"fullStatement,lastChangeDateTime\nS,2017-08-23 23:48:01\n", exchange.CodeBadDateTime, 2, 3},
		"formula":        {"fullStatement\n=1+1\n", exchange.CodeFormulaCell, 2, 1},
		"twice linked":   {"fullStatement,code,isRelatedTo\nS,A,\nT,B,A|A\n", exchange.CodeDuplicateLink, 3, 0},
		"from code":      {"fullStatement,code\nS,A\nT,A.B\n", exchange.CodeParentFromCode, 3, 0},
		"made":           {"identifier,fullStatement\nA,S\n", exchange.CodeIdentifierMade, 2, 1},
		"empty":          {"fullStatement\n", exchange.CodeEmptyTable, 0, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, report := read(t, c.table)
			require.True(t, report.Has(c.code), "%v", report.Counts)
			said := 0
			for _, p := range report.Findings {
				at, ok := exchange.PlaceOf(p)
				require.True(t, ok, p)
				if p.Code == c.code && at.Table != exchange.Document {
					require.Equal(t, exchange.Place{Table: exchange.Items, Line: c.line, Column: c.column}, at)
					said++
				}
			}
			require.NotZero(t, said)
		})
	}
}

func TestErrorsHaveCodeAndPlace(t *testing.T) {
	small := options
	small.MaxBytes, small.MaxRows, small.MaxColumns, small.MaxCell = 200, 3, 4, 20
	cases := map[string]struct {
		table        string
		code         vc.Code
		line, column int
	}{
		"empty":           {"", exchange.CodeNoHeader, 0, 0},
		"no header":       {"1,2\n", exchange.CodeNoHeader, 1, 0},
		"no statements":   {"identifier,code\n", exchange.CodeNoStatements, 1, 0},
		"open quote":      {"fullStatement\n\"S\n", exchange.CodeNotCSV, 2, 1},
		"stray quote":     {"fullStatement\nan \"S\n", exchange.CodeNotCSV, 2, 4},
		"windows-1252":    {"fullStatement,code\nS,\xe9t\xe9\n", exchange.CodeNotUTF8, 2, 3},
		"utf-16":          {"\xff\xfef\x00", exchange.CodeNotUTF8, 0, 0},
		"xlsx":            {"PK\x03\x04....", exchange.CodeNotCSV, 0, 0},
		"too many bytes":  {"fullStatement\n" + strings.Repeat("S"+strings.Repeat("\n", 25), 9), exchange.CodeTooLarge, -1, 0},
		"too many lines":  {"fullStatement\na\nb\nc\nd\n", exchange.CodeTooLarge, 4, 0},
		"too many cells":  {"fullStatement\na,b,c,d,e\n", exchange.CodeTooLarge, 2, 0},
		"too long a cell": {"fullStatement\nS," + strings.Repeat("x", 21) + "\n", exchange.CodeTooLarge, 2, 3},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, report, err := exchange.ReadItems(context.Background(), strings.NewReader(c.table), small)
			require.NotNil(t, report)
			var p *vc.Problem
			require.ErrorAs(t, err, &p)
			require.Equal(t, c.code, p.Code, p.Error())
			require.Equal(t, vc.SeverityError, p.Severity, p.Error())
			at, ok := exchange.PlaceOf(p)
			require.True(t, ok, p.Error())
			if c.line < 0 {
				at.Line = c.line
			}
			require.Equal(t, exchange.Place{Table: exchange.Items, Line: c.line, Column: c.column}, at, p.Error())
		})
	}
	_, _, err := exchange.Read(context.Background(), exchange.Tables{}, options)
	require.ErrorIs(t, err, &vc.Problem{Code: exchange.CodeBadOptions})
}

func TestFailingReaderAndContext(t *testing.T) {
	broken := errors.New("broken")
	_, _, err := exchange.ReadItems(context.Background(), io.MultiReader(strings.NewReader("fullStatement\na\n"), failing{broken}), options)
	require.ErrorIs(t, err, broken)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err = exchange.ReadItems(ctx, strings.NewReader("fullStatement\na\n"), options)
	require.ErrorIs(t, err, context.Canceled)
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestLinesAboveTheHeaderDescribeTheDocument(t *testing.T) {
	f, report := read(t, "\ufeff#identifier,4f3c6a12-e83b-4654-b7ce-1738552191e4\n#title,A title,,\n#subject,Maths,Physics\n"+
		"#adoption_status,Draft\n#house_style,plain\n\nfullStatement\nS\n")
	d := f.Document()
	require.Equal(t, "4f3c6a12-e83b-4654-b7ce-1738552191e4", d.Identifier)
	require.Equal(t, "A title", d.Title)
	require.Equal(t, "Tester", d.Creator)
	require.Equal(t, []string{"Maths", "Physics"}, d.Subject)
	require.Equal(t, casefw.Draft, d.Status())
	require.JSONEq(t, `{"house_style":"plain"}`, string(d.Extensions))
	require.True(t, report.Has(exchange.CodeColumnKept))
}

func TestExtensionsOfOneNameAreNumbered(t *testing.T) {
	known := []byte(`{"own":1}  `)
	o := options
	o.Document.Extensions = known[:9]
	p, _, err := exchange.ReadItems(context.Background(), strings.NewReader("#x,a\n#x (2),b\n#x,c\n#x,d\nfullStatement\nS\n"), o)
	require.NoError(t, err)
	require.Equal(t, `{"own":1,"x":"a","x (2)":"b","x (3)":"c","x (4)":"d"}`, string(p.CFDocument.Extensions))
	require.Equal(t, `{"own":1}  `, string(known))
}

func TestLinksOutOfTheTable(t *testing.T) {
	const match = "https://case.example.org/ims/case/v1p1/CFItems/22222222-2222-4222-8222-222222222222"
	f, _ := read(t, "fullStatement,code,exemplar,exactMatchOf,isRelatedTo\n"+
		"S,A,https://media.example.org/v/1?a=1,"+match+",\"B;C.9\"\n"+
		"T,B,,22222222-2222-4222-8222-222222222223,\n")
	byType := map[casefw.AssociationType][]*casefw.LinkGenURI{}
	for a := range f.Associations() {
		byType[a.Type()] = append(byType[a.Type()], a.Record().DestinationNodeURI)
	}
	require.Equal(t, "ext:URL", byType[casefw.Exemplar][0].TargetType)
	require.Equal(t, "https://media.example.org/v/1?a=1", string(byType[casefw.Exemplar][0].URI))
	require.Equal(t, "22222222-2222-4222-8222-222222222222", byType[casefw.ExactMatchOf][0].Identifier)
	require.Empty(t, byType[casefw.ExactMatchOf][0].TargetType)
	require.Equal(t, "urn:uuid:22222222-2222-4222-8222-222222222223", string(byType[casefw.ExactMatchOf][1].URI))
	require.Equal(t, f.At(1).Identifier(), byType[casefw.IsRelatedTo][0].Identifier)
	require.Equal(t, "ext:humanCodingScheme", byType[casefw.IsRelatedTo][1].TargetType)
	require.Equal(t, "C.9", byType[casefw.IsRelatedTo][1].Title)
}

// What is read from a good table breaks no rule of the standard's schema.
func TestWhatIsReadIsValid(t *testing.T) {
	o := options
	o.Base = "https://case.example.org/ims/case/v1p1/"
	p, report, err := exchange.Read(context.Background(), exchange.Tables{
		Document: strings.NewReader("identifier,creator,title,lastChangeDate,subject,licenseTitle,licenseText,caseVersion\n" +
			",C,T,2025-01-01T00:00:00Z,Maths|Physics,CC BY,text,1.1\n"),
		Items: strings.NewReader("fullStatement,code,license,CFItemType,educationLevel,Extra\n" +
			"S,A,CC0,Standard,\"KG,01\",x\nT,A.1,CC0,Standard,02,\n"),
		Rubrics: strings.NewReader("Type,Title,Description,Weight,Position,Quality,Score,CFItemIdentifier\n" +
			"Rubric,R,,,,,,\nCriterion,,c,0.5,1,,,A\nLevel,,l,,1,Good,4.0,\n"),
	}, o)
	require.NoError(t, err)
	require.False(t, report.Has(exchange.CodeUnresolved) && len(p.CFRubrics) != 1)
	require.Len(t, p.CFRubrics[0].CFRubricCriteria[0].CFRubricCriterionLevels, 1)
	require.Equal(t, vc.Number("4.0"), p.CFRubrics[0].CFRubricCriteria[0].CFRubricCriterionLevels[0].Score)
	text := casefw.Append(nil, p, casefw.Repaired)
	for _, f := range casefw.Validate[casefw.CFPackage](text, casefw.V1p1, casefw.Options{}).Findings {
		require.NotEqual(t, vc.SeverityError, f.Severity, f.Error())
	}
}
