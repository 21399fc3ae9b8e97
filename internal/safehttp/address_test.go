package safehttp

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

// The ranges are those of the IANA special-purpose registries; each line stands
// for a way in which a stranger's name could point into somebody's own network.
func TestRefusedAddresses(t *testing.T) {
	refused := map[string]string{
		"127.0.0.1": "loopback", "127.255.255.254": "loopback", "::1": "loopback",
		"10.0.0.1": "private", "172.16.0.1": "private", "172.31.255.255": "private", "192.168.1.1": "private",
		"169.254.169.254": "link-local", "fe80::1": "link-local", "fe80::1%eth0": "link-local",
		"fc00::1": "private", "fd00:ec2::254": "private",
		"100.64.0.1": "shared", "100.100.100.200": "shared", "100.127.255.255": "shared",
		"0.0.0.0": "this network", "0.1.2.3": "this network", "::": "reserved",
		"224.0.0.1": "multicast", "239.255.255.255": "multicast", "ff02::1": "multicast",
		"255.255.255.255": "broadcast", "240.0.0.1": "reserved",
		"192.0.2.1": "documentation", "198.51.100.7": "documentation", "203.0.113.9": "documentation",
		"2001:db8::1": "documentation", "3fff:abc::1": "documentation",
		"198.18.0.1": "benchmarks", "198.19.255.255": "benchmarks", "192.0.0.192": "protocols",
		"::ffff:127.0.0.1": "loopback", "::ffff:169.254.169.254": "link-local", "::ffff:10.1.2.3": "private",
		"::127.0.0.1":         "reserved",
		"64:ff9b::7f00:1":     "loopback",
		"64:ff9b::a9fe:a9fe":  "link-local",
		"64:ff9b:1::a00:1":    "reserved",
		"2002:7f00:1::1":      "6to4",
		"2002:a9fe:a9fe::":    "6to4",
		"2001:0:4136:e378::1": "Teredo",
		"2001:2::1":           "protocols",
		"192.88.99.1":         "6to4",
		"fec0::1":             "reserved", "100::1": "reserved", "5f00::1": "reserved",
		"168.63.129.16": "platform",
	}
	for text, why := range refused {
		t.Run(text, func(t *testing.T) {
			require.Contains(t, new(Policy).refusedAddress(netip.MustParseAddr(text)), why)
		})
	}
}

func TestPublicAddresses(t *testing.T) {
	for _, text := range []string{
		"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
		"169.253.255.255", "192.0.1.1", "198.17.255.255", "198.20.0.0", "223.255.255.255",
		"2606:4700:4700::1111", "2001:200::1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808",
	} {
		require.Empty(t, new(Policy).refusedAddress(netip.MustParseAddr(text)), text)
	}
}

func TestAllowedAddressesAreNarrow(t *testing.T) {
	p := &Policy{AllowAddresses: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")}}
	require.Empty(t, p.refusedAddress(netip.MustParseAddr("10.1.2.3")))
	require.Empty(t, p.refusedAddress(netip.MustParseAddr("::ffff:10.1.2.3")))
	require.Empty(t, p.refusedAddress(netip.MustParseAddr("64:ff9b::a01:203")))
	require.NotEmpty(t, p.refusedAddress(netip.MustParseAddr("10.2.0.1")))
	require.NotEmpty(t, p.refusedAddress(netip.MustParseAddr("127.0.0.1")))

	loop := &Policy{InsecureAllowLoopback: true}
	require.Empty(t, loop.refusedAddress(netip.MustParseAddr("::1")))
	require.NotEmpty(t, loop.refusedAddress(netip.MustParseAddr("10.1.2.3")))
	require.NotEmpty(t, loop.refusedAddress(netip.MustParseAddr("169.254.169.254")))
}
