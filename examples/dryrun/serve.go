package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/conformance/refhost"
)

// serve is the reference host until ctx ends. It says what it is asked.
func serve(ctx context.Context, o *options, stdout io.Writer) error {
	web, err := obtest.NewHostAt(o.serve)
	if err != nil {
		return err
	}
	defer web.Close()
	if err := os.WriteFile(o.authority, web.CertificatePEM(), 0o600); err != nil {
		return err
	}
	host, frameworks, err := o.hosts(web.Origin())
	if err != nil {
		return err
	}
	var one sync.Mutex
	say := func(format string, a ...any) {
		one.Lock()
		defer one.Unlock()
		fmt.Fprintf(stdout, format, a...)
	}
	for _, old := range []bool{false, true} {
		badges, err := host.Badges(old)
		if err != nil {
			return err
		}
		for _, b := range badges {
			say("%s badge %s\n", b.Name, b.URL)
		}
	}
	web.Handle(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		say("%s %s\n", r.Method, r.URL.Path) // without the query, which has codes
		if strings.HasPrefix(r.URL.Path, "/ims/case/") {
			frameworks.ServeHTTP(w, r)
			return
		}
		host.ServeHTTP(w, r)
	}))
	say("Open Badges %s\nCLR %s\nCASE %s\nlistening on %s\n", host.Discovery(false), host.Discovery(true),
		web.Origin()+"/ims/case/v1p1", web.Origin())
	<-ctx.Done()
	return nil
}

// hosts are the host of credentials and the provider of frameworks; the fault is of one of them.
func (o *options) hosts(origin string) (*refhost.Host, *refhost.Frameworks, error) {
	c, f := refhost.Config{Origin: origin, Fault: o.fault, Seed: o.seed, Now: o.now}, refhost.FrameworksConfig{Origin: origin}
	if slices.ContainsFunc(append(refhost.FrameworkFaults(), refhost.FrameworkTrials()...),
		func(x refhost.Fault) bool { return x.Name == o.fault }) {
		c.Fault, f.Fault = "", o.fault
	}
	host, err := refhost.New(c)
	if err != nil {
		return nil, nil, err
	}
	frameworks, err := refhost.NewFrameworks(f)
	return host, frameworks, err
}
