package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
)

// caseFile is a file of cases: of matches, or of alignments to be resolved.
type caseFile struct {
	Packages []string
	Policy   json.RawMessage
	Cases    []testCase
}

type testCase struct {
	ID           string
	Holder       []holder
	Requirements json.RawMessage // as those of a job
	Policy       json.RawMessage
	Now          time.Time
	Alignment    *alignment
	Expect       expectation
}

type holder struct {
	Item       string
	Level      float64
	ValidUntil time.Time
	Revoked    bool
	Verified   *bool
}

type expectation struct {
	Scores           []*float64
	Paths            []*[]string
	Met              []bool
	Total            json.RawMessage
	Tolerance        float64
	Qualified        *bool
	MissingMandatory []string
	Flags            []string
	Suggestions      []string

	Item, Method string
}

// runCases says of each case whether it comes out as expected.
func runCases(out io.Writer, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var all caseFile
	if err := json.Unmarshal(text, &all); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	catalog, err := load(filepath.Dir(file), all.Packages)
	if err != nil {
		return err
	}
	graph, good := match.NewGraph(catalog), 0
	for i := range all.Cases {
		c := &all.Cases[i]
		said := "ok"
		if wrong := c.run(graph, catalog, all.Policy); wrong != nil {
			said = "FAILED: " + wrong.Error()
		} else {
			good++
		}
		fmt.Fprintf(out, "%s %s\n", c.ID, said)
	}
	fmt.Fprintf(out, "%d of %d as expected\n", good, len(all.Cases))
	if good < len(all.Cases) {
		return errors.New("not all cases come out as expected")
	}
	return nil
}

func load(folder string, files []string) (*casefw.Catalog, error) {
	var all []*casefw.Framework
	for _, name := range files {
		if !filepath.IsAbs(name) {
			name = filepath.Join(folder, name)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		f, _, err := casefw.LoadBytes(text, casefw.Options{})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, f)
	}
	return casefw.NewCatalog(all...), nil
}

func (c *testCase) run(graph *match.Graph, catalog *casefw.Catalog, policy json.RawMessage) error {
	if c.Alignment != nil {
		return c.resolve(catalog)
	}
	if c.Policy != nil {
		policy = c.Policy
	}
	p, err := policyOf(policy)
	if err != nil {
		return err
	}
	job, err := match.ParseJob(slices.Concat([]byte(`{"requirements": `), c.Requirements, []byte("}")), match.JobOptions{})
	if err != nil {
		return err
	}
	m, err := graph.Prepare(job.Job, p)
	if err != nil {
		return err
	}
	return c.Expect.compare(m.MatchHeld(c.held(graph)))
}

func item(id string) casefw.Alignment {
	return casefw.Alignment{TargetURL: "urn:uuid:" + id, TargetCode: id, TargetType: "CFItem"}
}

func (c *testCase) held(graph *match.Graph) (held []match.Held) {
	for i, h := range c.Holder {
		t, ok := graph.Find(item(h.Item))
		if !ok {
			continue
		}
		one := match.Held{Target: t, Level: h.Level, Claim: i}
		switch {
		case h.Revoked:
			one.Against = "revoked"
		case !h.ValidUntil.IsZero() && !c.Now.IsZero() && c.Now.After(h.ValidUntil):
			one.Against = "expired"
		case h.Verified != nil && !*h.Verified:
			one.Flag = "unverified"
		}
		held = append(held, one)
	}
	return held
}

// policyOf reads the policy of a file of cases.
func policyOf(text json.RawMessage) (match.Policy, error) {
	p := match.DefaultPolicy()
	if text == nil {
		return p, nil
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return p, err
	}
	for name, value := range all {
		var n float64
		number := json.Unmarshal(value, &n) == nil
		switch name {
		case "narrowerFromBroader":
			p.Broader = n
		case "maxHops":
			p.MaxHops = int(n)
		case "metAt":
			p.MetAt = n
		case "levelUnknown":
			p.LevelUnknown = n
		case "weightFromExtension":
			_ = json.Unmarshal(value, &p.Weight)
		case "broaderHasNarrower", "levelShortfall", "sameTitleOnly", "maxRelatedHops":
			// The one way there is.
		default:
			if number {
				p.Links[casefw.AssociationType(name)] = n
			}
		}
	}
	return p, nil
}

