package obapi

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/credrest"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/oauthsrv"
)

// Config says what a handler serves and to whom. Keeper and Tenant must be set; of
// everything else the zero value is the careful choice: nobody is let in, and nothing is
// written.
type Config struct {
	// Keeper is what is served, and what decides about what is posted. One may serve any
	// number of handlers, of both services and all tenants.
	Keeper *Keeper
	// Kind is what the service keeps, badges by default. Package clr/clrapi sets it.
	Kind hub.Kind
	// Tenant is whose the service is. Its ID is asked for in tokens, and the owners in the
	// store are of it; Name, Terms and Policy must be set, and are told to clients.
	Tenant oauthsrv.Tenant
	// BaseURL is where the service is reached, https, up to [BasePath]: by default the
	// Issuer of the Tenant, "https://hub.example.edu/tenant". It stands in links and in the
	// description, and a request for another host is answered with 421.
	BaseURL string
	// Image is the URL of a picture of the service, "" for none.
	Image string
	// Authorizer knows the tokens, such as an [oauthsrv.Server]. Nil knows none.
	Authorizer oauthsrv.Authorizer
	// Endpoints are where tokens are to be had, by default those of the Tenant. A product
	// with an authorization server of its own sets at least Registration, Authorization and
	// Token.
	Endpoints oauthsrv.Endpoints
	// Writes has credentials and profiles written too, by whoever has the scope.
	Writes bool
	// Since is what the parameter since compares with, by default when a credential was
	// issued, which is what the standard says.
	Since hub.SinceBy
	// AcceptProfilePOST takes POST for PUT of a profile, which older clients send.
	AcceptProfilePOST bool

	// DefaultLimit and MaxLimit bound pages: 100 and 1,000, which is the most.
	DefaultLimit, MaxLimit int
	// MaxBody is the longest credential that is posted, 1 MiB by default and 16 MiB for a
	// record, and MaxProfile the longest profile, 1 MiB by default.
	MaxBody, MaxProfile int64
	// MaxPage is how many bytes of credentials a page holds before it ends early, 16 MiB by
	// default. MaxMemory is how many bytes may be held for requests and answers together,
	// 256 MiB by default; whoever comes when there is no room is asked to come back.
	MaxPage, MaxMemory int64
	// DescriptionMaxAge is how long a client may keep the description, an hour by default.
	DescriptionMaxAge time.Duration

	// OnRequest is told of each request when it is answered, for figures of the operator's
	// own. It runs in the request's goroutine.
	OnRequest func(Request)
	// Logger gets what clients are not told: the causes of answers 500. Nil is silent.
	Logger *slog.Logger
	// Now is the clock, time.Now by default.
	Now func() time.Time
}

// Request is what became of a request: nothing of it is personal.
type Request struct {
	Service   string // "Open Badges" or "Comprehensive Learner Record"
	Operation string // as the standard calls it, such as getCredentials; "" where it was none
	Method    string // of HTTP, "other" for an unusual one
	Status    int
	In, Out   int64 // bytes of the bodies
	Duration  time.Duration
}

const (
	defaultMaxProfile = 1 << 20
	defaultMaxPage    = 16 << 20
	defaultMaxMemory  = 256 << 20
	defaultMaxAge     = time.Hour
)

// check reports what of a Config cannot be.
func (c *Config) check() error {
	switch {
	case c.Keeper == nil:
		return errors.New("obapi: Config.Keeper is not set")
	case c.DefaultLimit < 0 || c.MaxLimit < 0 || min(c.MaxBody, c.MaxProfile, c.MaxPage, c.MaxMemory) < 0 || c.DescriptionMaxAge < 0:
		return errors.New("obapi: a bound of the Config is negative")
	case max(c.DefaultLimit, c.MaxLimit) > hub.MaxLimit:
		return fmt.Errorf("obapi: Config.MaxLimit is more than the %d of a store", hub.MaxLimit)
	case c.MaxBody > hub.MaxRaw || c.MaxProfile > hub.MaxProfile:
		return errors.New("obapi: Config.MaxBody or MaxProfile is more than a store keeps")
	case credrest.Of(c.Kind) == nil:
		return errors.New("obapi: Config.Kind is none that a service keeps")
	case c.Since > hub.SinceEither:
		return errors.New("obapi: Config.Since is none of its values")
	}
	return c.checkURLs()
}

// checkURLs reports which of the URLs that the standard requires is not there.
func (c *Config) checkURLs() error {
	for _, u := range [...]struct{ name, text string }{
		{"Tenant.Terms", c.Tenant.Terms}, {"Tenant.Policy", c.Tenant.Policy}, {"Endpoints.Authorization", c.Endpoints.Authorization},
		{"Endpoints.Token", c.Endpoints.Token}, {"Endpoints.Registration", c.Endpoints.Registration},
	} {
		if at, err := url.Parse(u.text); err != nil || at.Scheme != "https" || at.Host == "" {
			return fmt.Errorf("obapi: Config.%s is no https URL", u.name)
		}
	}
	if c.Tenant.Name == "" {
		return errors.New("obapi: Config.Tenant.Name is not set")
	}
	return nil
}

func (c *Config) setDefaults() {
	c.Kind = cmp.Or(c.Kind, hub.KindBadge)
	c.BaseURL = cmp.Or(c.BaseURL, c.Tenant.Issuer)
	c.Endpoints = cmp.Or(c.Endpoints, c.Tenant.Endpoints())
	c.MaxLimit = cmp.Or(c.MaxLimit, hub.MaxLimit)
	if s := credrest.Of(c.Kind); s != nil {
		c.MaxBody = cmp.Or(c.MaxBody, s.MaxBody)
	}
	c.MaxProfile = cmp.Or(c.MaxProfile, defaultMaxProfile)
	c.MaxPage = cmp.Or(c.MaxPage, defaultMaxPage)
	c.MaxMemory = cmp.Or(c.MaxMemory, defaultMaxMemory)
	c.DescriptionMaxAge = cmp.Or(c.DescriptionMaxAge, defaultMaxAge)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
}

// baseOf reads BaseURL: https, a host, and the path before that of the standard.
func baseOf(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("obapi: BaseURL is no https URL without a query")
	}
	return u, nil
}

// queryLimits are those of a page: a number, a position or an instant is never long.
var queryLimits = rest.QueryLimits{Value: 64, Names: []string{"limit", "offset", "since", "after"}}
