package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/clr/intake/page"
)

// readAt is the instant of a reading.
func readAt(r *intake.Reading) time.Time {
	if r.Envelope.Report != nil {
		return r.Envelope.Report.At
	}
	return time.Time{}
}

// writeFiles writes the page of a match, and what is kept of it, where they were asked for.
func (o *options) writeFiles(file string, r *intake.Reading, m *match.Matcher, record *match.Record) error {
	if o.html != "" {
		var text bytes.Buffer
		what := page.Match{Reading: r, Claims: record.Claims, Matcher: m, Outcome: record.Outcome}
		if err := page.WriteMatch(&text, what, page.Options{File: filepath.Base(file)}); err != nil {
			return err
		}
		if err := os.WriteFile(o.html, text.Bytes(), 0o600); err != nil {
			return err
		}
	}
	if o.keep == "" {
		return nil
	}
	text, err := record.JSON()
	if err != nil {
		return err
	}
	return os.WriteFile(o.keep, text, 0o600)
}

// replay matches a record of a match anew, and says in what the outcome differs.
func replay(out io.Writer, file string, frameworks []string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	record, err := match.ParseRecord(text)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	catalog, err := load("", frameworks)
	if err != nil {
		return err
	}
	again, err := match.NewGraph(catalog).Replay(record)
	if err != nil {
		return err
	}
	for _, p := range again.Differs {
		fmt.Fprintf(out, "%s at %s: %s, was %s\n", p.Code, p.Pointer, p.Found, p.Expected)
	}
	if len(again.Differs) > 0 {
		return errors.New("the match is not what it was")
	}
	fmt.Fprintln(out, "the same as recorded")
	return nil
}
