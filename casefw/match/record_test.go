package match_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/vc"
)

// story is a job for boat builders: two parts of a skill, one of which somebody holds, and an
// occupation that two frameworks meet in.
type story struct {
	graph  *match.Graph
	job    match.Job
	policy match.Policy
	claims []match.Claim
}

var boats = world{frameworks: []framework{
	{items: []int{1, 2, 3}, links: []tie{{kind: casefw.IsChildOf, from: 2, to: 1}, {kind: casefw.IsChildOf, from: 3, to: 1}}},
	{items: []int{4, 5}, links: []tie{{kind: casefw.ExactMatchOf, from: 4, to: 2}, {kind: casefw.IsRelatedTo, from: 5, to: 3}}},
}}

func tell(t testing.TB) *story {
	t.Helper()
	s := &story{graph: boats.graph(t), policy: match.DefaultPolicy()}
	s.job = match.Job{ID: "job", Title: "Shipwright", Requirements: []match.Requirement{
		{ID: "whole", Target: ofItem(1), Mandatory: true, Any: []casefw.Alignment{ofItem(5)}},
		{ID: "level", Target: ofItem(4), Weight: weight(2), MinLevel: 3, LevelOf: 4},
		{ID: "unknown", Target: casefw.Alignment{TargetURL: "https://elsewhere.example/7", TargetName: "Sewing sails"}},
	}}
	good := claimOf("https://school.example", ofItem(4))
	good.Name, good.Credits, good.Until = vc.Plain("Keel laying"), "3.50", time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	good.Results = []match.Result{{Description: "Grade", Type: "Level", Value: "B", Status: "Completed",
		Level: match.Level{ID: "urn:l", Level: "2", Position: 2, Of: 4}}}
	forged := claimOf("https://guild.example", ofItem(3))
	forged.Standing, forged.Validity = match.StandingForged, match.ValidityUnknown
	forged.Subject, forged.Against = match.SubjectDifferent, match.AgainstStanding
	s.claims = []match.Claim{good, forged, claimOf("https://club.example")}
	return s
}

func (s *story) matcher(t testing.TB) *match.Matcher {
	t.Helper()
	m, err := s.graph.Prepare(s.job, s.policy)
	require.NoError(t, err)
	return m
}

func (s *story) record(t testing.TB) *match.Record {
	t.Helper()
	return s.matcher(t).Record(s.claims, time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
}

// replay reads a record back and matches anew.
func replay(t testing.TB, g *match.Graph, text []byte) *match.Replayed {
	t.Helper()
	r, err := match.ParseRecord(text)
	require.NoError(t, err)
	replayed, err := g.Replay(r)
	require.NoError(t, err)
	return replayed
}

func codes(all []*vc.Problem) (list []vc.Code) {
	for _, p := range all {
		list = append(list, p.Code)
	}
	return list
}

// A record says all that a match rests on, is the same each time, and gives the same match
// again, by a policy of somebody's own too.
func TestRecordIsReplayed(t *testing.T) {
	s := tell(t)
	s.policy.ID, s.policy.Accept = "ours-2", func(c match.Claim) (bool, match.Reason) {
		return c.Against == "", map[bool]match.Reason{true: "seen-by-a-person", false: ""}[c.Against == ""]
	}
	record := s.record(t)
	text, err := record.JSON()
	require.NoError(t, err)
	again, err := s.record(t).JSON()
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))

	read, err := match.ParseRecord(text)
	require.NoError(t, err)
	require.Equal(t, record.Claims, read.Claims)
	require.Equal(t, record.Job, read.Job)
	require.Equal(t, record.Outcome, read.Outcome)
	require.Equal(t, match.AgainstPolicy, read.Verdicts[1].Reason, "refused without a reason, and not in silence")
	written, err := read.JSON()
	require.NoError(t, err)
	require.Equal(t, string(text), string(written))

	replayed := replay(t, s.graph, text)
	require.Empty(t, replayed.Differs)
	require.Equal(t, record.Outcome, replayed.Outcome)
	require.Contains(t, replayed.Outcome.Requirements[0].Flags, match.Flag("seen-by-a-person"))

	var shape struct {
		Match  int
		Policy struct {
			ID    string
			Links map[string]float64
			MetAt float64
		}
		Outcome struct {
			Policy, Job string
			Frameworks  []struct{ Identifier, Title, Changed, Digest string }
		}
	}
	require.NoError(t, json.Unmarshal(text, &shape))
	require.Equal(t, 1, shape.Match)
	require.Equal(t, "ours-2", shape.Policy.ID)
	require.Equal(t, 1.0, shape.Policy.Links["exactMatchOf"])
	require.Equal(t, 0.8, shape.Policy.MetAt)
	require.Len(t, shape.Outcome.Frameworks, 2)
	require.Equal(t, guid(0xd, 0), shape.Outcome.Frameworks[0].Identifier)
	require.Equal(t, "2025-01-01T00:00:00Z", shape.Outcome.Frameworks[0].Changed)
	require.Len(t, shape.Outcome.Frameworks[0].Digest, 64)
}

