package oauthclient

import (
	"crypto/x509"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/laurel-edu/laurel/internal/safehttp"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Application is what a client says of itself when it registers (RFC 7591). The standard
// demands every member but Contacts, and that all URLs are https and of one host.
type Application struct {
	Name            string
	URL             string // of its page
	Logo            string
	Terms           string // of service
	Policy          string // on privacy
	SoftwareID      string // the same for all of its versions, such as a UUID
	SoftwareVersion string
	Contacts        []string
	RedirectURI     string // where people come back to, see [Client.Finish]
}

// Config says who the application is and how it reaches hosts. Application, Scopes and
// Store must be set.
type Config struct {
	// Application is who connects.
	Application Application
	// Scopes are all that the application will ever ask for, at least one; each host is
	// asked for those of them that it has.
	Scopes []string
	// Store keeps registrations and connections.
	Store Store

	// Fetcher gets the documents that describe a host; by default from public addresses
	// alone, and kept for as long as the host says.
	Fetcher fetch.Fetcher
	// HTTP sends everything else; by default to public addresses alone. Redirects are not
	// followed, whatever it says of them.
	HTTP *http.Client
	// RootCAs replaces the system's certificate authorities for the defaults of Fetcher
	// and HTTP.
	RootCAs *x509.CertPool
	// Hosts are host names at which a host's endpoints may stand besides its own.
	Hosts []string
	// Now is the clock, time.Now by default.
	Now func() time.Time
	// InsecureAllowLoopback admits https to this machine, at every port. It is for tests.
	InsecureAllowLoopback bool
}

// Client is an application that connects to hosts. Make it with [New]. It is safe for
// concurrent use; several processes may share one Store.
type Client struct {
	c       Config
	fetcher fetch.Fetcher
	http    *http.Client
	store   guarded
	turns   [64]chan struct{} // one at a time renews a connection, by its key
}

// longestAnswer bounds every answer that is read here.
const longestAnswer = 256 << 10

// New checks the Config. Nothing is sent.
func New(c Config) (*Client, error) {
	if c.Store == nil || len(c.Scopes) == 0 {
		return nil, errors.New("oauthclient: Config.Store or Scopes is not set")
	}
	if err := c.Application.check(); err != nil {
		return nil, err
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	cl := &Client{c: c, fetcher: c.Fetcher, http: c.HTTP, store: guarded{c.Store}}
	if err := cl.reach(); err != nil {
		return nil, err
	}
	// What a redirect leads to has not been checked, and must not see a token or a secret.
	http1 := *cl.http
	http1.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	cl.http = &http1
	for i := range cl.turns {
		cl.turns[i] = make(chan struct{}, 1)
	}
	return cl, nil
}

// reach fills in how hosts are reached.
func (cl *Client) reach() (err error) {
	c := &cl.c
	if cl.fetcher == nil {
		cl.fetcher, err = fetch.NewClient(fetch.Config{
			MaxBytes: longestAnswer, SameOriginRedirects: true, RootCAs: c.RootCAs, InsecureAllowLoopback: c.InsecureAllowLoopback,
			Cache: fetch.NewMemoryCache(1 << 20), Now: c.Now,
		})
		if err != nil {
			return err
		}
	}
	cl.fetcher = fetch.Guard(cl.fetcher)
	if cl.http == nil {
		cl.http, err = safehttp.New(safehttp.Policy{RootCAs: c.RootCAs, InsecureAllowLoopback: c.InsecureAllowLoopback})
	}
	return err
}

// check holds an application to what hosts will ask of it.
func (a *Application) check() error {
	if a.Name == "" || a.SoftwareID == "" || a.SoftwareVersion == "" {
		return errors.New("oauthclient: Application.Name, SoftwareID or SoftwareVersion is empty")
	}
	host := ""
	for _, text := range []string{a.RedirectURI, a.URL, a.Logo, a.Terms, a.Policy} {
		u, err := httpsURL(text)
		if err != nil {
			return errors.New("oauthclient: a URL of Application is missing or no https URL")
		}
		if host == "" {
			host = u.Hostname()
		}
		if u.Hostname() != host {
			return errors.New("oauthclient: the URLs of Application are of several hosts")
		}
	}
	return nil
}

// httpsURL reads a URL to which a secret may be sent.
func httpsURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return nil, errors.New("no https URL without user and fragment")
	}
	return u, nil
}
