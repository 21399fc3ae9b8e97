// Command dryrun runs the tests of the certification guides of Open Badges 3.0, CLR 2.0 and
// CASE against a product, from outside, before the product meets the real ones.
//
//	go run ./examples/dryrun -role ROLE... [-provider URL] [-login USER:PASSWORD] [-ca FILE] [-artefact FILE]... [-out DIR]
//	  [-guide "OB 1.2"] [-only PATTERN]... [-pack FILE]... [-online] [-slot ID=FILE]... [-known FILE] [-before FILE]
//	  [-strict] [-seed TEXT] [-now RFC3339] [-vendor TEXT] [-product TEXT] [-release TEXT]
//	go run ./examples/dryrun -list
//
// A role is one of those that -list shows, such as ob-issuer-only, ob-host or
// case-provider-1.1. What a role needs and was not given is skipped, and said. With -out the
// report is written to DIR as report.json, report.xml (JUnit) and report.html. -before compares
// with a report.json of an earlier run.
//
// The exit status is 0 if all roles passed, 1 if one failed or a test that passed before
// does not, 2 for wrong usage, 3 if something could not be run, and 4 if what is left is for
// people to judge. It certifies nothing, and every report says so.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/conformance"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// Exit statuses.
const (
	exitPassed = 0
	exitFailed = 1
	exitUsage  = 2
	exitNotRun = 3
	exitOpen   = 4
)

// run is the whole command; a test calls it with its own streams.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, code, ok := parseOptions(args, stderr)
	switch {
	case !ok:
		return code
	case o.list:
		if err := conformance.WriteList(stdout); err != nil {
			fmt.Fprintln(stderr, "dryrun:", err)
			return exitNotRun
		}
		return exitPassed
	}
	suite, err := o.suite()
	if err != nil {
		fmt.Fprintln(stderr, "dryrun:", err)
		return exitUsage
	}
	report, err := suite.Run(ctx)
	if err != nil {
		fmt.Fprintln(stderr, "dryrun:", err)
	}
	if report == nil {
		return exitNotRun
	}
	if problem := o.write(report); problem != nil {
		fmt.Fprintln(stderr, "dryrun:", problem)
		return exitNotRun
	}
	show(stdout, report)
	code = statusOf(report)
	if err != nil {
		code = exitNotRun
	}
	if broken, problem := o.compare(stdout, report); problem != nil {
		fmt.Fprintln(stderr, "dryrun:", problem)
		return exitNotRun
	} else if broken {
		return exitFailed
	}
	return code
}

func statusOf(r *conformance.Report) int {
	switch r.Verdict() {
	case conformance.RoleVerdictPassed:
		return exitPassed
	case conformance.RoleVerdictFailed:
		return exitFailed
	case conformance.RoleVerdictOpen:
		return exitOpen
	}
	return exitNotRun
}

// show writes what a person at a terminal wants to know: what did not pass, and the sums.
func show(w io.Writer, r *conformance.Report) {
	for _, one := range r.Results {
		if one.Outcome != conformance.OutcomePass {
			fmt.Fprintf(w, "%s\n\n", strings.TrimSpace(one.Text()))
		}
	}
	for _, role := range r.Roles {
		var counts []string
		for _, o := range []conformance.Outcome{conformance.OutcomePass, conformance.OutcomeFail, conformance.OutcomeWarn,
			conformance.OutcomeSkip,
			conformance.OutcomeManual, conformance.OutcomeNotRun} {
			if n := role.Counts[o.String()]; n > 0 {
				counts = append(counts, fmt.Sprintf("%d %s", n, o))
			}
		}
		fmt.Fprintf(w, "%s: %s (%s)\n", role.Title, role.Verdict, strings.Join(counts, ", "))
	}
	fmt.Fprintf(w, "\nseed %s\n%s\n", r.Seed, r.Notice)
}

// write writes the report in each form.
func (o *options) write(r *conformance.Report) error {
	if o.out == "" {
		return nil
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	for name, form := range map[string]func(io.Writer) error{"report.json": r.WriteJSON, "report.xml": r.WriteJUnit,
		"report.html": r.WriteHTML} {
		if err := writeFile(filepath.Join(o.out, name), form); err != nil {
			return err
		}
	}
	return nil
}

func writeFile(path string, form func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := form(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// compare tells what changed since an earlier report, and whether something broke.
func (o *options) compare(w io.Writer, r *conformance.Report) (broken bool, err error) {
	if o.before == "" {
		return false, nil
	}
	text, err := os.ReadFile(o.before)
	if err != nil {
		return false, err
	}
	before, err := conformance.ParseReport(text)
	if err != nil {
		return false, fmt.Errorf("%s: %w", o.before, err)
	}
	d := conformance.Diff(before, r)
	for _, part := range []struct {
		name string
		ids  []string
	}{{"fixed", d.Fixed}, {"broken", d.Broken}, {"changed", d.Changed}, {"new", d.New}, {"gone", d.Gone}} {
		if len(part.ids) > 0 {
			fmt.Fprintf(w, "%s: %s\n", part.name, strings.Join(slices.Sorted(slices.Values(part.ids)), ", "))
		}
	}
	return len(d.Broken) > 0, nil
}
