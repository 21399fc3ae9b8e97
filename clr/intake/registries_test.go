package intake_test

import (
	"context"
	"crypto"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

const (
	pilot    = "https://registry.example/pilot.json"
	sandbox  = "https://registry.example/sandbox.json"
	someone  = "did:web:school.example"
	anchorAt = "https://federation.example/.well-known/openid-federation"
)

// clock is a clock that is set by hand.
type clock struct{ time.Time }

func (c *clock) now() time.Time       { return c.Time }
func (c *clock) wait(d time.Duration) { c.Time = c.Add(d) }
func codesOf(list []*vc.Problem) (all []vc.Code) {
	for _, p := range list {
		all = append(all, p.Code)
	}
	return all
}

func registries(t *testing.T, c intake.RegistriesConfig) *intake.Registries {
	t.Helper()
	r, err := intake.NewRegistries(c)
	require.NoError(t, err)
	return r
}

// The first registry that lists an issuer says who it is.
func TestRegistriesInOrder(t *testing.T) {
	web := obtest.NewWeb()
	web.Put(pilot, "application/json", []byte(`{"registry": {"did:web:school.example": {"name": "Harbour School"}}}`))
	web.Put(sandbox, "application/json", []byte(`{"registry": {"did:web:school.example": {"name": "Test School"}, "did:web:other.example": {"name": "Other"}}}`))
	r := registries(t, intake.RegistriesConfig{Fetcher: web,
		Sources: []intake.RegistrySource{{Name: "Pilot", URL: pilot, Trust: "member"}, {Name: "Sandbox", URL: sandbox, Trust: "test"}}})
	require.Empty(t, r.Load(t.Context()))
	l, ok := r.Issuer(t.Context(), someone)
	require.True(t, ok)
	require.Equal(t, intake.Listed{ID: someone, Name: "Harbour School", Registry: "Pilot", Trust: "member"}, l)
	l, _ = r.Issuer(t.Context(), "did:web:other.example")
	require.Equal(t, "test", l.Trust)
	_, ok = r.Issuer(t.Context(), "did:web:nobody.example")
	require.False(t, ok)
	require.Equal(t, 1, web.Asked(pilot), "a copy is kept")
}

// A copy is used while the registry is down, and not for ever; what the operator holds in a
// trust pack needs no network at all.
func TestRegistryCopies(t *testing.T) {
	web, at := obtest.NewWeb(), &clock{testkit.Now}
	web.Put(pilot, "application/json", []byte(`["`+someone+`"]`))
	asked := 0
	r := registries(t, intake.RegistriesConfig{Now: at.now, Sources: []intake.RegistrySource{{Name: "Pilot", URL: pilot}},
		Fetcher: fetch.Observe(web, func(string, *fetch.Response, error) { asked++ })})
	_, ok := r.Issuer(t.Context(), someone)
	require.True(t, ok)

	web.Break(pilot, obtest.Down)
	at.wait(2 * time.Hour)
	_, ok = r.Issuer(t.Context(), someone)
	require.True(t, ok)
	require.Equal(t, []vc.Code{intake.CodeRegistryUnavailable}, codesOf(vc.Warnings(r.Problems())))
	r.Issuer(t.Context(), someone)
	require.Equal(t, 2, asked, "it is not asked again at once")

	at.wait(23 * time.Hour)
	_, ok = r.Issuer(t.Context(), someone)
	require.False(t, ok, "a copy of yesterday")
	require.Equal(t, []vc.Code{intake.CodeRegistryUnavailable}, codesOf(vc.Errors(r.Problems())))

	web.Break(pilot, "")
	at.wait(2 * time.Minute)
	_, ok = r.Issuer(t.Context(), someone)
	require.True(t, ok)
	require.Empty(t, r.Problems())

	pack, err := fetch.ParsePack([]byte(`{"` + pilot + `": {"registry": {"` + someone + `": {"name": "Harbour School"}}}}`))
	require.NoError(t, err)
	r = registries(t, intake.RegistriesConfig{Fetcher: pack, Sources: []intake.RegistrySource{{URL: pilot}}})
	l, _ := r.Issuer(t.Context(), someone)
	require.Equal(t, "Harbour School", l.Name)

	r = registries(t, intake.RegistriesConfig{Sources: []intake.RegistrySource{{URL: pilot}}})
	_, ok = r.Issuer(t.Context(), someone)
	require.False(t, ok)
	require.ErrorIs(t, r.Problems()[0], &vc.Problem{Code: vc.Code(fetch.CodeOffline)})
}

// What is no registry lists nobody, and nobody waits beyond his own time for one that hangs.
func TestRegistryFaults(t *testing.T) {
	web := obtest.NewWeb()
	web.Put(pilot, "application/json", []byte(`{"registry": 7}`))
	r := registries(t, intake.RegistriesConfig{Fetcher: web, Sources: []intake.RegistrySource{{URL: pilot}}})
	require.ErrorIs(t, r.Load(t.Context())[0], &vc.Problem{Code: intake.CodeRegistryForm})

	hangs, asked := make(chan struct{}), make(chan struct{})
	r = registries(t, intake.RegistriesConfig{Sources: []intake.RegistrySource{{URL: pilot}}, Fetcher: fetchFunc(
		func(context.Context, string) (*fetch.Response, error) { close(asked); <-hangs; return nil, nil })})
	first := make(chan bool)
	go func() { _, ok := r.Issuer(context.Background(), someone); first <- ok }()
	<-asked
	ended, end := context.WithCancel(t.Context())
	end()
	_, ok := r.Issuer(ended, someone)
	require.False(t, ok)
	close(hangs)
	require.False(t, <-first)
}

type fetchFunc func(context.Context, string) (*fetch.Response, error)

func (f fetchFunc) Fetch(ctx context.Context, url string) (*fetch.Response, error) {
	return f(ctx, url)
}

func TestRegistriesConfig(t *testing.T) {
	for text, c := range map[string]intake.RegistriesConfig{
		"no https URL":     {Sources: []intake.RegistrySource{{Name: "Pilot", URL: "http://registry.example/"}}},
		"more than 32":     {Sources: make([]intake.RegistrySource, 33)},
		"a negative limit": {MaxRequests: -1},
		"shorter than TTL": {TTL: time.Hour, MaxAge: time.Minute},
	} {
		_, err := intake.NewRegistries(c)
		require.ErrorContains(t, err, text)
	}
}

// A list of registries as it is published.
func TestParseRegistrySources(t *testing.T) {
	all, left, err := intake.ParseRegistrySources([]byte(`[{"type": "dcc-legacy", "name": "Pilot", "url": "`+pilot+`"},
		{"type": "oidf", "name": "Federation", "trustAnchorEC": "`+anchorAt+`"}, {"name": "Older", "url": "`+sandbox+`"},
		{"type": "vc-recognition", "url": "https://x.example/"}, {"url": "http://x.example/"}]`), "member")
	require.NoError(t, err)
	require.Equal(t, []intake.RegistrySource{{Name: "Pilot", URL: pilot, Trust: "member"},
		{Name: "Federation", URL: anchorAt, Trust: "member", Federation: true}, {Name: "Older", URL: sandbox, Trust: "member"}}, all)
	require.Equal(t, []vc.Code{intake.CodeRegistryEntry, intake.CodeRegistryEntry}, codesOf(left))
	require.Equal(t, "/3", left[0].Pointer)
	_, _, err = intake.ParseRegistrySources([]byte(`{}`), "")
	require.ErrorIs(t, err, &vc.Problem{Code: intake.CodeRegistryForm})
	_, _, err = intake.ParseRegistrySources([]byte(`[`), "")
	require.ErrorIs(t, err, &vc.Problem{Code: "json-truncated"})
}

// federation is a trust anchor with one member.
type federation struct {
	*obtest.Web
	at     *clock
	change func(claims map[string]any) // of what it says, before it signs
	key    crypto.Signer               // that signs what it says of others
	own    crypto.Signer
	asked  int
}

func newFederation() *federation {
	f := &federation{Web: obtest.NewWeb(), at: &clock{testkit.Now}, change: func(map[string]any) {}, own: obtest.Key(obtest.RSA, "anchor")}
	f.key = f.own
	f.Handle(anchorAt, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(f.sign(map[string]any{"sub": "https://federation.example",
			"metadata": map[string]any{"federation_entity": map[string]any{"federation_fetch_endpoint": "https://federation.example/fetch?v=1"}}}, f.own))
	}))
	f.Handle("https://federation.example/fetch", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.asked++
		if r.URL.Query().Get("v") != "1" || r.URL.Query().Get("sub") != someone {
			http.NotFound(w, r)
			return
		}
		claims := map[string]any{"sub": someone, "metadata": map[string]any{"federation_entity": map[string]any{
			"organization_name": "Harbour School", "homepage_uri": "https://school.example"}}}
		f.change(claims)
		_, _ = w.Write(f.sign(claims, f.key))
	}))
	return f
}

