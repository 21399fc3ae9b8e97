package conformance

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"
)

// Run runs the checks that the suite selects, in an order that the seed decides, and
// returns what became of them. The error is that of a Suite that cannot be run, of a
// Baseline that is stale, and of a run of which everything was skipped; in the last two
// cases the report comes too. A failure of the product is no error.
func (s *Suite) Run(ctx context.Context) (*Report, error) {
	all, run, err := s.begin()
	if err != nil {
		return nil, err
	}
	order := slices.Clone(all)
	source(run.suite.Seed, "order").Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	defer run.end()
	results := map[string]Result{}
	for _, one := range order {
		results[one.check.ID] = run.result(ctx, one)
	}
	return run.report(all, results)
}

// begin prepares a run.
func (s *Suite) begin() ([]chosen, *session, error) {
	if err := s.validate(); err != nil {
		return nil, nil, err
	}
	all, err := s.selected()
	if err != nil {
		return nil, nil, err
	}
	own := *s
	if own.Seed == "" {
		own.Seed = rand.Text()[:16]
	}
	run, err := newSession(&own, own.Seed)
	return all, run, err
}

// result runs one check.
func (n *session) result(ctx context.Context, one chosen) Result {
	c := one.check
	r := Result{Check: *c, Roles: one.roles, Optional: one.optional}
	switch missing := n.missing(c); {
	case c.Unbuilt != "":
		r.Outcome, r.Cause = OutcomeNotRun, c.Unbuilt
	case c.run == nil:
		r.Outcome = OutcomeManual
		r.Slot, r.Cause = n.slot(c)
	case missing != "":
		r.Outcome, r.Cause = OutcomeSkip, missing
		if len(c.Shots) > 0 { // what no hook shows, people do
			r.Outcome = OutcomeManual
			r.Slot, _ = n.slot(c)
		}
	default:
		n.runs(ctx, c, &r)
	}
	return r
}

// runs lets the check run.
func (n *session) runs(ctx context.Context, c *Check, r *Result) {
	timeout := n.suite.Timeout
	if timeout <= 0 {
		timeout = time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	p := &probe{ctx: ctx, s: n, check: c}
	r.Outcome, r.Cause = p.do()
	r.Findings = p.findings
	if len(p.findings) > 0 || r.Outcome == OutcomeNotRun {
		r.show(p.exchanges)
	}
}

// show keeps the last exchanges, and has the findings count from the first of them.
func (r *Result) show(exchanges []Exchange) {
	cut := max(0, len(exchanges)-mostExchanges)
	r.Exchanges = exchanges[cut:]
	for k := range r.Findings {
		r.Findings[k].Exchange = max(0, r.Findings[k].Exchange-cut)
	}
}

// missing says what the check needs and the suite was not given, "" for nothing.
func (n *session) missing(c *Check) string {
	for _, need := range c.Needs {
		if ok, missing := n.suite.has(need); !ok {
			return missing
		}
	}
	return ""
}

// Slot is the place of a film or a picture.
type Slot struct {
	File   string `json:"file,omitempty"`
	SHA256 string `json:"sha256,omitempty"` // of the file, in hexadecimal
	Bytes  int    `json:"bytes,omitempty"`
}

// slot looks at the file of a check that people judge. The file's digest stands in the
// report, so that nobody exchanges it unseen.
func (n *session) slot(c *Check) (*Slot, string) {
	file := n.suite.Slots[c.ID]
	if file == "" {
		return &Slot{}, "there is no file for it yet"
	}
	text, err := os.ReadFile(file)
	if err != nil {
		reason := err
		if of := (*os.PathError)(nil); errors.As(err, &of) {
			reason = of.Err
		}
		return &Slot{}, fmt.Sprintf("the file cannot be read: %v", reason)
	}
	sum := sha256.Sum256(text)
	return &Slot{File: file, SHA256: hex.EncodeToString(sum[:]), Bytes: len(text)}, "a person must judge it"
}