// What is not as it was is told by a code of its own, and where.
func TestReplayTellsWhatDiffers(t *testing.T) {
	text, err := tell(t).record(t).JSON()
	require.NoError(t, err)
	for name, c := range map[string]struct {
		was, is string // in the text of the record
		want    vc.Code
		pointer string
	}{
		"a digest": {`"digest":"`, `"digest":"0`, match.CodeReplayFramework, "/outcome/frameworks/0"},
		"a score": {`"item":"` + id(1) + `","score":0.5`, `"item":"` + id(1) + `","score":0.75`, match.CodeReplayScore,
			"/outcome/requirements/0"},
		"a flag":      {`"flags":["unknown-item"]`, `"flags":[]`, match.CodeReplayReasons, "/outcome/requirements/2/flags"},
		"the total":   {`"total":0.6`, `"total":0.7`, match.CodeReplayTotal, "/outcome/total"},
		"qualified":   {`"qualified":false`, `"qualified":true`, match.CodeReplayQualified, "/outcome/missingMandatory"},
		"what counts": {`guild.example","reason":"standing"`, `guild.example","reason":"other"`, match.CodeReplayIgnored, "/outcome/ignored"},
	} {
		require.Equal(t, 1, strings.Count(string(text), c.was)-strings.Count(name, "digest"), "%s: %s", name, text)
		replayed := replay(t, tell(t).graph, []byte(strings.Replace(string(text), c.was, c.is, 1)))
		require.Equal(t, []vc.Code{c.want}, codes(replayed.Differs), name)
		require.Equal(t, c.pointer, replayed.Differs[0].Pointer, name)
	}

	// A framework in which a number was changed under its old date, which changes no score by
	// this policy; one that is gone, and one more.
	edited := world{frameworks: []framework{boats.frameworks[0], {items: boats.frameworks[1].items,
		links: []tie{{kind: casefw.ExactMatchOf, from: 4, to: 2, extra: `{"jaccard":0.5}`}, boats.frameworks[1].links[1]}}}}
	replayed := replay(t, edited.graph(t), text)
	require.Equal(t, []vc.Code{match.CodeReplayFramework}, codes(replayed.Differs))
	less := world{frameworks: []framework{boats.frameworks[0]}}
	replayed = replay(t, less.graph(t), text)
	require.Contains(t, codes(replayed.Differs), match.CodeReplayFramework)
	require.Contains(t, codes(replayed.Differs), match.CodeReplayScore)
	more := world{frameworks: append(boats.frameworks[:2:2], framework{items: []int{9}})}
	require.Equal(t, []vc.Code{match.CodeReplayFramework}, codes(replay(t, more.graph(t), text).Differs))
}

// What is no record, or one whose parts do not fit, is refused with a code and a place.
func TestParseRecordRefuses(t *testing.T) {
	text, err := tell(t).record(t).JSON()
	require.NoError(t, err)
	change := func(was, is string) string {
		require.Contains(t, string(text), was)
		return strings.Replace(string(text), was, is, 1)
	}
	for name, c := range map[string]struct {
		text string
		code vc.Code
		at   string
	}{
		"nothing":         {text: ""},
		"a later version": {change(`"match":1`, `"match":2`), match.CodeRecordVersion, "/match"},
		"something else":  {`{"record":1}`, match.CodeRecordVersion, "/match"},
		"a verdict less":  {change(`"verdicts":[{"counts":true},`, `"verdicts":[`), match.CodeRecordMalformed, "/verdicts"},
		"no outcome":      {`{"match":1,"policy":{"maxNodes":1},"claims":[],"verdicts":[]}`, match.CodeRecordMalformed, "/outcome"},
		"a policy":        {change(`"metAt":0.8`, `"metAt":8`), match.CodeRecordMalformed, "/policy"},
		"a job":           {change(`"weight":2`, `"weight":-2`), match.CodeRecordMalformed, "/job"},
		"a standing":      {change(`"standing":"forged"`, `"standing":"fine"`), vc.CodeJSONKind, "/claims/1/standing"},
		"a name twice":    {change(`"match":1`, `"match":1,"match":1`), "", ""},
		"depth":           {`{"match":1,"x":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, "", ""},
	} {
		_, err := match.ParseRecord([]byte(c.text))
		require.Error(t, err, name)
		if c.code != "" { // the others are faults of JSON
			p := vc.ProblemOf(err)
			require.Equal(t, c.code, p.Code, "%s: %v", name, err)
			require.Equal(t, c.at, p.Pointer, name)
		}
	}
}

// Whatever bytes are read as a record are written as one that reads back the same, and are
// matched anew without a panic.
func FuzzRecord(f *testing.F) {
	text, err := tell(f).record(f).JSON()
	require.NoError(f, err)
	f.Add(text)
	f.Add([]byte(`{"match":1,"policy":{"id":"p","maxHops":2,"maxNodes":9},"claims":[],"verdicts":[],"outcome":{}}`))
	graph := tell(f).graph
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := match.ParseRecord(text)
		if err != nil {
			return
		}
		written, err := r.JSON()
		require.NoError(t, err)
		again, err := match.ParseRecord(written)
		require.NoError(t, err)
		second, err := again.JSON()
		require.NoError(t, err)
		require.Equal(t, string(written), string(second))
		r.Policy.MaxNodes = min(r.Policy.MaxNodes, 1000)
		_, _ = graph.Replay(r)
	})
}
