package oauthclient_test

import (
	"context"
	"crypto/x509"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/oauthclient"
	"github.com/stretchr/testify/require"
)

const credentials = "/t/ims/ob/v3p0/credentials"

func TestConnectAndCall(t *testing.T) {
	d := newDesk(t)
	q := d.begin("ada")
	require.Equal(t, url.Values{
		"response_type": {"code"}, "client_id": {"id 1"}, "redirect_uri": {"https://app.example/back"}, "scope": {read + " offline_access"},
		"state": q["state"], "code_challenge": q["code_challenge"], "code_challenge_method": {"S256"},
	}, q)
	require.Equal(t, read+" offline_access", member(t, d.host.bodies["/register"], "scope"), "what the host has")
	k, err := d.client.Finish(t.Context(), "ada", url.Values{"state": q["state"], "code": {"code-1"}})
	require.NoError(t, err)
	form := d.host.form(t, "/token")
	require.Equal(t, []string{read + " offline_access"}, form["scope"], "the standard demands it here too")
	require.Equal(t, []string{"code-1"}, form["code"])
	require.Len(t, form.Get("code_verifier"), 43)
	require.Equal(t, "Basic "+base64.StdEncoding.EncodeToString([]byte("id+1:s%2B1")), d.host.auth["/token"], "RFC 6749, 2.3.1")

	resp, err := d.get(k, credentials)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, resp.StatusCode)
	require.Equal(t, "Bearer access-1", d.host.auth[credentials])
	require.Equal(t, oauthclient.StateReady, d.state(k).State)
	require.Equal(t, []string{read}, d.state(k).Scopes)

	k, err = d.process().Connection(t.Context(), "ada", d.host.URL+"/t/ims/ob/v3p0/discovery")
	require.NoError(t, err)
	token, err := k.Token(t.Context())
	require.NoError(t, err)
	require.Equal(t, "access-1", token, "another process finds it")
	_, err = d.client.Connection(t.Context(), "bob", d.host.URL+"/t/ims/ob/v3p0/discovery")
	require.ErrorIs(t, err, oauthclient.ErrNotConnected)
}

// One registration serves all people, until its secret ends.
func TestRegistersOnce(t *testing.T) {
	d := newDesk(t)
	end := d.Now().Add(time.Hour).Unix()
	d.host.answer("/register", reply{201, `{"client_id":"a","client_secret":"b","client_secret_expires_at":` + itoa(end) + `}`, nil},
		reply{201, `{"client_id":"c","client_secret":"d","client_secret_expires_at":0}`, nil})
	require.Equal(t, "a", d.begin("ada").Get("client_id"))
	require.Equal(t, "a", d.begin("bob").Get("client_id"))
	require.Equal(t, 1, d.host.count("/register"))
	d.wait(time.Hour)
	require.Equal(t, "c", d.begin("ada").Get("client_id"))
	require.Equal(t, 2, d.host.count("/register"))
}

func TestRegistrationRefused(t *testing.T) {
	for name, r := range map[string]reply{
		"refused":   {400, `{"error":"invalid_client_metadata"}`, nil},
		"no secret": {201, `{"client_id":"a"}`, nil},
		"a page":    {200, `<html>`, nil},
		"elsewhere": {307, ``, map[string]string{"Location": "https://127.0.0.1:1/register"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.host.answer("/register", r)
			_, err := d.client.Begin(t.Context(), "ada", d.discover(), read)
			require.ErrorIs(t, err, oauthclient.ErrHost)
		})
	}
}

