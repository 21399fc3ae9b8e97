package safehttp_test

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/safehttp"
)

// refuse asks for a URL and requires that the policy refuses it with the code.
func refuse(t *testing.T, p safehttp.Policy, url string, code safehttp.Code) {
	t.Helper()
	_, err := get(t, p, url)
	var refused *safehttp.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, code, refused.Code, refused.Detail)
}

func get(t *testing.T, p safehttp.Policy, url string) ([]byte, error) {
	t.Helper()
	c, err := safehttp.New(p)
	require.NoError(t, err)
	defer c.CloseIdleConnections()
	resp, err := c.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func TestRefusesURLs(t *testing.T) {
	for _, u := range []string{
		"http://example.org/", "ftp://example.org/", "file:///etc/passwd", "https:///x", "https:opaque",
		"https://user@example.org/", "https://user:pass@example.org/",
		"https://example.org:8443/", "https://example.org:22/", "https://example.org:99999/",
		"https://exämple.org/", "https://example。org/",
	} {
		t.Run(u, func(t *testing.T) { refuse(t, safehttp.Policy{}, u, safehttp.CodeRefusedURL) })
	}
	_, err := get(t, safehttp.Policy{}, "https://ex%20ample.org/")
	require.ErrorContains(t, err, "invalid URL escape", "net/url refuses it first")
	// The loopback option opens http to this machine alone.
	refuse(t, safehttp.Policy{InsecureAllowLoopback: true}, "http://example.org/", safehttp.CodeRefusedURL)
}

func TestRefusesAddresses(t *testing.T) {
	for _, u := range []string{
		"https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://10.0.0.1/", "https://192.168.0.1/",
		"https://169.254.169.254/latest/meta-data/", "https://[fe80::1%25lo]/", "https://[::ffff:127.0.0.1]/",
		"https://[64:ff9b::7f00:1]/", "https://0.0.0.0/", "https://[::]/",
	} {
		t.Run(u, func(t *testing.T) { refuse(t, safehttp.Policy{}, u, safehttp.CodeRefusedAddress) })
	}
}

// A numeric spelling is either no name at all or an address like another.
func TestRefusesNumericSpellings(t *testing.T) {
	p := safehttp.Policy{Resolver: zone(t, map[string][]string{})}
	for _, host := range []string{"2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1"} {
		_, err := get(t, p, "https://"+host+"/")
		var lookup *net.DNSError
		require.ErrorAs(t, err, &lookup, host)
		require.True(t, lookup.IsNotFound, host)
	}
}

func TestRefusesNameOfPrivateAddress(t *testing.T) {
	p := safehttp.Policy{Resolver: zone(t, map[string][]string{
		"intranet.example.": {"10.0.0.7"}, "metadata.example.": {"169.254.169.254"}, "home.example.": {"127.0.0.1"},
	})}
	for _, host := range []string{"intranet.example", "metadata.example", "home.example"} {
		refuse(t, p, "https://"+host+"/", safehttp.CodeRefusedAddress)
	}
}

// The name answers with an allowed address first and with another one later:
// the second connection must not be opened. 127.0.0.2 plays the public address.
func TestRefusesRebinding(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.2:0")
	if errors.Is(err, syscall.EADDRNOTAVAIL) {
		t.Skipf("skipped: this machine has no second loopback address to play the public one (%v)", err)
	}
	require.NoError(t, err)
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }))
	srv.Listener.Close()
	srv.Listener = l
	srv.StartTLS()
	defer srv.Close()

	var lookups atomic.Int32
	p := safehttp.Policy{
		RootCAs:        trust(srv),
		Ports:          []uint16{netip.MustParseAddrPort(l.Addr().String()).Port()},
		AllowAddresses: []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")},
		Resolver: resolver(func(string) []string {
			if lookups.Add(1) == 1 {
				return []string{"127.0.0.2"}
			}
			return []string{"127.0.0.1"}
		}),
	}
	client, err := safehttp.New(p)
	require.NoError(t, err)
	_, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	u := "https://example.com:" + port + "/" // the name in httptest's certificate

	resp, err := client.Get(u)
	require.NoError(t, err)
	resp.Body.Close()
	client.CloseIdleConnections()

	_, err = client.Get(u)
	var refused *safehttp.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, safehttp.CodeRefusedAddress, refused.Code)
	require.EqualValues(t, 2, lookups.Load())
}

