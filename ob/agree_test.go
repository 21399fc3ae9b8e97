package ob_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// The typed models and the table of facts are two forms of one specification:
// each class has the same members in both, each of the kind that it has there.
func TestModelsAgreeWithFacts(t *testing.T) {
	classes := map[string]shape.Class{}
	for _, c := range door.Schema().Classes() {
		classes[c.Name] = c
	}
	// Members that only one of the two has, each for its reason.
	onlyModel := map[string][]string{
		"AchievementCredential": {"issuanceDate", "expirationDate"}, // of the class for VCDM 1.1
		"EndorsementCredential": {"issuanceDate", "expirationDate"},
	}
	for _, model := range models {
		typ := reflect.TypeOf(model)
		class, ok := classes[typ.Name()]
		require.True(t, ok, "the table lacks %s", typ.Name())
		facts := map[string]shape.Member{}
		for _, m := range class.Members {
			facts[m.Name] = m
		}
		for _, f := range reflect.VisibleFields(typ) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" || slices.Contains(onlyModel[typ.Name()], name) {
				continue
			}
			fact, ok := facts[name]
			require.True(t, ok, "the table lacks %s.%s", typ.Name(), name)
			many := strings.HasPrefix(f.Type.Name(), "OneOrMany[")
			require.True(t, many == fact.Many || many && (fact.ArrayToo || fact.Kind == shape.Types || fact.Kind == shape.Context),
				"%s.%s: the model has many %v, the table %v", typ.Name(), name, many, fact.Many)
			isText := strings.Contains(f.Type.String(), "vc.Text")
			require.Equal(t, fact.Language, isText, "%s.%s: a text in languages", typ.Name(), name)
			delete(facts, name)
		}
		require.Empty(t, facts, "the model of %s lacks members of the table", typ.Name())
	}
	for _, name := range []string{"AchievementCredential", "EndorsementCredential"} {
		old := classes[name+"v1p1"]
		require.True(t, slices.ContainsFunc(old.Members, func(m shape.Member) bool { return m.Name == "expirationDate" }))
	}
}

// There is a constant for each term of each enumeration, and no other.
func TestConstantsAgreeWithFacts(t *testing.T) {
	terms := map[string][]string{}
	for _, c := range door.Schema().Classes() {
		for _, m := range c.Members {
			if m.Enum != nil && c.Name != "Association" {
				terms[strings.TrimSuffix(m.Enum.Name, "Enum")] = m.Enum.Terms
			}
		}
	}
	constants := testkit.Constants(t, "enum.go")
	require.Len(t, constants, 5)
	require.Len(t, terms, len(constants))
	for name, values := range constants {
		require.ElementsMatch(t, terms[name], values, name)
	}
}
