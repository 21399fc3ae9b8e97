// Command verify says of files and URLs whether the credentials in them may be
// believed, and why or why not: Open Badges 3.0, CLR 2.0, and status lists, as
// JSON, as a compact JWS, or baked into a PNG or SVG image. What a file holds is
// told by its content, never by its name.
//
//	go run ./examples/verify [-json] [-pack FILE]... [-now RFC3339] [-lenient] [-online] FILE|URL...
//
// Nothing is fetched unless -online is given. Keys and status lists that are
// published on the web come from trust packs: JSON objects from DID or URL to the
// document found there (package vc/fetch).
//
// A badge of Open Badges 2 is what its publisher says, so it is verified (package
// ob/ob2) where there is somebody to ask, -online or a trust pack, and named elsewhere.
//
// The exit status is 0 if all verified, 1 if some did not, 3 if some could not be
// decided and none is worse, and 2 for wrong usage; go run itself turns each of the
// last three into 1, so a script builds the command first. With -json one object a line
// is written, for each credential one:
//
//	{"file":"badge.png","verdict":"verified","codes":[],"checks":[{"name":"proof","outcome":"passed",…},…]}
//
// verdict is one of verified, not-verified, undetermined and unreadable.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/laurel-edu/laurel/ob/ob2"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// Exit statuses.
const (
	exitVerified     = 0
	exitNot          = 1
	exitUsage        = 2
	exitUndetermined = 3
)

// run is the whole command; a test calls it with its own streams.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, code, ok := parseOptions(args, stderr)
	if !ok {
		return code
	}
	c, err := newCommand(o, stdin, stdout)
	if err != nil {
		fmt.Fprintln(stderr, "verify:", err)
		return exitUsage
	}
	for _, name := range o.names {
		if err := c.one(context.Background(), name); err != nil {
			fmt.Fprintln(stderr, "verify:", err) // the output is gone: nobody reads on
			return exitNot
		}
	}
	c.out.summary()
	return c.out.exit()
}

// command is one invocation.
type command struct {
	options  options
	stdin    io.Reader
	door     fetch.Fetcher // for URLs named on the command line
	verifier *verify.Verifier
	older    *ob2.Verifier // nil where nobody can be asked
	out      *output
}

func newCommand(o options, stdin io.Reader, stdout io.Writer) (*command, error) {
	door, err := o.fetcher()
	if err != nil {
		return nil, err
	}
	verifier, err := verify.New(verify.Config{
		Fetcher: door, Now: o.now, Lenient: o.lenient, Kinds: []string{verify.AnyKind},
		Status: verify.StatusConfig{TrustedIssuers: o.statusIssuers},
	})
	if err != nil {
		return nil, err
	}
	c := &command{options: o, stdin: stdin, door: door, verifier: verifier, out: newOutput(stdout, o.json)}
	if o.online || len(o.packs) > 0 {
		c.older, err = ob2.New(ob2.Config{Fetcher: door, Now: o.now})
	}
	return c, err
}

// one reads a file or URL and reports on every credential in it.
func (c *command) one(ctx context.Context, name string) error {
	content, problem := c.read(ctx, name)
	if problem != nil {
		return c.out.write(finding{file: name, report: c.unreadable(problem)})
	}
	for _, found := range c.credentials(content) {
		if err := c.out.write(finding{file: name, from: found.from, report: c.inspect(ctx, found)}); err != nil {
			return err
		}
	}
	return nil
}

func (c *command) inspect(ctx context.Context, f found) *verify.Report {
	if f.problem != nil {
		return c.unreadable(f.problem)
	}
	report, _ := c.verifier.Inspect(ctx, f.credential) // when the time was over is in the report
	if c.older != nil && (f.hosted || slices.Contains(report.Codes(), "format-open-badges-2")) {
		report = c.older.Inspect(ctx, f.credential, ob2.Options{})
	}
	if len(report.Checks) > 0 { // what was off about the image belongs to the reading
		report.Checks[0].Warnings = append(f.warnings, report.Checks[0].Warnings...)
	}
	return report
}
