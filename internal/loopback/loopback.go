// Package loopback tells the addresses of this machine, for the insecure options
// that serve local development.
package loopback

import (
	"net/netip"
	"net/url"
	"strings"
)

// Host reports whether a host is written as this machine: localhost, or a loopback
// address.
func Host(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.Unmap().IsLoopback()
	}
	return strings.EqualFold(host, "localhost")
}

// URL reports whether a text is a plain http URL of this machine.
func URL(text string) bool {
	rest, ok := strings.CutPrefix(text, "http://")
	if !ok || rest == "" {
		return false
	}
	u, err := url.Parse(text)
	return err == nil && u.User == nil && Host(u.Hostname())
}
