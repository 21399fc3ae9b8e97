package plan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
)

// normalised is one of the published records and what it is to be read as.
type normalised struct {
	ID, Source, LineItem string
	Raw                  json.RawMessage
	Expect               map[string]json.RawMessage
}

// refusals are our code and place for the published errors.
var refusals = map[string]string{
	"scoreMaximum-required": "plan-member-missing /scoreMaximum", "scoreMaximum-not-positive": "plan-member-malformed /scoreMaximum",
	"scoreGiven-negative": "plan-member-malformed /scoreGiven", "timestamp-required": "plan-member-missing /timestamp",
	"timestamp-zone-required": "plan-member-malformed /timestamp", "unknown-gradingProgress": "plan-member-malformed /gradingProgress",
	"scoreGiven-not-a-number": "plan-member-malformed /scoreGiven",
}

// The published records of both kinds of gradebook are read as they are to be read.
func TestSharedRecords(t *testing.T) {
	scales, items := map[string]*plan.Scale{}, map[string]plan.LineItem{}
	eachOf(t, "oneroster-scorescales.json", "scoreScales", func(id string, text []byte) {
		s, err := plan.ParseOneRosterScale(text)
		require.NoError(t, err)
		scales[id] = s
	})
	eachOf(t, "oneroster-lineitems.json", "lineItems", func(id string, text []byte) {
		l, err := plan.ParseOneRosterLineItem(text, scales["sc-letters"])
		require.NoError(t, err)
		items[id] = l
	})
	var cases struct{ Cases []normalised }
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/gradebook/normalise-cases.json"), &cases))
	require.Len(t, cases.Cases, 47)
	for _, c := range cases.Cases {
		t.Run(c.ID, func(t *testing.T) {
			var rec plan.Record
			var err error
			if c.Source == "oneroster" {
				rec, err = plan.ParseOneRosterResult(c.Raw, items[c.LineItem], plan.RecordOptions{})
			} else {
				o := plan.RecordOptions{AlignByTag: strings.HasSuffix(c.ID, "tag"), AlignByResourceID: strings.HasSuffix(c.ID, "resourceId")}
				rec, err = plan.ParseAGSScore(c.Raw, agsLineItem(t, c.LineItem, o), o)
			}
			if code, refused := c.Expect["error"]; refused {
				var name string
				require.NoError(t, json.Unmarshal(code, &name))
				require.Len(t, problems(err), 1)
				require.Equal(t, refusals[name], string(problems(err)[0].Code)+" "+problems(err)[0].Pointer)
				return
			}
			require.NoError(t, err)
			for name, want := range c.Expect {
				holdRecord(t, rec, items[c.LineItem], name, want)
			}
		})
	}
}

func eachOf(t *testing.T, file, list string, do func(id string, text []byte)) {
	var all map[string][]json.RawMessage
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/gradebook/"+file), &all))
	for _, text := range all[list] {
		var one struct{ SourcedID string }
		require.NoError(t, json.Unmarshal(text, &one))
		do(one.SourcedID, text)
	}
}

func agsLineItem(t *testing.T, id string, o plan.RecordOptions) plan.LineItem {
	var all []json.RawMessage
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/gradebook/lti-ags-lineitems.json"), &all))
	for _, text := range all {
		l, err := plan.ParseAGSLineItem(text, o)
		require.NoError(t, err)
		if l.ID == id {
			return l
		}
	}
	require.Fail(t, "no line item "+id)
	return plan.LineItem{}
}

// percentOf is a published share of one as the percentage that we have.
func percentOf(share string) string {
	n, _ := plan.ParseNumber(share)
	return plan.Percent(n, plan.Number{}, plan.NewNumber(1)).String()
}

func holdRecord(t *testing.T, rec plan.Record, l plan.LineItem, name string, want json.RawMessage) {
	is := func(got any) {
		text, err := json.Marshal(got)
		require.NoError(t, err)
		require.JSONEq(t, string(want), string(text), name)
	}
	number := func(n plan.Number) any {
		if n.IsZero() {
			return nil
		}
		return n
	}
	text := ""
	if len(rec.Scores) > 0 {
		text = rec.Scores[0].Text
	}
	switch name {
	case "percent":
		var share *string
		require.NoError(t, json.Unmarshal(want, &share))
		if share == nil {
			require.True(t, rec.Percent.IsZero())
		} else {
			require.Equal(t, percentOf(*share), rec.Percent.String())
		}
	case "raw":
		is(number(rec.Raw))
	case "final":
		is(rec.Final)
	case "late":
		is(rec.Late)
	case "excused":
		is(rec.Excused)
	case "retracted":
		is(rec.Deleted)
	case "overMax":
		is(rec.OverMax)
	case "completed":
		is(!rec.Incomplete)
	case "clearsPreviousScore":
		is(rec.Raw.IsZero())
	case "textScore":
		is(text)
	case "scaleValue", "scaleRank":
		low, high, rank, ok := l.Scale.Lookup(text)
		switch {
		case !ok:
			is(nil)
		case name == "scaleRank":
			is(rank)
		default:
			is(map[string]plan.Number{"low": low, "high": high})
		}
	case "scoreDate":
		is(rec.At.Format("2006-01-02"))
	case "warnings":
		require.Len(t, rec.Warnings, 1)
		require.Equal(t, plan.CodeMemberRepaired, rec.Warnings[0].Code)
	case "items":
		ids := []string{}
		for _, s := range rec.Scores {
			ids = append(ids, s.Item.String())
		}
		is(ids)
	case "objectives":
		var all []struct{ Item, Raw, TextScore string }
		require.NoError(t, json.Unmarshal(want, &all))
		for i, o := range all {
			require.Equal(t, o.Item+o.Raw+o.TextScore, rec.Scores[i].Item.String()+rec.Scores[i].Raw.String()+rec.Scores[i].Text)
			require.True(t, rec.Scores[i].Percent.IsZero())
		}
	default:
		require.Fail(t, "nothing holds "+name)
	}
	require.NotContains(t, rec.Warnings, (*vc.Problem)(nil))
}
