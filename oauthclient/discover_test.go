package oauthclient_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/oauthclient"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/stretchr/testify/require"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func TestDiscover(t *testing.T) {
	d := newDesk(t)
	u := d.host.URL
	want := &oauthclient.Host{
		Discovery: u + "/t/ims/ob/v3p0/discovery", Base: u + "/t/ims/ob/v3p0", Title: "Host", Terms: "https://h.example/terms",
		Policy: "https://h.example/privacy", Scopes: []string{read, "offline_access"}, Registration: u + "/register",
		Authorization: u + "/authorize", Token: u + "/token", Refresh: u + "/token",
	}
	for _, address := range []string{"/t", "/t/", "/t/ims/ob/v3p0", "/t/ims/ob/v3p0/", "/t/ims/ob/v3p0/discovery"} {
		h, err := d.client.Discover(t.Context(), u+address)
		require.NoError(t, err, address)
		require.Equal(t, want, h, address)
	}
	h, err := d.client.Discover(t.Context(), "  "+strings.TrimPrefix(u, "https://")+"/t ")
	require.NoError(t, err)
	require.Equal(t, want, h)
}

// What other hosts write, and what the samples of the standard have.
func TestDiscoverTolerates(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"no scheme":            func(s string) string { return strings.ReplaceAll(s, "https://127", "127") },
		"no refreshUrl":        func(s string) string { return strings.Replace(s, "refreshUrl", "x", 1) },
		"old name of a policy": func(s string) string { return strings.Replace(s, "privacyPolicyUrl", "privacyPolicy", 1) },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.host.document = func(base string) string { return change(document(base)) }
			h := d.discover()
			require.Equal(t, d.host.URL+"/token", h.Refresh)
			require.Equal(t, "https://h.example/privacy", h.Policy)
		})
	}
}

// A host sends nobody's secret to another host.
func TestDiscoverRefuses(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"no JSON":         func(string) string { return "{" },
		"twice":           func(s string) string { return strings.Replace(s, `"info"`, `"paths":{},"info"`, 1) },
		"another host":    func(s string) string { return strings.Replace(s, "https://127.0.0.1", "https://evil.example", 1) },
		"plain http":      func(s string) string { return strings.Replace(s, "https://127", "http://127", 1) },
		"a user":          func(s string) string { return strings.Replace(s, "https://127", "https://u@127", 1) },
		"no registration": func(s string) string { return strings.Replace(s, "x-imssf-registrationUrl", "x", 1) },
		"no scheme of it": func(s string) string { return strings.Replace(s, "OAuth2ACG", "OAuth2", 1) },
		"no token":        func(s string) string { return strings.Replace(s, "tokenUrl", "x", 1) },
		"refresh to other": func(s string) string {
			return strings.Replace(s, `"refreshUrl":"https://`, `"refreshUrl":"https://x.`, 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.host.document = func(base string) string { return change(document(base)) }
			_, err := d.client.Discover(t.Context(), d.host.URL+"/t")
			require.ErrorIs(t, err, oauthclient.ErrHost)
		})
	}
}

func TestDiscoverFindsNothing(t *testing.T) {
	d := newDesk(t)
	_, err := d.client.Discover(t.Context(), d.host.URL+"/nothing")
	require.ErrorIs(t, err, oauthclient.ErrNoService)
	require.Equal(t, 1, d.host.count("/nothing/ims/clr/v2p0/discovery"))
	for _, address := range []string{"", "http://h.example", "https://", "https://a@h.example/", "ftp://h.example"} {
		_, err := d.client.Discover(t.Context(), address)
		require.ErrorIs(t, err, oauthclient.ErrNoService, address)
	}
	d.host.Close()
	_, err = d.client.Discover(t.Context(), d.host.URL+"/t")
	require.NotErrorIs(t, err, oauthclient.ErrNoService, "it may be there")
	var cause *fetch.Error
	require.ErrorAs(t, err, &cause)
}

// The metadata of RFC 8414 counts if it is that of the same server.
func TestMetadata(t *testing.T) {
	d := newDesk(t)
	u := d.host.URL
	d.host.metadata = `{"issuer":"` + u + `/t","token_endpoint":"` + u + `/token","revocation_endpoint":"` + u + `/revoke",
		"authorization_response_iss_parameter_supported":true}`
	h := d.discover()
	require.Equal(t, u+"/t", h.Issuer)
	require.True(t, h.NamesIssuer)
	require.Equal(t, u+"/revoke", h.Revocation)

	for _, wrong := range []string{`"issuer":"https://evil.example/t"`, `"issuer":"` + u + `"`, `"token_endpoint":"` + u + `/token2"`} {
		d := newDesk(t)
		name, _, _ := strings.Cut(wrong, ":")
		d.host.metadata = `{"issuer":"` + d.host.URL + `/t","token_endpoint":"` + d.host.URL + `/token","x":1}`
		rest := d.host.metadata[strings.Index(d.host.metadata, name):]
		old, _, _ := strings.Cut(rest, ",")
		d.host.metadata = strings.Replace(d.host.metadata, old, wrong, 1)
		require.Empty(t, d.discover().Issuer, wrong)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, change := range map[string]func(*oauthclient.Config){
		"no store":      func(c *oauthclient.Config) { c.Store = nil },
		"no scopes":     func(c *oauthclient.Config) { c.Scopes = nil },
		"no name":       func(c *oauthclient.Config) { c.Application.Name = "" },
		"no URL":        func(c *oauthclient.Config) { c.Application.Logo = "" },
		"plain http":    func(c *oauthclient.Config) { c.Application.URL = "http://app.example/" },
		"several hosts": func(c *oauthclient.Config) { c.Application.Terms = "https://other.example/" },
	} {
		c := oauthclient.Config{Application: application(), Scopes: []string{read}, Store: &oauthclient.MemoryStore{}}
		_, err := oauthclient.New(c)
		require.NoError(t, err)
		change(&c)
		_, err = oauthclient.New(c)
		require.ErrorContains(t, err, "oauthclient: ", name)
	}
}
