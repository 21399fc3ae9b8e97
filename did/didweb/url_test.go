package didweb_test

import (
	"net/netip"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/didweb"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// The first four are the examples of the did:web Method Specification, 2.5.2.
func TestURL(t *testing.T) {
	for id, want := range map[string]string{
		"did:web:w3c-ccg.github.io":                 "https://w3c-ccg.github.io/.well-known/did.json",
		"did:web:w3c-ccg.github.io:user:alice":      "https://w3c-ccg.github.io/user/alice/did.json",
		"did:web:example.com%3A3000":                "https://example.com:3000/.well-known/did.json",
		"did:web:example.com%3A3000:user:alice":     "https://example.com:3000/user/alice/did.json",
		"did:web:example.com%3a3000":                "https://example.com:3000/.well-known/did.json",
		"did:web:Example.COM:User":                  "https://example.com/User/did.json",
		"did:web:xn--bcher-kva.example":             "https://xn--bcher-kva.example/.well-known/did.json",
		"did:web:school.example:a%20b":              "https://school.example/a%20b/did.json",
		"did:web:school.example:...":                "https://school.example/.../did.json",
		"did:web:localhost":                         "https://localhost/.well-known/did.json",
		"did:web:1.2.3.4.example":                   "https://1.2.3.4.example/.well-known/did.json",
		"did:web:school.example:b%C3%BCcher:1-2_3.": "https://school.example/b%C3%BCcher/1-2_3./did.json",
		"did:web:www.credly.com:api:v1:obi:v3:issuers:8f3c0a52-90b6-4b6e-9f8c-0d3c1b6e3a11": "https://www.credly.com/api/v1/obi/v3/issuers/8f3c0a52-90b6-4b6e-9f8c-0d3c1b6e3a11/did.json",
	} {
		got, err := didweb.URL(id)
		require.NoError(t, err, id)
		require.Equal(t, want, got)
	}
}

func TestURLRefuses(t *testing.T) {
	for name, id := range map[string]string{
		"another method":        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
		"an upper case method":  "did:WEB:school.example",
		"nothing":               "",
		"no host":               "did:web:",
		"an empty host":         "did:web::user",
		"an empty segment":      "did:web:school.example:a::b",
		"a trailing colon":      "did:web:school.example:",
		"a path":                "did:web:school.example/issuer",
		"a query":               "did:web:school.example?versionId=1",
		"a fragment":            "did:web:school.example#key-1",
		"a fragment in a part":  "did:web:school.example:a#key-1",
		"an IPv4 address":       "did:web:127.0.0.1",
		"a short IPv4 address":  "did:web:127.1",
		"an IPv4 number":        "did:web:2130706433",
		"a hexadecimal address": "did:web:0x7f.1",
		"an IPv6 address":       "did:web:%5B%3A%3A1%5D",
		"a bare IPv6 address":   "did:web:[::1]",
		"a user":                "did:web:user@school.example",
		"an escaped user":       "did:web:user%40school.example",
		"an escaped slash":      "did:web:school.example%2Fx",
		"a port that is none":   "did:web:school.example%3Ax",
		"port zero":             "did:web:school.example%3A0",
		"port too large":        "did:web:school.example%3A65536",
		"an empty port":         "did:web:school.example%3A",
		"a signed port":         "did:web:school.example%3A+443",
		"two ports":             "did:web:school.example%3A443%3A444",
		"an unescaped port":     "did:web:school.example:443:..",
		"a parent":              "did:web:school.example:..",
		"an escaped parent":     "did:web:school.example:%2e%2E:x",
		"a current directory":   "did:web:school.example:.",
		"a slash in a part":     "did:web:school.example:a%2Fb",
		"a backslash in a part": "did:web:school.example:a%5Cb",
		"a double encoding":     "did:web:school.example:%252e%252e",
		"a question mark":       "did:web:school.example:a%3Fb",
		"an escaped fragment":   "did:web:school.example:a%23b",
		"a control character":   "did:web:school.example:a%00b",
		"a line feed":           "did:web:school.example:a%0Ab",
		"bad UTF-8":             "did:web:school.example:a%FFb",
		"half an encoding":      "did:web:school.example:a%4",
		"a space":               "did:web:school.example:a b",
		"an international host": "did:web:bücher.example",
		"a full-width dot":      "did:web:school。example",
		"an underscore":         "did:web:my_school.example",
		"a hyphen first":        "did:web:-school.example",
		"an empty label":        "did:web:school..example",
		"a final dot":           "did:web:school.example.",
		"a long label":          "did:web:" + strings.Repeat("a", 64) + ".example",
		"a long host":           "did:web:" + strings.Repeat("a.", 130) + "example",
		"a long DID":            "did:web:school.example:" + strings.Repeat("a", 1024),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := didweb.URL(id)
			require.ErrorIs(t, err, &did.Error{Code: did.CodeInvalidDID}, got)
		})
	}
}

// Whatever the DID, URL refuses it with did-malformed or gives an https address on
// the host that stands in it: no user, no address literal, no query or fragment,
// a path that is its own shortest form. A trust pack keyed by the DID answers for
// that address.
func FuzzURL(f *testing.F) {
	for _, seed := range []string{
		"did:web:school.example", "did:web:school.example%3A8443:a:b%20c", "did:web:127.1", "did:web:a:..:b", "did:web:a@b", "did:web:A%3a1:%2f",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, id string) {
		got, err := didweb.URL(id)
		if err != nil {
			require.ErrorIs(t, err, &did.Error{Code: did.CodeInvalidDID})
			return
		}
		_, err = did.Parse(id)
		require.NoError(t, err, "what has a document is a DID")
		u, err := url.Parse(got)
		require.NoError(t, err)
		require.Equal(t, "https", u.Scheme)
		require.Nil(t, u.User)
		require.Empty(t, u.RawQuery+u.Fragment)
		require.Equal(t, u.Path, path.Clean(u.Path))
		require.True(t, strings.HasSuffix(u.Path, "/did.json"))
		_, err = netip.ParseAddr(u.Hostname())
		require.ErrorContains(t, err, "ParseAddr", "the host is an address")
		require.True(t, strings.HasPrefix(strings.ToLower(id), "did:web:"+u.Hostname()))

		pack, err := fetch.ParsePack([]byte(`{"` + id + `": {}}`))
		require.NoError(t, err)
		_, err = pack.Fetch(t.Context(), got)
		require.NoError(t, err, "%s of %s", got, id)
	})
}
