package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/laurel-edu/laurel/conformance"
)

// tell writes the reports, and says in words what was found.
func tell(r *conformance.Report, dir string, w io.Writer) error {
	if dir != "" {
		if err := write(r, dir); err != nil {
			return err
		}
	}
	for k := range r.Results {
		if one := &r.Results[k]; one.Outcome == conformance.OutcomeFail || one.Outcome == conformance.OutcomeWarn {
			fmt.Fprintln(w, one.Text())
		}
	}
	for _, role := range r.Roles {
		var counts []string
		for _, name := range []string{"pass", "fail", "warn", "skip", "manual", "not-run"} {
			if n := role.Counts[name]; n > 0 {
				counts = append(counts, fmt.Sprintf("%d %s", n, name))
			}
		}
		fmt.Fprintf(w, "%s: %s (%s)\n", role.Role, role.Verdict, strings.Join(counts, ", "))
	}
	fmt.Fprintf(w, "seed %s\n%s\n", r.Seed, r.Notice)
	return nil
}

// write writes the report in its three forms.
func write(r *conformance.Report, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, form := range map[string]func(io.Writer) error{"report.json": r.WriteJSON, "report.xml": r.WriteJUnit, "report.html": r.WriteHTML} {
		var b strings.Builder
		if err := form(&b); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// compare tells what changed between two reports.
func compare(before, after string, w io.Writer) (int, error) {
	var both [2]*conformance.Report
	for k, file := range []string{before, after} {
		text, err := os.ReadFile(file)
		if err != nil {
			return exitNotRun, err
		}
		if both[k], err = conformance.ParseReport(text); err != nil {
			return exitNotRun, fmt.Errorf("%s: %w", file, err)
		}
	}
	d := conformance.Diff(both[0], both[1])
	for _, part := range []struct {
		name string
		all  []string
	}{{"fixed", d.Fixed}, {"broken", d.Broken}, {"changed", d.Changed}, {"new", d.New}, {"gone", d.Gone}} {
		for _, one := range part.all {
			fmt.Fprintf(w, "%s: %s\n", part.name, one)
		}
	}
	if len(d.Broken) > 0 {
		return exitFailed, nil
	}
	return exitPassed, nil
}
