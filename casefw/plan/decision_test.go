package plan_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// kept is a decision after it was written and read, from a text that says what it said.
func kept(t testing.TB, d plan.Decision) plan.Decision {
	t.Helper()
	text, err := json.Marshal(&d)
	require.NoError(t, err)
	back, err := plan.ParseDecision(text)
	require.NoError(t, err, string(text))
	again, err := json.Marshal(&back)
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))
	return back
}

// badgeOf is the badge of a decision as JSON, nil for none.
func badgeOf(t *testing.T, e *plan.Engine, d *plan.Decision) []byte {
	t.Helper()
	c := e.Credential(d, ob.Award{Issuer: ob.Profile{ID: "https://crafts.example", Name: vc.Plain("Guild")},
		Recipient: ob.Recipient{ID: "did:example:mo"}, Achievement: ob.Achievement{ID: "urn:a", Name: vc.Plain("A")}, Now: testkit.Clock})
	if c == nil {
		return nil
	}
	text, err := json.Marshal(c)
	require.NoError(t, err)
	return text
}

// Whatever is decided is read as it was written, and the badge of it is the same.
func TestDecisionsAreReadBack(t *testing.T) {
	catalog := load(t, read(t, "framework.json"))
	verdicts := map[plan.Verdict]int{}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 11))
		e, err := plan.New(revoking(r, 6), plan.Config{Frameworks: catalog, Now: testkit.Clock})
		if err != nil {
			continue // drawn so that it holds for everybody
		}
		var s plan.State
		for _, event := range events(r, 20) {
			var decisions []plan.Decision
			s, decisions, err = e.Apply(s, event)
			require.NoError(t, err)
			for _, d := range decisions {
				verdicts[d.Verdict]++
				back := kept(t, d)
				require.Equal(t, d.Events(), back.Events())
				require.Equal(t, string(badgeOf(t, e, &d)), string(badgeOf(t, e, &back)))
			}
		}
	}
	require.Len(t, verdicts, 4, "every verdict was met")
}

// Each member comes back, one by one: the text is written by hand.
func TestDecisionMembers(t *testing.T) {
	at := time.Date(2026, 3, 2, 23, 59, 59, 999_999_999, time.UTC)
	d, err := plan.ParseDecision([]byte(`{"decision":"review","plan":"p","version":2,"learner":"mo","achievement":"urn:a","key":"k",
		"generation":3,"reason":"evidence-deleted","achievedAt":"2026-03-03T00:59:59.999999999+01:00","requires":["urn:b","urn:c"],
		"evidence":[{"source":"sis","result":"r","event":"x","told":"e","lineItem":"li","at":"2026-03-02T23:59:59.999999999Z","item":"i",
			"via":"exactMatchOf","value":"200/3 percent","met":true,"counted":true,"reason":"late"}],
		"explanation":{"kind":"allOf","outcome":"unknown","have":1,"need":2,"of":[{"kind":"percent","outcome":"satisfied","have":1,"need":1,
			"at":"2026-03-02T23:59:59.999999999Z","subject":"s","wanted":"50 percent","reason":"excused","waived":true,"doubt":"evidence-provisional",
			"counted":true,"used":[{"told":"e","at":"2026-03-02T23:59:59.999999999Z","item":"i"}]},{"kind":"not","outcome":"unsatisfied"}]},
		"framework":{"identifier":"f","changed":"last year"},"trigger":"e","of a later version":1}`))
	require.NoError(t, err)
	require.Equal(t, plan.Decision{Verdict: plan.VerdictReview, Plan: "p", Version: 2, Learner: "mo", Achievement: "urn:a", Key: "k",
		Generation: 3, Reason: plan.ReasonDeleted, AchievedAt: at, Requires: []string{"urn:b", "urn:c"},
		Evidence: []plan.Used{{Ref: plan.Ref{Source: "sis", Result: "r", Event: "x"}, Told: "e", LineItem: "li", At: at, Item: "i",
			Via: "exactMatchOf", Value: "200/3 percent", Met: true, Counted: true, Reason: plan.ReasonLate}},
		Explanation: &plan.Node{Kind: "allOf", Have: 1, Need: 2, Of: []*plan.Node{
			{Kind: "percent", Outcome: plan.OutcomeSatisfied, Have: 1, Need: 1, At: at, Subject: "s", Wanted: "50 percent",
				Reason: plan.ReasonExcused, Waived: true, Doubt: plan.ReasonProvisional, Counted: true,
				Used: []plan.Used{{Told: "e", At: at, Item: "i"}}},
			{Kind: "not", Outcome: plan.OutcomeUnsatisfied}}},
		Framework: plan.Framework{Identifier: "f", Changed: "last year"}, Trigger: "e"}, d)
}

