package obapi

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/credrest"
	"github.com/laurel-edu/laurel/internal/loopback"
)

// Doer sends requests with whatever lets them in. An oauthclient.Connection is one, which
// renews its token and sends it to the host that gave it alone; a client of your own decides
// about redirects itself, which here are never of use.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// ClientConfig says which service a client reads and writes. BaseURL and Do must be set.
type ClientConfig struct {
	// BaseURL is where the service stands, https: with the path of the standard or up to
	// it, or the URL of its description.
	BaseURL string
	// Kind is what the service keeps, badges by default. Package clr/clrapi sets it.
	Kind hub.Kind
	// Do sends the requests.
	Do Doer

	// MaxAnswer is the longest answer, 64 MiB by default: a page has no bound in the
	// standard, and is asked for anew with a smaller limit where it is longer.
	MaxAnswer int64
	// MaxPages is the most pages of a list, 10,000 by default.
	MaxPages int
	// Now is the clock, time.Now by default.
	Now func() time.Time
	// InsecureAllowLoopback admits plain http to this machine. It is for tests.
	InsecureAllowLoopback bool
}

// Client reads and writes a service of the standard. What hosts do otherwise than the
// standard says it takes, where the meaning is plain. It is safe for concurrent use. Its
// errors are [*Error], or the error of the context.
type Client struct {
	c       ClientConfig
	service *credrest.Service
	base    *url.URL
}

// descriptionEnd is what may stand behind the base in an address.
var descriptionEnd = regexp.MustCompile(`(?i)/+(discovery/*)?$`)

// NewClient checks a configuration and makes a client of it. Nothing is sent.
func NewClient(c ClientConfig) (*Client, error) {
	c.Kind = cmp.Or(c.Kind, hub.KindBadge)
	c.MaxAnswer, c.MaxPages = cmp.Or(c.MaxAnswer, 64<<20), cmp.Or(c.MaxPages, 10_000)
	if c.Now == nil {
		c.Now = time.Now
	}
	s := credrest.Of(c.Kind)
	switch {
	case s == nil:
		return nil, errors.New("obapi: ClientConfig.Kind is none that a service keeps")
	case c.Do == nil:
		return nil, errors.New("obapi: ClientConfig.Do is not set")
	case c.MaxAnswer < 0 || c.MaxPages < 0:
		return nil, errors.New("obapi: a bound of the ClientConfig is negative")
	}
	u, err := url.Parse(descriptionEnd.ReplaceAllString(strings.TrimSpace(c.BaseURL), ""))
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || !secure(u, c.InsecureAllowLoopback) {
		return nil, errors.New("obapi: ClientConfig.BaseURL is no https URL of a service")
	}
	if !strings.HasSuffix(strings.ToLower(u.Path), s.Base) {
		u = u.JoinPath(s.Base)
	}
	return &Client{c, s, u}, nil
}

// secure reports whether a URL is https, or plain http to this machine where that is
// allowed.
func secure(u *url.URL, allowLoopback bool) bool {
	return u.Scheme == "https" || u.Scheme == "http" && allowLoopback && loopback.Host(u.Hostname())
}

// endpoint is the URL of an operation.
func (cl *Client) endpoint(o *credrest.Operation) *url.URL { return cl.base.JoinPath(o.Path) }
