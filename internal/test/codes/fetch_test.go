package codes_test

import (
	"context"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// asked is a row about a document that is fetched from a host on this machine.
func asked(code fetch.Code, input string, c fetch.Config, answer http.HandlerFunc) row {
	return row{vc.Code(code), input, func(d *desk) []*vc.Problem {
		srv := httptest.NewUnstartedServer(answer)
		srv.Config.ErrorLog = log.New(io.Discard, "", 0)
		srv.StartTLS()
		d.t.Cleanup(srv.Close)
		config := c
		if config.InsecureAllowLoopback = true; config.RootCAs == nil {
			config.RootCAs = x509.NewCertPool()
			config.RootCAs.AddCert(srv.Certificate())
		}
		return d.fetched(config, srv.URL+"/doc")
	}}
}

func (d *desk) fetched(c fetch.Config, url string) []*vc.Problem {
	client, err := fetch.NewClient(c)
	require.NoError(d.t, err)
	d.t.Cleanup(client.CloseIdle)
	_, err = client.Fetch(context.Background(), url)
	return of(err)
}

// refused is a row about a URL that is not asked at all.
func refused(code fetch.Code, url string) row {
	return row{vc.Code(code), "a document at `" + url + "`", func(d *desk) []*vc.Problem { return d.fetched(fetch.Config{}, url) }}
}

func answering(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(n) }
}

func serving(header, value, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set(header, value)
		_, _ = io.WriteString(w, body)
	}
}

func redirecting(url string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, url, http.StatusFound) }
}

var fetchRows = []row{
	{vc.Code(fetch.CodeOffline), "a document, asked of a verifier that is offline", func(*desk) []*vc.Problem {
		_, err := fetch.Offline{}.Fetch(context.Background(), "https://school.example/doc")
		return of(err)
	}},
	{vc.Code(fetch.CodeNotInPack), "a document that the trust pack lacks", func(d *desk) []*vc.Problem {
		_, err := d.pack(`{}`).Fetch(context.Background(), "https://school.example/doc")
		return of(err)
	}},
	asked(fetch.CodeNotFound, "a document whose host answers 404", fetch.Config{}, answering(404)),
	asked(fetch.CodeGone, "a document whose host answers 410", fetch.Config{}, answering(410)),
	asked(fetch.CodeStatus, "a document whose host answers 503", fetch.Config{}, answering(503)),
	asked(fetch.CodeHTML, "a document in whose place a web page is served", fetch.Config{}, serving("Content-Type", "text/html", "<!doctype html>")),
	asked(fetch.CodeTooLarge, "a document longer than is read", fetch.Config{MaxBytes: 3}, serving("Content-Type", "application/json", "{    }")),
	asked(fetch.CodeEncoding, "a document that is compressed unasked", fetch.Config{}, serving("Content-Encoding", "br", "x")),
	asked(fetch.CodeTooManyRedirects, "an address that redirects to itself", fetch.Config{}, redirecting("/doc")),
	asked(fetch.CodeRefusedRedirect, "an address that redirects to another host", fetch.Config{SameOriginRedirects: true}, redirecting("https://other.example/")),
	asked(fetch.CodeTimeout, "a host that does not answer", fetch.Config{Timeout: 20 * time.Millisecond}, silent),
	asked(fetch.CodeTLS, "a host whose certificate nobody vouches for", fetch.Config{RootCAs: x509.NewCertPool()}, answering(200)),
	asked(fetch.CodeNetwork, "a host that hangs up", fetch.Config{}, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }),
	refused(fetch.CodeRefusedURL, "http://school.example/doc"),
	refused(fetch.CodeRefusedURL, "https://school.example:22/doc"),
	refused(fetch.CodeRefusedAddress, "https://10.0.0.1/doc"),
	{vc.Code(fetch.CodeUnknownHost), "a host name that does not exist", func(d *desk) []*vc.Problem {
		_, err := fetch.Guard(failing{&net.DNSError{Name: "school.invalid", IsNotFound: true, Err: "no such host"}}).Fetch(d.t.Context(), "https://school.invalid/doc")
		return of(err)
	}},
	{vc.Code(fetch.CodeCancelled), "a document, given up by who asked", func(d *desk) []*vc.Problem {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := fetch.Guard(down{}).Fetch(ctx, "https://school.example/doc")
		return of(err)
	}},
	{vc.Code(fetch.CodeFetcher), "a Fetcher of a product that panics", func(d *desk) []*vc.Problem {
		_, err := fetch.Guard(panicking{}).Fetch(context.Background(), "https://school.example/doc")
		return of(err)
	}},
	{vc.Code(fetch.CodePackSyntax), "a trust pack that is an array", func(*desk) []*vc.Problem {
		_, err := fetch.ParsePack([]byte(`[]`))
		return of(err)
	}},
	{vc.Code(fetch.CodePackConflict), "a trust pack with two documents for one address", func(*desk) []*vc.Problem {
		_, err := fetch.ParsePack([]byte(`{"did:web:school.example":{"id":"did:web:school.example"},"https://school.example/.well-known/did.json":{"id":"did:web:other.example"}}`))
		return of(err)
	}},
	{vc.Code(fetch.CodeBudget), "a badge with three status lists, for a verifier that makes one request", func(d *desk) []*vc.Problem {
		entry := func(name string) string {
			return `{"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "6", "statusListCredential": "https://school.example/` + name + `"}`
		}
		signed := d.good(`/credentialStatus = [` + entry("a") + "," + entry("b") + "," + entry("c") + `]`)
		return d.inspect(signed, verify.Config{Fetcher: down{}, Limits: verify.Limits{MaxFetches: 1}})
	}},
	{vc.Code(fetch.CodeBudget), "a badge with two schemas, for a verifier that makes one request", func(d *desk) []*vc.Problem {
		signed := d.good(`/credentialSchema = [{"id": "https://school.example/a", "type": "JsonSchema"}, {"id": "https://school.example/b", "type": "JsonSchema"}]`)
		return d.inspect(signed, verify.Config{Fetcher: down{}, Limits: verify.Limits{MaxFetches: 1}})
	}},
}

// silent is a host that does not answer.
func silent(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// failing is a network that answers with an error.
type failing struct{ err error }

func (f failing) Fetch(context.Context, string) (*fetch.Response, error) { return nil, f.err }

type panicking struct{}

func (panicking) Fetch(context.Context, string) (*fetch.Response, error) { panic("out of range") }
