package publish_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did/publish"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// host is a web server of this machine, called localhost, with its certificate: a did:web
// DID has a name and no address.
func host(t *testing.T) (mux *http.ServeMux, port string, roots *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	require.NoError(t, err)
	mux = http.NewServeMux()
	server := httptest.NewUnstartedServer(mux)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: private}}}
	server.StartTLS()
	t.Cleanup(server.Close)
	_, port, err = net.SplitHostPort(server.Listener.Addr().String())
	require.NoError(t, err)
	roots = x509.NewCertPool()
	certificate, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	roots.AddCert(certificate)
	return mux, port, roots
}

// story is an issuer on a host, and a verifier that keeps what it fetched, with one clock.
type story struct {
	t        *testing.T
	now      time.Time
	issuer   *publish.Issuer
	handler  *publish.Handler
	verifier *verify.Verifier
	form     issue.Form
}

func begin(t *testing.T, form issue.Form, id func(port string) string) *story {
	mux, port, roots := host(t)
	s := &story{t: t, now: start, form: form, issuer: school(t, id(port))}
	clock := func() time.Time { return s.now }
	var err error
	s.handler, err = publish.NewHandler(s.issuer, publish.HandlerConfig{Now: clock})
	require.NoError(t, err)
	for _, path := range s.handler.Paths() {
		mux.Handle(path, s.handler)
	}
	cache := fetch.NewMemoryCache(1 << 20)
	client, err := fetch.NewClient(fetch.Config{InsecureAllowLoopback: true, RootCAs: roots, Cache: cache, Now: clock})
	require.NoError(t, err)
	t.Cleanup(client.CloseIdle)
	s.verifier, err = verify.New(verify.Config{Fetcher: client, Now: clock})
	require.NoError(t, err)
	return s
}

// publishes changes what is served.
func (s *story) publishes(next *publish.Issuer, err error) {
	s.t.Helper()
	require.NoError(s.t, err)
	require.NoError(s.t, s.handler.Set(next))
	s.issuer = next
}

func (s *story) badge(private crypto.Signer) []byte {
	s.t.Helper()
	return badge(s.t, s.issuer, private, s.form, s.now)
}

// is holds the verdict of a credential: verified without codes, or not for these.
func (s *story) is(credential []byte, codes ...vc.Code) {
	s.t.Helper()
	report, err := s.verifier.Inspect(s.t.Context(), credential)
	require.NoError(s.t, err)
	require.Equal(s.t, codes, report.Codes(), report.Verdict)
	require.Equal(s.t, len(codes) == 0, report.Verdict == verify.VerdictVerified)
}

// Badges before, during and after a rotation, the loss of a key and its theft, as a
// verifier on the network sees them that keeps documents for as long as they say.
func TestLifeOfKeys(t *testing.T) {
	for name, id := range map[string]func(port string) string{
		"did:web": func(port string) string { return "did:web:localhost%3A" + port },
		"a path":  func(port string) string { return "did:web:localhost%3A" + port + ":schools:riverside" },
		"https":   func(port string) string { return "https://localhost:" + port + "/issuer" },
	} {
		for _, form := range []issue.Form{"", issue.VCJWT} {
			t.Run(name+" "+string(form), func(t *testing.T) {
				s := begin(t, form, id)
				first := s.badge(ed(1))
				s.is(first)

				// A new key. Who has the old document does not know it, for as long as that says.
				s.publishes(s.issuer.RollOver("key-2", public(2), s.now))
				second := s.badge(ed(2))
				s.is(second, verify.CodeKeyNotFound)
				s.now = s.now.Add(5 * time.Minute)
				s.is(second)
				s.is(first)
				_, err := s.issuer.MethodAt(signer(t, ed(1)), s.now)
				require.ErrorIs(t, err, publish.ErrRetired)

				// The second key is lost: another takes its place, and all that was signed is good.
				s.publishes(s.issuer.RollOver("key-3", public(3), s.now))
				s.now = s.now.Add(5 * time.Minute)
				third := s.badge(ed(3))
				for _, good := range [][]byte{first, second, third} {
					s.is(good)
				}

				// The first key is stolen. That is seen when the document that is kept has ended.
				stolen := must(t)(s.issuer.Revoke("key-1", s.now))
				results := check(t, s.issuer, stolen, s.now, first, second, third)
				require.Equal(t, []row{{0, "", true, false, []vc.Code{verify.CodeKeyRetired}}}, results)
				s.publishes(stolen, nil)
				s.now = s.now.Add(5*time.Minute - 1)
				s.is(first)
				s.now = s.now.Add(1)
				s.is(first, verify.CodeKeyRetired)
				s.is(second)
				s.is(third)

				// What the thief signs, and dates back, is as little worth.
				backdated := badge(t, school(t, s.issuer.ID()), ed(1), form, start)
				s.is(backdated, verify.CodeKeyRetired)

				// One who holds the document of a year ago in a trust pack relies on that.
				pack, err := school(t, s.issuer.ID()).Pack()
				require.NoError(t, err)
				_, err = verify.Verify(t.Context(), first, verify.Config{Fetcher: pack, Now: func() time.Time { return s.now }})
				require.NoError(t, err)
			})
		}
	}
}

// A date in the document that a retired key expires would end all that it signed: why
// Retire does not write one.
func TestExpiresEndsWhatWasSigned(t *testing.T) {
	i := school(t, web)
	document := string(i.Document())
	ended := must(t)(publish.Import([]byte(document[:len(document)-len("\n}")] + `, "x": 0}`)))
	require.Empty(t, check(t, i, ended, start, badge(t, i, ed(1), "", start)))
	ended = must(t)(publish.Import([]byte(replace(t, document, `"type": "Multikey"`, `"expires": "2026-06-01T00:00:00Z", "type": "Multikey"`))))
	b := badge(t, i, ed(1), "", start)
	require.Empty(t, check(t, i, ended, start, b))
	require.Equal(t, []row{{0, "", true, false, []vc.Code{verify.CodeKeyRetired}}}, check(t, i, ended, start.AddDate(1, 0, 0), b))
}
