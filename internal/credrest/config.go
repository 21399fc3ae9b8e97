package credrest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Config is obapi.Config, where its fields are told of.
type Config struct {
	Store       hub.Store
	BaseURL     string
	Tenant      string
	Authorizer  oauthsrv.Authorizer
	Description Description
	Writes      bool

	Verify            verify.Config
	Admit             func(context.Context, hub.Owner, *vc.Document) error
	MaxAhead          time.Duration
	Since             hub.SinceBy
	AcceptProfilePOST bool

	DefaultLimit, MaxLimit int
	MaxBody, MaxProfile    int64
	MaxPage, MaxMemory     int64
	MaxVerifying           int
	DescriptionMaxAge      time.Duration

	OnRequest func(Request)
	Logger    *slog.Logger
	Now       func() time.Time
}

// Description is obapi.Description.
type Description struct {
	Title          string
	TermsOfService string
	PrivacyPolicy  string
	Image          string

	AuthorizationURL string
	TokenURL         string
	RegistrationURL  string
	RevocationURL    string
}

// Request is obapi.Request.
type Request struct {
	Operation string
	Method    string
	Status    int
	In, Out   int64
	Duration  time.Duration
}

const (
	defaultMaxProfile = 1 << 20
	defaultMaxPage    = 16 << 20
	defaultMaxMemory  = 256 << 20
	defaultMaxAge     = time.Hour
	defaultMaxAhead   = 366 * 24 * time.Hour
)

// check reports what of a Config cannot be.
func (c *Config) check() error {
	switch {
	case c.Store == nil:
		return errors.New("Config.Store is not set")
	case c.DefaultLimit < 0 || c.MaxLimit < 0 || min(c.MaxBody, c.MaxProfile, c.MaxPage, c.MaxMemory) < 0 || c.MaxVerifying < 0:
		return errors.New("a limit of the Config is negative")
	case c.DescriptionMaxAge < 0 || c.MaxAhead < 0:
		return errors.New("a duration of the Config is negative")
	case c.MaxLimit > hub.MaxLimit || c.DefaultLimit > hub.MaxLimit:
		return fmt.Errorf("Config.MaxLimit is more than the %d of a store", hub.MaxLimit)
	case c.MaxBody > hub.MaxRaw || c.MaxProfile > hub.MaxProfile:
		return errors.New("Config.MaxBody or MaxProfile is more than a store keeps")
	case c.Verify.Kinds != nil:
		return errors.New("Config.Verify.Kinds is set, and the service decides which credentials it takes")
	case c.Since > hub.SinceEither:
		return errors.New("Config.Since is none of its values")
	}
	return c.Description.check()
}

// check reports which of the URLs that the standard requires is not there.
func (d *Description) check() error {
	for name, text := range map[string]string{
		"TermsOfService": d.TermsOfService, "PrivacyPolicy": d.PrivacyPolicy, "AuthorizationURL": d.AuthorizationURL,
		"TokenURL": d.TokenURL, "RegistrationURL": d.RegistrationURL,
	} {
		if u, err := url.Parse(text); err != nil || u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("Description.%s is no https URL", name)
		}
	}
	if d.Title == "" {
		return errors.New("Description.Title is not set")
	}
	return nil
}

func (c *Config) setDefaults(s *Service) {
	c.MaxLimit = cmp.Or(c.MaxLimit, hub.MaxLimit)
	c.MaxBody = cmp.Or(c.MaxBody, s.MaxBody)
	c.MaxProfile = cmp.Or(c.MaxProfile, defaultMaxProfile)
	c.MaxPage = cmp.Or(c.MaxPage, defaultMaxPage)
	c.MaxMemory = cmp.Or(c.MaxMemory, defaultMaxMemory)
	c.MaxVerifying = cmp.Or(c.MaxVerifying, 2*runtime.GOMAXPROCS(0))
	c.DescriptionMaxAge = cmp.Or(c.DescriptionMaxAge, defaultMaxAge)
	c.MaxAhead = cmp.Or(c.MaxAhead, defaultMaxAhead)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
}

// baseOf reads Config.BaseURL: https, a host, and the path before that of the standard.
func baseOf(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("Config.BaseURL is no https URL without a query")
	}
	return u, nil
}

// queryLimits are those of a page: a number, a position or an instant is never long.
var queryLimits = rest.QueryLimits{Value: 64, Names: []string{"limit", "offset", "since", "after"}}
