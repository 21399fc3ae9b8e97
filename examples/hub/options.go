package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
)

// options are what the command line says.
type options struct {
	addr, ca, store string
	users           []account
	tenants         []string
	limit           float64
	online          bool
	now             func() time.Time
	errand          *errand // nil to serve
}

// parseOptions reads the command line. What is wrong with it is one line.
func parseOptions(args []string, stderr io.Writer) (*options, error) {
	o := &options{now: time.Now}
	f := flag.NewFlagSet("hub", flag.ContinueOnError)
	f.SetOutput(io.Discard) // the error says it
	f.StringVar(&o.addr, "addr", "127.0.0.1:8443", "")
	f.StringVar(&o.ca, "ca", "", "")
	f.StringVar(&o.store, "store", "sqlite:hub.db", "")
	f.Float64Var(&o.limit, "limit", 0, "")
	f.BoolVar(&o.online, "online", false, "")
	f.Func("user", "", o.addUser)
	f.Func("tenant", "", o.addTenant)
	f.Func("now", "", o.setNow)
	for _, name := range []string{"import", "export", "erase"} {
		f.Func(name, "", func(text string) error { return o.setErrand(name, text) })
	}
	err := f.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return nil, errors.New("usage: hub -addr HOST:PORT -ca FILE [-store memory|sqlite:PATH|postgres:URL] -user NAME:PASSWORD… " +
			"[-tenant NAME]… [-limit N] [-online] [-now RFC3339]; or -store with -import, -export or -erase TENANT/NAME")
	case err != nil:
		return nil, oneLine(err)
	}
	if len(o.tenants) == 0 {
		o.tenants = []string{"demo"}
	}
	return o, o.check(f.Args())
}

// oneLine keeps the message of an error on one line, and passwords out of it: package flag
// repeats what it could not take.
func oneLine(err error) error {
	text := strings.ReplaceAll(err.Error(), "\n", " ")
	if strings.Contains(text, "for flag -user:") {
		_, why, _ := strings.Cut(text, "for flag -user:")
		text = "-user:" + why
	}
	return errors.New(text)
}

func (o *options) check(rest []string) error {
	switch {
	case len(rest) > 0:
		return fmt.Errorf("there is more than options: %d words", len(rest))
	case o.limit < 0 || o.limit != o.limit:
		return errors.New("-limit is not a positive number")
	case o.errand != nil:
		return nil
	case o.ca == "":
		return errors.New("-ca is missing: a file for the certificate of the authority")
	case len(o.users) == 0:
		return errors.New("-user is missing: NAME:PASSWORD of somebody who may sign in")
	}
	return nil
}

// addUser takes NAME:PASSWORD; what follows the first colon is the password.
func (o *options) addUser(text string) error {
	name, password, ok := strings.Cut(text, ":")
	if !ok || name == "" || password == "" {
		return errors.New("it is not NAME:PASSWORD")
	}
	if slices.ContainsFunc(o.users, func(a account) bool { return a.name == name }) {
		return errors.New("one name was given twice")
	}
	a, err := newAccount(name, password)
	o.users = append(o.users, a)
	return err
}

var tenantName = regexp.MustCompile(`^[a-z0-9-]+$`)

func (o *options) addTenant(name string) error {
	if !tenantName.MatchString(name) || len(name) > 63 {
		return errors.New("a tenant is called by small letters, digits and hyphens")
	}
	if slices.Contains(o.tenants, name) {
		return errors.New("one tenant was given twice")
	}
	o.tenants = append(o.tenants, name)
	return nil
}

// setNow has the clock start at an instant and go on from there.
func (o *options) setNow(text string) error {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return errors.New("it is no instant of RFC 3339")
	}
	ahead := time.Until(at)
	o.now = func() time.Time { return time.Now().Add(ahead) }
	return nil
}
