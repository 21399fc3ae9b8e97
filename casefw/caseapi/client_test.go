package caseapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/internal/safehttp"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

const itemID = "11111111-1111-4111-8111-111111111111"

// pauses records the pauses of a client instead of making them.
type pauses struct{ all []time.Duration }

func (p *pauses) sleep(ctx context.Context, d time.Duration) error {
	p.all = append(p.all, d)
	return ctx.Err()
}

// provider starts a server and a client of version 1.1 for it.
func provider(t testing.TB, h http.HandlerFunc, change ...func(*caseapi.ClientConfig)) (*caseapi.Client, *pauses) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	p := &pauses{}
	c := caseapi.ClientConfig{BaseURL: s.URL + "/ims/case/v1p1", Sleep: p.sleep, Now: testkit.Clock, Jitter: func() float64 { return 1 },
		InsecureAllowLoopback: true, Timeout: 10 * time.Second}
	for _, f := range change {
		f(&c)
	}
	if strings.HasPrefix(c.BaseURL, "/") {
		c.BaseURL = s.URL + c.BaseURL
	}
	cl, err := caseapi.NewClient(c)
	require.NoError(t, err)
	return cl, p
}

func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

func item(id string) string {
	return `{"identifier":"` + id + `","uri":"https://x.example/CFItems/` + id + `","fullStatement":"S",
		"lastChangeDateTime":"2025-01-01T00:00:00Z",
		"CFDocumentURI":{"title":"D","identifier":"` + itemID + `","uri":"https://x.example/CFDocuments/` + itemID + `"}}`
}

func failed(t testing.TB, err error, code vc.Code) *caseapi.Error {
	t.Helper()
	var e *caseapi.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, code, e.Code, e.Error())
	return e
}

func warned(list []*vc.Problem) []vc.Code {
	var all []vc.Code
	for _, w := range list {
		all = append(all, w.Code)
	}
	return all
}

func TestStatusCases(t *testing.T) {
	var cases struct {
		Cases []struct {
			ID          string
			HTTPStatus  int
			Headers     map[string]string
			Body        json.RawMessage
			ExpectError *string
			Retryable   bool
		}
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/rest/status-cases.json"), &cases))
	for _, c := range cases.Cases {
		t.Run(c.ID, func(t *testing.T) {
			body := string(c.Body)
			var text string
			if json.Unmarshal(c.Body, &text) == nil { // a body that is no JSON; null is none
				body = text
			}
			asked := 0
			cl, _ := provider(t, func(w http.ResponseWriter, _ *http.Request) {
				asked++
				for name, value := range c.Headers {
					w.Header().Set(name, value)
				}
				w.WriteHeader(c.HTTPStatus)
				_, _ = io.WriteString(w, body)
			}, func(c *caseapi.ClientConfig) { c.Retries = 1; c.MaxWait = 1e6 * time.Hour })
			n := 0
			var err error
			for _, e := range cl.Documents(caseapi.List{}).All(context.Background()) {
				if e == nil {
					n++
				}
				err = e
			}
			if c.ExpectError == nil {
				require.NoError(t, err)
				require.Equal(t, 1, n)
				return
			}
			e := failed(t, err, vc.Code(*c.ExpectError))
			require.Equal(t, c.Retryable, e.Temporary())
			require.Equal(t, map[bool]int{true: 2, false: 1}[c.Retryable], asked)
			require.Equal(t, asked, e.Attempts)
		})
	}
}

func TestErrorsAreSentinels(t *testing.T) {
	for status, want := range map[int]error{
		304: caseapi.ErrNotModified, 401: caseapi.ErrUnauthorised, 403: caseapi.ErrForbidden, 404: caseapi.ErrNotFound,
	} {
		cl, _ := provider(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		_, err := cl.Item(context.Background(), itemID)
		require.ErrorIs(t, err, want)
		require.NotErrorIs(t, err, errors.New("other"))
	}
	cl, p := provider(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Retry-After", "90"); w.WriteHeader(429) })
	_, err := cl.Item(context.Background(), itemID)
	var busy *caseapi.BusyError
	require.ErrorAs(t, err, &busy)
	require.Equal(t, 90*time.Second, busy.RetryAfter)
	require.Empty(t, p.all, "more than MaxWait is not waited for")
}

func TestRetries(t *testing.T) {
	script := func(steps ...func(http.ResponseWriter)) (http.HandlerFunc, *int) {
		n := 0
		return func(w http.ResponseWriter, _ *http.Request) {
			steps[min(n, len(steps)-1)](w)
			n++
		}, &n
	}
	status := func(code int, retryAfter string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			if retryAfter != "" {
				w.Header().Set("Retry-After", retryAfter)
			}
			w.WriteHeader(code)
		}
	}
	good := func(w http.ResponseWriter) { answer(w, 200, item(itemID)) }
	cut := func(w http.ResponseWriter) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"identifier":"`)
	}
	date := func(later time.Duration) string { return testkit.Now.Add(later).Format(http.TimeFormat) }
	const first = 500 * time.Millisecond // the shortest wait
	type steps = []func(http.ResponseWriter)
	type waits = []time.Duration
	cases := map[string]struct {
		steps steps
		waits waits
		code  vc.Code
	}{
		"busy, then good":      {steps{status(503, ""), status(502, ""), good}, waits{first, 2 * first}, ""},
		"seconds":              {steps{status(429, "7"), good}, waits{7 * time.Second}, ""},
		"date":                 {steps{status(429, date(9*time.Second)), good}, waits{9 * time.Second}, ""},
		"date that has passed": {steps{status(503, date(-time.Hour)), good}, waits{first}, ""},
		"cut off":              {steps{cut, good}, waits{first}, ""},
		"never":                {steps{status(500, "")}, waits{first, 2 * first, 4 * first}, "internal_server_error"},
		"not found stays":      {steps{status(404, ""), good}, nil, "unknownobject"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			h, _ := script(c.steps...)
			cl, p := provider(t, h)
			a, err := cl.Item(context.Background(), itemID)
			require.Equal(t, c.waits, p.all)
			if c.code != "" {
				failed(t, err, c.code)
				return
			}
			require.NoError(t, err)
			require.Equal(t, "S", a.Value.FullStatement)
		})
	}
}