func (f *federation) sign(claims map[string]any, key crypto.Signer) []byte {
	jwk, err := multikey.AppendJWK(nil, f.own.Public())
	if err != nil {
		panic(err) // of a key of ours
	}
	for name, value := range map[string]any{"iss": "https://federation.example", "iat": f.at.Unix(), "exp": f.at.Add(time.Hour).Unix(),
		"jwks": map[string]any{"keys": []any{json.RawMessage(jwk)}}} {
		if claims[name] == nil {
			claims[name] = value
		}
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		panic(err) // of values of JSON
	}
	return school.NewOld().Token(payload, map[string]any{"typ": "entity-statement+jwt"}, key)
}

func (f *federation) registries(t *testing.T) *intake.Registries {
	return registries(t, intake.RegistriesConfig{Fetcher: f, Now: f.at.now, MaxRequests: 3,
		Sources: []intake.RegistrySource{{Name: "Federation", URL: anchorAt, Federation: true, Trust: "member"}}})
}

// A federation is asked for each issuer, once, and for no more than a minute has room for.
func TestFederation(t *testing.T) {
	f := newFederation()
	r := f.registries(t)
	l, ok := r.Issuer(t.Context(), someone)
	require.True(t, ok, r.Problems())
	require.Equal(t, intake.Listed{ID: someone, Name: "Harbour School", URL: "https://school.example", Registry: "Federation", Trust: "member"}, l)
	for range 3 {
		_, ok = r.Issuer(t.Context(), someone)
		require.True(t, ok)
		_, ok = r.Issuer(t.Context(), "did:web:nobody.example")
		require.False(t, ok)
	}
	require.Equal(t, 2, f.asked)
	require.Empty(t, r.Problems())

	r.Issuer(t.Context(), "did:web:a.example")
	r.Issuer(t.Context(), "did:web:b.example")
	require.ErrorIs(t, r.Problems()[0], &vc.Problem{Code: intake.CodeRegistryBusy})
	require.Equal(t, 3, f.asked)

	f.at.wait(2 * time.Hour)
	_, ok = r.Issuer(t.Context(), someone)
	require.True(t, ok, "statements are asked for anew")
}

