package casefw_test

import (
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/stretchr/testify/require"
)

// pointers are where a report found something, by code.
func pointers(r *casefw.Report) (all []string) {
	for _, p := range r.Findings {
		all = append(all, string(p.Code)+" "+p.Pointer)
	}
	return all
}

func TestCheckAnswers(t *testing.T) {
	text := strings.NewReplacer(`"creator":"Example\nBoard",`, "", `"fullStatement":"Dig\nin",`, "",
		`"uri":"https://r",`, "", `6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f03`, `three`).Replace(everyMember)
	f, _, err := casefw.LoadBytes([]byte(text), casefw.Options{})
	require.NoError(t, err)
	report, err := f.CheckAnswers(t.Context(), casefw.V1p1, casefw.Options{})
	require.NoError(t, err)
	require.False(t, report.Valid())
	require.Subset(t, pointers(report), []string{
		"required-property-missing /CFDocuments/6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f01",
		"required-property-missing /CFItems/6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f02",
		"required-property-missing /CFRubrics/6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f05",
		"identifier-not-uuid /CFAssociations/0/identifier",
	})

	whole, _, err := casefw.LoadBytes([]byte(everyMember), casefw.Options{})
	require.NoError(t, err)
	for _, v := range []casefw.Version{casefw.V1p0, casefw.V1p1} {
		report, err = whole.CheckAnswers(t.Context(), v, casefw.Options{})
		require.NoError(t, err)
		require.NotContains(t, report.Counts, casefw.CodeRequiredPropertyMissing, v)
		require.NotContains(t, report.Counts, casefw.CodeTokenNewerThanVersion, v)
	}
}

// An item of which 1.1 has an association with what is not of CASE has none in 1.0.
func TestCheckAnswersOfLoneItems(t *testing.T) {
	text := strings.Replace(everyMember, `"associationType":"isTranslationOf"`, `"associationType":"ext:y"`, 1)
	text = strings.Replace(text, `"targetType":"CASE"`, `"targetType":"ext:z"`, 1)
	f, _, err := casefw.LoadBytes([]byte(text), casefw.Options{})
	require.NoError(t, err)
	for v, lone := range map[casefw.Version]bool{casefw.V1p0: true, casefw.V1p1: false} {
		report, err := f.CheckAnswers(t.Context(), v, casefw.Options{})
		require.NoError(t, err)
		require.Equal(t, lone, report.Has(casefw.CodeEmptySet), v)
	}
}

func TestCheckAnswersIsBounded(t *testing.T) {
	empty := casefw.NewFramework(&casefw.CFPackage{})
	report, err := empty.CheckAnswers(t.Context(), 0, casefw.Options{})
	require.NoError(t, err)
	require.Equal(t, []string{"required-property-missing /CFPackages/0/CFDocument",
		"package-without-items /CFPackages/00000000-0000-0000-0000-000000000000/CFItems"}, pointers(report))

	many := casefw.NewFramework(&casefw.CFPackage{CFItems: make([]casefw.CFItem, 500)})
	report, err = many.CheckAnswers(t.Context(), casefw.V1p1, casefw.Options{MaxFindings: 3})
	require.NoError(t, err)
	require.GreaterOrEqual(t, report.Total(), 500)
	require.LessOrEqual(t, len(report.Findings), 3*len(report.Counts))
}