func TestNetworkErrorsAndContext(t *testing.T) {
	n := 0
	cl, p := provider(t, nil, func(c *caseapi.ClientConfig) {
		c.Do = doer(func(*http.Request) (*http.Response, error) { n++; return nil, errors.New("reset") })
	})
	_, err := cl.Item(context.Background(), itemID)
	require.True(t, failed(t, err, caseapi.CodeNetwork).Temporary())
	require.Equal(t, 4, n)
	require.Len(t, p.all, 3)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = cl.Item(ctx, itemID)
	require.ErrorIs(t, err, context.Canceled)
}

type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

func TestTheGuardStaysShut(t *testing.T) {
	for base, why := range map[string]string{
		"http://case.example.edu": "must be https", "ftp://x.example": "must be https", "http://127.0.0.1": "must be https",
		"https://user@x.example": "scheme, host and path alone", "https://x.example/?a=1": "scheme, host and path alone",
		"": "scheme, host and path alone",
	} {
		_, err := caseapi.NewClient(caseapi.ClientConfig{BaseURL: base})
		require.ErrorContains(t, err, why, base)
	}
	_, err := caseapi.NewClient(caseapi.ClientConfig{BaseURL: "https://x.example/ims/case/v1p0", Version: caseapi.V1p1})
	require.ErrorContains(t, err, "Version is 1.1 and BaseURL that of 1.0")
	cl, err := caseapi.NewClient(caseapi.ClientConfig{BaseURL: "https://127.0.0.1:9/ims/case/v1p1"})
	require.NoError(t, err)
	_, err = cl.Item(context.Background(), itemID)
	e := failed(t, err, caseapi.CodeRefused)
	var refused *safehttp.Error
	require.ErrorAs(t, e, &refused)
	require.Equal(t, 1, e.Attempts)
}

func TestIdentifiersStayInTheirPlace(t *testing.T) {
	cl, _ := provider(t, func(w http.ResponseWriter, r *http.Request) { answer(w, 200, item(itemID)) })
	for _, id := range []string{"", " ", ".", "..", "a/b", `a\b`, strings.Repeat("a", 201)} {
		_, err := cl.Item(context.Background(), id)
		failed(t, err, caseapi.CodeBadRequest)
	}
	a, err := cl.Item(context.Background(), "{"+strings.ToUpper(itemID)+"}")
	require.NoError(t, err)
	require.True(t, strings.HasSuffix(a.URL, "/ims/case/v1p1/CFItems/"+itemID))
	a, err = cl.Item(context.Background(), "no uuid?x=1")
	require.NoError(t, err)
	require.True(t, strings.HasSuffix(a.URL, "/CFItems/no%20uuid%3Fx=1"), a.URL)
	require.Contains(t, warned(a.Warnings), caseapi.WarnIdentifier)
}

