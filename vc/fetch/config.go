package fetch

import (
	"crypto/x509"
	"errors"
	"net"
	"net/netip"
	"time"

	"github.com/laurel-edu/laurel/internal/safehttp"
)

// Config says what a [Client] may do. The zero Config is the guarded one: https
// to public addresses at port 443, bounded in time and size, without a cache. A
// negative Timeout, MaxBytes or MaxTTL is an error.
type Config struct {
	// Timeout bounds one fetch, redirects and body included: 10 s by default,
	// after which a person in front of a screen has given up.
	Timeout time.Duration
	// MaxBytes is the longest document, 4 MiB by default: the longest that is
	// parsed, and room for a status list of a million entries in base64.
	MaxBytes int64
	// MaxRedirects is the number of hops, each checked like the first request: 3
	// by default, none where negative.
	MaxRedirects int
	// SameOriginRedirects refuses a redirect to another host or port. It is off
	// because persistent identifiers (w3id.org, purl.imsglobal.org) redirect;
	// where the host is what is believed, [Response.URL] tells where one ended.
	SameOriginRedirects bool
	// Ports that may be connected to, 443 by default: another port is more often
	// a probe of somebody's service than a credential's key.
	Ports []uint16
	// RootCAs replaces the system's certificate authorities.
	RootCAs *x509.CertPool
	// Resolver replaces the system's name resolution.
	Resolver *net.Resolver
	// AllowAddresses may be connected to although they are not public, for
	// issuers on the operator's own network. Keep it narrow: every name that
	// resolves to these addresses reaches them.
	AllowAddresses []netip.Prefix
	// InsecureAllowLoopback admits this machine at every port, in plain http too.
	// It is for tests.
	InsecureAllowLoopback bool
	// Accept is the Accept header; the default asks for JSON in its many names.
	Accept string
	// UserAgent is sent as it stands, "laurel" by default: it tells the issuer
	// nothing of who verifies.
	UserAgent string

	// Cache keeps answers; nil keeps none.
	Cache Cache
	// DefaultTTL is how long an answer is kept whose server says nothing of it: 5
	// minutes by default, so that a revocation shows soon; negative for not at all.
	DefaultTTL time.Duration
	// MaxTTL bounds what a server may ask for, 24 h by default: a key that was
	// withdrawn must not stay believed because of a long max-age.
	MaxTTL time.Duration
	// ErrorTTL is how long a failed request is not made again, 5 s by default and a
	// minute at most; negative for not at all. Documents that arrive together name
	// the same broken host, each at the price of a timeout; a person who tries again
	// after a while is not held up. It bounds what a disturbance of a moment can do.
	ErrorTTL time.Duration
	// Now is the clock, [time.Now] by default.
	Now func() time.Time
}

const (
	defaultTTL    = 5 * time.Minute
	defaultMaxTTL = 24 * time.Hour

	defaultErrorTTL = 5 * time.Second
	maxErrorTTL     = time.Minute

	defaultAccept = "application/json, application/ld+json, application/vc, application/did+json, application/did+ld+json, " +
		"application/jwk+json, application/jwk-set+json, application/jwt, application/vc+jwt, */*;q=0.1"
)

// withDefaults fills what is zero, or says what contradicts itself.
func (c Config) withDefaults() (Config, error) {
	if c.MaxTTL < 0 {
		return c, errors.New("fetch: Config.MaxTTL is negative")
	}
	if c.MaxTTL == 0 {
		c.MaxTTL = defaultMaxTTL
	}
	if c.DefaultTTL == 0 {
		c.DefaultTTL = defaultTTL
	}
	if c.ErrorTTL == 0 {
		c.ErrorTTL = defaultErrorTTL
	}
	c.ErrorTTL = min(c.ErrorTTL, maxErrorTTL)
	if c.Accept == "" {
		c.Accept = defaultAccept
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c, nil
}

func (c *Config) policy() safehttp.Policy {
	return safehttp.Policy{
		Ports: c.Ports, Timeout: c.Timeout, MaxBody: c.MaxBytes, MaxRedirects: c.MaxRedirects,
		SameOrigin: c.SameOriginRedirects, UserAgent: c.UserAgent, RootCAs: c.RootCAs, Resolver: c.Resolver,
		AllowAddresses: c.AllowAddresses, InsecureAllowLoopback: c.InsecureAllowLoopback,
	}
}
