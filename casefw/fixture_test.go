package casefw_test

import (
	_ "embed"
	"slices"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/stretchr/testify/require"
)

// bakers is a framework of our own that uses every member of every class of 1.1.
//
//go:embed testdata/bakers.json
var bakers string

func TestEveryMemberIsReadAndWritten(t *testing.T) {
	require.True(t, casefw.Validate[casefw.CFPackage]([]byte(bakers), casefw.V1p1, casefw.Options{}).Valid())
	p, report, err := casefw.Parse[casefw.CFPackage]([]byte(bakers), casefw.Options{})
	require.NoError(t, err)
	require.Zero(t, report.Total())
	for _, form := range []casefw.Form{casefw.AsSent, casefw.Repaired, casefw.Standard} {
		require.Equal(t, value(t, []byte(bakers)), value(t, casefw.Append(nil, p, form)))
		require.Equal(t, value(t, []byte(bakers)), value(t, []byte(written(t, loaded(t, []byte(bakers)), form))))
	}
	require.Equal(t, []string{"flour", "water"}, p.CFDefinitions.CFConcepts[0].KeywordList())
	text, err := p.MarshalJSON()
	require.NoError(t, err)
	var again casefw.CFPackage
	require.NoError(t, again.UnmarshalJSON(text))
	require.Equal(t, *p, again)
}

// Every object of every class keeps a member that the standard does not have, in
// place and byte for byte, and the checker names it.
func TestEveryClassKeepsExtraMembers(t *testing.T) {
	objects := strings.Count(bakers, `"lastChangeDateTime"`) + strings.Count(bakers, `"title"`)
	require.Greater(t, objects, 60)
	text := strings.ReplaceAll(bakers, `"lastChangeDateTime":`, `"x:extra": {"n": 1.50, "z": [null]}, "lastChangeDateTime":`)
	text = strings.ReplaceAll(text, `"uri":`, `"x:more": "kept", "uri":`)
	text = strings.Replace(text, `"CFItems":`, `"x:top": 1, "CFItems":`, 1)
	text = strings.Replace(text, `"CFConcepts":`, `"x:defs": 1, "CFConcepts":`, 1)
	f, report, err := casefw.LoadBytes([]byte(text), casefw.Options{MaxFindings: -1})
	require.NoError(t, err)
	want := strings.Count(text, `"x:extra"`) + strings.Count(text, `"x:more"`) + 2
	require.Equal(t, want, report.Counts[casefw.CodeUnknownProperty])
	require.Equal(t, value(t, []byte(text)), value(t, []byte(written(t, f, casefw.Repaired))))
	require.Equal(t, value(t, []byte(bakers)), value(t, []byte(written(t, f, casefw.Standard))), "the standard form has none of them")
	for _, finding := range report.Findings {
		if finding.Code == casefw.CodeUnknownProperty {
			require.NotEmpty(t, finding.Pointer)
			require.True(t, strings.Contains(finding.Pointer, "/x:"), finding.Pointer)
		}
	}
}

