// Command record reads one upload of a stranger and says who vouches for what: a record of
// CLR 2.0, a badge, a presentation, a token of any of these, an image, or a ZIP archive of
// such files.
//
//	go run ./examples/record [-json] [-html FILE] [-lang TAG,...] [-pack FILE]... [-now RFC3339] [-holder ID-or-email]
//	  [-challenge TEXT] [-domain TEXT] [-online] FILE|URL
//
// Nothing is fetched unless -online is given. Keys and status lists that are published on the
// web come from trust packs: JSON objects from DID or URL to the document found there
// (package vc/fetch).
//
// With -json one object is written: file, kind, envelope, entries, claims, associations and
// credits, as view.go has them; without it, a table for a terminal.
//
// With -html the page for people is written to a file as well (package clr/intake/page).
//
// The exit status is 0 if what was handed in verified, 1 if it did not or nobody signed it,
// 3 if that could not be decided, and 2 for wrong usage.
package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/clr/intake/page"
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
	c, err := newCommand(o, stdin)
	if err != nil {
		fmt.Fprintln(stderr, "record:", err)
		return exitUsage
	}
	reading, err := c.read(context.Background())
	if err != nil {
		fmt.Fprintln(stderr, "record:", err)
		if reading == nil {
			return exitNot
		}
	}
	if err := c.write(stdout, reading); err != nil {
		fmt.Fprintln(stderr, "record:", err)
		return exitNot
	}
	return exitOf(reading)
}

func exitOf(r *intake.Reading) int {
	switch r.Envelope.State {
	case intake.EnvelopeVerified:
		return exitVerified
	case intake.EnvelopeUndetermined:
		return exitUndetermined
	}
	return exitNot
}

// command is one invocation.
type command struct {
	options options
	stdin   io.Reader
	door    fetch.Fetcher // for a URL named on the command line
	reader  *intake.Reader
}

func newCommand(o options, stdin io.Reader) (*command, error) {
	door, err := o.fetcher()
	if err != nil {
		return nil, err
	}
	reader, err := intake.New(intake.Config{Verify: verify.Config{Fetcher: door, Now: o.now}})
	return &command{options: o, stdin: stdin, door: door, reader: reader}, err
}

// read reads the upload. An error beside a reading is that its time was over.
func (c *command) read(ctx context.Context) (*intake.Reading, error) {
	upload, err := c.open(ctx)
	if err != nil {
		return nil, err
	}
	expect := verify.Expect{Challenge: c.options.challenge}
	if c.options.domain != "" {
		expect.Domain = []string{c.options.domain}
	}
	return c.reader.Read(ctx, upload, intake.Options{Expect: expect, Holder: c.options.holder})
}

// write shows a reading in each form that was asked for.
func (c *command) write(stdout io.Writer, r *intake.Reading) error {
	if err := c.writePage(r); err != nil {
		return err
	}
	v := viewOf(c.options.name, r)
	if c.options.json {
		return v.writeJSON(stdout)
	}
	return v.writeTable(stdout, isTerminal(stdout))
}

// writePage writes the page for people to the file that was asked for. The page names the
// upload without its folder.
func (c *command) writePage(r *intake.Reading) error {
	if c.options.html == "" {
		return nil
	}
	var text bytes.Buffer
	o := page.Options{File: filepath.Base(c.options.name), Languages: c.options.languages}
	if err := page.Write(&text, r, o); err != nil {
		return err
	}
	return os.WriteFile(c.options.html, text.Bytes(), 0o600)
}
