package safehttp

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/loopback"
	"github.com/laurel-edu/laurel/internal/quote"
)

// checkURL refuses what the policy does not send a request to. The address
// behind the host is checked later, when it is known.
func (p *Policy) checkURL(u *url.URL) error {
	host := u.Hostname()
	switch {
	case u.Opaque != "" || host == "":
		return &Error{CodeRefusedURL, "the URL has no host"}
	case u.User != nil:
		return &Error{CodeRefusedURL, "the URL carries a user name or a password"}
	case !validHost(host):
		return &Error{CodeRefusedURL, "the host " + quote.Text(host) + " is not written in ASCII letters, digits, '-', '_' and '.' " +
			"(an international name is written as its A-label, xn--…)"}
	}
	local := p.InsecureAllowLoopback && loopback.Host(host)
	if u.Scheme != "https" && !(local && u.Scheme == "http") {
		return &Error{CodeRefusedURL, "the scheme is " + quote.Text(u.Scheme) + ", only https is allowed"}
	}
	port, err := strconv.ParseUint(effectivePort(u), 10, 16)
	if err != nil || (!local && !slices.Contains(p.Ports, uint16(port))) {
		return &Error{CodeRefusedURL, "the port " + quote.Text(effectivePort(u)) + " is not allowed"}
	}
	return nil
}

// validHost accepts a host name in ASCII and an address literal.
func validHost(host string) bool {
	if strings.Contains(host, ":") {
		_, err := netip.ParseAddr(host)
		return err == nil
	}
	for i := range len(host) {
		c := host[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.':
		default:
			return false
		}
	}
	return true
}

func effectivePort(u *url.URL) string {
	if port := u.Port(); port != "" {
		return port
	}
	if u.Scheme == "http" {
		return "80"
	}
	return "443"
}

// SameOrigin reports whether two URLs have the same scheme, host and port, host
// names compared without case and without the dot that may end them.
func SameOrigin(a, b *url.URL) bool { return origin(a) == origin(b) }

func origin(u *url.URL) string {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	return u.Scheme + "://" + net.JoinHostPort(host, effectivePort(u))
}
