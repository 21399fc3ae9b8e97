package controller_test

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/controller"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/fetch"
)

const (
	// of the did:key specification
	multibase = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
	// of RFC 7517, A.1
	jwk = `"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"`
)

// web answers from a map, as a network would, and counts.
type web struct {
	pages map[string]string
	asked []string
}

func (w *web) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	w.asked = append(w.asked, url)
	target := url
	for i := range url {
		if url[i] == '#' {
			target = url[:i]
			break
		}
	}
	body, ok := w.pages[target]
	if !ok {
		return nil, &fetch.Error{Code: fetch.CodeNotFound, URL: url, Detail: "none"}
	}
	return &fetch.Response{URL: target, Body: []byte(body), Source: fetch.SourceNetwork}, nil
}

// key is a Multikey of that id and controller.
func key(id, owner string) string {
	return fmt.Sprintf(`{"id":%q,"type":"Multikey","controller":%q,"publicKeyMultibase":%q}`, id, owner, multibase)
}

// found requires that a readable key is found under the URL.
func found(t *testing.T, r controller.Resolver, url string) *controller.Found {
	t.Helper()
	f, err := r.Retrieve(t.Context(), url, did.AssertionMethod, testkit.Now)
	require.NoError(t, err, url)
	require.Equal(t, url, f.Method.ID)
	require.True(t, f.ControlledBy(f.Controller))
	_, _, err = multikey.PublicKey(multikey.Material{Type: f.Method.Type, Multibase: f.Method.PublicKeyMultibase,
		Base58: f.Method.PublicKeyBase58, JWK: f.Method.PublicKeyJWK})
	require.NoError(t, err)
	return f
}

// refused requires the code, from Retrieve.
func refused(t *testing.T, r controller.Resolver, url string, code did.Code) {
	t.Helper()
	_, err := r.Retrieve(t.Context(), url, did.AssertionMethod, testkit.Now)
	require.ErrorIs(t, err, &did.Error{Code: code}, "%s: %v", url, err)
}

const (
	issuer = "https://school.example/issuer"
	k1     = issuer + "#k1"
)

func at(pages map[string]string) controller.Resolver {
	return controller.Resolver{Fetcher: &web{pages: pages}}
}

