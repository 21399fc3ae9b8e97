// Match holds the records of applicants against a job.
//
//	go run ./examples/match -job job.json -framework skills.json -framework school.json record.json …
//
// It verifies each record, takes what can be held to somebody, and says which requirement is
// met by which credential, over which links of the frameworks, and what is missing.
//
//	go run ./examples/match -cases FILE
//
// runs files of test cases, one line a case.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "match:", err)
		os.Exit(1)
	}
}

// files is a flag that may stand several times.
type files []string

func (f *files) String() string         { return fmt.Sprint(*f) }
func (f *files) Set(value string) error { *f = append(*f, value); return nil }

func run(ctx context.Context, out io.Writer, args []string) error {
	flags := flag.NewFlagSet("match", flag.ContinueOnError)
	var frameworks files
	flags.Var(&frameworks, "framework", "a `FILE` with a CASE package; may stand several times")
	job := flags.String("job", "", "a `FILE` with the job")
	cases := flags.String("cases", "", "run the cases of a `FILE`")
	asJSON := flags.Bool("json", false, "write one JSON object a record")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case *cases != "":
		return runCases(out, *cases)
	case *job == "" || len(frameworks) == 0 || flags.NArg() == 0:
		return errors.New("-job, -framework and a record are needed, or -cases")
	}
	return matchRecords(ctx, out, *job, frameworks, flags.Args(), *asJSON)
}
