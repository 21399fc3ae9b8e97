package obtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// Host serves a [Web] on this machine over TLS, for tests with real clients: under one origin
// with a port that the system chooses, so that what issuers of a [World] there sign differs
// from run to run.
//
//	host, err := obtest.NewHost()
//	…
//	defer host.Close()
//	world := obtest.New(obtest.Config{Origin: host.Origin()})
//	host.Serve(world.Web)
//	client, err := host.Client(fetch.Config{})
type Host struct {
	origin      string
	certificate []byte
	roots       *x509.CertPool
	server      *http.Server
	web         atomic.Pointer[http.Handler]
}

// NewHost listens on the loopback interface, with a certificate for localhost that was
// made for it.
func NewHost() (*Host, error) { return NewHostAt("127.0.0.1:0") }

// NewHostAt is NewHost at an address of the loopback interface. At any other it is an error: the
// keys of what stands here are known to everybody.
func NewHostAt(addr string) (*Host, error) {
	if host, _, err := net.SplitHostPort(addr); err != nil || host != "localhost" && !net.ParseIP(host).IsLoopback() {
		return nil, fmt.Errorf("obtest: %q is no address of this machine alone", addr)
	}
	certificate, roots, err := selfSigned()
	if err != nil {
		return nil, fmt.Errorf("obtest: making a certificate: %w", err)
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("obtest: %w", err)
	}
	h := &Host{certificate: certificate.Certificate[0], origin: fmt.Sprintf("https://localhost:%d", listener.Addr().(*net.TCPAddr).Port), roots: roots}
	h.server = &http.Server{
		Handler:           http.HandlerFunc(h.serve),
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0), // clients that go away are the point
		TLSConfig:         &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12},
	}
	go func() { _ = h.server.ServeTLS(listener, "", "") }() // which ends with Close
	return h, nil
}

// selfSigned makes a certificate that is its own authority.
func selfSigned() (tls.Certificate, *x509.CertPool, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "obtest"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true, IsCA: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, roots, nil
}

// Origin is the scheme, name and port of the host.
func (h *Host) Origin() string { return h.origin }

// Serve lets a Web answer, in place of an earlier one.
func (h *Host) Serve(w *Web) { h.Handle(w) }

// Handle lets a handler answer, in place of an earlier one.
func (h *Host) Handle(handler http.Handler) { h.web.Store(&handler) }

func (h *Host) serve(w http.ResponseWriter, r *http.Request) {
	if web := h.web.Load(); web != nil {
		(*web).ServeHTTP(w, r)
		return
	}
	http.NotFound(w, r)
}

// CertificatePEM is the certificate, which is its own authority, for clients of other processes.
func (h *Host) CertificatePEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: h.certificate})
}

// Roots are the authorities that clients of this process have to trust.
func (h *Host) Roots() *x509.CertPool { return h.roots }

// Client is a guarded client that reaches the host: c with its certificate and with
// InsecureAllowLoopback.
func (h *Host) Client(c fetch.Config) (*fetch.Client, error) {
	c.RootCAs, c.InsecureAllowLoopback = h.roots, true
	return fetch.NewClient(c)
}

// Close ends the host and its connections.
func (h *Host) Close() { _ = h.server.Close() }