// An answer is taken once, of the person who was sent off, and of the server that was
// asked.
func TestAnswers(t *testing.T) {
	d := newDesk(t)
	d.host.metadata = `{"issuer":"` + d.host.URL + `/t","token_endpoint":"` + d.host.URL + `/token",
		"authorization_response_iss_parameter_supported":true}`
	finish := func(person string, q url.Values) error {
		_, err := d.client.Finish(t.Context(), person, q)
		return err
	}
	good := func() url.Values {
		return url.Values{"state": d.begin("ada")["state"], "code": {"code-1"}, "iss": {d.host.URL + "/t"}}
	}
	q := good()
	require.ErrorIs(t, finish("bob", q), oauthclient.ErrState, "another person")
	require.NoError(t, finish("ada", q))
	require.ErrorIs(t, finish("ada", q), oauthclient.ErrState, "once more")

	q = good()
	q.Set("iss", "https://evil.example")
	require.ErrorIs(t, finish("ada", q), oauthclient.ErrState, "mixed up")
	q = good()
	q.Del("iss")
	require.ErrorIs(t, finish("ada", q), oauthclient.ErrState, "an issuer that always names itself")
	q = good()
	q["code"] = append(q["code"], "code-2")
	require.ErrorIs(t, finish("ada", q), oauthclient.ErrState, "two codes")
	q = good()
	q.Set("error", "access_denied")
	require.ErrorIs(t, finish("ada", q), oauthclient.ErrDenied)
	require.ErrorIs(t, finish("ada", url.Values{"code": {"x"}}), oauthclient.ErrState, "no state")
	q = good()
	d.wait(time.Hour)
	require.ErrorIs(t, finish("ada", q), oauthclient.ErrState, "too late")
	require.Equal(t, 1, d.host.count("/token"))
}

func TestRefresh(t *testing.T) {
	d := newDesk(t)
	k := d.connect()
	d.host.answer("/token", granted("access-2", "refresh-2"), granted("access-3", ""))
	d.wait(time.Hour - 29*time.Second)
	_, err := d.get(k, credentials)
	require.NoError(t, err)
	require.Equal(t, "Bearer access-2", d.host.auth[credentials], "renewed before it ends")
	require.Equal(t, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"refresh-1"}, "scope": {read}}, d.host.form(t, "/token"))

	d.host.answer(credentials, reply{401, "", nil}, reply{200, "{}", nil})
	resp, err := d.get(k, credentials)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, resp.StatusCode, "refused once, renewed once")
	require.Equal(t, "Bearer access-3", d.host.auth[credentials])
	require.Equal(t, "refresh-2", d.host.form(t, "/token").Get("refresh_token"))

	d.host.answer(credentials, reply{401, "", nil})
	before := d.host.count("/token")
	resp, err = d.get(k, credentials)
	require.NoError(t, err)
	require.Equal(t, http.StatusUnauthorized, resp.StatusCode)
	require.Equal(t, before+1, d.host.count("/token"), "no loop")
	require.Equal(t, oauthclient.StateBroken, d.state(k).State)
}

// Many who need a token at a time cause one refresh in a process.
func TestOneRefresh(t *testing.T) {
	d := newDesk(t)
	k := d.connect()
	d.wait(time.Hour)
	d.host.answer("/token", granted("access-2", "refresh-2"), granted("access-3", "refresh-3"))
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			token, err := k.Token(t.Context())
			require.NoError(t, err)
			require.Equal(t, "access-2", token)
		})
	}
	wg.Wait()
	require.Equal(t, 2, d.host.count("/token"))
}

func TestBroken(t *testing.T) {
	d := newDesk(t)
	k := d.connect()
	d.wait(time.Hour)
	d.host.answer("/token", reply{400, `{"error":"invalid_grant"}`, nil})
	_, err := d.get(k, credentials)
	require.ErrorIs(t, err, oauthclient.ErrReconnect)
	require.Equal(t, oauthclient.StateBroken, d.state(k).State)
	_, err = d.get(k, credentials)
	require.ErrorIs(t, err, oauthclient.ErrReconnect)
	require.Equal(t, 2, d.host.count("/token"), "it is not tried again")
	d.host.answer("/token", granted("access-2", "refresh-2"))
	k = d.connect()
	require.Equal(t, oauthclient.StateReady, d.state(k).State)
	require.Equal(t, 1, d.host.count("/register"))
}