func TestControllerDocument(t *testing.T) {
	for name, src := range map[string]string{
		"by value":     `{"id":"` + issuer + `","assertionMethod":[` + key(k1, issuer) + `]}`,
		"by reference": `{"id":"` + issuer + `","verificationMethod":[` + key(k1, issuer) + `],"assertionMethod":["#k1"]}`,
		"a Profile": `{"@context":["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"` + issuer +
			`","type":["Profile"],"name":"School",` +
			`"verificationMethod":[` + key(k1, issuer) + `],"assertionMethod":["` + k1 + `"]}`,
		"no arrays": `{"id":"` + issuer + `","type":"Profile","verificationMethod":` + key(k1, issuer) +
			`,"assertionMethod":"` + k1 + `"}`,
		"publicKey":  `{"id":"` + issuer + `","type":"Profile","publicKey":` + key(k1, issuer) + `}`,
		"publicKeys": `{"id":"` + issuer + `","type":"Profile","publicKey":[` + key(k1, issuer) + `,` + key(issuer+"#k2", issuer) + `]}`,
		"an owner": `{"id":"` + issuer + `","publicKey":[{"id":"` + k1 +
			`","type":"Multikey","owner":"` + issuer + `","publicKeyMultibase":"` + multibase + `"}]}`,
		"no owner": `{"id":"` + issuer + `","publicKey":[{"id":"#k1","type":"Multikey","publicKeyMultibase":"` + multibase + `"}]}`,
		"a JWK":    `{"id":"` + issuer + `","publicKey":[{"kid":"k1",` + jwk + `}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			r := at(map[string]string{issuer: src})
			f := found(t, r, k1)
			require.Equal(t, issuer, f.Controller)
			require.Equal(t, controller.FormDocument, f.Form)
			require.False(t, f.ControlledBy("https://school.example/other"))

			m, d, err := did.Retrieve(t.Context(), did.Mux{"https": r}, k1, did.AssertionMethod, testkit.Now)
			require.NoError(t, err)
			require.Equal(t, issuer, d.ID())
			require.Equal(t, k1, m.ID)
		})
	}
}

func TestControllerDocumentRefused(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		code did.Code
	}{
		"of somebody else":          {`{"id":"https://evil.example/issuer","assertionMethod":[` + key(k1, issuer) + `]}`, did.CodeDocumentID},
		"of the same host":          {`{"id":"https://school.example/","assertionMethod":[` + key(k1, issuer) + `]}`, did.CodeDocumentID},
		"without the key":           {`{"id":"` + issuer + `","assertionMethod":[` + key(issuer+"#k2", issuer) + `]}`, did.CodeMethodNotFound},
		"not for assertion":         {`{"id":"` + issuer + `","verificationMethod":[` + key(k1, issuer) + `],"authentication":["#k1"]}`, did.CodeRelationship},
		"listed for nothing":        {`{"id":"` + issuer + `","verificationMethod":[` + key(k1, issuer) + `]}`, did.CodeRelationship},
		"assertionMethod decides":   {`{"id":"` + issuer + `","publicKey":[` + key(k1, issuer) + `],"assertionMethod":[]}`, did.CodeRelationship},
		"somebody else's key":       {`{"id":"` + issuer + `","assertionMethod":[` + key(k1, "https://evil.example/") + `]}`, did.CodeMethodController},
		"somebody else's publicKey": {`{"id":"` + issuer + `","publicKey":[{"id":"#k1","type":"Multikey","owner":"https://evil.example/","publicKeyMultibase":"` + multibase + `"}]}`, did.CodeMethodController},
		"expired":                   {`{"id":"` + issuer + `","assertionMethod":[{"expires":"2025-12-31T23:59:59Z",` + key(k1, issuer)[1:] + `]}`, did.CodeMethodRetired},
		"deactivated":               {`{"deactivated":true,"id":"` + issuer + `","assertionMethod":[` + key(k1, issuer) + `]}`, did.CodeDeactivated},
		"without id":                {`{"type":"Profile","assertionMethod":[` + key(k1, issuer) + `]}`, did.CodeInvalidDocument},
		"a repeated name":           {`{"id":"` + issuer + `","assertionMethod":[],"assertionMethod":[` + key(k1, issuer) + `]}`, did.CodeInvalidDocument},
		"not JSON":                  {`<html>`, did.CodeInvalidDocument},
		"an array":                  {`[` + key(k1, issuer) + `]`, did.CodeInvalidDocument},
	} {
		t.Run(name, func(t *testing.T) {
			r := at(map[string]string{issuer: c.src})
			refused(t, r, k1, c.code)
			if c.code == did.CodeDocumentID || c.code == did.CodeInvalidDocument {
				_, err := r.Resolve(t.Context(), issuer)
				require.ErrorIs(t, err, &did.Error{Code: c.code})
			}
		})
	}
	r := at(map[string]string{issuer: `{"id":"` + issuer + `","assertionMethod":[` + key(k1, issuer) + `]}`})
	refused(t, r, issuer, did.CodeInvalidURL) // a document is no key
	refused(t, r, "https://school.example/missing#k1", did.CodeNotFound)
	refused(t, r, "http://school.example/issuer#k1", did.CodeInvalidURL)
	refused(t, r, "urn:uuid:4ca4a241-fc3b-4d92-978e-f56fa96ae795#k1", did.CodeInvalidURL)
	refused(t, r, "not a URL", did.CodeInvalidURL)
	refused(t, r, "did:web:school.example#k1", did.CodeMethodNotSupported)
	refused(t, controller.Resolver{}, k1, did.CodeUnresolved)
	_, err := r.Resolve(t.Context(), k1)
	require.ErrorIs(t, err, &did.Error{Code: did.CodeInvalidURL})
}

// The most dangerous mistake there is: a multikey in the fragment is a name.
func TestNoKeyFromFragment(t *testing.T) {
	forged := issuer + "#" + multibase
	for _, src := range []string{
		`{"id":"` + issuer + `","type":"Profile","name":"School"}`,
		`{"id":"` + issuer + `","assertionMethod":["` + forged + `"]}`,
		`{"id":"` + issuer + `","assertionMethod":[` + key(k1, issuer) + `]}`,
	} {
		refused(t, at(map[string]string{issuer: src}), forged, did.CodeMethodNotFound)
	}
	refused(t, at(nil), forged, did.CodeNotFound)
}

func TestKeyDocumentOfItsOwnController(t *testing.T) {
	r := at(map[string]string{issuer: key(k1, issuer)})
	f := found(t, r, k1)
	require.Equal(t, issuer, f.Controller)
	require.Equal(t, controller.FormKey, f.Form)
	refused(t, r, issuer+"#k2", did.CodeMethodNotFound)
	refused(t, r, issuer, did.CodeMethodNotFound)
	_, err := r.Retrieve(t.Context(), k1, did.Authentication, testkit.Now)
	require.ErrorIs(t, err, &did.Error{Code: did.CodeRelationship})

	_, _, err = did.Retrieve(t.Context(), did.Mux{"https": r}, k1, did.AssertionMethod, testkit.Now)
	require.NoError(t, err)

	revoked := `{"revoked":"2025-06-01T00:00:00Z",` + key(k1, issuer)[1:]
	refused(t, at(map[string]string{issuer: revoked}), k1, did.CodeMethodRetired)
	secret := `{"secretKeyMultibase":"z3u2",` + key(k1, issuer)[1:]
	refused(t, at(map[string]string{issuer: secret}), k1, did.CodeInvalidMethod)
}

func TestKeyDocumentElsewhere(t *testing.T) {
	const keyURL = "https://keys.example/7"
	listing := func(list string) map[string]string {
		return map[string]string{keyURL: key(keyURL, issuer), issuer: `{"id":"` + issuer + `",` + list + `}`}
	}
	for name, list := range map[string]string{
		"by reference":        `"assertionMethod":["` + keyURL + `"]`,
		"publicKey reference": `"type":"Profile","publicKey":"` + keyURL + `"`,
	} {
		t.Run(name, func(t *testing.T) {
			f := found(t, at(listing(list)), keyURL)
			require.Equal(t, issuer, f.Controller)
			require.Equal(t, controller.FormKey, f.Form)
			require.False(t, f.ControlledBy(keyURL))
		})
	}
	// Where the controller defines the key, its word counts, not the key's host.
	own := `{"id":"` + keyURL + `","type":"JsonWebKey","controller":"` + issuer + `","publicKeyJwk":{` + jwk + `}}`
	f := found(t, at(listing(`"assertionMethod":[`+own+`]`)), keyURL)
	require.Equal(t, "JsonWebKey", f.Method.Type)
	require.Equal(t, controller.FormDocument, f.Form)

	refused(t, at(listing(`"assertionMethod":[]`)), keyURL, did.CodeRelationship)
	refused(t, at(listing(`"authentication":["`+keyURL+`"]`)), keyURL, did.CodeRelationship)
	refused(t, at(listing(`"deactivated":true,"assertionMethod":["`+keyURL+`"]`)), keyURL, did.CodeDeactivated)
	refused(t, at(listing(`"assertionMethod":[`+key(keyURL, "https://evil.example/")+`]`)), keyURL, did.CodeMethodController)
	refused(t, at(map[string]string{keyURL: key(keyURL, issuer)}), keyURL, did.CodeNotFound)
	refused(t, at(map[string]string{keyURL: key(keyURL, "did:web:school.example")}), keyURL, did.CodeMethodNotSupported)
	refused(t, at(map[string]string{keyURL: key("https://keys.example/8", issuer)}), keyURL, did.CodeMethodNotFound)
	refused(t, at(map[string]string{keyURL: `{"id":"` + keyURL + `","type":"Multikey","controller":7,"publicKeyMultibase":"z"}`}),
		keyURL, did.CodeInvalidDocument)

	const school = "did:web:school.example"
	dids, err := did.NewStatic([]byte(`{"id":"` + school + `","assertionMethod":["` + keyURL + `"]}`))
	require.NoError(t, err)
	r := at(map[string]string{keyURL: key(keyURL, school)})
	r.DIDs = dids
	require.Equal(t, school, found(t, r, keyURL).Controller)

	r.DIDs = did.ResolverFunc(func(context.Context, string) (*did.Document, error) {
		return did.ParseDocument([]byte(`{"id":"did:web:evil.example","assertionMethod":["` + keyURL + `"]}`))
	})
	refused(t, r, keyURL, did.CodeDocumentID)
}

func TestBareKeys(t *testing.T) {
	const u = "https://school.example/jwk"
	withKid := `{"kid":"k/1",` + jwk + `}`
	set := `{"keys":[{"kid":"k1",` + jwk + `},{"kid":"` + u + `#k2",` + jwk + `},` +
		`{"kty":"OKP","crv":"Ed448","kid":"k3","x":"AA"},{` + jwk + `}]}`
	for name, c := range map[string]struct {
		src, url string
		form     controller.Form
	}{
		"JWK":                  {`{` + jwk + `}`, u, controller.FormBareKey},
		"JWK without kid":      {`{` + jwk + `}`, u + "#any", controller.FormBareKey},
		"JWK by kid":           {withKid, u + "#k/1", controller.FormBareKey},
		"JWK by escaped kid":   {withKid, u + "#k%2F1", controller.FormBareKey},
		"JWK whole URL as kid": {`{"kid":"` + u + `",` + jwk + `}`, u, controller.FormBareKey},
		"set by fragment":      {set, u + "#k1", controller.FormKeySet},
		"set by whole URL":     {set, u + "#k2", controller.FormKeySet},
		"set of one":           {`{"keys":[{` + jwk + `}]}`, u, controller.FormKeySet},
		"Multikey of nobody": {`{"id":"` + u + `","type":"Multikey","publicKeyMultibase":"` + multibase + `"}`,
			u, controller.FormBareKey},
		"Multikey in old words": {`{"id":"` + u + `","type":"Multikey","owner":"` + u + `","publicKeyMultibase":"` + multibase + `"}`,
			u, controller.FormBareKey},
	} {
		t.Run(name, func(t *testing.T) {
			f := found(t, at(map[string]string{u: c.src}), c.url)
			require.Equal(t, c.form, f.Form)
			require.Equal(t, u, f.Controller)
			require.False(t, f.ControlledBy(issuer), "nobody else is bound")

			r := at(map[string]string{u: c.src})
			r.SameOriginJWK = true
			f = found(t, r, c.url)
			require.True(t, f.ControlledBy(issuer))
			for _, other := range []string{"https://evil.example/issuer", "http://school.example/issuer",
				"https://school.example:8443/issuer",
				"https://school.example.evil.example/", "https://school.example@evil.example/", "did:web:school.example", ""} {
				require.False(t, f.ControlledBy(other), other)
			}
			_, err := r.Retrieve(t.Context(), c.url, did.Authentication, testkit.Now)
			require.ErrorIs(t, err, &did.Error{Code: did.CodeRelationship})
		})
	}
	refused(t, at(map[string]string{u: withKid}), u+"#k2", did.CodeMethodNotFound)
	refused(t, at(map[string]string{u: set}), u+"#k9", did.CodeMethodNotFound)
	refused(t, at(map[string]string{u: set}), u, did.CodeMethodAmbiguous)
	refused(t, at(map[string]string{u: `{"keys":[]}`}), u, did.CodeMethodAmbiguous)
	refused(t, at(map[string]string{u: `{"keys":[{"kid":"a",` + jwk + `},{"kid":"a",` + jwk + `}]}`}), u+"#a", did.CodeMethodAmbiguous)
	refused(t, at(map[string]string{u: `{"id":"` + u + `","owner":"https://evil.example/","type":"Multikey",` +
		`"publicKeyMultibase":"` + multibase + `"}`}), u, did.CodeMethodController)
}

// What a key says of its controller is not passed over where a JWK stands alone.
func TestControllerOfJWK(t *testing.T) {
	const u = "https://school.example/jwk"
	for _, owner := range []string{`"controller":"https://evil.example/"`, `"owner":"https://evil.example/"`} {
		foreign := `{"kid":"k1",` + owner + `,` + jwk + `}`
		refused(t, at(map[string]string{u: foreign}), u, did.CodeMethodController)
		refused(t, at(map[string]string{u: `{"keys":[` + foreign + `]}`}), u+"#k1", did.CodeMethodController)
		refused(t, at(map[string]string{issuer: `{"keys":[` + foreign + `]}`}), k1, did.CodeMethodController)
		refused(t, at(map[string]string{issuer: `{"id":"` + issuer + `","publicKey":` + foreign + `}`}), k1, did.CodeMethodController)
		unreadable := strings.Replace(`{"id":"`+issuer+`","publicKey":`+foreign+`}`, `"https://evil.example/"`, `7`, 1)
		refused(t, at(map[string]string{issuer: unreadable}), k1, did.CodeInvalidMethod)
	}
	found(t, at(map[string]string{issuer: `{"id":"` + issuer + `","publicKey":{"kid":"k1","controller":"` + issuer + `",` + jwk + `}}`}),
		k1)
}

// Two statements of one key hold together: the earlier end counts.
func TestBothEndsOfAKey(t *testing.T) {
	const keyURL = "https://keys.example/7"
	ends := func(of, end string) string { return `{"expires":"` + end + `",` + of[1:] }
	for _, test := range [][2]string{{"2030-01-01T00:00:00Z", "2040-01-01T00:00:00Z"}, {"2040-01-01T00:00:00Z", "2030-01-01T00:00:00Z"}} {
		f := found(t, at(map[string]string{keyURL: ends(key(keyURL, issuer), test[0]),
			issuer: `{"id":"` + issuer + `","assertionMethod":[` + ends(key(keyURL, issuer), test[1]) + `]}`}), keyURL)
		require.Equal(t, controller.FormDocument, f.Form)
		require.Equal(t, 2030, f.Method.Until().Year())
	}
}

// A key set at the issuer's own URL is the issuer's document.
func TestKeySetAsDocument(t *testing.T) {
	r := at(map[string]string{issuer: `{"keys":[{"kid":"k1",` + jwk + `},{` + jwk + `}]}`})
	m, d, err := did.Retrieve(t.Context(), did.Mux{"https": r}, k1, did.AssertionMethod, testkit.Now)
	require.NoError(t, err)
	require.Equal(t, issuer, d.ID())
	require.Equal(t, "JsonWebKey", m.Type)
	require.Equal(t, []string{k1}, d.Listed(did.AssertionMethod))
	_, err = d.MethodAt(k1, did.Authentication, testkit.Now)
	require.ErrorIs(t, err, &did.Error{Code: did.CodeRelationship})

	r = at(map[string]string{issuer: key(k1, "https://evil.example/")})
	_, _, err = did.Retrieve(t.Context(), did.Mux{"https": r}, k1, did.AssertionMethod, testkit.Now)
	require.ErrorIs(t, err, &did.Error{Code: did.CodeMethodController})
}

func TestTrustPackEntries(t *testing.T) {
	pack, err := fetch.ParsePack([]byte(`{
		"` + k1 + `": ` + key(k1, issuer) + `,
		"` + issuer + `#jwk": {` + jwk + `},
		"did:web:school.example#k": ` + key("did:web:school.example#k", "did:web:school.example") + `,
		"urn:uuid:1#k": ` + key("urn:uuid:1#k", "urn:uuid:1") + `,
		"https://keys.example/#1": ` + key("https://keys.example/#1", issuer) + `,
		"` + issuer + `#wrong": ` + key(k1, issuer) + `,
		"` + issuer + `#old": {"revoked":"2020-01-01T00:00:00Z",` + key(issuer+"#old", issuer)[1:] + `,
		"` + issuer + `#none": {"id":"` + issuer + `#none"}
	}`))
	require.NoError(t, err)
	net := &web{}
	for _, fetcher := range []fetch.Fetcher{pack, fetch.Layered(pack, net)} {
		r := controller.Resolver{Fetcher: fetcher}
		for url, owner := range map[string]string{
			k1: issuer, issuer + "#jwk": issuer, "did:web:school.example#k": "did:web:school.example", "urn:uuid:1#k": "urn:uuid:1",
			"https://keys.example/#1": issuer,
		} {
			f := found(t, r, url)
			require.Equal(t, controller.FormPack, f.Form)
			require.Equal(t, owner, f.Controller)
			_, err := r.Retrieve(t.Context(), url, did.Authentication, testkit.Now)
			require.NoError(t, err, "the operator's word holds for every use")
		}
		refused(t, r, issuer+"#wrong", did.CodeMethodNotFound)
		refused(t, r, issuer+"#old", did.CodeMethodRetired)
		refused(t, r, issuer+"#none", did.CodeInvalidMethod)
	}
	require.Empty(t, net.asked, "a pack's entry is never asked of the network")
	refused(t, controller.Resolver{Fetcher: pack}, issuer+"#k9", did.CodeUnresolved)
}

func TestDIDs(t *testing.T) {
	const school = "did:web:school.example"
	dids, err := did.NewStatic([]byte(`{"id":"` + school + `","assertionMethod":[` + key(school+"#k1", school) + `]}`))
	require.NoError(t, err)
	r := controller.Resolver{DIDs: dids}
	f := found(t, r, school+"#k1")
	require.Equal(t, school, f.Controller)
	refused(t, r, school+"#k2", did.CodeMethodNotFound)
}

func TestOverHTTPS(t *testing.T) {
	mux := http.NewServeMux()
	srv := httptest.NewTLSServer(mux)
	defer srv.Close()
	other := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, `{%s}`, jwk) }))
	defer other.Close()
	roots := x509.NewCertPool()
	roots.AddCert(srv.Certificate())
	roots.AddCert(other.Certificate())
	client, err := fetch.NewClient(fetch.Config{InsecureAllowLoopback: true, RootCAs: roots})
	require.NoError(t, err)
	defer client.CloseIdle()

	mine := srv.URL + "/issuer"
	mux.HandleFunc("/issuer", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"id":%q,"assertionMethod":[%s]}`, mine, key(mine+"#k1", mine))
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/jwk", http.StatusFound) })
	mux.HandleFunc("/jwk", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, `{%s}`, jwk) })
	mux.HandleFunc("/go", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, http.StatusFound) })
	mux.HandleFunc("/down", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })

	r := controller.Resolver{Fetcher: client, SameOriginJWK: true}
	require.Equal(t, mine, found(t, r, mine+"#k1").Controller)
	require.True(t, found(t, r, srv.URL+"/moved").ControlledBy(mine))
	refused(t, r, srv.URL+"/down", did.CodeUnresolved)

	// An open redirect on the issuer's host must not publish keys in its name.
	refused(t, r, srv.URL+"/go", did.CodeUnresolved)
	_, err = r.Retrieve(t.Context(), srv.URL+"/go", did.AssertionMethod, testkit.Now)
	require.ErrorIs(t, err, &fetch.Error{Code: fetch.CodeRefusedRedirect})
	r.FollowOffHost = true
	found(t, r, srv.URL+"/go")
}

