package didweb_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/didweb"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// server answers at https://localhost with a certificate for that name, and
// gives the client that trusts it.
func server(t *testing.T, mux http.Handler) (did string, client *fetch.Client) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	cert, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	srv := httptest.NewUnstartedServer(mux)
	srv.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	srv.StartTLS()
	t.Cleanup(srv.Close)

	roots := x509.NewCertPool()
	roots.AddCert(cert)
	client, err = fetch.NewClient(fetch.Config{InsecureAllowLoopback: true, RootCAs: roots})
	require.NoError(t, err)
	t.Cleanup(client.CloseIdle)
	u, err := url.Parse(srv.URL)
	require.NoError(t, err)
	return "did:web:localhost%3A" + u.Port(), client
}

func TestResolveOverHTTPS(t *testing.T) {
	mux := http.NewServeMux()
	base, client := server(t, mux)
	port := strings.TrimPrefix(base, "did:web:localhost%3A")
	answer := func(path, id string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, `{"id": %q}`, id) })
	}
	redirect := func(path, to string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) })
	}
	answer("/.well-known/did.json", base)
	answer("/other/did.json", base)
	answer("/moved-here.json", base+":moved")
	redirect("/moved/did.json", "/moved-here.json")
	answer("/elsewhere.json", base+":elsewhere")
	elsewhere := httptest.NewServer(mux) // the same documents on another port
	defer elsewhere.Close()
	redirect("/elsewhere/did.json", elsewhere.URL+"/elsewhere.json")
	mux.HandleFunc("/gone/did.json", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) })
	mux.HandleFunc("/broken/did.json", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	mux.HandleFunc("/text/did.json", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })
	mux.HandleFunc("/twice/did.json", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"id": "did:web:evil.example", "id": %q}`, base+":twice")
	})
	require.NotEmpty(t, port)

	r := did.Mux{"web": didweb.Resolver{Fetcher: client}}
	for _, id := range []string{base, base + ":moved"} {
		d, err := r.Resolve(t.Context(), id)
		require.NoError(t, err, id)
		require.Equal(t, id, d.ID())
	}
	for path, code := range map[string]did.Code{
		":other": did.CodeDocumentID, ":missing": did.CodeNotFound, ":gone": did.CodeNotFound, ":broken": did.CodeUnresolved,
		":elsewhere": did.CodeUnresolved, ":text": did.CodeInvalidDocument, ":twice": did.CodeInvalidDocument,
	} {
		_, err := r.Resolve(t.Context(), base+path)
		require.ErrorIs(t, err, &did.Error{Code: code}, path)
	}
	_, err := r.Resolve(t.Context(), base+":elsewhere")
	require.ErrorIs(t, err, &fetch.Error{Code: fetch.CodeRefusedRedirect})

	_, err = didweb.Resolver{Fetcher: client}.Resolve(t.Context(), strings.ToUpper(base[len("did:web:"):]))
	require.ErrorIs(t, err, &did.Error{Code: did.CodeInvalidDID})
}

func TestResolveFromPack(t *testing.T) {
	const id = "did:web:school.example:issuers:7"
	document := `{"id": "` + id + `", "assertionMethod": []}`
	for _, key := range []string{id, "https://school.example/issuers/7/did.json"} {
		pack, err := fetch.ParsePack([]byte(`{"` + key + `": ` + document + `}`))
		require.NoError(t, err)
		d, err := didweb.Resolver{Fetcher: pack}.Resolve(t.Context(), id)
		require.NoError(t, err, key)
		require.Equal(t, document, string(d.Bytes()))
	}
	pack, err := fetch.ParsePack([]byte(`{"` + id + `": {"id": "did:web:evil.example"}}`))
	require.NoError(t, err)
	_, err = didweb.Resolver{Fetcher: pack}.Resolve(t.Context(), id)
	require.ErrorIs(t, err, &did.Error{Code: did.CodeDocumentID})
	_, err = didweb.Resolver{Fetcher: pack}.Resolve(t.Context(), "did:web:other.example")
	require.ErrorIs(t, err, &did.Error{Code: did.CodeUnresolved})
	require.ErrorIs(t, err, &fetch.Error{Code: fetch.CodeNotInPack})
}

func TestZeroResolverIsOffline(t *testing.T) {
	_, err := didweb.Resolver{}.Resolve(t.Context(), "did:web:school.example")
	require.ErrorIs(t, err, &did.Error{Code: did.CodeUnresolved})
	require.ErrorIs(t, err, &fetch.Error{Code: fetch.CodeOffline})
}

// silent is a Fetcher that does not say where a document came from.
type silent struct{ body string }

func (s silent) Fetch(context.Context, string) (*fetch.Response, error) {
	return &fetch.Response{Body: []byte(s.body)}, nil
}

func TestOriginMustBeKnown(t *testing.T) {
	_, err := didweb.Resolver{Fetcher: silent{`{"id": "did:web:school.example"}`}}.Resolve(t.Context(), "did:web:school.example")
	require.ErrorIs(t, err, &fetch.Error{Code: fetch.CodeRefusedRedirect})
}

func TestPublishedDocuments(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Shared(t, "ob/vectors/dids"), "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		src, err := os.ReadFile(f)
		require.NoError(t, err)
		pack, err := fetch.ParsePack(src)
		require.NoError(t, err)
		document, err := did.ParseDocument(src)
		require.NoError(t, err)
		methods := document.Listed(did.AssertionMethod)
		require.NotEmpty(t, methods, f)
		m, _, err := did.Retrieve(t.Context(), did.Mux{"web": didweb.Resolver{Fetcher: pack}}, methods[0], did.AssertionMethod, testkit.Now)
		require.NoError(t, err, f)
		require.Equal(t, methods[0], m.ID)
	}
}

// A trust pack answers for its DIDs without a network.
func Example() {
	pack, err := fetch.ParsePack([]byte(`{
		"did:web:school.example": {
			"id": "did:web:school.example",
			"assertionMethod": [{
				"id": "did:web:school.example#key-1",
				"type": "Multikey",
				"controller": "did:web:school.example",
				"publicKeyMultibase": "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
			}]
		}
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	resolver := did.Mux{"web": didweb.Resolver{Fetcher: pack}}
	method, document, err := did.Retrieve(context.Background(), resolver, "did:web:school.example#key-1", did.AssertionMethod, time.Now())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(method.Type, "of", document.ID())
	// Output: Multikey of did:web:school.example
}
