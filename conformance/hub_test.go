package conformance_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/clrapi"
	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/conformance/conformancetest"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/ob/obapi"
)

const hubOrigin = "https://hub.example"

// inMemory is a client whose requests go to a handler, without a port, so that what is said
// of them is the same in every run.
func inMemory(h http.Handler) *http.Client { return &http.Client{Transport: through{h}} }

type through struct{ handler http.Handler }

func (t through) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	in := r.Clone(r.Context())
	in.RequestURI = r.URL.RequestURI()
	if in.Body == nil {
		in.Body = http.NoBody
	}
	in.Host, in.RemoteAddr = r.URL.Host, "192.0.2.1:1234"
	t.handler.ServeHTTP(w, in)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

// ours is our own host: oauthsrv, ob/obapi and clr/clrapi over a store.
type ours struct {
	oauth           *oauthsrv.Server
	badges, records http.Handler
}

func newOurs(t testing.TB, store hub.Store, grants oauthsrv.Store) *ours {
	tenant := oauthsrv.Tenant{ID: "demo", Issuer: hubOrigin + "/demo", Name: "Hub", Terms: hubOrigin + "/terms",
		Policy: hubOrigin + "/privacy",
		Scopes: append(obapi.Scopes(true), clrapi.Scopes(true)...)}
	keeper, err := obapi.NewKeeper(obapi.KeeperConfig{Store: store, Now: testkit.Clock})
	require.NoError(t, err)
	o := &ours{}
	o.oauth, err = oauthsrv.New(oauthsrv.Config{Store: grants, Now: testkit.Clock,
		Tenant: func(*http.Request) (oauthsrv.Tenant, error) { return tenant, nil },
		Login: func(r *http.Request, _ string) (oauthsrv.Person, error) {
			if c, err := r.Cookie("__Host-session"); err == nil && c.Value == "ada" {
				return oauthsrv.Person{Subject: "ada", Name: "Ada", Session: "ada"}, nil
			}
			return oauthsrv.Person{}, nil
		},
		LoginURL: func(_, to string) string { return "/login?to=" + url.QueryEscape(to) }})
	require.NoError(t, err)
	c := obapi.Config{Keeper: keeper, Tenant: tenant, Authorizer: o.oauth, Writes: true, Now: testkit.Clock}
	o.badges, err = obapi.NewHandler(c)
	require.NoError(t, err)
	o.records, err = clrapi.NewHandler(c)
	require.NoError(t, err)
	return o
}

func (o *ours) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/login":
		o.login(w, r)
	case strings.HasPrefix(r.URL.Path, "/demo"+obapi.BasePath):
		o.badges.ServeHTTP(w, r)
	case strings.HasPrefix(r.URL.Path, "/demo"+clrapi.BasePath):
		o.records.ServeHTTP(w, r)
	default:
		o.oauth.ServeHTTP(w, r)
	}
}

func (o *ours) login(w http.ResponseWriter, r *http.Request) {
	if r.PostFormValue("username") == "ada" && r.PostFormValue("password") == "lovelace" {
		http.SetCookie(w, &http.Cookie{Name: "__Host-session", Value: "ada", Path: "/", Secure: true, HttpOnly: true})
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusSeeOther)
		return
	}
	w.Header().Set("Content-Type", "text/html")
	_, _ = fmt.Fprint(w,
		`<form method="post"><input name="username"><input name="password" type="password"><button>Sign in</button></form>`)
}

// hubSuite tests our host as everything that hosts are.
func hubSuite(h http.Handler, roles ...conformance.Role) conformance.Suite {
	client := inMemory(h)
	return conformance.Suite{
		Subject: conformance.Subject{Vendor: "Laurel", Product: "Hub"}, Roles: roles, Seed: "one", Now: testkit.Clock,
		Provider: &conformance.Provider{URL: hubOrigin + "/demo", Client: client, Login: conformance.FormLogin(client, "ada", "lovelace")},
	}
}

func providers() []conformance.Role {
	return []conformance.Role{conformance.RoleOBProviderRead, conformance.RoleOBProviderWrite,
		conformance.RoleCLRProviderRead, conformance.RoleCLRProviderWrite}
}

func TestOurHubPasses(t *testing.T) {
	store := &hub.Memory{Now: testkit.Clock}
	report := conformancetest.Run(t, hubSuite(newOurs(t, store, &oauthsrv.MemoryStore{}), providers()...))
	for _, r := range report.Results {
		require.Equal(t, conformance.OutcomePass, r.Outcome, r.Text())
	}
	require.Equal(t, conformance.RoleVerdictPassed, report.Verdict())
}

// Without a login what needs one is skipped, and the role is not passed.
func TestWithoutALogin(t *testing.T) {
	s := hubSuite(newOurs(t, &hub.Memory{Now: testkit.Clock}, &oauthsrv.MemoryStore{}), conformance.RoleOBProviderRead)
	s.Provider.Login = nil
	report, err := s.Run(t.Context())
	require.NoError(t, err)
	require.Equal(t, conformance.RoleVerdictPartial, report.Verdict())
	s.Strict = true
	report, err = s.Run(t.Context())
	require.NoError(t, err)
	require.Equal(t, conformance.RoleVerdictFailed, report.Verdict())
}

// The time of a check ends it, and says so.
func TestSlowProvider(t *testing.T) {
	s := hubSuite(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), conformance.RoleOBProviderRead)
	s.Only, s.Timeout = []string{"OB-H-PR-1.1"}, time.Millisecond
	report, err := s.Run(context.Background())
	require.NoError(t, err)
	require.Equal(t, conformance.OutcomeNotRun, report.Results[0].Outcome)
	require.Contains(t, report.Results[0].Cause, "the time was over")
}
