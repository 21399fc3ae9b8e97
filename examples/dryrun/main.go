// Command dryrun runs the tests of the certification guides against a product, and writes what
// would fail and why. It certifies nothing.
//
//	dryrun -role ROLE… [-provider URL -login USER:PASSWORD -ca FILE] [-artefact FILE]… [-out DIR]
//	dryrun -list
//	dryrun -diff OLD.json NEW.json
//	dryrun -serve ADDR -ca FILE [-fault NAME]
//
// The first says in words what was found, and writes report.json, report.xml (JUnit) and
// report.html into DIR. It exits with 0 where every role passed, 1 where something failed, 2 where the
// command is wrong, 3 where the run could not be done or part of it was skipped, and 4 where only people have
// to judge the rest.
//
// The second lists all roles and checks as JSON. The third compares two reports and exits with 1 where
// something broke. The last serves the reference host, for a consumer to be tried at, until it is
// interrupted; its certificate goes to FILE.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/laurel-edu/laurel/conformance"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit statuses.
const (
	exitPassed = 0
	exitFailed = 1
	exitUsage  = 2
	exitNotRun = 3
	exitOpen   = 4
)

// run is the whole command.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parseOptions(args, stderr)
	if err != nil {
		fmt.Fprintln(stderr, "dryrun:", err)
		return exitUsage
	}
	code, err := o.do(ctx, stdout)
	if err != nil {
		fmt.Fprintln(stderr, "dryrun:", err)
	}
	return code
}

// do does what the options ask for.
func (o *options) do(ctx context.Context, stdout io.Writer) (int, error) {
	switch {
	case o.list:
		if err := conformance.WriteList(stdout); err != nil {
			return exitNotRun, err
		}
		return exitPassed, nil
	case o.serve != "":
		if err := serve(ctx, o, stdout); err != nil {
			return exitNotRun, err
		}
		return exitPassed, nil
	case o.diff:
		return compare(o.rest[0], o.rest[1], stdout)
	}
	suite, err := o.suite()
	if err != nil {
		return exitUsage, err
	}
	report, err := suite.Run(ctx)
	if report == nil {
		return exitNotRun, err
	}
	if err2 := tell(report, o.out, stdout); err2 != nil {
		return exitNotRun, err2
	}
	if err != nil {
		return exitNotRun, err
	}
	return map[conformance.RoleVerdict]int{conformance.RoleVerdictPassed: exitPassed, conformance.RoleVerdictFailed: exitFailed,
		conformance.RoleVerdictPartial: exitNotRun, conformance.RoleVerdictOpen: exitOpen}[report.Verdict()], nil
}