func TestLimits(t *testing.T) {
	long := func(w http.ResponseWriter, _ *http.Request) { answer(w, 200, `{"x":"`+strings.Repeat("y", 2000)+`"}`) }
	cl, p := provider(t, long, func(c *caseapi.ClientConfig) { c.MaxBody, c.MaxPackage = 1000, 1500 })
	_, err := cl.Item(context.Background(), itemID)
	failed(t, err, caseapi.CodeTooLarge)
	_, err = cl.Package(context.Background(), itemID)
	failed(t, err, caseapi.CodeTooLarge)
	require.Empty(t, p.all)
}

// Every valid answer is read without a warning, and every variant of real servers
// is read as the shared expectations say.
func TestSharedResponses(t *testing.T) {
	var expected map[string]struct{ Lenient string }
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/rest/responses/expected.json"), &expected))
	for name := range expected {
		t.Run(name, func(t *testing.T) {
			text := testkit.ReadShared(t, "case/rest/responses/"+name)
			cl, _ := provider(t, func(w http.ResponseWriter, _ *http.Request) { answer(w, 200, string(text)) })
			kind := strings.Split(strings.TrimSuffix(name[strings.Index(name, "-")+1:], ".json"), "-")[0]
			warnings, err := askFor(cl, kind, itemID)
			require.NoError(t, err)
			if strings.HasPrefix(name, "response-") {
				for _, w := range warnings {
					require.Contains(t, []vc.Code{caseapi.WarnIdentifier, caseapi.WarnNoPagingHeaders}, w.Code)
				}
			}
		})
	}
}

// askFor calls the method of an endpoint.
func askFor(cl *caseapi.Client, kind, id string) ([]*vc.Problem, error) {
	ctx := context.Background()
	switch strings.TrimSuffix(kind, "s") {
	case "CFDocument":
		if strings.HasSuffix(kind, "s") {
			l := cl.Documents(caseapi.List{})
			for _, err := range l.All(ctx) {
				if err != nil {
					return nil, err
				}
			}
			return l.Warnings(), nil
		}
		return warningsOf(cl.Document(ctx, id))
	case "CFPackage":
		p, err := cl.Package(ctx, id)
		if err != nil {
			return nil, err
		}
		return p.Warnings, nil
	case "CFItem":
		return warningsOf(cl.Item(ctx, id))
	case "CFItemAssociation":
		return warningsOf(cl.ItemAssociations(ctx, id))
	case "CFAssociation":
		return warningsOf(cl.Association(ctx, id))
	case "CFAssociationGrouping":
		return warningsOf(cl.AssociationGrouping(ctx, id))
	case "CFConcept":
		return warningsOf(cl.Concept(ctx, id))
	case "CFSubject":
		return warningsOf(cl.Subject(ctx, id))
	case "CFItemType":
		return warningsOf(cl.ItemType(ctx, id))
	case "CFLicense":
		return warningsOf(cl.License(ctx, id))
	case "CFRubric":
		return warningsOf(cl.Rubric(ctx, id))
	}
	return nil, errors.New("no endpoint " + kind)
}

func warningsOf[R casefw.Resource](a *caseapi.Answer[R], err error) ([]*vc.Problem, error) {
	if err != nil {
		return nil, err
	}
	return a.Warnings, nil
}

func TestDeviationsAreWarnings(t *testing.T) {
	cl, _ := provider(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.Contains(r.URL.Path, "CFItems"):
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, "\ufeff"+`{"CFItem":`+item(itemID)+`}`)
		case strings.Contains(r.URL.Path, "CFLicenses"):
			answer(w, 401, `{"imsx_codeMajor":"failure","imsx_severity":"error","imsx_CodeMinor":{"imsx_codeMinorField":[
				{"imsx_codeMinorFieldName":"x","imsx_codeMinorFieldValue":"unauthorisedrequest"}]}}`)
		default:
			w.Header()["Content-Type"] = nil
			_, _ = io.WriteString(w, `[]`)
		}
	})
	a, err := cl.Item(context.Background(), itemID)
	require.NoError(t, err)
	require.Equal(t, "S", a.Value.FullStatement)
	require.Subset(t, warned(a.Warnings), []vc.Code{caseapi.WarnContentType, casefw.CodeWrappedResource})
	_, err = cl.License(context.Background(), itemID)
	require.Equal(t, []vc.Code{caseapi.WarnStatusSpelling}, warned(failed(t, err, "unauthorised_request").Warnings))
	l := cl.Documents(caseapi.List{})
	for range l.All(context.Background()) {
		require.Fail(t, "there is no document")
	}
	require.Subset(t, warned(l.Warnings()), []vc.Code{caseapi.WarnNoContentType, casefw.CodeArrayInsteadOfSet, caseapi.WarnNoPagingHeaders})
}

