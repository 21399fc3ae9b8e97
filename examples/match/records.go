package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// options are what the command was told.
type options struct {
	job        string
	frameworks []string
	packs      []string
	now        time.Time
	json       bool
}

// matchRecords reads each record and says how its claims stand to the job.
func matchRecords(ctx context.Context, out io.Writer, o options, records []string) error {
	job, err := readJob(o.job)
	if err != nil {
		return err
	}
	catalog, err := load("", o.frameworks)
	if err != nil {
		return err
	}
	matcher, err := match.NewGraph(catalog).Prepare(job, match.DefaultPolicy())
	if err != nil {
		return err
	}
	reader, err := o.reader()
	if err != nil {
		return err
	}
	for _, file := range records {
		upload, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		reading, err := reader.Read(ctx, upload, intake.Options{})
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err := o.write(out, file, job.Title, matcher.Match(reading.Claims())); err != nil {
			return err
		}
	}
	return nil
}

// reader reads what strangers hand in, offline: what is not in a pack is not to be had.
func (o *options) reader() (*intake.Reader, error) {
	c := intake.Config{}
	if !o.now.IsZero() {
		c.Verify.Now = func() time.Time { return o.now }
	}
	var packs []*fetch.Pack
	for _, name := range o.packs {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		pack, err := fetch.ParsePack(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		packs = append(packs, pack)
	}
	merged, err := fetch.MergePacks(packs...)
	if err != nil {
		return nil, err
	}
	c.Verify.Fetcher = merged
	return intake.New(c)
}

// readJob reads a job in any form that package match reads.
func readJob(file string) (match.Job, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return match.Job{}, err
	}
	reading, err := match.ParseJob(text, match.JobOptions{})
	if err != nil {
		return match.Job{}, fmt.Errorf("%s: %w", file, err)
	}
	for _, p := range reading.Found {
		fmt.Fprintln(os.Stderr, "match:", file+":", p)
	}
	return reading.Job, nil
}

func (o *options) write(out io.Writer, file string, title string, outcome *match.Outcome) error {
	if o.json {
		text, err := json.Marshal(struct {
			File string `json:"file"`
			*match.Outcome
		}{file, outcome})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%s\n", text)
		return err
	}
	qualified := "meets all that is mandatory"
	if !outcome.Qualified {
		qualified = "does not meet " + strings.Join(outcome.MissingMandatory, ", ")
	}
	fmt.Fprintf(out, "%s for %s: %s, %s\n", file, title, percent(outcome.Total), qualified)
	for i := range outcome.Requirements {
		writeScore(out, &outcome.Requirements[i])
	}
	for _, ignored := range outcome.Ignored {
		fmt.Fprintf(out, "  counts for nothing: %s (%s)\n", ignored.Credential, ignored.Reason)
	}
	return nil
}

// writeScore tells one requirement: what it is met by, whose word that is, and over which
// links.
func writeScore(out io.Writer, s *match.Score) {
	fmt.Fprintf(out, "  %s %s: %s", s.ID, s.Item, percent(s.Score))
	if len(s.Flags) > 0 {
		fmt.Fprintf(out, " %v", s.Flags)
	}
	fmt.Fprintln(out)
	for _, e := range s.Used {
		fmt.Fprintf(out, "    %s by %s: %s of it", e.Credential, e.Issuer, percent(&e.Share))
		for _, step := range e.Path {
			fmt.Fprintf(out, ", %s", step)
		}
		fmt.Fprintln(out)
	}
}

func percent(n *float64) string {
	if n == nil {
		return "not known"
	}
	return fmt.Sprintf("%.0f %%", 100**n)
}
