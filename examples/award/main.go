// Command award decides by plans who has earned what, and issues the badges: results of a
// gradebook, plans and frameworks in, signed credentials out, each decision explained down to
// the result that made the difference.
//
//	go run ./examples/award -plans FILE -framework FILE... SOURCE [-learners FILE] [-issuer URL -key FILE] [-out DIR]
//		[-state FILE] [-status URL] [-now RFC3339] [-json]
//
// SOURCE is one of
//
//	-csv DIR         the CSV tables of OneRoster 1.2
//	-oneroster URL   the service of OneRoster 1.2; -client ID and -token-url URL for its tokens,
//	                 the secret in AWARD_SECRET
//	-events FILE     events as package casefw/plan reads them, a JSON array
//
// -learners maps the persons of the gradebook: {"stu-1": {"learner": "ana", "email":
// "ana@school.example"}}; who is not in it waits. Without it everybody is taken for who the
// gradebook says. -state keeps what is known for the next time. -key is a PEM file of a
// private key, whose public half stands in the document at the issuer's URL under #key-1;
// without it a key is made, and the issuer is its did:key.
//
// -status is where the issuer's status lists are served, each badge has an entry in one, and
// what a plan takes back is revoked there: the lists are written into the folder status of
// -out, signed for a day, so it is to run once a day at least. Without it, what is to be
// revoked is told and left to others.
//
//	go run ./examples/award -cases FILE [-framework FILE]... [-json]
//
// runs the cases of a file: scenarios of plans and events with what is to be decided, or
// records of gradebooks with what is to be read of them. A case has a line, and the last is
// "N of M as expected". Frameworks are looked for in packages beside the file, too.
//
// The exit status is 0, 1 where a case is not as expected or something could not be done, and
// 2 for wrong usage.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

func main() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }

const (
	exitDone  = 0
	exitNot   = 1
	exitUsage = 2
)

// options are the flags.
type options struct {
	cases, plans, csv, oneroster, events string
	frameworks                           []string
	client, tokenURL                     string
	learners, issuer, key, out, state    string
	status                               string
	json, loopback                       bool
	now                                  time.Time
}

func (o *options) sources() (n int) {
	for _, s := range []string{o.csv, o.oneroster, o.events} {
		if s != "" {
			n++
		}
	}
	return n
}

func parse(args []string, stderr io.Writer) (o options, ok bool) {
	f := flag.NewFlagSet("award", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.cases, "cases", "", "a `file` of cases to run")
	f.StringVar(&o.plans, "plans", "", "a `file` of plans, a JSON array")
	f.Func("framework", "a `file` of a CASE framework; may be given again", func(s string) error {
		o.frameworks = append(o.frameworks, s)
		return nil
	})
	f.StringVar(&o.csv, "csv", "", "a `folder` of OneRoster tables")
	f.StringVar(&o.oneroster, "oneroster", "", "the `URL` of a OneRoster service")
	f.StringVar(&o.client, "client", "", "the client `id` at the token endpoint")
	f.StringVar(&o.tokenURL, "token-url", "", "the `URL` of the token endpoint")
	f.StringVar(&o.events, "events", "", "a `file` of events, a JSON array")
	f.StringVar(&o.learners, "learners", "", "a `file` that maps persons to learners")
	f.StringVar(&o.issuer, "issuer", "", "the `URL` of the issuer")
	f.StringVar(&o.key, "key", "", "a PEM `file` of the issuer's private key")
	f.StringVar(&o.out, "out", "", "a `folder` for the credentials")
	f.StringVar(&o.state, "state", "", "a `file` that keeps what is known")
	f.StringVar(&o.status, "status", "", "the `URL` below which the status lists are served")
	f.BoolVar(&o.json, "json", false, "one JSON object a line")
	f.BoolVar(&o.loopback, "loopback", false, "admit plain http to this machine")
	f.Func("now", "the `instant` to judge by", func(s string) (err error) {
		o.now, err = time.Parse(time.RFC3339, s)
		return err
	})
	if f.Parse(args) != nil {
		return o, false
	}
	switch {
	case f.NArg() > 0, o.cases == "" && (o.plans == "" || o.sources() != 1), (o.key == "") != (o.issuer == ""):
		fmt.Fprintln(stderr, "award: it takes -cases, or -plans and one of -csv, -oneroster and -events; -key and -issuer go together")
		return o, false
	case o.status != "" && (o.issuer == "" || o.state == "" || o.out == ""):
		fmt.Fprintln(stderr, "award: -status takes -issuer with -key, -state and -out")
		return o, false
	}
	return o, true
}

// run is the whole command.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, ok := parse(args, stderr)
	if !ok {
		return exitUsage
	}
	var err error
	good := true
	if o.cases != "" {
		good, err = runCases(o, stdout)
	} else {
		err = award(ctx, o, stdout)
	}
	switch {
	case err != nil:
		fmt.Fprintln(stderr, "award:", err)
		return exitNot
	case !good:
		return exitNot
	}
	return exitDone
}

func (o *options) clock() time.Time {
	if o.now.IsZero() {
		return time.Now()
	}
	return o.now
}
