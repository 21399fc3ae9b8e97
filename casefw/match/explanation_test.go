package match_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
)

func explained(t *testing.T, s *story, words match.Words) *match.Explanation {
	t.Helper()
	x, err := match.NewExplainer(words, "en")
	require.NoError(t, err)
	m := s.matcher(t)
	return x.Explain(m, s.claims, m.Match(s.claims))
}

// Every number is put into words: what meets it, over which links, who says so, and what
// counts for nothing.
func TestExplanation(t *testing.T) {
	e := explained(t, tell(t), nil)
	// One of two parts is half of the first; the level is 2 of 3 for the second: (0.5 + 2·0.667) / 3.
	require.Equal(t, "61 % of what the job asks for is met, by weight.", e.Total)
	require.Equal(t, "Mandatory and not met: Can do thing 1.", e.Mandatory)
	first := e.Requirements[0]
	require.Equal(t, "Can do thing 1", first.Item)
	require.Equal(t, "In part, 50 %", first.Says)
	require.Equal(t, []match.ExplainedEvidence{{
		Says: "“Keel laying”, awarded by https://school.example, is for “Can do thing 4”, which makes 50 % of it.",
		Path: []match.ExplainedStep{{"“Can do thing 4” is the same as “Can do thing 2”", "says Framework 1"},
			{"“Can do thing 2” is a part of “Can do thing 1”", "says Framework 0"}},
	}}, first.Evidence)
	require.Contains(t, first.Notes, "There is a claim to this that nobody can be held to.")
	require.Equal(t, "It counts 67 %.", e.Requirements[1].Evidence[0].Worth)
	require.Equal(t, "The level reached is lower than the one asked for.", e.Requirements[1].Notes[0])
	require.Equal(t, "Sewing sails", e.Requirements[2].Item)
	require.Equal(t, "Not known", e.Requirements[2].Says)
	require.Equal(t, []string{"“without a name”, by https://guild.example: nobody can be held to it.",
		"“without a name”, by https://club.example: it points at nothing that the frameworks know."}, e.Ignored)
}

// A caller replaces what it likes, in its own language, and what it misspells is told.
func TestWordsAreReplaced(t *testing.T) {
	german := match.Words{
		match.PhraseTotal: "{total} der Anforderungen sind erfüllt.", match.PhrasePercent: "{n} Prozent",
		match.PhraseOfLink(match.Step{Type: casefw.ExactMatchOf}): "„{from}“ ist dasselbe wie „{to}“",
		match.PhraseOfFlag("mine"):                                "Eigenes.",
	}
	e := explained(t, tell(t), german)
	require.Equal(t, "61 Prozent der Anforderungen sind erfüllt.", e.Total)
	require.Equal(t, "„Can do thing 4“ ist dasselbe wie „Can do thing 2“", e.Requirements[0].Evidence[0].Path[0].Says)
	require.Contains(t, e.Requirements[0].Evidence[0].Path[1].Says, "is a part of", "the others stay")

	for want, words := range map[string]match.Words{
		"no phrase":    {"totl": "x"},
		"no {persons}": {match.PhraseTotal: "{persons}"},
		"no {score}":   {match.PhraseOfLink(match.Step{Type: "x"}): "{from} {score}"},
	} {
		_, err := match.NewExplainer(words)
		require.ErrorContains(t, err, want)
	}
	words := match.English()
	words[match.PhraseTotal] = "changed"
	require.NotEqual(t, "changed", match.English()[match.PhraseTotal], "the table is the caller's own")
}

// Every flag, reason and link of the package has words of its own, and what is in braces is
// filled in wherever it stands.
func TestEverythingHasWords(t *testing.T) {
	english := match.English()
	for _, f := range []match.Flag{match.FlagLevelShort, match.FlagLevelUnknown, match.FlagHopLimit, match.FlagUnknownItem,
		match.FlagAmbiguous, match.FlagRetired, match.FlagBroader, match.FlagBudget} {
		require.Contains(t, english, match.PhraseOfFlag(f))
	}
	for _, r := range []match.Reason{match.AgainstStanding, match.AgainstOther, match.AgainstShared, match.AgainstValidity,
		match.AgainstRepeated, match.AgainstAlignment, match.AgainstResult, match.AgainstPolicy} {
		require.Contains(t, english, match.PhraseOfReason(r))
	}
	for kind := range match.DefaultPolicy().Links {
		if kind != match.AnyExtension {
			require.Contains(t, english, match.PhraseOfLink(match.Step{Type: kind}))
		}
	}
	s := tell(t)
	text, err := json.Marshal(explained(t, s, nil))
	require.NoError(t, err)
	require.False(t, strings.Contains(string(text), "{score}") || strings.Contains(string(text), "{item"), "%s", text)
	require.NotRegexp(t, `\{[a-z]+\}`, string(text))
}
