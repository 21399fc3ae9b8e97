// Command hub is a host of Open Badges 3.0 and CLR 2.0 that runs: people sign in, allow
// applications to read and write their credentials, and take that back; the applications
// use the two APIs of the standard.
//
//	go run ./examples/hub -addr 127.0.0.1:8443 -ca ca.pem -user ada:secret
//
// It serves HTTPS with a certificate of an authority that it makes when it starts and that
// ca.pem then holds, and prints one line when it is ready. The service of Open Badges stands
// at /demo/ims/ob/v3p0, that of CLR at /demo/ims/clr/v2p0, what a person has at /demo/wallet,
// and what they have allowed at /demo/connections; -tenant gives other names than demo.
//
//	-store memory|sqlite:PATH|postgres:URL  where things are kept, sqlite:hub.db by default
//	-user NAME:PASSWORD                     who can sign in, at every tenant; again for more
//	-tenant NAME                            a tenant in place of demo; again for more
//	-limit N                                so many requests a second of one address
//	-online                                 keys that are published on the web are fetched
//	-now RFC3339                            the clock starts there, for tests
//	-import TENANT/NAME=FOLDER|FILE.zip     keep the credentials in there, and end
//	-export TENANT/NAME=FILE                write everything of a person, and end
//	-erase TENANT/NAME                      forget everything of a person, and end
//
// What a product does otherwise: users and sessions are its own, the certificate is a real
// one, and hooks (OnRequest, OnFetch) lead to its figures. The rest is as here; read
// newSite first.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

func main() {
	// What lives in the heap of a host that keeps everything in a data base is a few megabytes,
	// at which the collector would run dozens of times a second under load. It may grow to five
	// times that before it is looked through, unless the environment says otherwise.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit statuses.
const (
	exitWell   = 0
	exitFailed = 1
	exitUsage  = 2
)

// run is the whole command until ctx ends.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parseOptions(args, stderr)
	if err != nil {
		fmt.Fprintln(stderr, "hub:", err)
		return exitUsage
	}
	if err := o.do(ctx, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "hub:", err)
		return exitFailed
	}
	return exitWell
}

// do does what the options ask for.
func (o *options) do(ctx context.Context, stdout, stderr io.Writer) error {
	s, err := openStores(ctx, o.store, o.now)
	if err != nil {
		return err
	}
	defer s.close()
	if o.errand != nil {
		return o.errand.do(ctx, s, o, stdout)
	}
	return serve(ctx, o, s, stdout, stderr)
}
