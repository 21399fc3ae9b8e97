package fetch

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// isURL reports whether a key is an absolute URL or a DID: a scheme (RFC 3986,
// 3.1), a colon, something after it, nothing that a URL cannot hold.
func isURL(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || scheme == "" || rest == "" {
		return false
	}
	for i, r := range scheme {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || !(r >= '0' && r <= '9' || r == '+' || r == '-' || r == '.')) {
			return false
		}
	}
	return !strings.ContainsFunc(rest, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(`"<>\^{|}`+"`", r) })
}

// isWhole reports whether a document is one that lists keys, or the one of that URL, and
// not a key itself.
func isWhole(v jsonx.Value, url string) bool {
	has := func(name string) bool { return v.Get(name).Exists() }
	return !slices.ContainsFunc(materials[:], has) && (slices.ContainsFunc(listings[:], has) || v.Get("id").Text() == url)
}

// materials are members of a key, listings those of a document that lists some:
// controlled identifier documents, key sets, and profiles.
var (
	materials = [...]string{"publicKeyMultibase", "publicKeyJwk", "publicKeyBase58", "publicKeyHex", "publicKeyPem",
		"blockchainAccountId", "kty"}
	listings = [...]string{"verificationMethod", "assertionMethod", "authentication", "capabilityInvocation", "capabilityDelegation",
		"keyAgreement", "publicKey", "keys"}
)

const didWebPrefix = "did:web:"

// canonicalKey gives the spellings of one did:web DID one key: the host has no
// case, percent-encodings have capitals. Every other URL is compared as written.
func canonicalKey(url string) string {
	rest, ok := strings.CutPrefix(url, didWebPrefix)
	if !ok {
		return url
	}
	end := strings.IndexAny(rest, "#?/")
	if end < 0 {
		end = len(rest)
	}
	host, path, found := strings.Cut(rest[:end], ":")
	if found {
		path = ":" + path
	}
	return didWebPrefix + upperEscapes(strings.ToLower(host)) + upperEscapes(path) + rest[end:]
}

// didWeb is the canonical DID whose document has this URL (did:web, 3.2, read
// backwards).
func didWeb(url string) (string, bool) {
	rest, ok := strings.CutPrefix(url, "https://")
	if !ok {
		return "", false
	}
	rest, ok = strings.CutSuffix(rest, "/did.json")
	if !ok || strings.ContainsAny(rest, "#?@") {
		return "", false
	}
	host, path, ok := strings.Cut(rest, "/")
	if !ok || host == "" || path == "" {
		return "", false // the document of a bare host stands in .well-known
	}
	id := didWebPrefix + strings.ReplaceAll(host, ":", "%3A")
	if path != ".well-known" {
		id += ":" + strings.ReplaceAll(strings.ReplaceAll(path, ":", "%3A"), "/", ":")
	}
	return canonicalKey(id), true
}

// upperEscapes writes the digits of percent-encodings as capitals (RFC 3986,
// 6.2.2.1).
func upperEscapes(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:i+3], strings.ToUpper(string(b[i+1:i+3])))
			i += 2
		}
	}
	return string(b)
}

// equal compares two JSON values: members in any order, numbers as written.
func equal(a, b jsonx.Value) bool {
	if a.Kind() != b.Kind() || a.Len() != b.Len() || a.Text() != b.Text() {
		return false
	}
	object := a.Kind() == jsonx.Object
	for x, y := a.First(), b.First(); x.Exists(); x, y = x.Next(), y.Next() {
		if object {
			if !y.Exists() || y.Name() != x.Name() { // most copies keep the order
				y = b.Get(x.Name())
			}
			if !y.Exists() {
				return false
			}
		}
		if !equal(x, y) {
			return false
		}
	}
	return true
}
