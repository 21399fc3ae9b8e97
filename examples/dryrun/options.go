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

// options are what the command line asks for.
type options struct {
	roles     []conformance.Role
	provider  string
	login     string
	authority string
	artefacts []string
	packs     []string
	slots     map[string]string
	only      []string
	out       string
	guide     string
	known     string
	seed      string
	product   string
	strict    bool
	online    bool
	now       func() time.Time

	list, diff   bool
	serve, fault string
	rest         []string
}

func parseOptions(args []string, stderr io.Writer) (*options, error) {
	o := &options{slots: map[string]string{}}
	f := flag.NewFlagSet("dryrun", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Func("role", "what the product is tested as; several times for several", o.role)
	f.StringVar(&o.provider, "provider", "", "the base `URL` of the product's services")
	f.StringVar(&o.login, "login", "", "`USER:PASSWORD` of somebody at the provider, for forms")
	f.StringVar(&o.authority, "ca", "", "`FILE` with the certificate of the provider's authority; with -serve it is written")
	f.Func("artefact", "a `FILE` that the product made; several times for several", func(s string) error {
		o.artefacts = append(o.artefacts, s)
		return nil
	})
	f.Func("slot", "`CHECK=FILE`: the film or picture for a check that people judge", o.slot)
	f.Func("only", "a `PATTERN` of checks, such as OB-H-PR-3.*; several times for several", func(s string) error {
		o.only = append(o.only, s)
		return nil
	})
	f.StringVar(&o.out, "out", "", "the `DIR` that the reports are written to")
	f.StringVar(&o.guide, "guide", "", "the `VERSION` of the guide of Open Badges: 1.1 or 1.2")
	f.StringVar(&o.known, "known", "", "a `FILE` of known failures")
	f.StringVar(&o.seed, "seed", "", "the `SEED` of the run; drawn by default")
	f.StringVar(&o.product, "product", "", "the `NAME` of the product, for the report")
	f.BoolVar(&o.strict, "strict", false, "fail where something was skipped")
	f.Func("pack", "a trust pack, `FILE`: JSON from DID or URL to document; several times for several", func(s string) error {
		o.packs = append(o.packs, s)
		return nil
	})
	f.BoolVar(&o.online, "online", false, "fetch keys, status lists and images that artefacts name")
	f.Func("now", "the `TIME` that the clock shows (RFC 3339)", o.clock)
	f.BoolVar(&o.list, "list", false, "list all checks as JSON")
	f.BoolVar(&o.diff, "diff", false, "compare two reports")
	f.StringVar(&o.serve, "serve", "", "serve the reference host at `ADDR`, on loopback")
	f.StringVar(&o.fault, "fault", "", "the `NAME` of what the reference host does wrong")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	for len(o.roles) > 0 && f.NArg() > 0 && o.role(f.Arg(0)) == nil { // -role issuer host
		if err := f.Parse(f.Args()[1:]); err != nil {
			return nil, err
		}
	}
	o.rest = f.Args()
	return o, o.check()
}

func (o *options) role(text string) error {
	for _, name := range strings.Split(text, ",") {
		r, err := conformance.ParseRole(name)
		if err != nil {
			return err
		}
		o.roles = append(o.roles, r)
	}
	return nil
}

func (o *options) slot(text string) error {
	check, file, ok := strings.Cut(text, "=")
	if !ok {
		return errors.New("write CHECK=FILE")
	}
	o.slots[check] = file
	return nil
}

func (o *options) clock(text string) error {
	at, err := time.Parse(time.RFC3339, text)
	o.now = func() time.Time { return at }
	return err
}

// check finds contradictions.
func (o *options) check() error {
	chosen := 0
	for _, one := range []bool{o.list, o.diff, o.serve != "", len(o.roles) > 0} {
		if one {
			chosen++
		}
	}
	switch {
	case chosen == 0:
		return errors.New("give -role, -list, -diff or -serve")
	case chosen > 1:
		return errors.New("-role, -list, -diff and -serve exclude one another")
	case o.diff && len(o.rest) != 2:
		return errors.New("-diff takes two reports")
	case !o.diff && len(o.rest) > 0:
		return fmt.Errorf("%q is no option: roles follow -role and files -artefact", o.rest[0])
	case o.serve != "" && o.authority == "":
		return errors.New("-serve needs -ca, for the certificate that a consumer has to trust")
	case o.login != "" && !strings.Contains(o.login, ":"):
		return errors.New("-login is USER:PASSWORD")
	case (o.login != "" || o.authority != "" && o.serve == "") && o.provider == "":
		return errors.New("-login and -ca are for a -provider")
	}
	return nil
}

// suite is what is run.
func (o *options) suite() (*conformance.Suite, error) {
	s := &conformance.Suite{Subject: conformance.Subject{Product: o.product}, Roles: o.roles, Only: o.only, Slots: o.slots,
		Strict: o.strict,
		Seed:   o.seed, Now: o.now}
	if o.guide != "" {
		s.Guide = conformance.Guide("OB " + o.guide)
	}
	for _, file := range o.artefacts {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		s.Artefacts = append(s.Artefacts, conformance.Artefact{Name: filepath.Base(file), Data: data})
	}
	if o.known != "" {
		text, err := os.ReadFile(o.known)
		if err != nil {
			return nil, err
		}
		if s.Known, err = conformance.ParseBaseline(text); err != nil {
			return nil, err
		}
	}
	var err error
	if s.Fetcher, err = o.fetcher(); err != nil {
		return nil, err
	}
	if o.provider == "" {
		return s, nil
	}
	client, err := o.client()
	if err != nil {
		return nil, err
	}
	s.Provider = &conformance.Provider{URL: o.provider, Client: client}
	if user, password, ok := strings.Cut(o.login, ":"); ok {
		s.Provider.Login = conformance.FormLogin(client, user, password)
	}
	return s, nil
}

// client trusts the authority of the provider, where one is named, and it alone.
func (o *options) client() (*http.Client, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	if o.authority != "" {
		text, err := os.ReadFile(o.authority)
		if err != nil {
			return nil, err
		}
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("%s holds no certificate", o.authority)
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	return &http.Client{Transport: transport}, nil
}

// fetcher is where keys, status lists and images come from: the packs, then the network where it
// is allowed, else nowhere.
func (o *options) fetcher() (fetch.Fetcher, error) {
	pack, err := fetch.ReadPacks(o.packs...)
	switch {
	case err != nil || pack == nil && !o.online:
		return nil, err
	case !o.online:
		return pack, nil
	}
	client, err := fetch.NewClient(fetch.Config{Now: o.now})
	return fetch.Layered(pack, client), err
}