func TestRedirects(t *testing.T) {
	mux := http.NewServeMux()
	srv := httptest.NewTLSServer(mux)
	defer srv.Close()
	other := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "other "+r.Header.Get("Referer")+r.Header.Get("Cookie"))
	}))
	defer other.Close()
	hop := func(path, to string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "who", Value: "you"})
			http.Redirect(w, r, to, http.StatusFound)
		})
	}
	hop("/1", "/2")
	hop("/2", "/3")
	hop("/3", "/end")
	hop("/4", "/1")
	hop("/loop", "/loop")
	hop("/other", other.URL+"/")
	hop("/private", "https://10.0.0.1/")
	hop("/metadata", "http://169.254.169.254/latest")
	hop("/linklocal", "https://[fe80::1]/")
	hop("/http", "http://example.org/")
	hop("/user", "https://user:pass@127.0.0.1/")
	hop("/file", "file:///etc/passwd")
	mux.HandleFunc("/end", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "end"+r.Header.Get("Referer")+r.Header.Get("Cookie"))
	})

	p := safehttp.Policy{InsecureAllowLoopback: true, RootCAs: trust(srv, other)}
	body, err := get(t, p, srv.URL+"/1")
	require.NoError(t, err)
	require.Equal(t, "end", string(body), "neither Referer nor cookie is sent on")
	body, err = get(t, p, srv.URL+"/other")
	require.NoError(t, err)
	require.Equal(t, "other ", string(body))

	refuse(t, p, srv.URL+"/4", safehttp.CodeTooManyRedirects)
	refuse(t, p, srv.URL+"/loop", safehttp.CodeTooManyRedirects)
	refuse(t, p, srv.URL+"/private", safehttp.CodeRefusedAddress)
	refuse(t, p, srv.URL+"/linklocal", safehttp.CodeRefusedAddress)
	refuse(t, p, srv.URL+"/metadata", safehttp.CodeRefusedURL)
	refuse(t, p, srv.URL+"/http", safehttp.CodeRefusedURL)
	refuse(t, p, srv.URL+"/user", safehttp.CodeRefusedURL)
	refuse(t, p, srv.URL+"/file", safehttp.CodeRefusedURL)

	same := p
	same.SameOrigin = true
	refuse(t, same, srv.URL+"/other", safehttp.CodeRefusedRedirect)
	_, err = get(t, same, srv.URL+"/1")
	require.NoError(t, err)

	none := p
	none.MaxRedirects = -1
	refuse(t, none, srv.URL+"/3", safehttp.CodeTooManyRedirects)
}

func TestBody(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/exact", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("x", 1000)) })
	mux.HandleFunc("/declared", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("x", 1001)) })
	mux.HandleFunc("/chunked", func(w http.ResponseWriter, _ *http.Request) {
		for range 11 {
			_, _ = io.WriteString(w, strings.Repeat("x", 91))
			w.(http.Flusher).Flush()
		}
	})
	mux.HandleFunc("/gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = z.Write(make([]byte, 1<<20))
		_ = z.Close()
	})
	mux.HandleFunc("/headers", func(w http.ResponseWriter, _ *http.Request) {
		for range 100 {
			w.Header().Add("X-Long", strings.Repeat("h", 1000))
		}
	})
	mux.HandleFunc("/asked", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Header.Get("Accept-Encoding")+" "+r.Header.Get("User-Agent"))
	})
	srv := httptest.NewTLSServer(mux)
	defer srv.Close()
	p := safehttp.Policy{InsecureAllowLoopback: true, RootCAs: trust(srv), MaxBody: 1000}

	body, err := get(t, p, srv.URL+"/exact")
	require.NoError(t, err)
	require.Len(t, body, 1000)
	refuse(t, p, srv.URL+"/declared", safehttp.CodeTooLarge)
	refuse(t, p, srv.URL+"/chunked", safehttp.CodeTooLarge)
	refuse(t, p, srv.URL+"/gzip", safehttp.CodeEncoding)
	_, err = get(t, p, srv.URL+"/headers")
	require.ErrorContains(t, err, "header")
	body, err = get(t, p, srv.URL+"/asked")
	require.NoError(t, err)
	require.Equal(t, "identity laurel", string(body))
}