// compare holds an outcome against what is expected of it.
func (e *expectation) compare(o *match.Outcome) error {
	for i, want := range e.Scores {
		if i >= len(o.Requirements) || !e.equal(want, o.Requirements[i].Score) {
			return fmt.Errorf("score %d is not %s", i+1, number(want))
		}
	}
	for i, want := range e.Paths {
		if got := path(&o.Requirements[i]); (want == nil) != (got == nil) || want != nil && !slices.Equal(*want, got) {
			return fmt.Errorf("path %d is %v", i+1, got)
		}
	}
	for i, want := range e.Met {
		if o.Requirements[i].Met != want {
			return fmt.Errorf("requirement %d: met is %t", i+1, !want)
		}
	}
	return errors.Join(e.sums(o), e.said(o))
}

func (e *expectation) sums(o *match.Outcome) error {
	if e.Total != nil {
		var want *float64
		if err := json.Unmarshal(e.Total, &want); err != nil || !e.equal(want, o.Total) {
			return fmt.Errorf("the total is %s", number(o.Total))
		}
	}
	if e.Qualified != nil && *e.Qualified != o.Qualified {
		return fmt.Errorf("qualified is %t", o.Qualified)
	}
	if e.MissingMandatory != nil && !slices.Equal(e.MissingMandatory, o.MissingMandatory) {
		return fmt.Errorf("missing is %v", o.MissingMandatory)
	}
	return nil
}

func (e *expectation) said(o *match.Outcome) error {
	flags := slices.Clone(o.Flags)
	var suggestions []string
	for i := range o.Requirements {
		flags = append(flags, o.Requirements[i].Flags...)
		suggestions = append(suggestions, o.Requirements[i].Suggestions...)
	}
	for _, want := range e.Flags {
		if !slices.Contains(flags, match.Flag(want)) {
			return fmt.Errorf("the flag %s is missing", want)
		}
	}
	for _, want := range e.Suggestions {
		if !slices.Contains(suggestions, want) {
			return fmt.Errorf("%s is not suggested", want)
		}
	}
	return nil
}

func (e *expectation) equal(want, got *float64) bool {
	if want == nil || got == nil {
		return want == got
	}
	return math.Abs(*want-*got) <= max(e.Tolerance, 1e-9)
}

func number(n *float64) string {
	if n == nil {
		return "null"
	}
	return fmt.Sprint(*n)
}

func path(s *match.Score) []string {
	if len(s.Used) == 0 {
		return nil
	}
	steps := []string{}
	for _, step := range s.Path() {
		steps = append(steps, step.String())
	}
	return steps
}

// alignment is one as credentials have it.
type alignment struct {
	TargetURL         string `json:"targetUrl"`
	TargetName        string `json:"targetName"`
	TargetCode        string `json:"targetCode"`
	TargetFramework   string `json:"targetFramework"`
	TargetType        string `json:"targetType"`
	TargetDescription string `json:"targetDescription"`
}

func (c *testCase) resolve(catalog *casefw.Catalog) error {
	r := catalog.ResolveAlignment(casefw.Alignment(*c.Alignment))
	got := ""
	if !r.Item.IsZero() {
		got = r.Item.GUID().String()
	}
	switch want := c.Expect; {
	case !strings.EqualFold(want.Item, got):
		return fmt.Errorf("the item is %q", got)
	case want.Method != "" && want.Method != string(r.Method):
		return fmt.Errorf("the method is %s", r.Method)
	}
	return nil
}
