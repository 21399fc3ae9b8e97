package safehttp

import (
	"net/netip"
	"slices"
)

// reserved lists what is not the public Internet, from the IANA registries of
// special-purpose addresses (RFC 6890 and its updates). Of IPv6 only 2000::/3 is
// public at all, so the list holds the exceptions within it.
var reserved = []struct {
	prefix netip.Prefix
	what   string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "this network"},
	{netip.MustParsePrefix("10.0.0.0/8"), "private"},
	{netip.MustParsePrefix("100.64.0.0/10"), "shared by a carrier's customers"},
	{netip.MustParsePrefix("127.0.0.0/8"), "loopback"},
	{netip.MustParsePrefix("168.63.129.16/32"), "a cloud platform's own service"}, // public by number, but answered inside Azure
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local"},
	{netip.MustParsePrefix("172.16.0.0/12"), "private"},
	{netip.MustParsePrefix("192.0.0.0/24"), "for protocols"},
	{netip.MustParsePrefix("192.0.2.0/24"), "for documentation"},
	{netip.MustParsePrefix("192.88.99.0/24"), "a 6to4 relay"},
	{netip.MustParsePrefix("192.168.0.0/16"), "private"},
	{netip.MustParsePrefix("198.18.0.0/15"), "for benchmarks"},
	{netip.MustParsePrefix("198.51.100.0/24"), "for documentation"},
	{netip.MustParsePrefix("203.0.113.0/24"), "for documentation"},
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast"},
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved or broadcast"},
	{netip.MustParsePrefix("2001::/23"), "for protocols, Teredo among them"}, // allocations begin at 2001:200::
	{netip.MustParsePrefix("2001:db8::/32"), "for documentation"},
	{netip.MustParsePrefix("2002::/16"), "6to4, which tunnels to any IPv4 address"},
	{netip.MustParsePrefix("3fff::/20"), "for documentation"},
}

var (
	globalUnicast = netip.MustParsePrefix("2000::/3")
	loopback6     = netip.MustParsePrefix("::1/128")
	linkLocal6    = netip.MustParsePrefix("fe80::/10")
	uniqueLocal6  = netip.MustParsePrefix("fc00::/7")
	multicast6    = netip.MustParsePrefix("ff00::/8")
	nat64         = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052: the last 32 bits are an IPv4 address
)

// refusedAddress says why an address must not be connected to, "" where it may.
// An IPv4 address inside an IPv6 one is judged as what it is.
func (p *Policy) refusedAddress(a netip.Addr) string {
	a = a.WithZone("").Unmap()
	if slices.ContainsFunc(p.AllowAddresses, func(x netip.Prefix) bool { return x.Contains(a) }) {
		return ""
	}
	if p.InsecureAllowLoopback && a.IsLoopback() {
		return ""
	}
	if nat64.Contains(a) {
		b := a.As16()
		return p.refusedAddress(netip.AddrFrom4([4]byte(b[12:])))
	}
	for _, r := range reserved {
		if r.prefix.Contains(a) {
			return r.what
		}
	}
	if a.Is6() && !globalUnicast.Contains(a) {
		return outsideGlobalUnicast(a)
	}
	return ""
}

// outsideGlobalUnicast names an IPv6 address that is not in 2000::/3.
func outsideGlobalUnicast(a netip.Addr) string {
	switch {
	case loopback6.Contains(a):
		return "loopback"
	case linkLocal6.Contains(a):
		return "link-local"
	case uniqueLocal6.Contains(a):
		return "private"
	case multicast6.Contains(a):
		return "multicast"
	}
	return "reserved"
}
