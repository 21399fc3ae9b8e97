package conformance

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Baseline lists failures that are known, so that a run tells of new ones. It goes stale
// loudly: an entry that means no check of the run, one of which a check passes, and one whose time
// is over each make the run an error.
type Baseline struct {
	Guide   Guide   `json:"guide"` // that it was written for
	Entries []Known `json:"entries"`
}

// Known is a failure that is known.
type Known struct {
	Check  string `json:"check"` // a pattern of ids or aliases
	Reason string `json:"reason"`
	Issue  string `json:"issue,omitempty"`
	Until  string `json:"until,omitempty"` // a day such as 2027-03-01, the last on which it holds
}

// mostBaseline bounds the file: a thousand entries with their reasons.
const mostBaseline = 1 << 20

// ParseBaseline reads a list of known failures.
func ParseBaseline(text []byte) (*Baseline, error) {
	if _, err := jsonx.Parse(text, jsonx.Limits{Bytes: mostBaseline}, nil); err != nil {
		return nil, fmt.Errorf("conformance: the known failures: %w", err)
	}
	var b Baseline
	if err := json.Unmarshal(text, &b); err != nil {
		return nil, fmt.Errorf("conformance: the known failures: %w", err)
	}
	for k, e := range b.Entries {
		if e.Check == "" || e.Reason == "" {
			return nil, fmt.Errorf("conformance: known failure %d needs check and reason", k+1)
		}
		if _, err := time.Parse(time.DateOnly, e.Until); e.Until != "" && err != nil {
			return nil, fmt.Errorf("conformance: known failure %s: until is no day: %q", e.Check, e.Until)
		}
	}
	return &b, nil
}

// apply marks what is known, and says what is stale.
func (b *Baseline) apply(r *Report, now time.Time) (stale []string) {
	if b.Guide != "" && b.Guide != r.Guide {
		stale = append(stale, fmt.Sprintf("they were written for the guide %s, and this is %s", b.Guide, r.Guide))
	}
	for _, e := range b.Entries {
		if until, err := time.Parse(time.DateOnly, e.Until); err == nil && now.After(until.AddDate(0, 0, 1)) {
			stale = append(stale, e.Check+" was known until "+e.Until)
		}
		meant := false
		for k := range r.Results {
			result := &r.Results[k]
			if yes, err := result.named(e.Check); err != nil || !yes {
				continue
			}
			meant = true
			switch result.Outcome {
			case OutcomePass:
				stale = append(stale, result.ID+" passes and is known to fail")
			case OutcomeFail, OutcomeWarn:
				result.Known = e.Reason
			}
		}
		if !meant {
			stale = append(stale, e.Check+" means no check of this run")
		}
	}
	return stale
}
