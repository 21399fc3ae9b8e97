package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

// Plans that must not be used are refused where they are read or where an engine is made,
// each at its place.
func TestInvalidPlans(t *testing.T) {
	c := load(t, read(t, "framework.json"))
	oven := `{"item":"` + guid(20) + `","minPercent":"50"}`
	for _, x := range []struct {
		name, condition, more string
		code                  vc.Code
		pointer               string
	}{
		{"nothing", `{"allOf":[]}`, "", plan.CodeConditionEmpty, "/0/condition/allOf"},
		{"nothing within", `{"anyOf":[` + oven + `,{"not":{"of":[],"atLeast":1}}]}`, "", plan.CodeAtLeastRange, "/0/condition/anyOf/1/not/atLeast"},
		{"anything but", `{"anyOf":[` + oven + `,{"not":` + oven + `}]}`, "", plan.CodeNoPositive, "/0/condition"},
		{"none but not none", `{"not":{"not":{"not":` + oven + `}}}`, "", plan.CodeNoPositive, "/0/condition"},
		{"one of them twice", `{"atLeast":1,"of":[` + oven + `,` + oven + `]}`, "", plan.CodeRequirementTwice, "/0/condition/of/1"},
		{"a misspelt policy", oven, `,"onExcuse":"waive"`, plan.CodeMemberUnknown, "/0/onExcuse"},
		{"a misspelt word", oven, `,"onExcused":"waived"`, plan.CodeMemberMalformed, "/0/onExcused"},
		{"a misspelt threshold", `{"item":"` + guid(20) + `","minPercnt":"50"}`, "", plan.CodeMemberUnknown, "/0/condition/minPercnt"},
		{"two thresholds", `{"item":"` + guid(20) + `","minPercent":"50","minRaw":"5"}`, "", plan.CodeConditionAmbiguous, "/0/condition"},
		{"a negative percentage", `{"item":"` + guid(20) + `","minPercent":"-1"}`, "", plan.CodePercentRange, "/0/condition/minPercent"},
		{"a date without zone", oven, `,"validFrom":"2026-01-01T00:00:00"`, plan.CodeMemberMalformed, "/0/validFrom"},
	} {
		t.Run(x.name, func(t *testing.T) {
			plans, err := plan.Parse([]byte(`[{"id":"p","version":1,"framework":"` + framework + `","achievement":"urn:a","condition":` +
				x.condition + x.more + `}]`))
			if err == nil {
				_, err = plan.New(plans, plan.Config{Frameworks: c, Now: testkit.Clock})
			}
			found := problems(err)
			require.NotEmpty(t, found)
			require.Equal(t, x.code, found[0].Code)
			require.Equal(t, x.pointer, found[0].Pointer)
		})
	}
}

// Two plans that award for each other are told of, whatever stands between.
func TestPrerequisiteCycles(t *testing.T) {
	of := func(id, needs string) plan.Plan {
		return plan.Plan{ID: id, Version: 1, Framework: framework, Achievement: "urn:" + id, Condition: plan.Condition{
			AllOf: []plan.Condition{{Item: guid(20)}, {Not: &plan.Condition{Achievement: "urn:" + needs}}}}}
	}
	c := plan.Config{Frameworks: load(t, read(t, "framework.json"))}
	require.Empty(t, plan.Validate([]plan.Plan{of("a", "b"), of("b", "c"), of("c", "x")}, c))
	require.Len(t, plan.Validate([]plan.Plan{of("a", "b"), of("b", "c"), of("c", "a"), of("d", "x")}, c), 3)
}