// A host that has forgotten the application is asked to register it again, once.
func TestForgotten(t *testing.T) {
	d := newDesk(t)
	k := d.connect()
	d.wait(time.Hour)
	d.host.answer("/token", reply{401, `{"error":"invalid_client"}`, nil})
	_, err := k.Token(t.Context())
	require.ErrorIs(t, err, oauthclient.ErrReconnect)
	require.Equal(t, 1, d.host.count("/register"))
	d.begin("ada")
	require.Equal(t, 2, d.host.count("/register"))

	q := d.begin("ada")
	_, err = d.client.Finish(t.Context(), "ada", url.Values{"state": q["state"], "code": {"code-1"}})
	require.ErrorIs(t, err, oauthclient.ErrReconnect, "of a code too")
}

func TestUnavailable(t *testing.T) {
	d := newDesk(t)
	k := d.connect()
	d.host.answer(credentials, reply{503, "", map[string]string{"Retry-After": "90"}}, reply{429, "", nil}, reply{500, "", nil},
		reply{200, "{}", nil})
	for n, want := range []oauthclient.Standing{
		{State: oauthclient.StateWaiting, Failures: 1, RetryAt: d.Now().Add(90 * time.Second)},
		{State: oauthclient.StateWaiting, Failures: 2, RetryAt: d.Now().Add(30 * time.Minute)},
		{State: oauthclient.StateUnavailable, Failures: 3, RetryAt: d.Now().Add(30 * time.Minute)},
		{State: oauthclient.StateReady},
	} {
		want.Scopes = []string{read}
		_, err := d.get(k, credentials)
		require.NoError(t, err)
		require.Equal(t, want, d.state(k), n)
	}
	d.wait(time.Hour)
	d.host.answer("/token", reply{503, "", map[string]string{"Retry-After": "60"}}, granted("access-2", "refresh-2"))
	_, err := k.Token(t.Context())
	require.ErrorIs(t, err, oauthclient.ErrUnavailable)
	var e *oauthclient.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, time.Minute, e.RetryAfter)
	require.Equal(t, oauthclient.StateWaiting, d.state(k).State)
	_, err = k.Token(t.Context())
	require.NoError(t, err)
	require.Equal(t, oauthclient.StateReady, d.state(k).State)

	d.host.Close()
	_, err = d.get(k, credentials)
	require.ErrorIs(t, err, oauthclient.ErrUnavailable)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = k.Token(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

func TestScopeLost(t *testing.T) {
	d := newDesk(t)
	k := d.connect()
	d.host.answer(credentials, reply{403, "", nil})
	resp, err := d.get(k, credentials)
	require.NoError(t, err)
	require.Equal(t, http.StatusForbidden, resp.StatusCode)
	require.Equal(t, 1, d.host.count("/token"), "another token would change nothing")
	require.Equal(t, oauthclient.StateScopeLost, d.state(k).State)
}

// A token goes to the service and nowhere else.
func TestNeverElsewhere(t *testing.T) {
	d := newDesk(t)
	other := newFake(t)
	k := d.connect()
	for _, to := range []string{
		other.URL + credentials, d.host.URL + "/t/ims/ob/v3p0x", d.host.URL + "/t/ims/ob/v3p0/../../admin",
		d.host.URL + "/t/ims/ob/v3p0/%2e%2e/x", strings.Replace(d.host.URL, "https", "http", 1) + credentials,
		strings.Replace(d.host.URL, "https://", "https://a@", 1) + credentials,
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, to, nil)
		require.NoError(t, err)
		_, err = k.Do(req)
		require.ErrorIs(t, err, oauthclient.ErrElsewhere, to)
	}
	d.host.answer(credentials, reply{307, "", map[string]string{"Location": other.URL + credentials}})
	resp, err := d.get(k, credentials)
	require.NoError(t, err)
	require.Equal(t, http.StatusTemporaryRedirect, resp.StatusCode)
	require.Zero(t, other.count(credentials))

	d.wait(time.Hour)
	d.host.answer("/token", reply{307, "", map[string]string{"Location": other.URL + "/token"}})
	_, err = k.Token(t.Context())
	require.ErrorIs(t, err, oauthclient.ErrHost)
	require.Equal(t, oauthclient.StateReady, d.state(k).State, "it says nothing of the tokens")
	require.Empty(t, other.seen)
}

