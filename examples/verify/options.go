package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// options are the flags and what follows them.
type options struct {
	json, lenient, online bool
	packs, statusIssuers  list
	now                   func() time.Time
	names                 []string
}

// list is a flag that may be given several times.
type list []string

func (l *list) String() string { return strings.Join(*l, ", ") }

func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}

const usage = `usage: verify [-json] [-pack FILE]... [-now RFC3339] [-lenient] [-online] FILE|URL...

Says whether the credentials in files may be believed, and why or why not.
A file is JSON, a compact JWS, PNG or SVG, whatever its name; - is standard input.

`

// parseOptions reads the command line. Where ok is false the command ends with code.
func parseOptions(args []string, stderr io.Writer) (o options, code int, ok bool) {
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
		fmt.Fprint(stderr, "\nexit status: 0 all verified, 1 some not, 3 some could not be decided, 2 wrong usage\n")
	}
	flags.BoolVar(&o.json, "json", false, "write one JSON object a line")
	flags.Var(&o.packs, "pack", "a trust pack, `FILE`: JSON from DID or URL to document; may be repeated")
	flags.BoolVar(&o.lenient, "lenient", false, "read what is not quite as specified, and say what the signature does not cover")
	flags.BoolVar(&o.online, "online", false, "fetch keys, status lists and URLs over https from public addresses")
	flags.Var(&o.statusIssuers, "status-issuer", "an `ID` that may sign status lists for other issuers; may be repeated")
	flags.Func("now", "judge dates as of this `RFC3339` instant instead of the present", o.setNow)
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return o, exitVerified, false
	} else if err != nil {
		return o, exitUsage, false
	}
	o.names = flags.Args()
	if err := checkNames(args, o.names); err != nil {
		fmt.Fprintln(stderr, "verify:", err)
		return o, exitUsage, false
	}
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

// instant is the instant that dates are judged by.
func (o *options) instant() time.Time {
	if o.now == nil {
		return time.Now()
	}
	return o.now()
}

// checkNames refuses an empty list, and a flag that stands after a file, which
// would be taken for a file.
func checkNames(args, names []string) error {
	if len(names) == 0 {
		return errors.New("name at least one file or URL; -h shows how")
	}
	for _, name := range names {
		if len(name) > 1 && name[0] == '-' && !slices.Contains(args, "--") {
			return fmt.Errorf("%s stands after a file: flags come first (a file of that name is ./%s)", name, name)
		}
	}
	return nil
}

// fetcher is where keys and status lists come from: the packs, then the network
// if it is allowed, else nowhere.
func (o *options) fetcher() (fetch.Fetcher, error) {
	pack, err := fetch.ReadPacks(o.packs...)
	if err != nil {
		return nil, err
	}
	if !o.online {
		return fetch.Layered(pack, nil), nil
	}
	client, err := fetch.NewClient(fetch.Config{Cache: fetch.NewMemoryCache(0)})
	if err != nil {
		return nil, err
	}
	return fetch.Layered(pack, client), nil
}
