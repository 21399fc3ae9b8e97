package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"
)

// options are the flags and what follows them.
type options struct {
	json, online              bool
	packs                     list
	holder, challenge, domain string
	now                       func() time.Time
	name                      string
	html                      string   // the file that the page is written to
	languages                 []string // of who reads the page
}

// list is a flag that may be given several times.
type list []string

func (l *list) String() string { return strings.Join(*l, ", ") }

func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}

const usage = `usage: record [-json] [-html FILE] [-lang TAG,...] [-pack FILE]... [-now RFC3339]
              [-holder ID-or-email] [-challenge TEXT] [-domain TEXT] [-online] FILE|URL

Says who vouches for what in a file of a stranger: JSON, a token, PNG, SVG or ZIP, whatever its
name; - is standard input.

`

// parseOptions reads the command line. Where ok is false the command ends with code.
func parseOptions(args []string, stderr io.Writer) (o options, code int, ok bool) {
	flags := flag.NewFlagSet("record", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
		fmt.Fprint(stderr, "\nexit status: 0 it verified, 1 it did not, 3 that could not be decided, 2 wrong usage\n")
	}
	flags.BoolVar(&o.json, "json", false, "write one JSON object")
	flags.StringVar(&o.html, "html", "", "write the page for people to `FILE` as well")
	flags.Func("lang", "the languages that whoever reads the page prefers, the best first: `TAG,...`", func(tags string) error {
		o.languages = strings.Split(tags, ",")
		return nil
	})
	flags.Var(&o.packs, "pack", "a trust pack, `FILE`: JSON from DID or URL to document; may be repeated")
	flags.BoolVar(&o.online, "online", false, "fetch keys, status lists and URLs over https from public addresses")
	flags.StringVar(&o.holder, "holder", "", "who handed it in, an `ID` or e-mail address: subjects are compared with it")
	flags.StringVar(&o.challenge, "challenge", "", "the `TEXT` that a presentation must answer")
	flags.StringVar(&o.domain, "domain", "", "whom a presentation must be made for, a `TEXT`")
	flags.Func("now", "judge dates as of this `RFC3339` instant instead of the present", o.setNow)
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return o, exitVerified, false
	} else if err != nil {
		return o, exitUsage, false
	}
	if flags.NArg() != 1 {
		fmt.Fprintln(stderr, "record: name one file or URL, behind the flags; -h shows how")
		return o, exitUsage, false
	}
	o.name = flags.Arg(0)
	return o, exitVerified, true
}

func (o *options) setNow(text string) error {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return errors.New("not an instant such as 2026-01-01T00:00:00Z")
	}
	o.now = func() time.Time { return t }
	return nil
}
