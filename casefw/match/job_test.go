package match_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// The published job, held against the published record, has the published scores. The
// record is unsigned, so that its claims count only for who takes them so.
func TestPublishedJob(t *testing.T) {
	var all []*casefw.Framework
	for _, name := range []string{"packages/synthetic/a01-full-v1p1", "matching/framework-industry", "matching/framework-legacy", "matching/crosswalk-associations-only"} {
		f, _, err := casefw.LoadBytes(testkit.ReadShared(t, "case/"+name+".json"), casefw.Options{})
		require.NoError(t, err)
		all = append(all, f)
	}
	var job struct {
		ID           string
		Requirements []struct {
			ID, Item  string
			Weight    float64
			Mandatory bool
			MinLevel  float64
		}
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/matching/job-junior-data-analyst.json"), &job))
	asked := match.Job{ID: job.ID}
	for _, r := range job.Requirements {
		asked.Requirements = append(asked.Requirements, match.Requirement{ID: r.ID, Target: casefw.Alignment{TargetURL: "urn:uuid:" + r.Item},
			Weight: weight(r.Weight), Mandatory: r.Mandatory, MinLevel: r.MinLevel})
	}
	var want struct {
		Now          time.Time
		Ignored      []struct{ Credential, Reason string }
		Requirements []struct {
			ID              string
			Score           float64
			Met             bool
			Path            []string
			UsedCredentials []string
			Flags           []string
		}
		Total, Tolerance float64
		Qualified        bool
		Flags            []string
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/matching/job-junior-data-analyst-expected.json"), &want))

	p := match.DefaultPolicy()
	p.Accept = func(c match.Claim) (bool, match.Reason) {
		if !c.Until.IsZero() && want.Now.After(c.Until) {
			return false, "expired"
		}
		return true, "unverified"
	}
	m, err := match.NewGraph(casefw.NewCatalog(all...)).Prepare(asked, p)
	require.NoError(t, err)
	reading, err := intake.Read(t.Context(), testkit.ReadShared(t, "case/matching/clr-ana-unsigned.json"),
		intake.Config{Verify: verify.Config{Now: func() time.Time { return want.Now }}})
	require.NoError(t, err)
	got := m.Match(reading.Claims())

	require.InDelta(t, want.Total, *got.Total, want.Tolerance)
	require.Equal(t, want.Qualified, got.Qualified)
	require.Equal(t, fmt.Sprint(want.Flags), fmt.Sprint(got.Flags))
	for i, r := range want.Requirements {
		s := got.Requirements[i]
		require.InDelta(t, r.Score, *s.Score, want.Tolerance, r.ID)
		require.Equal(t, r.Met, s.Met, r.ID)
		require.Equal(t, fmt.Sprint(r.Path), fmt.Sprint(s.Path()), r.ID)
		var used []string
		for _, e := range s.Used {
			used = append(used, e.Credential)
		}
		require.ElementsMatch(t, r.UsedCredentials, used, r.ID)
		for _, flag := range r.Flags {
			require.Contains(t, s.Flags, match.Flag(flag), r.ID)
		}
	}
	for i, ignored := range want.Ignored {
		require.Equal(t, ignored.Credential, got.Ignored[i].Credential)
		require.Equal(t, ignored.Reason, string(got.Ignored[i].Reason))
	}

	// By the policy itself nothing of an unsigned record counts, and each claim says why.
	m, err = match.NewGraph(casefw.NewCatalog(all...)).Prepare(asked, match.DefaultPolicy())
	require.NoError(t, err)
	got = m.Match(reading.Claims())
	require.Zero(t, *got.Total)
	require.Len(t, got.Ignored, len(reading.Claims()))
}

// Two frameworks that never heard of each other meet in an occupation that both name,
// whatever address they give it.
func TestMeetingInAnOccupation(t *testing.T) {
	w := world{frameworks: []framework{
		{items: []int{1}, links: []tie{{kind: casefw.ExactMatchOf, from: 1, to: -1252}}},
		{items: []int{2}, links: []tie{{kind: casefw.ExactMatchOf, from: 2, to: -1252}}},
		{items: []int{3}, links: []tie{{kind: casefw.ExactMatchOf, from: 3, to: -1253}}},
	}}
	g := w.graph(t)
	got := outcome(t, g, match.DefaultPolicy(), requirements(2, 3), hold(t, g, 1))
	require.Equal(t, 1.0, *got.Requirements[0].Score)
	require.Equal(t, "[exactMatchOf exactMatchOf^-1]", fmt.Sprint(got.Requirements[0].Path()))
	require.Zero(t, *got.Requirements[1].Score, "another occupation")

	target, ok := g.Find(casefw.Alignment{TargetType: "ext:onet", TargetCode: "15-1252.00"})
	require.True(t, ok)
	m, err := g.Prepare(match.Job{Requirements: requirements(2)}, match.DefaultPolicy())
	require.NoError(t, err)
	require.Equal(t, 1.0, *m.MatchHeld([]match.Held{{Target: target}}).Requirements[0].Score)
}

// A job and a policy that contradict themselves are refused.
func TestContradictions(t *testing.T) {
	g := (&world{frameworks: []framework{{items: []int{1}}}}).graph(t)
	for want, c := range map[string]struct {
		job    match.Job
		change func(*match.Policy)
	}{
		"two requirements":   {match.Job{Requirements: requirements(1, 1)}, nil},
		"between 0 and a":    {match.Job{Requirements: []match.Requirement{{Weight: weight(-1)}}}, nil},
		"above zero":         {match.Job{Requirements: []match.Requirement{{MinLevel: -1}}}, nil},
		"alternatives":       {match.Job{Requirements: []match.Requirement{{Any: make([]casefw.Alignment, 65)}}}, nil},
		"requirements, more": {match.Job{Requirements: make([]match.Requirement, 1001)}, nil},
		"worth of":           {match.Job{}, func(p *match.Policy) { p.Links[casefw.IsPartOf] = 2 }},
		"a share of":         {match.Job{}, func(p *match.Policy) { p.MetAt = -1 }},
		"DefaultPolicy":      {match.Job{}, func(p *match.Policy) { *p = match.Policy{} }},
	} {
		p := match.DefaultPolicy()
		if c.change != nil {
			c.change(&p)
		}
		_, err := g.Prepare(c.job, p)
		require.ErrorContains(t, err, want)
	}
}

// What is ambiguous, retired or only wider is told.
func TestFlags(t *testing.T) {
	w := world{frameworks: []framework{
		{items: []int{1, 2, 5}, links: []tie{{kind: casefw.ReplacedBy, from: 5, to: 1}, {kind: casefw.IsChildOf, from: 1, to: 2}}},
		{items: []int{3, 4}, links: []tie{{kind: casefw.ExactMatchOf, from: 1, to: 3}, {kind: casefw.ExactMatchOf, from: 1, to: 4}}},
	}}
	g := w.graph(t)
	got := outcome(t, g, match.DefaultPolicy(), requirements(1, 5), hold(t, g, 3))
	require.Contains(t, got.Requirements[0].Flags, match.FlagAmbiguous)
	require.Contains(t, got.Requirements[1].Flags, match.FlagRetired)
	require.Equal(t, []string{id(1)}, got.Requirements[1].Current)
	require.Zero(t, *got.Requirements[1].Score, "what replaced it does not prove it")
	got = outcome(t, g, match.DefaultPolicy(), requirements(1), hold(t, g, 2))
	require.Contains(t, got.Requirements[0].Flags, match.FlagBroader)
}

// What reads the same is suggested where it is held and not linked: not what is asked for
// itself by a claim that does not count, and not what has nothing but its words in its favour.
func TestSuggestions(t *testing.T) {
	w := world{frameworks: []framework{{items: []int{1}}, {items: []int{2}}}}
	g := w.graph(t)
	held := hold(t, g, 1)
	held[0].Against = match.AgainstValidity
	got := outcome(t, g, match.DefaultPolicy(), requirements(1), held)
	require.Empty(t, got.Requirements[0].Suggestions)
	require.Equal(t, []match.Flag{"validity"}, got.Requirements[0].Flags)
}