func TestVersionIsFoundOut(t *testing.T) {
	only := func(part string) func(string) int {
		return func(path string) int { return status(strings.Contains(path, part)) }
	}
	cases := map[string]struct {
		serve func(path string) int
		want  caseapi.Version
		notes []vc.Code
		code  vc.Code
	}{
		"description":       {func(p string) int { return 200 }, caseapi.V1p1, nil, ""},
		"1.1 without it":    {only("v1p1/CFDocuments"), caseapi.V1p1, []vc.Code{caseapi.WarnNoDiscovery}, ""},
		"1.0 alone":         {only("/v1p0/"), caseapi.V1p0, []vc.Code{caseapi.WarnOlderVersion}, ""},
		"nothing":           {func(p string) int { return 404 }, 0, nil, caseapi.CodeNoService},
		"busy says nothing": {func(p string) int { return 503 }, 0, nil, "http_503"},
		"forbidden is CASE": {func(p string) int { return 403 }, caseapi.V1p1, []vc.Code{caseapi.WarnNoDiscovery}, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			cl, _ := provider(t, func(w http.ResponseWriter, r *http.Request) {
				code := c.serve(r.URL.Path)
				text := `{"imsx_codeMajor":"failure","imsx_severity":"error","imsx_codeMinor":{"imsx_codeMinorField":[
					{"imsx_codeMinorFieldName":"x","imsx_codeMinorFieldValue":"forbidden"}]}}`
				if code != 403 {
					text = `{"CFDocuments":[]}`
				}
				answer(w, code, text)
			}, func(c *caseapi.ClientConfig) { c.BaseURL = "/prefix/" })
			v, err := cl.Version(context.Background())
			if c.code != "" {
				failed(t, err, c.code)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.want, v)
			require.Equal(t, c.notes, warned(cl.Warnings()))
		})
	}
}

func status(ok bool) int {
	if ok {
		return 200
	}
	return 404
}

func TestTokens(t *testing.T) {
	var mu sync.Mutex
	issued, valid := 0, ""
	endpoint := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		id, secret, _ := r.BasicAuth()
		require.NoError(t, r.ParseForm())
		grant, scope := r.PostForm.Get("grant_type"), r.PostForm.Get("scope")
		if id != "key%3A1" || secret != "s%2Fecret" || grant != "client_credentials" || scope != "a b" {
			answer(w, 400, `{"error":"invalid_client","error_description":"no"}`)
			return
		}
		issued++
		valid = fmt.Sprintf("token-%d", issued)
		answer(w, 200, `{"access_token":"`+valid+`","token_type":"bearer","expires_in":"100"}`)
	}))
	defer endpoint.Close()
	now := testkit.Now
	credentials := caseapi.Credentials{TokenURL: endpoint.URL, ClientID: "key:1", Secret: "s/ecret", Scopes: []string{"a", "b"},
		Now: func() time.Time { return now }, InsecureAllowLoopback: true}
	auth, err := caseapi.NewClientCredentials(credentials)
	require.NoError(t, err)
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", auth, auth, auth), "s/ecret")
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", caseapi.Bearer("t0p"), caseapi.Bearer("t0p"), caseapi.Bearer("t0p")), "t0p")
	refuse := 0
	cl, _ := provider(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if refuse > 0 || r.Header.Get("Authorization") != "Bearer "+valid {
			refuse--
			w.WriteHeader(401)
			return
		}
		answer(w, 200, item(itemID))
	}, func(c *caseapi.ClientConfig) { c.Authorize = auth })

	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			_, err := cl.Item(context.Background(), itemID)
			require.NoError(t, err)
		})
	}
	group.Wait()
	require.Equal(t, 1, issued, "one token for all")

	now = now.Add(91 * time.Second)
	_, err = cl.Item(context.Background(), itemID)
	require.NoError(t, err)
	require.Equal(t, 2, issued, "renewed before it expires")

	refuse = 1
	_, err = cl.Item(context.Background(), itemID)
	require.NoError(t, err)
	require.Equal(t, 3, issued, "renewed once when refused")
	refuse = 100
	_, err = cl.Item(context.Background(), itemID)
	require.ErrorIs(t, err, caseapi.ErrUnauthorised)
	require.Equal(t, 4, issued, "and only once")

	credentials.Secret = "wrong"
	auth, err = caseapi.NewClientCredentials(credentials)
	require.NoError(t, err)
	_, err = auth.Token(context.Background())
	e := failed(t, err, caseapi.CodeToken)
	require.Contains(t, e.Error(), "invalid_client")
	require.NotContains(t, e.Error(), "wrong")

	for why, bad := range map[string]caseapi.Credentials{
		"must be https":               {TokenURL: "http://x.example/t", ClientID: "a", Secret: "b"},
		"no URL of a token endpoint":  {ClientID: "a", Secret: "b"},
		"ClientID or Secret is empty": {TokenURL: "https://x.example/t"},
	} {
		_, err := caseapi.NewClientCredentials(bad)
		require.ErrorContains(t, err, why)
	}
}

