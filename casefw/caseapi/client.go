package caseapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/loopback"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
)

// Doer sends requests; *http.Client is one.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// ClientConfig says how to reach a provider. BaseURL alone is enough for an open
// one. The zero value of everything else is the careful choice.
type ClientConfig struct {
	// BaseURL is where the service stands: "https://case.example.edu", with a
	// prefix before /ims/case where there is one, or whole, as in
	// "https://case.example.edu/ims/case/v1p1". It must be https.
	BaseURL string
	// Version of the service. 0 takes the one in BaseURL; where there is none
	// either, the first request finds it out, see [Client.Version].
	Version Version
	// Authorize gives the bearer token, nil for open providers: [Bearer] or
	// [NewClientCredentials]. It is sent to URLs below /ims/case of BaseURL only, and
	// by the default Do to nothing else that those redirect to.
	Authorize Authorizer
	// Do sends the requests. By default a client that connects to public
	// addresses only, whatever BaseURL resolves to, and follows no redirect to
	// another origin where there is a token. A client of your own decides these
	// itself.
	Do Doer

	// MaxBody is the longest answer but a package, 16 MiB by default.
	MaxBody int64
	// MaxPackage is the longest package, 1 GiB by default. It is read as a stream.
	MaxPackage int64
	// MaxPages is the most pages of a list, 10,000 by default.
	MaxPages int
	// MaxDocuments is the most documents of a list, 100,000 by default: of each a walk
	// remembers that it came, and the largest networks list some thousands.
	MaxDocuments int
	// Timeout bounds one answer of the default Do, 5 minutes by default: some
	// providers put packages together while the client waits.
	Timeout time.Duration
	// Reading steers how answers are read; MaxBytes, Version and Selection are
	// set by the client. Its limit of findings is one for all pages of a list. Its
	// MaxObjects is 10,000 and one for each 256 bytes here, unless it is set: what is made
	// of an answer, however short its records, stays below 16 MiB and eight times its
	// length. The shortest records in use have 400 bytes.
	Reading casefw.Options

	// Retries is how often a request is sent again after a network error, an answer that
	// was cut off, or one of 408, 429, 500, 502, 503 or 504: 3 by default, never where
	// negative.
	Retries int
	// MaxWait is the longest pause before a retry, one minute by default. A
	// provider that asks with Retry-After for more is not asked again; the error
	// says how long it wanted.
	MaxWait time.Duration
	// MaxWaiting is how long one walk of a list, or one [Sync], pauses in all, half an
	// hour by default, or MaxWait where that is longer: a minute for each of a thousand frameworks would be most of a
	// day. What fails then is not asked for again; the error says why.
	MaxWaiting time.Duration
	// Now is the clock, time.Now by default.
	Now func() time.Time
	// Sleep pauses before a retry; by default it waits or returns ctx's error.
	Sleep func(ctx context.Context, d time.Duration) error
	// Jitter returns a number from 0 to 1 by which pauses are spread, so that
	// many clients do not come back at once; random by default.
	Jitter func() float64

	// InsecureAllowLoopback admits plain http to this machine, and with the
	// default Do its addresses. It is for tests.
	InsecureAllowLoopback bool
}

// Client reads from a CASE provider: the twelve endpoints of 1.0 and 1.1. It is
// safe for concurrent use. Its errors are [*Error], or the error of the context.
//
// Providers deviate from the standard in many ways. What the client can take it
// takes, and says so in the Warnings of what it returns.
type Client struct {
	c    ClientConfig
	root *url.URL // up to /ims/case, without the version

	mu      sync.Mutex
	version Version // 0 until known
	notes   []*vc.Problem
}

var versionEnd = regexp.MustCompile(`(?i)^(.*?)/(v1p[01])$`)

// NewClient checks a configuration and makes a client of it. Nothing is sent.
func NewClient(c ClientConfig) (*Client, error) {
	u, err := url.Parse(strings.TrimRight(strings.TrimSpace(c.BaseURL), "/"))
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("caseapi: ClientConfig.BaseURL is no URL of a service: scheme, host and path alone are allowed")
	}
	if !secure(u, c.InsecureAllowLoopback) {
		return nil, errors.New("caseapi: ClientConfig.BaseURL must be https (CASE 1.1 REST/JSON binding, 5)")
	}
	if c.MaxBody < 0 || c.MaxPackage < 0 || min(c.MaxPages, c.MaxDocuments) < 0 || min(c.Timeout, c.MaxWait, c.MaxWaiting) < 0 {
		return nil, errors.New("caseapi: a limit of the ClientConfig is negative")
	}
	cl := &Client{c: c.withDefaults(), version: c.Version}
	if err := cl.setRoot(u); err != nil {
		return nil, err
	}
	if cl.c.Do == nil {
		if cl.c.Do, err = guarded(&cl.c, cl.root); err != nil {
			return nil, err
		}
	}
	return cl, nil
}

// secure reports whether a URL is https, or plain http to this machine where that
// is allowed.
func secure(u *url.URL, allowLoopback bool) bool {
	return u.Scheme == "https" || u.Scheme == "http" && allowLoopback && loopback.Host(u.Hostname())
}

func (c ClientConfig) withDefaults() ClientConfig {
	c.MaxBody = cmp.Or(c.MaxBody, 16<<20)
	c.MaxPackage = cmp.Or(c.MaxPackage, 1<<30)
	c.MaxPages = cmp.Or(c.MaxPages, 10_000)
	c.MaxDocuments = cmp.Or(c.MaxDocuments, 100_000)
	c.Timeout = cmp.Or(c.Timeout, 5*time.Minute)
	c.MaxWait = cmp.Or(c.MaxWait, time.Minute)
	c.MaxWaiting = cmp.Or(c.MaxWaiting, max(30*time.Minute, c.MaxWait))
	c.Retries = cmp.Or(c.Retries, 3)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Sleep == nil {
		c.Sleep = rest.Pause
	}
	if c.Jitter == nil {
		c.Jitter = rand.Float64
	}
	return c
}

// setRoot cuts the version off the path and adds /ims/case where it is missing.
func (cl *Client) setRoot(u *url.URL) error {
	path := u.Path
	if m := versionEnd.FindStringSubmatch(path); m != nil {
		named := V1p1
		if strings.EqualFold(m[2], V1p0.Segment()) {
			named = V1p0
		}
		if cl.version != 0 && cl.version != named {
			return fmt.Errorf("caseapi: ClientConfig.Version is %s and BaseURL that of %s", cl.version, named)
		}
		cl.version, path = named, m[1]
	} else if !strings.HasSuffix(strings.ToLower(path), "/ims/case") {
		path += "/ims/case"
	}
	cl.root = &url.URL{Scheme: u.Scheme, Host: u.Host, Path: path}
	return nil
}

// ports are those that a client of a URL connects to: the one that it names besides
// that of https, nil for the default where it names none.
func ports(u *url.URL) []uint16 {
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil {
		return nil
	}
	return []uint16{443, uint16(port)}
}

// endpoint returns the URL of a path below a version.
func (cl *Client) endpoint(v Version, path string, q url.Values) *url.URL {
	u := *cl.root
	u.Path += "/" + v.Segment()
	joined := u.JoinPath(path)
	joined.RawQuery = rest.EncodeQuery(q)
	return joined
}
