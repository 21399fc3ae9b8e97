package caseapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// asked is what a token endpoint was asked, and how it answers.
type asked struct {
	forms   []url.Values
	headers []http.Header
	status  int
	text    func(n int) string
}

func (a *asked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		panic(err)
	}
	a.forms, a.headers = append(a.forms, r.PostForm), append(a.headers, r.Header)
	answer(w, a.status, a.text(len(a.forms)))
}

// asserting are credentials of a client that signs who it is.
func asserting(t *testing.T, a *asked, c caseapi.Credentials) *caseapi.ClientCredentials {
	t.Helper()
	s := httptest.NewServer(a)
	t.Cleanup(s.Close)
	c.TokenURL, c.ClientID, c.InsecureAllowLoopback = s.URL, "tool-7", true
	auth, err := caseapi.NewClientCredentials(c)
	require.NoError(t, err)
	return auth
}

// A token is asked for with a client assertion (RFC 7523, 2.2) that is made anew for each
// request, and with nothing that would be a secret.
func TestAssertion(t *testing.T) {
	endpoint := &asked{status: 200, text: func(n int) string {
		return fmt.Sprintf(`{"access_token":"token-%d","token_type":"Bearer","expires_in":100}`, n)
	}}
	now, made := testkit.Now, 0
	auth := asserting(t, endpoint, caseapi.Credentials{Scopes: []string{"a", "b"}, Now: func() time.Time { return now },
		Assertion: func(context.Context) (string, error) { made++; return fmt.Sprintf("head.body.%d", made), nil }})
	for want, step := range []func(){func() {}, func() { now = now.Add(91 * time.Second) }, func() { auth.Reject("token-2") }} {
		step()
		for range 2 { // the second time from what is kept
			token, err := auth.Token(t.Context())
			require.NoError(t, err)
			require.Equal(t, fmt.Sprintf("token-%d", want+1), token)
		}
	}
	require.Equal(t, 3, made)
	require.Len(t, endpoint.forms, 3)
	for i, form := range endpoint.forms {
		require.Equal(t, url.Values{
			"grant_type": {"client_credentials"}, "scope": {"a b"}, "client_id": {"tool-7"},
			"client_assertion":      {fmt.Sprintf("head.body.%d", i+1)},
			"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
		}, form)
		require.Empty(t, endpoint.headers[i].Get("Authorization"))
	}
}

// An assertion that cannot be made is told, and nothing is sent; one that was refused is in
// no error.
func TestAssertionFails(t *testing.T) {
	endpoint := &asked{status: 400, text: func(int) string { return `{"error":"invalid_client","error_description":"not ours"}` }}
	locked := errors.New("the key is locked")
	for name, c := range map[string]struct {
		assertion func(context.Context) (string, error)
		is        error
		says      string
		sent      int
	}{
		"an error":  {func(context.Context) (string, error) { return "", locked }, locked, "could not be made", 0},
		"a panic":   {func(context.Context) (string, error) { panic("no key") }, nil, "could not be made", 0},
		"a refusal": {func(context.Context) (string, error) { return "head.body.s3cret", nil }, nil, "invalid_client not ours", 1},
	} {
		t.Run(name, func(t *testing.T) {
			endpoint.forms = nil
			_, err := asserting(t, endpoint, caseapi.Credentials{Assertion: c.assertion}).Token(t.Context())
			e := failed(t, err, caseapi.CodeToken)
			require.ErrorContains(t, e, c.says)
			require.NotContains(t, e.Error(), "s3cret")
			require.Len(t, endpoint.forms, c.sent)
			if c.is != nil {
				require.ErrorIs(t, err, c.is)
			}
		})
	}
}

// Who waits for an assertion goes when nobody waits for the token any more.
func TestAssertionIsLate(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	auth := asserting(t, &asked{}, caseapi.Credentials{Assertion: func(ctx context.Context) (string, error) {
		cancel()
		<-ctx.Done()
		return "", ctx.Err()
	}})
	_, err := auth.Token(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

// A secret and an assertion are two ways to say who one is; either alone will do.
func TestAssertionOrSecret(t *testing.T) {
	assertion := func(context.Context) (string, error) { return "a.b.c", nil }
	const tokens = "https://x.example/t"
	for why, bad := range map[string]caseapi.Credentials{
		"has a Secret and an Assertion": {TokenURL: tokens, ClientID: "a", Secret: "b", Assertion: assertion},
		"ClientID or Secret is empty":   {TokenURL: tokens, Assertion: assertion},
	} {
		_, err := caseapi.NewClientCredentials(bad)
		require.ErrorContains(t, err, why)
	}
	_, err := caseapi.NewClientCredentials(caseapi.Credentials{TokenURL: tokens, ClientID: "a", Assertion: assertion})
	require.NoError(t, err)
}
