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
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "match:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, args []string) error {
	flags := flag.NewFlagSet("match", flag.ContinueOnError)
	var o options
	flags.Func("framework", "a `FILE` with a CASE package; may stand several times", add(&o.frameworks))
	flags.Func("pack", "a trust pack with what is published on the web; may stand several times", add(&o.packs))
	flags.StringVar(&o.job, "job", "", "a `FILE` with the job: our own JSON, JDX, HR Open or RSD")
	cases := flags.String("cases", "", "run the cases of a `FILE`")
	flags.BoolVar(&o.json, "json", false, "write one JSON object a record")
	flags.Func("now", "the instant to read at, in RFC 3339", func(text string) (err error) {
		o.now, err = time.Parse(time.RFC3339, text)
		return err
	})
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case *cases != "":
		return runCases(out, *cases)
	case o.job == "" || len(o.frameworks) == 0 || flags.NArg() == 0:
		return errors.New("-job, -framework and a record are needed, or -cases")
	}
	return matchRecords(ctx, out, o, flags.Args())
}

// add is for a flag that may stand several times.
func add(all *[]string) func(string) error {
	return func(value string) error {
		*all = append(*all, value)
		return nil
	}
}
