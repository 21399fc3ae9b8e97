package plan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// A credential of a framework becomes a plan that can be used once somebody looked.
func TestDrafts(t *testing.T) {
	f, _, err := casefw.LoadBytes(read(t, "framework.json"), casefw.Options{})
	require.NoError(t, err)
	plans, found := plan.Drafts(f)
	require.Empty(t, found)
	require.Len(t, plans, 1)
	require.Equal(t, plan.Condition{AllOf: []plan.Condition{{Item: guid(20)},
		{AtLeast: 2, Of: []plan.Condition{{Item: guid(11)}, {Item: guid(12)}, {Item: guid(30)}}}}}, plans[0].Condition)
	_, err = plan.New(plans, plan.Config{Frameworks: casefw.NewCatalog(f), Now: testkit.Clock})
	require.NoError(t, err)
}

// The published rules in notes are read, or told of.
func TestSharedNotesRules(t *testing.T) {
	var all struct {
		Cases []struct {
			ID, Notes string
			Expect    *struct {
				AtLeast int
				Error   string
			}
		}
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/plans/opensalt-notes-rules.json"), &all))
	require.Len(t, all.Cases, 5)
	text := string(testkit.ReadShared(t, "case/packages/synthetic/a01-full-v1p1.json"))
	for _, c := range all.Cases {
		t.Run(c.ID, func(t *testing.T) {
			notes, err := json.Marshal(c.Notes)
			require.NoError(t, err)
			item := strings.LastIndex(text[:strings.Index(text, `"Data Analyst Foundation"`)], "{") + 1
			f, _, err := casefw.LoadBytes([]byte(text[:item]+`"notes":`+string(notes)+","+text[item:]), casefw.Options{})
			require.NoError(t, err)
			plans, found := plan.Drafts(f)
			require.Len(t, plans, 1)
			all := plans[0].Condition.AllOf
			switch last := all[len(all)-1]; {
			case c.Expect == nil:
				require.Empty(t, found)
			case c.Expect.Error != "":
				require.Len(t, found, 1)
				require.Equal(t, plan.CodeNotesRule, found[0].Code)
				require.Zero(t, last.AtLeast)
			default:
				require.Empty(t, found)
				require.Equal(t, c.Expect.AtLeast, last.AtLeast)
			}
		})
	}
}
