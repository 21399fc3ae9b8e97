package conformance

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the template and the style
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/internal/pagestyle"
)

//go:embed page.html
var pageSource string

//go:embed style.css
var ownStyle string

// pageStyle is that of all pages, and what this page adds.
var pageStyle = pagestyle.CSS + ownStyle

// pageTemplate is parsed when the first page is written.
var pageTemplate = sync.OnceValues(func() (*template.Template, error) {
	return template.New("report").Parse(strings.Replace(pageSource, "STYLE", pageStyle, 1))
})

// pageView is what the page shows of a report.
type pageView struct {
	*Report
	Policy  template.HTMLAttr
	Title   string
	Lead    string
	Ledger  []ledgerEntry
	Groups  []pageGroup
	Asked   int
	Decided int
}

type ledgerEntry struct {
	Outcome Outcome
	Count   int
	Words   string
}

type pageGroup struct {
	Anchor, Heading, Explains string
	Results                   []*Result
}

// pageOutcomes are the parts of the page, what matters first.
var pageOutcomes = []struct {
	outcome                  Outcome
	words, heading, explains string
}{
	{OutcomeFail, "failed", "Failed", "These stand in the way. Each shows what was asked, what came, and what to do."},
	{OutcomeWarn, "to look at", "To look at", "These do not fail the role, and are worth mending."},
	{OutcomeManual, "for people", "For people to judge", "The guide asks for films and pictures of these. Each says what they " +
		"have to show."},
	{OutcomeNotRun, "did not run", "Did not run", "Nothing is known of these: something else comes first, or this suite cannot " +
		"run them yet."},
	{OutcomeSkip, "skipped", "Skipped", "These were not asked, for lack of what they need."},
	{OutcomePass, "passed", "Passed", "These were looked at, and are as they should be."},
}

// WriteHTML writes the report as one page, which loads nothing, needs no script and prints.
func (r *Report) WriteHTML(w io.Writer) error {
	t, err := pageTemplate()
	if err != nil {
		return fmt.Errorf("conformance: the page: %w", err)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "page", r.view()); err != nil {
		return fmt.Errorf("conformance: the page: %w", err)
	}
	if _, err = w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("conformance: writing the page: %w", err)
	}
	return nil
}

func (r *Report) view() pageView {
	sum := sha256.Sum256([]byte(pageStyle))
	v := pageView{Report: r, Title: r.Subject.Product,
		Policy: template.HTMLAttr("'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'")} //nolint:gosec // base64
	if v.Title == "" {
		v.Title = "Conformance"
	}
	for _, part := range pageOutcomes {
		g := pageGroup{Anchor: part.outcome.String(), Heading: part.heading, Explains: part.explains}
		for k := range r.Results {
			if r.Results[k].Outcome == part.outcome {
				g.Results = append(g.Results, &r.Results[k])
			}
		}
		if len(g.Results) > 0 {
			v.Ledger = append(v.Ledger, ledgerEntry{part.outcome, len(g.Results), part.words})
			v.Groups = append(v.Groups, g)
		}
	}
	v.Asked = len(r.Results)
	for k := range r.Results {
		if slices.Contains([]Outcome{OutcomePass, OutcomeFail, OutcomeWarn}, r.Results[k].Outcome) {
			v.Decided++
		}
	}
	v.Lead = fmt.Sprintf("Of %d checks %d were decided by looking.", v.Asked, v.Decided)
	return v
}

// VerdictWords says what a verdict of a role means.
func (r RoleResult) VerdictWords() string {
	switch r.Verdict {
	case RoleVerdictFailed:
		return "something that counts failed"
	case RoleVerdictPartial:
		return "something that counts was skipped or did not run"
	case RoleVerdictOpen:
		return "what a machine can tell passed; people must judge the rest"
	}
	return "everything that counts passed"
}