func TestRevoke(t *testing.T) {
	d := newDesk(t)
	k := d.connect()
	require.ErrorIs(t, k.Revoke(t.Context()), oauthclient.ErrNoRevocation)
	_, err := k.Token(t.Context())
	require.ErrorIs(t, err, oauthclient.ErrNotConnected)

	d.host.answer("/register", reply{201, `{"client_id":"a","client_secret":"b","client_secret_expires_at":0,"revocation_endpoint":"` +
		d.host.URL + `/revoke"}`, nil})
	other := newDesk(t)
	other.host, other.store = d.host, &oauthclient.MemoryStore{}
	other.client = other.process()
	k = other.connect()
	d.host.answer("/revoke", reply{503, "", nil}, reply{200, "", nil})
	require.ErrorIs(t, k.Revoke(t.Context()), oauthclient.ErrUnavailable)
	require.Equal(t, oauthclient.StateReady, other.state(k).State, "it stands as before")
	require.NoError(t, k.Revoke(t.Context()))
	require.Equal(t, url.Values{"token": {"refresh-1"}, "token_type_hint": {"refresh_token"}}, d.host.form(t, "/revoke"))
	_, err = k.Token(t.Context())
	require.ErrorIs(t, err, oauthclient.ErrNotConnected)
}

// sick is a Store that does what no store may.
type sick struct {
	oauthclient.MemoryStore
	how string
}

func (s *sick) Load(ctx context.Context, key string) ([]byte, error) {
	switch s.how {
	case "panic":
		panic("no table")
	case "another form":
		return []byte("<html>"), nil
	}
	return s.MemoryStore.Load(ctx, key)
}

func (s *sick) Swap(ctx context.Context, key string, old, value []byte) (bool, error) {
	switch s.how {
	case "panic in a step":
		panic("no table")
	case "never":
		return false, nil
	}
	return s.MemoryStore.Swap(ctx, key, old, value)
}

// What a store does instead of its work is an error, and nothing is sent by halves.
func TestStoreThatFails(t *testing.T) {
	d := newDesk(t)
	store := &sick{}
	pool := x509.NewCertPool()
	pool.AddCert(d.host.Certificate())
	client, err := oauthclient.New(oauthclient.Config{
		Application: application(), Scopes: []string{read}, Store: store, RootCAs: pool, Now: d.Now, InsecureAllowLoopback: true,
	})
	require.NoError(t, err)
	for _, how := range []string{"panic", "another form", "panic in a step"} {
		store.how = how
		_, err := client.Begin(t.Context(), "ada", d.discover(), read)
		require.ErrorContains(t, err, "oauthclient: the store: ", how)
	}
	for _, how := range []string{"panic", "another form"} {
		store.how = how
		_, err := client.Connection(t.Context(), "ada", "https://h.example/discovery")
		require.ErrorContains(t, err, "oauthclient: the store: ", how)
		require.NotErrorIs(t, err, oauthclient.ErrNotConnected)
	}
}

// A store that never takes a step ends the attempt, and the host is not asked for ever.
func TestStoreThatNeverChanges(t *testing.T) {
	d := newDesk(t)
	store := &sick{}
	pool := x509.NewCertPool()
	pool.AddCert(d.host.Certificate())
	client, err := oauthclient.New(oauthclient.Config{
		Application: application(), Scopes: []string{read}, Store: store, RootCAs: pool, Now: d.Now, InsecureAllowLoopback: true,
	})
	require.NoError(t, err)
	d.client = client
	k := d.connect()
	d.wait(time.Hour)
	store.how = "never"
	before := d.host.count("/token")
	_, err = k.Token(t.Context())
	require.ErrorContains(t, err, "the store changes whenever")
	require.Equal(t, before+8, d.host.count("/token"))
}