// A statement that is wrong in any part lists nobody; the federation that is as it should be
// is the control.
func TestFederationStatements(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*federation)
		code   vc.Code
	}{
		"another's key": {func(f *federation) { f.key = obtest.Key(obtest.RSA, "somebody else") }, intake.CodeFederationKey},
		"another subject": {func(f *federation) { f.change = func(c map[string]any) { c["sub"] = "did:web:other.example" } },
			intake.CodeFederationStatement},
		"another issuer": {func(f *federation) { f.change = func(c map[string]any) { c["iss"] = "https://other.example" } },
			intake.CodeFederationStatement},
		"its own keys": {func(f *federation) {
			f.key = obtest.Key(obtest.RSA, "somebody else")
			jwk, _ := multikey.AppendJWK(nil, f.key.Public())
			f.change = func(c map[string]any) { c["jwks"] = map[string]any{"keys": []any{json.RawMessage(jwk)}} }
		}, intake.CodeFederationKey},
		"expired": {func(f *federation) { f.change = func(c map[string]any) { c["exp"] = f.at.Unix() } }, intake.CodeFederationExpired},
		"no end":  {func(f *federation) { f.change = func(c map[string]any) { c["exp"] = "soon" } }, intake.CodeFederationStatement},
		"of tomorrow": {func(f *federation) { f.change = func(c map[string]any) { c["iat"] = f.at.Add(time.Hour).Unix() } },
			intake.CodeFederationStatement},
		"down":         {func(f *federation) { f.Break("https://federation.example", obtest.Down) }, vc.Code(fetch.CodeNetwork)},
		"a web page":   {func(f *federation) { f.Put(anchorAt, "text/plain", []byte("<html>")) }, intake.CodeFederationStatement},
		"about others": {func(f *federation) { f.Put(anchorAt, "text/plain", f.sign(map[string]any{"sub": someone}, f.own)) }, intake.CodeFederationStatement},
		"no endpoint": {func(f *federation) {
			f.Put(anchorAt, "text/plain", f.sign(map[string]any{"sub": "https://federation.example"}, f.own))
		},
			intake.CodeFederationStatement},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFederation()
			test.change(f)
			r := f.registries(t)
			_, ok := r.Issuer(t.Context(), someone)
			require.False(t, ok)
			require.NotEmpty(t, r.Problems())
			require.ErrorIs(t, r.Problems()[0], &vc.Problem{Code: test.code})
		})
	}
	f := newFederation()
	f.change = func(c map[string]any) { c["exp"] = "9999999999" }
	_, ok := f.registries(t).Issuer(t.Context(), someone)
	require.True(t, ok, "a time that is written as a text")
}
