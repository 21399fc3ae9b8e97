package codes_test

import (
	"bytes"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

// boats is a framework of two skills, one below the other.
const boats = `{"CFDocument": {"identifier": "5b6a1c1e-0000-4000-8000-0000000000d0", "uri": "https://skills.example/d", "title": "Boats", "version": "3",
	"creator": "the guild", "lastChangeDateTime": "2025-01-01T00:00:00Z", "CFPackageURI": {"title": "Boats",
	"identifier": "5b6a1c1e-0000-4000-8000-0000000000d0", "uri": "https://skills.example/p"}},
	"CFItems": [{"identifier": "5b6a1c1e-0000-4000-8000-000000000001", "uri": "https://skills.example/1", "fullStatement": "Builds hulls",
	"lastChangeDateTime": "2025-01-01T00:00:00Z"}, {"identifier": "5b6a1c1e-0000-4000-8000-000000000002", "uri": "https://skills.example/2",
	"fullStatement": "Lays keels", "lastChangeDateTime": "2025-01-01T00:00:00Z"}], "CFAssociations": [{"identifier": "5b6a1c1e-0000-4000-8000-00000000000a",
	"uri": "https://skills.example/a", "associationType": "isChildOf", "lastChangeDateTime": "2025-01-01T00:00:00Z", "originNodeURI": {"title": "o",
	"uri": "https://skills.example/2", "identifier": "5b6a1c1e-0000-4000-8000-000000000002"}, "destinationNodeURI": {"title": "d",
	"uri": "https://skills.example/1", "identifier": "5b6a1c1e-0000-4000-8000-000000000001"}}]}`

// replayedMatch is a row about a record of a match, which is changed before it is matched anew.
func replayedMatch(code vc.Code, input, was, is string) row {
	return row{code, "a record of a match, and " + input, func(d *desk) []*vc.Problem {
		f, _, err := casefw.LoadBytes([]byte(boats), casefw.Options{})
		require.NoError(d.t, err)
		graph := match.NewGraph(casefw.NewCatalog(f))
		job := match.Job{ID: "shipwright", Requirements: []match.Requirement{{ID: "hulls", Mandatory: true,
			Target: casefw.Alignment{TargetURL: "urn:uuid:5b6a1c1e-0000-4000-8000-000000000001"}}}}
		m, err := graph.Prepare(job, match.DefaultPolicy())
		require.NoError(d.t, err)
		claims := []match.Claim{{Credential: "urn:uuid:1", Against: match.AgainstStanding}}
		text, err := m.Record(claims, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).JSON()
		require.NoError(d.t, err)
		require.Contains(d.t, string(text), was)
		r, err := match.ParseRecord(bytes.Replace(text, []byte(was), []byte(is), 1))
		if err != nil {
			return []*vc.Problem{vc.ProblemOf(err)}
		}
		replayed, err := graph.Replay(r)
		require.NoError(d.t, err)
		return replayed.Differs
	}}
}

var matchRows = []row{
	{match.CodeRecordVersion, "a badge in the place of a record of a match", func(*desk) []*vc.Problem {
		_, err := match.ParseRecord(testkit.Badge())
		return []*vc.Problem{vc.ProblemOf(err)}
	}},
	replayedMatch(match.CodeRecordMalformed, "a claim less in it than verdicts", `"claims":[{"credential":"urn:uuid:1","standing":"not-checked",`+
		`"validity":"unknown","subject":"not-comparable","against":"standing"}]`, `"claims":[]`),
	replayedMatch(match.CodeReplayFramework, "a later version of the framework", `"version":"3"`, `"version":"2"`),
	replayedMatch(match.CodeReplayScore, "another score in it", `"score":0,`, `"score":1,`),
	replayedMatch(match.CodeReplayReasons, "something in it that reads alike", `"suggestions":[]`, `"suggestions":["5b6a1c1e-0000-4000-8000-000000000002"]`),
	replayedMatch(match.CodeReplayTotal, "another total in it", `"total":0,`, `"total":0.5,`),
	replayedMatch(match.CodeReplayQualified, "all that is mandatory met in it", `"qualified":false`, `"qualified":true`),
	replayedMatch(match.CodeReplayIgnored, "a claim less that counts for nothing",
		`"ignored":[{"claim":0,"credential":"urn:uuid:1","reason":"standing"}]`, `"ignored":[]`),
}
