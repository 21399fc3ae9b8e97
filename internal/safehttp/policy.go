package safehttp

import (
	"crypto/x509"
	"errors"
	"math"
	"net"
	"net/netip"
	"time"
)

// Policy says what a client may do. The zero Policy is the strict one; each zero
// field has the default that its comment gives.
type Policy struct {
	// Ports that may be connected to, 443 by default: a URL with another port is
	// more often a probe of somebody's service than a credential's key.
	Ports []uint16
	// Timeout bounds the whole exchange, redirects and body included: 10 s by
	// default, after which a person in front of a screen has given up.
	Timeout time.Duration
	// MaxBody is the longest body in bytes, 4 MiB by default: as long as the
	// longest document that is parsed.
	MaxBody int64
	// MaxHeader is the longest response header in bytes, 64 KiB by default.
	MaxHeader int64
	// MaxRedirects is the number of hops, 3 by default and none where negative:
	// http to https is out, so what is left is a moved path and a www host.
	MaxRedirects int
	// SameOrigin refuses a redirect to another scheme, host or port.
	SameOrigin bool
	// UserAgent is sent as it stands, "laurel" by default: it tells the server
	// neither who asks nor the version.
	UserAgent string
	// RootCAs replaces the system's certificate authorities.
	RootCAs *x509.CertPool
	// Resolver replaces the system's name resolution. What it answers is checked
	// like any other address.
	Resolver *net.Resolver
	// AllowAddresses may be connected to although they are not public, for an
	// issuer on the operator's own network. It applies to every name that
	// resolves to them, so keep it narrow.
	AllowAddresses []netip.Prefix
	// InsecureAllowLoopback admits loopback addresses at every port, and plain
	// http to them. It is for tests: with it, a stranger's URL reaches the
	// services of this machine.
	InsecureAllowLoopback bool
}

const (
	defaultTimeout   = 10 * time.Second
	defaultBody      = 4 << 20
	defaultHeader    = 64 << 10
	defaultRedirects = 3
	defaultUserAgent = "laurel"
)

// withDefaults returns the policy with its zero fields filled, or an error for a
// value that means nothing.
func (p Policy) withDefaults() (Policy, error) {
	if p.Timeout < 0 || p.MaxBody < 0 || p.MaxHeader < 0 {
		return p, errors.New("safehttp: a negative limit")
	}
	if len(p.Ports) == 0 {
		p.Ports = []uint16{443}
	}
	if p.Timeout == 0 {
		p.Timeout = defaultTimeout
	}
	if p.MaxBody == 0 {
		p.MaxBody = defaultBody
	}
	p.MaxBody = min(p.MaxBody, math.MaxInt64-1) // one byte more is read, to tell a long body from a full one
	if p.MaxHeader == 0 {
		p.MaxHeader = defaultHeader
	}
	if p.MaxRedirects == 0 {
		p.MaxRedirects = defaultRedirects
	}
	if p.UserAgent == "" {
		p.UserAgent = defaultUserAgent
	}
	return p, nil
}