func TestFrameworkAnswers(t *testing.T) {
	f := loaded(t, []byte(bakers))
	require.Equal(t, casefw.V1p1, f.Version())
	require.Zero(t, f.Lint(0).Total())
	mixing := byCode(t, f, "B.1")
	require.Equal(t, "Skill", mixing.Type())
	require.Equal(t, []string{"01", "02"}, mixing.EducationLevels())
	require.Equal(t, []string{"dough", "hydration"}, mixing.Keywords())
	require.Equal(t, []string{"Baking"}, mixing.Subjects())
	require.Equal(t, "en", byCode(t, f, "O").Language(), "the document's")
	require.Equal(t, "B.1 Mixes a dough to a given consistency", mixing.String())
	require.Equal(t, []string{"B", "O"}, codes(f.Roots()))
	require.Equal(t, []string{"B.1", "B.2", "B.10"}, codes(byCode(t, f, "B").Children()))
	require.Equal(t, []string{"O.1-2015", "O.1"}, codes(byCode(t, f, "O").Children()), "zero and negative numbers count")
	require.Equal(t, []string{"B.2", "B.10"}, codes(mixing.Siblings()))
	require.Equal(t, []string{"B"}, codes(mixing.Parents()))
	require.True(t, byCode(t, f, "B").IsTop())
	require.Equal(t, []string{"B.2"}, codes(mixing.Peers()))
	require.ElementsMatch(t, []string{"B.10"}, codes(mixing.Related()))
	require.Equal(t, []string{"B"}, codes(byCode(t, f, "O.1").Related()), "an extension type is read as isRelatedTo")

	current, err := byCode(t, f, "O.1-2015").Current()
	require.NoError(t, err)
	require.Equal(t, []string{"O.1"}, codes(slices.Values(current)))
	before, err := byCode(t, f, "O.1").Prerequisites()
	require.NoError(t, err)
	require.Equal(t, []string{"B.1", "B.2"}, codes(slices.Values(before)))

	for n := range mixing.Exemplars() {
		require.Equal(t, "ext:Film", n.TargetType())
		require.Equal(t, "film-7", n.Identifier())
		require.Equal(t, casefw.NodeExternal, n.Kind())
	}
	for n := range byCode(t, f, "B.2").SkillLevels() {
		require.Equal(t, "Journeyman", n.Title())
	}
	rubrics := f.RubricsOf(byCode(t, f, "B.2"))
	require.Len(t, rubrics, 1)
	require.Equal(t, []float64{0.75, 0.25}, rubrics[0].Weights())
	require.Equal(t, "Q1", rubrics[0].Criteria()[0].Levels()[0].Quality)
	items, exact := f.FindCode("b-1")
	require.False(t, exact)
	require.Equal(t, []casefw.Item{mixing}, items)
}

// The zero handles are no items: they answer and never panic.
func TestZeroHandles(t *testing.T) {
	var item casefw.Item
	require.Empty(t, item.Statement()+item.Code()+item.URI()+item.Identifier()+item.Type()+item.Language()+item.Notes()+item.Label())
	require.True(t, item.GUID().IsZero())
	require.Nil(t, item.Path())
	require.Zero(t, item.Depth())
	require.NotNil(t, item.Record())
	for range item.Children() {
	}
	for range item.Descendants() {
	}
	for range item.Outgoing() {
	}
	for range item.Siblings() {
	}
	_, ok := item.Changed()
	require.False(t, ok)
	var a casefw.Association
	require.Empty(t, a.Type())
	require.Equal(t, casefw.NoNode, a.Origin().Kind())
	require.Nil(t, a.Origin().Record())
	require.Empty(t, a.URI()+a.Notes()+a.Origin().Title()+a.Origin().URI())
	f := casefw.NewFramework(&casefw.CFPackage{})
	require.Nil(t, f.Document())
	require.Zero(t, f.Len())
	require.True(t, f.At(7).IsZero())
	f.Lint(0)
	require.Equal(t, "{}", written(t, f, casefw.Repaired))
	require.True(t, casefw.AlignmentOf(item) == casefw.Alignment{})
	require.Equal(t, casefw.MethodNone, casefw.NewCatalog(f, nil).ResolveAlignment(casefw.Alignment{}).Method)
}

func TestChangedFieldsWinOverWhatWasSent(t *testing.T) {
	sent := `{"HumanCodingScheme":"A","educationLevel":"01","notes":null,"abbreviatedStatement":"short"}`
	item, report, err := casefw.Parse[casefw.CFItem]([]byte(sent), casefw.Options{})
	require.NoError(t, err)
	require.True(t, report.Has(casefw.CodeFullStatementRepaired))
	require.Equal(t, "short", item.FullStatement)
	require.JSONEq(t, sent, string(casefw.Append(nil, item, casefw.AsSent)))
	require.JSONEq(t, `{"fullStatement":"short","humanCodingScheme":"A","educationLevel":["01"],"abbreviatedStatement":"short"}`,
		string(casefw.Append(nil, item, casefw.Repaired)))
	item.HumanCodingScheme, item.Notes, item.FullStatement = "B", "new", "long"
	require.JSONEq(t, `{"fullStatement":"long","humanCodingScheme":"B","educationLevel":"01","notes":"new","abbreviatedStatement":"short"}`,
		string(casefw.Append(nil, item, casefw.AsSent)))
}
