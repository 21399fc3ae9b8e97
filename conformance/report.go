package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Notice stands on every report.
const Notice = "This report certifies nothing. It is not made by 1EdTech and says nothing in its name: " +
	"only the test system of 1EdTech and its reviewers certify a product."

// ReportSchema names the form of the JSON, for which SchemaJSON has the schema. A member is
// added without a new number, and none changes its meaning.
const ReportSchema = "laurel-conformance-report-1"

// Report is what became of a run. It is data: changing it does not change a run.
type Report struct {
	Schema  string       `json:"schema"`
	Notice  string       `json:"notice"`
	Subject Subject      `json:"subject"`
	Guide   Guide        `json:"guide"` // of Open Badges
	At      time.Time    `json:"at"`
	Seed    string       `json:"seed"`
	Strict  bool         `json:"strict"`
	Roles   []RoleResult `json:"roles"`
	// Results are in the order of the guides, one a check that was selected.
	Results []Result `json:"results"`
	// Stale is what is wrong with the known failures.
	Stale []string `json:"stale,omitempty"`
}

// Result is what became of one check.
type Result struct {
	Check
	Roles     []Role     `json:"roles"` // of the suite, that ask it
	Optional  bool       `json:"optionalPart,omitempty"`
	Outcome   Outcome    `json:"outcome"`
	Cause     string     `json:"cause,omitempty"` // why it did not run, was skipped, or is open
	Known     string     `json:"known,omitempty"` // the reason of a known failure
	Findings  []Finding  `json:"findings,omitempty"`
	Exchanges []Exchange `json:"exchanges,omitempty"`
	Slot      *Slot      `json:"slot,omitempty"`
	// Counts are how often each member of the model has a value, of the check of CASE that asks
	// for all of them.
	Counts map[string]int `json:"counts,omitempty"`
}

// RoleVerdict is the sum of a role.
type RoleVerdict string

// The verdicts of roles, the worst first.
const (
	RoleVerdictFailed  RoleVerdict = "failed"  // a check that counts failed
	RoleVerdictPartial RoleVerdict = "partial" // something that counts was skipped or did not run
	RoleVerdictOpen    RoleVerdict = "open"    // people must judge the rest
	RoleVerdictPassed  RoleVerdict = "passed"  // everything that counts passed
)

// RoleResult sums up a role.
type RoleResult struct {
	Role    Role           `json:"role"`
	Title   string         `json:"title"`
	Verdict RoleVerdict    `json:"verdict"`
	Counts  map[string]int `json:"counts"` // by outcome
}

// report sums up a run.
func (n *session) report(all []chosen, results map[string]Result) (*Report, error) {
	r := &Report{Schema: ReportSchema, Notice: Notice, Subject: n.suite.Subject, Guide: n.suite.guide(), At: n.now.UTC(),
		Seed: n.suite.Seed, Strict: n.suite.Strict}
	vacuous := true
	for _, one := range all {
		result := results[one.check.ID]
		vacuous = vacuous && (result.Outcome == OutcomeSkip || result.Outcome == OutcomeNotRun && result.Unbuilt != "")
		n.redact.clean(&result)
		r.Results = append(r.Results, result)
	}
	if n.suite.Known != nil {
		r.Stale = n.suite.Known.apply(r, n.now)
	}
	for _, role := range n.suite.Roles {
		r.Roles = append(r.Roles, r.sum(role))
	}
	switch {
	case vacuous:
		return r, fmt.Errorf("conformance: everything was skipped: %s", r.Results[0].Cause)
	case len(r.Stale) > 0:
		return r, errors.New("conformance: the known failures are stale: " + strings.Join(r.Stale, "; "))
	}
	return r, nil
}

// sum counts the results of a role.
func (r *Report) sum(role Role) RoleResult {
	one := RoleResult{Role: role, Title: role.Title(), Verdict: RoleVerdictPassed, Counts: map[string]int{}}
	worst := []RoleVerdict{RoleVerdictFailed, RoleVerdictPartial, RoleVerdictOpen, RoleVerdictPassed}
	for k := range r.Results {
		result := &r.Results[k]
		if !slices.Contains(result.Roles, role) {
			continue
		}
		one.Counts[result.Outcome.String()]++
		if v := result.counts(role, r.Strict); slices.Index(worst, v) < slices.Index(worst, one.Verdict) {
			one.Verdict = v
		}
	}
	return one
}

// counts is what the result means for a role.
func (r *Result) counts(role Role, strict bool) RoleVerdict {
	needed := r.Level == LevelMust && !slices.Contains(role.fact().optional, r.Role)
	switch {
	case r.Outcome == OutcomeFail && r.Known != "":
		return RoleVerdictPartial
	case r.Outcome == OutcomeFail:
		return RoleVerdictFailed
	case r.Outcome == OutcomeManual && needed && (r.Slot == nil || r.Slot.SHA256 == ""):
		return RoleVerdictOpen
	case strict && needed && (r.Outcome == OutcomeSkip || r.Outcome == OutcomeNotRun):
		return RoleVerdictFailed
	case needed && (r.Outcome == OutcomeSkip || r.Outcome == OutcomeNotRun):
		return RoleVerdictPartial
	}
	return RoleVerdictPassed
}

// Verdict is the worst verdict of the roles.
func (r *Report) Verdict() RoleVerdict {
	for _, v := range []RoleVerdict{RoleVerdictFailed, RoleVerdictPartial, RoleVerdictOpen} {
		if slices.ContainsFunc(r.Roles, func(one RoleResult) bool { return one.Verdict == v }) {
			return v
		}
	}
	return RoleVerdictPassed
}

// WriteJSON writes the report by the schema that it names.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(r); err != nil {
		return fmt.Errorf("conformance: writing a report: %w", err)
	}
	return nil
}
