package codes_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/casefw/plan/oneroster"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

// craft is the framework that plans are about.
const craft = "casefw/plan/testdata/framework.json"

const (
	craftID   = "00000000-0000-4000-8000-000000000001"
	craftItem = `{"item": "00000000-0000-4000-8000-0000000000`
	oven      = craftItem + `20", "minPercent": "50"}`
)

// planned is a row about a plan with a condition, and with more members.
func planned(code vc.Code, input, condition string, more ...string) row {
	return row{code, "a plan " + input, func(d *desk) []*vc.Problem {
		return d.plans("[" + planOf("oven", condition, more...) + "]")
	}}
}

func planOf(name, condition string, more ...string) string {
	members := append(more, `"version": 1, "framework": "`+craftID+`"`)
	return `{"id": "` + name + `", "achievement": "https://crafts.example/` + name + `", "condition": ` + condition + `, ` +
		strings.Join(members, ", ") + `}`
}

func (d *desk) plans(text string) []*vc.Problem {
	plans, err := plan.Parse([]byte(text))
	if err != nil {
		return of(err)
	}
	return plan.Validate(plans, plan.Config{Frameworks: casefw.NewCatalog(d.craft()), Now: testkit.Clock})
}

func (d *desk) craft(edits ...string) *casefw.Framework {
	f, _, err := casefw.LoadBytes([]byte(strings.NewReplacer(edits...).Replace(d.draft(craft))), casefw.Options{})
	require.NoError(d.t, err)
	return f
}

// graded is a row about a result of OneRoster with members.
func graded(code vc.Code, input, members string) row {
	return row{code, "a result of a gradebook " + input, func(*desk) []*vc.Problem {
		record, err := plan.ParseOneRosterResult([]byte(`{"sourcedId": "r1"`+members+`}`), plan.LineItem{}, plan.RecordOptions{})
		return append(of(err), record.Warnings...)
	}}
}

// handled answers requests by a handler of this process.
type handled struct{ http.Handler }

func (h handled) Do(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result(), nil
}

// polled is a row about a gradebook of OneRoster.
func polled(code vc.Code, input string, book *obtest.Gradebook) row {
	return row{code, "a gradebook " + input, func(d *desk) []*vc.Problem {
		client, err := oneroster.New(oneroster.Config{BaseURL: "https://sis.example", Source: "sis", Do: handled{book}, Now: testkit.Clock,
			Learners: plan.LearnersFunc(func(_ context.Context, _, person string) (string, bool, error) { return person, true, nil })})
		require.NoError(d.t, err)
		batch, err := client.Pull(d.t.Context(), nil)
		require.NoError(d.t, err)
		return batch.Warnings
	}}
}

var planRows = []row{
	graded(plan.CodeMemberMissing, "without a date", ""),
	planned(plan.CodeMemberMalformed, "with a word for a number", craftItem+`20", "minPercent": "half"}`),
	planned(plan.CodeMemberUnknown, "with a misspelt policy", oven, `"onRegradeDwon": "revoke"`),
	graded(plan.CodeMemberRepaired, "with a number as text", `, "scoreDate": "2026-01-01", "score": "85"`),
	planned(plan.CodeLimit, "of three thousand conditions", `{"anyOf": [`+strings.Repeat(oven+",", 3000)+oven+`]}`),
	planned(plan.CodeConditionEmpty, "that requires nothing", `{"allOf": []}`),
	planned(plan.CodeConditionAmbiguous, "with two operators in one condition", `{"allOf": [`+oven+`], "anyOf": [`+oven+`]}`),
	planned(plan.CodeOperatorUnknown, "with an operator of its own", `{"xor": [`+oven+`]}`),
	planned(plan.CodeAtLeastRange, "of two out of one", `{"atLeast": 2, "of": [`+oven+`]}`),
	planned(plan.CodePercentRange, "that asks for 150 percent", craftItem+`20", "minPercent": 150}`),
	planned(plan.CodeTooDeep, "nested forty deep", strings.Repeat(`{"allOf": [`, 40)+oven+strings.Repeat(`]}`, 40)),
	planned(plan.CodeNoPositive, "that only forbids", `{"not": `+oven+`}`),
	planned(plan.CodeRequirementTwice, "that names one item twice", `{"atLeast": 2, "of": [`+oven+`, `+oven+`]}`),
	planned(plan.CodeItemUnknown, "for an item that is not there", craftItem+`21"}`),
	planned(plan.CodeItemRetired, "for an item that was replaced", craftItem+`40"}`),
	planned(plan.CodeItemGrouping, "for a heading", craftItem+`10"}`),
	planned(plan.CodeLevelUnknown, "for a level of no rubric", `{"rubricCriterion": "00000000-0000-4000-8000-000000000061", "minLevel": "gold"}`),
	planned(plan.CodePrerequisiteCycle, "that requires itself", `{"achievement": "https://crafts.example/oven"}`),
	planned(plan.CodeWindowReversed, "that ends before it begins", oven,
		`"validFrom": "2026-02-01T00:00:00Z", "validUntil": "2026-01-01T00:00:00Z"`),
	{plan.CodeDuplicate, "two plans of one id and version", func(d *desk) []*vc.Problem {
		return d.plans("[" + planOf("oven", oven) + "," + planOf("oven", oven) + "]")
	}},
	{plan.CodeFrameworkUnknown, "a plan for a framework that nobody has", func(d *desk) []*vc.Problem {
		return d.plans("[" + strings.Replace(planOf("oven", oven), craftID, "00000000-0000-4000-8000-000000000002", 1) + "]")
	}},
	polled(oneroster.CodeIgnores, "that does not filter", &obtest.Gradebook{RefuseQuery: true}),
	polled(oneroster.CodeIncomplete, "that is written as often as it is read", &obtest.Gradebook{IgnoreSort: true, NoTotal: true, RefuseQuery: true,
		Between: func(g *obtest.Gradebook, request int) {
			g.Put("results", map[string]any{"sourcedId": "r", "scoreDate": "2026-01-01", "score": request})
		}}),
	polled(oneroster.CodeLacks, "without score scales", &obtest.Gradebook{Missing: []string{"scoreScales"}}),
	{plan.CodeNotesRule, "a credential of a framework with a broken rule in its notes", func(d *desk) []*vc.Problem {
		_, found := plan.Drafts(d.craft(`\"requires\":2`, `\"requires\":N`))
		return found
	}},
}
