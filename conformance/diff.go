package conformance

import (
	"encoding/json"
	"fmt"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Difference is what changed between two reports.
type Difference struct {
	Fixed  []string `json:"fixed,omitempty"`  // failed, and passes
	Broken []string `json:"broken,omitempty"` // passed, and fails
	// Changed are other changes of the outcome, such as "OB-I-2: skip, now pass".
	Changed []string `json:"changed,omitempty"`
	New     []string `json:"new,omitempty"`  // was not asked before
	Gone    []string `json:"gone,omitempty"` // is not asked any more
}

// mostReport bounds a report that is read: some hundred checks with their exchanges.
const mostReport = 64 << 20

// ParseReport reads what [Report.WriteJSON] wrote.
func ParseReport(text []byte) (*Report, error) {
	if _, err := jsonx.Parse(text, jsonx.Limits{Bytes: mostReport}, nil); err != nil {
		return nil, fmt.Errorf("conformance: the report: %w", err)
	}
	var r Report
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("conformance: the report: %w", err)
	}
	if r.Schema != ReportSchema {
		return nil, fmt.Errorf("conformance: a report of the form %q, not %q", r.Schema, ReportSchema)
	}
	return &r, nil
}

// Diff compares two reports, check by check.
func Diff(before, after *Report) Difference {
	was := map[string]Outcome{}
	for k := range before.Results {
		was[before.Results[k].ID] = before.Results[k].Outcome
	}
	var d Difference
	asked := map[string]bool{}
	for k := range after.Results {
		id, now := after.Results[k].ID, after.Results[k].Outcome
		asked[id] = true
		switch old, known := was[id]; {
		case !known:
			d.New = append(d.New, id)
		case old == now:
		case now == OutcomeFail:
			d.Broken = append(d.Broken, id)
		case old == OutcomeFail && now == OutcomePass:
			d.Fixed = append(d.Fixed, id)
		default:
			d.Changed = append(d.Changed, fmt.Sprintf("%s: %s, now %s", id, old, now))
		}
	}
	for k := range before.Results {
		if id := before.Results[k].ID; !asked[id] {
			d.Gone = append(d.Gone, id)
		}
	}
	return d
}