func TestTimeoutCoversTheBody(t *testing.T) {
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	defer srv.Close()
	p := safehttp.Policy{InsecureAllowLoopback: true, RootCAs: trust(srv), Timeout: 50 * time.Millisecond}
	_, err := get(t, p, srv.URL)
	var timeout net.Error
	require.ErrorAs(t, err, &timeout)
	require.True(t, timeout.Timeout())
}

func TestTLS(t *testing.T) {
	srv := httptest.NewUnstartedServer(http.NotFoundHandler())
	srv.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
	srv.Config.ErrorLog = quiet
	srv.StartTLS()
	defer srv.Close()
	_, err := get(t, safehttp.Policy{InsecureAllowLoopback: true, RootCAs: trust(srv)}, srv.URL)
	require.ErrorContains(t, err, "protocol version not supported")

	unknown := httptest.NewUnstartedServer(http.NotFoundHandler())
	unknown.Config.ErrorLog = quiet
	unknown.StartTLS()
	defer unknown.Close()
	_, err = get(t, safehttp.Policy{InsecureAllowLoopback: true, RootCAs: x509.NewCertPool()}, unknown.URL)
	var authority x509.UnknownAuthorityError
	require.ErrorAs(t, err, &authority)
}

func TestNoProxyFromTheEnvironment(t *testing.T) {
	called := false
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true }))
	defer proxy.Close()
	t.Setenv("HTTPS_PROXY", proxy.URL)
	t.Setenv("HTTP_PROXY", proxy.URL)
	refuse(t, safehttp.Policy{}, "https://10.0.0.1/", safehttp.CodeRefusedAddress)
	require.False(t, called)
}

func TestRefusesContradiction(t *testing.T) {
	_, err := safehttp.New(safehttp.Policy{MaxBody: -1})
	require.ErrorContains(t, err, "a negative limit")
}

func TestSameOrigin(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://a.example/x", "https://A.example:443/y", true},
		{"https://a.example/", "https://a.example./", true},
		{"https://a.example/", "https://b.example/", false},
		{"https://a.example/", "https://a.example:8443/", false},
		{"https://a.example/", "http://a.example/", false},
		{"https://a.example/", "https://a.example.evil/", false},
	} {
		a, err := url.Parse(c.a)
		require.NoError(t, err)
		b, err := url.Parse(c.b)
		require.NoError(t, err)
		require.Equal(t, c.same, safehttp.SameOrigin(a, b), "%s %s", c.a, c.b)
	}
}

func trust(servers ...*httptest.Server) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, s := range servers {
		pool.AddCert(s.Certificate())
	}
	return pool
}

// zone is a resolver that knows these names alone.
func zone(t *testing.T, names map[string][]string) *net.Resolver {
	t.Helper()
	return resolver(func(name string) []string { return names[name] })
}

// resolver answers name queries from a function, over a connection in memory.
func resolver(answer func(name string) []string) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go serveDNS(server, answer)
		return client, nil
	}}
}

// serveDNS answers A queries in the stream form of RFC 1035, 4.2.2.
func serveDNS(c net.Conn, answer func(string) []string) {
	defer c.Close()
	for {
		var size [2]byte
		if _, err := io.ReadFull(c, size[:]); err != nil {
			return
		}
		query := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(c, query); err != nil {
			return
		}
		reply := dnsReply(query, answer)
		if _, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(reply))), reply...)); err != nil {
			return
		}
	}
}

func dnsReply(query []byte, answer func(string) []string) []byte {
	var name strings.Builder
	end := 12
	for query[end] != 0 {
		n := int(query[end])
		name.Write(query[end+1 : end+1+n])
		name.WriteByte('.')
		end += 1 + n
	}
	end += 5 // the root label, type and class
	var addresses []string
	if binary.BigEndian.Uint16(query[end-4:]) == 1 { // A
		addresses = answer(name.String())
	}
	reply := append([]byte{query[0], query[1], 0x81, 0x80, 0, 1, 0, byte(len(addresses)), 0, 0, 0, 0}, query[12:end]...)
	for _, a := range addresses {
		ip := netip.MustParseAddr(a).As4()
		reply = append(reply, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4)
		reply = append(reply, ip[:]...)
	}
	return reply
}

// quiet drops the complaints that a test server is meant to have.
var quiet = log.New(io.Discard, "", 0)