// Two processes that refresh at a time end with the tokens of one of them, and both use
// those.
func TestTwoProcesses(t *testing.T) {
	d := newDesk(t)
	k := d.connect()
	other, err := d.process().Connection(t.Context(), "ada", d.host.URL+"/t/ims/ob/v3p0/discovery")
	require.NoError(t, err)
	for round := range 10 {
		d.wait(time.Hour)
		d.host.answer("/token", granted("a-"+itoa(int64(round)), "r"), granted("b-"+itoa(int64(round)), "r"))
		var got [2]string
		var wg sync.WaitGroup
		for i, one := range []*oauthclient.Connection{k, other} {
			wg.Go(func() {
				token, err := one.Token(t.Context())
				require.NoError(t, err)
				got[i] = token
			})
		}
		wg.Wait()
		require.Equal(t, got[0], got[1])
	}
}

// Nothing that is printed of a client or a connection, or of an error, is a secret.
func TestErrorsHaveNoSecrets(t *testing.T) {
	d := newDesk(t)
	k := d.connect()
	d.wait(time.Hour)
	d.host.answer("/token", reply{400, `{"error":"invalid_grant","error_description":"refresh-1"}`, nil})
	_, err := k.Token(t.Context())
	d.host.Close()
	_, err2 := d.client.Begin(t.Context(), "ada", &oauthclient.Host{Registration: d.host.URL + "/r?secret-query"}, read)
	for _, text := range []string{err.Error(), err2.Error()} {
		for _, secret := range []string{"access-1", "refresh-1", "s+1", "secret-query"} {
			require.NotContains(t, text, secret)
		}
	}
}

// What a token endpoint may answer to a code or a refresh token, and what it means.
func TestAnswersOfTokenEndpoints(t *testing.T) {
	for why, c := range map[string]struct {
		answer reply
		want   error
	}{
		"overload":          {reply{503, "", nil}, oauthclient.ErrUnavailable},
		"a page":            {reply{200, "<html>", nil}, oauthclient.ErrHost},
		"no token":          {reply{200, `{"token_type":"Bearer"}`, nil}, oauthclient.ErrHost},
		"two lines":         {reply{200, `{"access_token":"a\nb","token_type":"Bearer"}`, nil}, oauthclient.ErrHost},
		"refused":           {reply{400, `{"error":"invalid_grant"}`, nil}, oauthclient.ErrReconnect},
		"refused by a page": {reply{400, "<html>", nil}, oauthclient.ErrHost},
		"forgotten":         {reply{401, `{"error":"invalid_client"}`, nil}, oauthclient.ErrReconnect},
		"elsewhere":         {reply{302, "", map[string]string{"Location": "https://127.0.0.1:1/"}}, oauthclient.ErrHost},
	} {
		d := newDesk(t)
		q := d.begin("ada")
		d.host.answer("/token", c.answer)
		_, err := d.client.Finish(t.Context(), "ada", url.Values{"state": q["state"], "code": {"code-1"}})
		require.ErrorIs(t, err, c.want, why)
		d.host.answer("/token", granted("access-1", "refresh-1"))
		k := d.connect()
		d.wait(time.Hour)
		d.host.answer("/token", c.answer)
		_, err = k.Token(t.Context())
		require.ErrorIs(t, err, c.want, why)
	}
	d := newDesk(t)
	q := d.begin("ada")
	d.host.answer("/token", reply{200, `{"access_token":"a","token_type":"mac"}`, nil})
	_, err := d.client.Finish(t.Context(), "ada", url.Values{"state": q["state"], "code": {"code-1"}})
	require.ErrorIs(t, err, oauthclient.ErrHost, "a token of another kind")
}