// Every verification method of the published samples, from the pack that stands
// in for hosts that do not exist. Some of their keys are of kinds or in spellings
// that are refused later; here they are found.
func TestPublishedMethods(t *testing.T) {
	src := testkit.ReadShared(t, "ob/vectors/keys/verification-methods.json")
	pack, err := fetch.ParsePack(src)
	require.NoError(t, err)
	r := controller.Resolver{Fetcher: pack}
	for _, url := range []string{
		"https://example.com/issuers/876543#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
		"https://1edtech.edu/issuers/565049#zDnaekGZTbQBerwcehBSXLqAg6s55hVEBms1zFy89VHXtJSa9",
		"did:web:digitalcredentials.github.io:vc-test-fixtures:dids:legacy#z6MkjXe1vZvPRqFuc9nRBtZ3e1Y9XKDFSbjFAfzLfW2bD6cZ",
		"urn:uuid:4ca4a241-fc3b-4d92-978e-f56fa96ae795#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
	} {
		f := found(t, r, url)
		require.Equal(t, controller.FormPack, f.Form)
	}
}

// Whatever a host answers for U, a document of U or an error comes of it, never a
// document of another id, and no key is found that the answer does not hold.
func FuzzResolve(f *testing.F) {
	for _, seed := range []string{
		`{"id":"` + issuer + `","assertionMethod":[` + key(k1, issuer) + `]}`, key(k1, issuer), `{` + jwk + `}`,
		`{"keys":[{"kid":"k1",` + jwk + `}]}`, `{"id":"` + issuer + `","publicKey":[` + key(k1, issuer) + `,"#k2"]}`,
		`{"id":"` + issuer + `","verificationMethod":{},"alsoKnownAs":"did:web:school.example"}`,
		`{"keys":[{"kid":"k1","exp":4070908800,"nbf":0,"revoked":{"revoked_at":4070908800},` + jwk + `}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := at(map[string]string{issuer: string(body)})
		d, err := r.Resolve(t.Context(), issuer)
		if err == nil {
			require.Equal(t, issuer, d.ID())
		} else {
			var e *did.Error
			require.ErrorAs(t, err, &e)
		}
		for _, url := range []string{k1, issuer, issuer + "#" + multibase} {
			found, err := r.Retrieve(t.Context(), url, did.AssertionMethod, testkit.Now)
			if err != nil {
				var e *did.Error
				require.ErrorAs(t, err, &e)
				continue
			}
			require.Equal(t, url, found.Method.ID)
			require.Equal(t, issuer, found.Controller)
			until := found.Method.Until()
			require.True(t, until.IsZero() || until.After(testkit.Now))
			require.False(t, found.Method.NotBefore.After(testkit.Now))
			doc, err := jsonx.Parse(body, jsonx.Limits{}, nil)
			require.NoError(t, err)
			m := found.Method
			var jwk struct{ X string }
			if m.PublicKeyJWK != nil {
				require.NoError(t, json.Unmarshal(m.PublicKeyJWK, &jwk))
			}
			for _, material := range []string{m.PublicKeyMultibase, m.PublicKeyBase58, jwk.X} {
				require.True(t, material == "" || holds(doc.Root(), material), material)
			}
		}
	})
}

// Whatever the controller of a key document answers, the key document's own word
// is taken only where the answer defines no such key, and never against it.
func FuzzConfirm(f *testing.F) {
	const keyURL = "https://keys.example/7"
	for _, seed := range []string{
		`{"id":"` + issuer + `","assertionMethod":["` + keyURL + `"]}`,
		`{"id":"` + issuer + `","assertionMethod":[` + key(keyURL, issuer) + `]}`,
		`{"id":"` + issuer + `","verificationMethod":[{"id":"` + keyURL + `","revoked":true}],"assertionMethod":["` + keyURL + `"]}`,
		`{"id":"` + issuer + `","publicKey":[{"id":"` + keyURL + `","type":"Multikey","expires":4,` +
			`"publicKeyMultibase":"` + multibase + `"}]}`,
		`{"id":"` + issuer + `","deactivated":"true","assertionMethod":"` + keyURL + `"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := at(map[string]string{keyURL: key(keyURL, issuer), issuer: string(body)})
		found, err := r.Retrieve(t.Context(), keyURL, did.AssertionMethod, testkit.Now)
		if err != nil {
			var e *did.Error
			require.ErrorAs(t, err, &e)
			return
		}
		require.Equal(t, keyURL, found.Method.ID)
		require.Equal(t, issuer, found.Controller)
		if found.Form != controller.FormKey {
			return
		}
		doc, err := jsonx.Parse(body, jsonx.Limits{}, nil)
		require.NoError(t, err)
		require.NotEqual(t, jsonx.True, doc.Root().Get("deactivated").Kind())
		for list := doc.Root().First(); list.Exists(); list = list.Next() {
			known := list.Name() == "verificationMethod" || list.Name() == "publicKey" ||
				slices.Contains(did.Relationships(), did.Relationship(list.Name()))
			for _, m := range list.Items() {
				require.False(t, known && m.Kind() == jsonx.Object && m.Get("id").Text() == keyURL, "a definition was passed over")
			}
		}
	})
}

// holds reports whether a string stands somewhere in a value.
func holds(v jsonx.Value, text string) bool {
	for c := v.First(); c.Exists(); c = c.Next() {
		if c.Text() == text || holds(c, text) {
			return true
		}
	}
	return false
}

// A token names its key by the URL of a JWK; who is bound depends on the policy.
func Example() {
	pack, err := fetch.ParsePack([]byte(`{"https://school.example/keys/1": {` + jwk + `}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, sameOrigin := range []bool{false, true} {
		r := controller.Resolver{Fetcher: pack, SameOriginJWK: sameOrigin}
		key, err := r.Retrieve(context.Background(), "https://school.example/keys/1", did.AssertionMethod, time.Now())
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(key.Form, "of the issuer:", key.ControlledBy("https://school.example/issuer"))
	}
	// Output:
	// bare key of the issuer: false
	// bare key of the issuer: true
}