// What is none is refused, with the place.
func TestDecisionsThatAreNone(t *testing.T) {
	explained := func(text string) string {
		return `{"decision":"award","plan":"p","learner":"mo","explanation":` + text + `}`
	}
	for text, want := range map[string]struct {
		code    vc.Code
		pointer string
	}{
		`[]`:                                          {plan.CodeMemberMalformed, ""},
		`{"plan":"p","learner":"mo"}`:                 {plan.CodeMemberMissing, "/decision"},
		`{"decision":"none","learner":"mo"}`:          {plan.CodeMemberMissing, "/plan"},
		`{"decision":"none","plan":"p"}`:              {plan.CodeMemberMissing, "/learner"},
		`{"decision":"no","plan":"p","learner":"mo"}`: {plan.CodeMemberMalformed, "/decision"},
		`{"decision":"none","plan":"p","learner":"mo","version":-1}`:              {plan.CodeMemberMalformed, "/version"},
		`{"decision":"none","plan":"p","learner":"mo","achievedAt":"Monday"}`:     {plan.CodeMemberMalformed, "/achievedAt"},
		`{"decision":"none","plan":"p","learner":"mo","evidence":{}}`:             {plan.CodeMemberMalformed, "/evidence"},
		`{"decision":"none","plan":"p","learner":"mo","evidence":[{}]}`:           {plan.CodeMemberMissing, "/evidence/0/told"},
		`{"decision":"none","plan":"p","learner":"mo","requires":[1]}`:            {plan.CodeMemberMalformed, "/requires/0"},
		`{"decision":"none","plan":"p","learner":"mo","framework":{"changed":1}}`: {plan.CodeMemberMalformed, "/framework/changed"},
		explained(`1`): {plan.CodeMemberMalformed, "/explanation"},
		explained(`{"kind":"not","outcome":"perhaps"}`):                              {plan.CodeMemberMalformed, "/explanation/outcome"},
		explained(`{"kind":"not","outcome":"unknown","of":[{"outcome":1}]}`):         {plan.CodeMemberMissing, "/explanation/of/0/kind"},
		explained(`{"kind":"` + strings.Repeat("x", 600) + `","outcome":"unknown"}`): {plan.CodeLimit, "/explanation/kind"},
		explained(`{"kind":"allOf","outcome":"unknown","of":[` +
			strings.Repeat(`{"kind":"raw","outcome":"unknown"},`, 22_000) + `1]}`): {plan.CodeLimit, "/explanation/of/21999"},
		explained(`{"kind":"raw","outcome":"unknown","used":[` +
			strings.Repeat(`{"told":"e","at":"2026-01-01T00:00:00Z"},`, 200_000) + `1]}`): {plan.CodeLimit, "/explanation/used/200000"},
		explained(strings.Repeat(`{"kind":"not","outcome":"unknown","of":[`, 300) + strings.Repeat(`]}`, 300)): {"json-too-deep", ""},
	} {
		_, err := plan.ParseDecision([]byte(text))
		found := problems(err)
		require.NotEmpty(t, found, "%.200s", text)
		require.Equal(t, want.code, found[0].Code, "%.200s", text)
		require.Equal(t, want.pointer, found[0].Pointer, "%.200s", text)
	}
}

// Decisions of strangers are read, or refused, and what is read is written and read again as
// the same.
func FuzzParseDecision(f *testing.F) {
	f.Add([]byte(`{"decision":"award","plan":"p","version":1,"learner":"mo","achievement":"urn:a","key":"k","generation":1,` +
		`"achievedAt":"2026-03-02T00:00:00Z","evidence":[{"source":"s","result":"r","told":"e","at":"2026-03-02T00:00:00Z","item":"i",` +
		`"value":"1/3 percent","met":true,"counted":true}],"explanation":{"kind":"allOf","outcome":"satisfied","have":1,"need":1,` +
		`"of":[{"kind":"percent","outcome":"satisfied","have":1,"need":1,"wanted":"1 percent"}]},"framework":{"identifier":"f"}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if d, err := plan.ParseDecision(text); err == nil {
			require.Equal(t, d, kept(t, d))
		}
	})
}
