package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// options are the flags.
type options struct {
	list, online, strict     bool
	roles, only, artefacts   texts
	packs, slots             texts
	provider, login, ca      string
	out, known, before       string
	guide, seed              string
	vendor, product, release string
	now                      func() time.Time
}

// texts is a flag that may be given several times.
type texts []string

func (l *texts) String() string { return strings.Join(*l, ", ") }

func (l *texts) Set(value string) error {
	*l = append(*l, value)
	return nil
}

const usage = `usage: dryrun -role ROLE... [-provider URL] [-login USER:PASSWORD] [-ca FILE] [-artefact FILE]... [-out DIR]
       dryrun -list

Runs the tests of the certification guides against a product, from outside.

`

// parseOptions reads the command line. Where ok is false the command ends with code.
func parseOptions(args []string, stderr io.Writer) (o options, code int, ok bool) {
	flags := flag.NewFlagSet("dryrun", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
		fmt.Fprint(stderr, "\nexit status: 0 passed, 1 failed, 2 wrong usage, 3 something could not be run, 4 people must judge the rest\n")
	}
	flags.BoolVar(&o.list, "list", false, "write all roles and tests as JSON")
	flags.Var(&o.roles, "role", "what the product is tested as, a `ROLE` of -list; may be repeated")
	flags.StringVar(&o.provider, "provider", "", "the base `URL` of the product's services")
	flags.StringVar(&o.login, "login", "", "who logs in there, `USER:PASSWORD`")
	flags.StringVar(&o.ca, "ca", "", "the authority of the product's certificate, a PEM `FILE`")
	flags.Var(&o.artefacts, "artefact", "a credential or image that the product made, a `FILE`; may be repeated")
	flags.StringVar(&o.out, "out", "", "write report.json, report.xml and report.html to `DIR`")
	flags.StringVar(&o.guide, "guide", "", "the `VERSION` of the guide of Open Badges: \"OB 1.1\" or \"OB 1.2\"")
	flags.Var(&o.only, "only", "only tests whose id or alias fits a `PATTERN` such as OB-H-PR-3.*; may be repeated")
	flags.Var(&o.packs, "pack", "a trust pack, `FILE`: JSON from DID or URL to document; may be repeated")
	flags.BoolVar(&o.online, "online", false, "fetch keys and status lists over https from public addresses")
	flags.Var(&o.slots, "slot", "a film or picture for a test that people judge, `ID=FILE`; may be repeated")
	flags.StringVar(&o.known, "known", "", "failures that are known, a JSON `FILE`")
	flags.StringVar(&o.before, "before", "", "compare with the report.json of an earlier run, a `FILE`")
	flags.BoolVar(&o.strict, "strict", false, "the run before the certification: nothing is skipped, nothing is known")
	flags.StringVar(&o.seed, "seed", "", "a `TEXT` from which order, keys and credentials follow")
	flags.StringVar(&o.vendor, "vendor", "", "who makes the product, a `TEXT` for the report")
	flags.StringVar(&o.product, "product", "", "the product's name, a `TEXT` for the report")
	flags.StringVar(&o.release, "release", "", "the product's version, a `TEXT` for the report")
	flags.Func("now", "judge dates as of this `RFC3339` instant instead of the present", o.setNow)
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return o, exitPassed, false
	} else if err != nil {
		return o, exitUsage, false
	}
	switch {
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "dryrun: nothing stands behind the flags: %q\n", flags.Arg(0))
		return o, exitUsage, false
	case !o.list && len(o.roles) == 0:
		fmt.Fprintln(stderr, "dryrun: name a role with -role; -list shows them, -h the flags")
		return o, exitUsage, false
	}
	return o, exitPassed, true
}

func (o *options) setNow(text string) error {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return errors.New("not an instant such as 2026-01-01T00:00:00Z")
	}
	o.now = func() time.Time { return t }
	return nil
}

// suite is what the flags select.
func (o *options) suite() (*conformance.Suite, error) {
	s := &conformance.Suite{Subject: conformance.Subject{Vendor: o.vendor, Product: o.product, Version: o.release},
		Guide: conformance.Guide(o.guide), Only: o.only, Strict: o.strict, Seed: o.seed, Now: o.now, Slots: map[string]string{}}
	for _, r := range o.roles {
		s.Roles = append(s.Roles, conformance.Role(r))
	}
	for _, slot := range o.slots {
		id, file, ok := strings.Cut(slot, "=")
		if !ok {
			return nil, fmt.Errorf("-slot is ID=FILE, and not %q", slot)
		}
		s.Slots[id] = file
	}
	for _, name := range o.artefacts {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		s.Artefacts = append(s.Artefacts, conformance.Artefact{Name: filepath.Base(name), Data: data})
	}
	var err error
	if s.Fetcher, err = o.fetcher(); err != nil {
		return nil, err
	}
	if o.known != "" {
		text, err := os.ReadFile(o.known)
		if err != nil {
			return nil, err
		}
		if s.Known, err = conformance.ParseBaseline(text); err != nil {
			return nil, fmt.Errorf("%s: %w", o.known, err)
		}
	}
	s.Provider, err = o.served()
	return s, err
}

// served is the product as a server, nil where no URL was given.
func (o *options) served() (*conformance.Provider, error) {
	if o.provider == "" {
		if o.login != "" {
			return nil, errors.New("-login is for a -provider, and none is named")
		}
		return nil, nil
	}
	client, err := o.client()
	if err != nil {
		return nil, err
	}
	p := &conformance.Provider{URL: o.provider, Client: client}
	if o.login != "" {
		user, password, ok := strings.Cut(o.login, ":")
		if !ok {
			return nil, errors.New("-login is USER:PASSWORD")
		}
		p.Login = conformance.FormLogin(client, user, password)
	}
	return p, nil
}

// client believes the system's authorities, or the one of -ca alone.
func (o *options) client() (*http.Client, error) {
	t := http.DefaultTransport.(*http.Transport).Clone()
	if o.ca != "" {
		text, err := os.ReadFile(o.ca)
		if err != nil {
			return nil, err
		}
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("%s holds no certificate", o.ca)
		}
		t.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	return &http.Client{Transport: t}, nil
}

// fetcher is where keys and status lists come from: the packs, then the network if it is
// allowed, else nowhere.
func (o *options) fetcher() (fetch.Fetcher, error) {
	pack, err := fetch.ReadPacks(o.packs...)
	if err != nil || !o.online {
		return fetch.Layered(pack, nil), err
	}
	client, err := fetch.NewClient(fetch.Config{Cache: fetch.NewMemoryCache(0)})
	return fetch.Layered(pack, client), err
}
