package didweb

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/quote"
)

const (
	prefix = "did:web:"
	maxDID = 1024 // far longer than any in use; bounds what is copied into messages and URLs
)

// URL returns the address of a did:web DID's document (did:web, 3.2): the host
// and, percent-encoded, its port, then path segments, joined by colons. A DID
// without a path has its document in /.well-known.
//
// It takes a bare DID, without path, query or fragment. The host must be a name
// in ASCII (an international one in its A-label form) and no IP address; it is
// returned in lower case. Percent-encodings in the path are kept as they are
// written; what they stand for must be text that is no path of its own. Errors
// are [*did.Error] of [did.CodeInvalidDID].
func URL(id string) (string, error) {
	rest, ok := strings.CutPrefix(id, prefix)
	switch {
	case !ok:
		return "", invalid(id, "it does not begin with did:web:")
	case len(id) > maxDID:
		return "", invalid(id, "it is longer than "+strconv.Itoa(maxDID)+" characters")
	}
	authority, path, hasPath := strings.Cut(rest, ":")
	host, err := checkAuthority(id, authority)
	if err != nil {
		return "", err
	}
	if !hasPath {
		return "https://" + host + "/.well-known/did.json", nil
	}
	segments := strings.Split(path, ":")
	for _, s := range segments {
		if why := badSegment(s); why != "" {
			return "", invalid(id, why)
		}
	}
	return "https://" + host + "/" + strings.Join(segments, "/") + "/did.json", nil
}

func invalid(id, why string) error {
	return did.NewError(did.CodeInvalidDID, quote.Text(id)+" names no did:web document: "+why, nil)
}

// checkAuthority turns host and %3Aport into host:port.
func checkAuthority(id, s string) (string, error) {
	host, escaped, hasPort := strings.Cut(s, "%")
	host = strings.ToLower(host)
	if why := badHost(host); why != "" {
		return "", invalid(id, why)
	}
	if !hasPort {
		return host, nil
	}
	port, ok := cutFold(escaped, "3A")
	if !ok {
		return "", invalid(id, "the host holds a percent-encoding; only that of the colon before a port, %3A, is allowed")
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 || port[0] == '0' {
		return "", invalid(id, "the port is not a number from 1 to 65535")
	}
	return host + ":" + port, nil
}

func cutFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}

// badHost says why a host, in lower case, is not a DNS name in ASCII.
func badHost(host string) string {
	if host == "" {
		return "it has no host"
	}
	if len(host) > 253 {
		return "the host is longer than 253 characters"
	}
	labels := strings.Split(host, ".")
	for _, label := range labels {
		if !isLabel(label) {
			return "the host is not a DNS name in ASCII letters, digits and '-' (an international name is written as its A-label, xn--…)"
		}
	}
	if _, err := netip.ParseAddr(host); err == nil || isNumeric(labels[len(labels)-1]) {
		return "the host is an IP address; did:web names a domain"
	}
	return ""
}

// isLabel checks a label by RFC 1123, 2.1, in lower case.
func isLabel(s string) bool {
	if s == "" || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-') {
			return false
		}
	}
	return true
}

// isNumeric reports whether the last label makes a host an IPv4 address in the
// spellings that URL parsers take: 127.1, 0x7f.1, 2130706433 (WHATWG URL, 3.5).
func isNumeric(label string) bool {
	digits, hex := cutFold(label, "0x")
	if !hex {
		digits = label
	}
	for i := range len(digits) {
		c := digits[i]
		if !(c >= '0' && c <= '9' || hex && c >= 'a' && c <= 'f') {
			return false
		}
	}
	return true
}

// badSegment says why a part of the DID cannot be one segment of a path.
func badSegment(s string) string {
	for i := range len(s) {
		if !isIDChar(s[i]) && s[i] != '%' {
			return "it holds a character that a DID cannot have (DID Core, 3.1)"
		}
	}
	text, err := url.PathUnescape(s)
	switch {
	case err != nil:
		return "a percent-encoding in it is incomplete"
	case text == "":
		return "a part of its path is empty"
	case text == "." || text == "..":
		return "a part of its path is " + text + ", which is another place"
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		return "a part of its path is not text"
	case strings.ContainsAny(text, `/\%?#`):
		return "a part of its path holds, encoded, a character that separates paths or begins an encoding"
	}
	return ""
}

// isIDChar is idchar of DID Core, 3.1, without the percent-encodings.
func isIDChar(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_'
}