func TestTokenAnswersThatAreNone(t *testing.T) {
	for _, text := range []string{
		`<html>`, `{}`, `{"access_token":""}`, `{"access_token":"a\r\nX: y"}`, `{"access_token":"a","token_type":"mac"}`,
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w, 200, text) }))
		credentials := caseapi.Credentials{TokenURL: s.URL, ClientID: "a", Secret: "b", InsecureAllowLoopback: true}
		auth, err := caseapi.NewClientCredentials(credentials)
		require.NoError(t, err)
		_, err = auth.Token(context.Background())
		failed(t, err, caseapi.CodeToken)
		s.Close()
	}
}

func longToken(w http.ResponseWriter, _ *http.Request) {
	answer(w, 200, `{"access_token":"good","x":"`+strings.Repeat("x", 64<<10)+`"}`)
}

// What the library for tokens would do otherwise: take JSON for a form because of its
// type, read a long answer, tell what the endpoint says with the secret in it.
func TestTokenEndpoints(t *testing.T) {
	const secret = "s3cret"
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("the other host was asked for %s", r.URL)
	}))
	defer elsewhere.Close()
	for name, c := range map[string]struct {
		serve http.HandlerFunc
		code  vc.Code // "" for a token
	}{
		"text/plain": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			_, _ = io.WriteString(w, `{"access_token":"good","expires_in":5}`)
		}, ""},
		"a form": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/x-www-form-urlencoded")
			_, _ = io.WriteString(w, `access_token=good`)
		}, caseapi.CodeToken},
		"too long":               {longToken, caseapi.CodeTooLarge},
		"too long for our bound": {longToken, caseapi.CodeTooLarge},
		"broken off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			answer(w, 200, `{"access_token":"good"`)
		}, caseapi.CodeNetwork},
		"a page with the secret": {func(w http.ResponseWriter, r *http.Request) {
			_, password, _ := r.BasicAuth()
			answer(w, 500, "no "+password)
		}, caseapi.CodeToken},
		"a refusal with status 200": {func(w http.ResponseWriter, r *http.Request) {
			answer(w, 200, `{"error":"invalid_scope"}`)
		}, caseapi.CodeToken},
		"another host": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		}, caseapi.CodeRefused},
	} {
		s := httptest.NewServer(c.serve)
		credentials := caseapi.Credentials{TokenURL: s.URL, ClientID: "a", Secret: secret, InsecureAllowLoopback: true}
		if name == "too long for our bound" { // and not for that of the default client
			credentials.Do = http.DefaultClient
		}
		auth, err := caseapi.NewClientCredentials(credentials)
		require.NoError(t, err)
		token, err := auth.Token(context.Background())
		s.Close()
		if c.code == "" {
			require.NoError(t, err, name)
			require.Equal(t, "good", token)
			continue
		}
		require.Error(t, err, name)
		e := failed(t, err, c.code)
		require.NotContains(t, e.Error(), secret, name)
		require.NotContains(t, e.Error(), "good", name)
		require.Equal(t, name == "a page with the secret" || name == "broken off", e.Temporary(), name)
	}
}

// The token stays on the provider's origin, whatever its answers say.
func TestTokenDoesNotLeaveTheHost(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("the other host was asked for %s with %q", r.URL, r.Header.Get("Authorization"))
	}))
	defer other.Close()
	cl, _ := provider(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL, http.StatusFound)
	}, func(c *caseapi.ClientConfig) { c.Authorize = caseapi.Bearer("secret") })
	_, err := cl.Item(context.Background(), itemID)
	failed(t, err, caseapi.CodeRefused)
}
