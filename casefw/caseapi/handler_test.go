package caseapi_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

const (
	base0 = "/ims/case/v1p0"
	base1 = "/ims/case/v1p1"
)

// sample returns a store of the frameworks that storetest uses.
func sample(t testing.TB) *caseapi.Memory {
	t.Helper()
	frameworks, err := storetest.Frameworks()
	require.NoError(t, err)
	return memory(t, frameworks...)
}

func memory(t testing.TB, frameworks ...*casefw.Framework) *caseapi.Memory {
	t.Helper()
	m := &caseapi.Memory{Now: testkit.Clock}
	for _, f := range frameworks {
		require.NoError(t, m.Put(f))
	}
	return m
}

func serving(t testing.TB, c caseapi.Config) http.Handler {
	t.Helper()
	if c.Now == nil {
		c.Now = func() time.Time { return testkit.Now.Add(time.Hour) }
	}
	h, err := caseapi.NewHandler(c)
	require.NoError(t, err)
	return h
}

// ask sends a request; headers come as name and value by turns.
func ask(t testing.TB, h http.Handler, method, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func get(t testing.TB, h http.Handler, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return ask(t, h, http.MethodGet, target, headers...)
}

// body reads an answer 200 as JSON.
func body(t testing.TB, w *httptest.ResponseRecorder) (v map[string]any) {
	t.Helper()
	require.Equal(t, http.StatusOK, w.Code, w.Body)
	require.Equal(t, "application/json; charset=utf-8", w.Header().Get("Content-Type"))
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &v))
	return v
}

// requireStatus asserts a refusal with its status information.
func requireStatus(t testing.TB, w *httptest.ResponseRecorder, status int, value string) {
	t.Helper()
	require.Equal(t, status, w.Code, w.Body)
	var info struct {
		Major string `json:"imsx_codeMajor"`
		Sev   string `json:"imsx_severity"`
		Minor struct {
			Field []struct {
				Name  string `json:"imsx_codeMinorFieldName"`
				Value string `json:"imsx_codeMinorFieldValue"`
			} `json:"imsx_codeMinorField"`
		} `json:"imsx_codeMinor"`
	}
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &info))
	require.Equal(t, "error", info.Sev)
	require.Equal(t, "no-store", w.Header().Get("Cache-Control"))
	require.Empty(t, w.Header().Get("ETag"))
	if value == "" {
		require.Equal(t, "unsupported", info.Major)
		return
	}
	require.Equal(t, "failure", info.Major)
	require.Len(t, info.Minor.Field, 1)
	require.Equal(t, "TargetEndSystem", info.Minor.Field[0].Name)
	require.Equal(t, value, info.Minor.Field[0].Value)
}

func TestEveryEndpointOfBothVersions(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t)})
	for _, base := range []string{base0, base1} {
		for path, member := range map[string]string{
			"/CFDocuments": "CFDocuments", "/CFDocuments/" + storetest.IDMain: "CFPackageURI", "/CFPackages/" + storetest.IDMain: "CFDocument",
			"/CFItems/" + storetest.IDRoot: "CFDocumentURI", "/CFItemAssociations/" + storetest.IDRoot: "CFAssociations",
			"/CFAssociations/" + storetest.IDBelow: "originNodeURI", "/CFAssociationGroupings/" + storetest.IDGrouping: "title",
			"/CFConcepts/" + storetest.IDConcept: "CFConcepts", "/CFItemTypes/" + storetest.IDType: "CFItemTypes",
			"/CFLicenses/" + storetest.IDLicense: "licenseText", "/CFRubrics/" + storetest.IDRubric: "CFRubricCriteria",
			"/CFSubjects/" + storetest.IDSubject: "CFSubjects",
		} {
			require.Contains(t, body(t, get(t, h, base+path)), member, base+path)
			upper := path[:len("/CF")] + strings.ToUpper(path[len("/CF"):])
			if upper != path {
				require.Equal(t, http.StatusNotFound, get(t, h, base+upper).Code, upper) // names of endpoints have their case
			}
		}
	}
}

func TestVersion1p0HasNothingOf1p1(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t)})
	for _, path := range []string{
		"/CFDocuments", "/CFDocuments/" + storetest.IDMain, "/CFPackages/" + storetest.IDMain, "/CFItems/" + storetest.IDRoot,
		"/CFItems/" + storetest.IDLeaf, "/CFItemAssociations/" + storetest.IDLeaf, "/CFAssociations/" + storetest.IDBelow,
		"/CFRubrics/" + storetest.IDRubric,
	} {
		w := get(t, h, base0+path)
		body(t, w)
		for _, newer := range []string{"extensions", "targetType", "caseVersion", "frameworkType", `"notes"`, "ext:", `\n`} {
			require.NotContains(t, w.Body.String(), newer, path)
		}
	}
	// An association with what is not of CASE does not exist in 1.0.
	body(t, get(t, h, base1+"/CFAssociations/"+storetest.IDResource))
	requireStatus(t, get(t, h, base0+"/CFAssociations/"+storetest.IDResource), http.StatusNotFound, "unknownobject")
	set := body(t, get(t, h, base0+"/CFItemAssociations/"+storetest.IDLeaf))
	require.Len(t, set["CFAssociations"], 2)
	// The store still has it all.
	require.Contains(t, get(t, h, base1+"/CFPackages/"+storetest.IDMain).Body.String(), `"colour":"green"`)
}

func TestIdentifiers(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t)})
	body(t, get(t, h, base1+"/CFItems/"+strings.ToUpper(storetest.IDRoot))) // RFC 4122: in either case
	for id, code := range map[string]string{
		"33333333-aaaa-4aaa-8aaa-0000000000ff":         "unknownobject",
		storetest.IDMain:                               "unknownobject", // a document is no item
		"x":                                            "invalid_uuid",
		"33333333-AAAA-4aaa-8aaa-0000000000ff":         "invalid_uuid",
		"33333333-aaaa-7aaa-8aaa-0000000000ff":         "invalid_uuid",
		"00000000-0000-0000-0000-000000000000":         "invalid_uuid",
		"{" + storetest.IDRoot + "}":                   "invalid_uuid",
		"urn:uuid:" + storetest.IDRoot:                 "invalid_uuid",
		"%20" + storetest.IDRoot:                       "invalid_uuid",
		storetest.IDRoot + "%2F..%2Fx":                 "invalid_uuid",
		"..%2F..%2Fetc%2Fpasswd":                       "invalid_uuid",
		"%00":                                          "invalid_uuid",
		"33333333-aaaa-4aaa-8aaa-0000000000f%EF%BC%95": "invalid_uuid",
	} {
		requireStatus(t, get(t, h, base1+"/CFItems/"+id), http.StatusNotFound, code)
		requireStatus(t, get(t, h, base0+"/CFItems/"+id), http.StatusNotFound, strings.ReplaceAll(code, "invalid_uuid", "invaliduuid"))
	}
}

// The published table says which values are UUIDs of CASE; only those may be called
// unknown rather than invalid.
func TestUUIDCases(t *testing.T) {
	h := serving(t, caseapi.Config{Store: &caseapi.Memory{}})
	var cases []struct {
		Value          string
		StrictAnchored bool
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/rest/uuid-cases.json"), &cases))
	for _, c := range cases {
		if c.Value == "" {
			continue // that is another path
		}
		code := "invalid_uuid"
		if c.StrictAnchored {
			code = "unknownobject"
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path = base1 + "/CFItems/" + c.Value
		r.URL.RawPath = base1 + "/CFItems/" + strings.ReplaceAll(escape(c.Value), "/", "%2F")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		requireStatus(t, w, http.StatusNotFound, code)
	}
}

func escape(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}

func TestUnknownPaths(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t)})
	for _, path := range []string{
		"/", "/ims/case", base1, base1 + "/", base1 + "/CFDocuments/", base1 + "/CFItems", base1 + "/CFItems/", base1 + "/discovery/",
		base1 + "/CFCriteria/" + storetest.IDRubric, base1 + "/CFItems/" + storetest.IDRoot + "/x", "/ims/case/v1p2/CFDocuments",
	} {
		w := get(t, h, path)
		require.Equal(t, http.StatusNotFound, w.Code, path)
		require.Contains(t, w.Body.String(), "imsx_codeMajor", path)
	}
}

func TestMethods(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t)})
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodTrace, "BREW"} {
		w := ask(t, h, method, base1+"/CFDocuments")
		requireStatus(t, w, http.StatusMethodNotAllowed, "")
		require.Equal(t, "GET, HEAD, OPTIONS", w.Header().Get("Allow"))
	}
	w := ask(t, h, http.MethodOptions, base1+"/CFItems/"+storetest.IDRoot)
	require.Equal(t, http.StatusNoContent, w.Code)
	require.Equal(t, "GET, HEAD, OPTIONS", w.Header().Get("Allow"))
	require.Empty(t, w.Header().Get("Access-Control-Allow-Methods")) // no preflight
}

func TestHead(t *testing.T) {
	h := serving(t, caseapi.Config{Store: sample(t)})
	for _, target := range []string{"/CFDocuments", "/CFPackages/" + storetest.IDMain, "/CFItems/" + storetest.IDRoot, "/CFItems/x"} {
		full, head := get(t, h, base1+target), ask(t, h, http.MethodHead, base1+target)
		require.Equal(t, full.Code, head.Code)
		require.Equal(t, full.Header(), head.Header())
		require.Equal(t, fmt.Sprint(full.Body.Len()), head.Header().Get("Content-Length"))
		require.Zero(t, head.Body.Len())
	}
}

// faulty is a store that only fails.
type faulty struct{ err error }

func (f faulty) Documents(context.Context, *caseapi.Query) (*caseapi.Page, error) { return nil, f.err }
func (f faulty) Find(context.Context, caseapi.Kind, casefw.GUID) (*caseapi.Resource, error) {
	return nil, f.err
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		err          error
		status       int
		code1, code0 string
	}{
		{fmt.Errorf("store: %w", caseapi.ErrNotFound), 404, "unknownobject", "unknownobject"},
		{caseapi.ErrUnauthorised, 401, "unauthorised_request", "unauthorisedrequest"},
		{fmt.Errorf("policy: %w", caseapi.ErrForbidden), 403, "forbidden", "forbidden"},
		{&caseapi.BusyError{RetryAfter: 1500 * time.Millisecond}, 429, "server_busy", "server_busy"},
		{errors.New("dial tcp 10.0.0.7:5432: password"), 500, "internal_server_error", "internal_server_error"},
		{context.DeadlineExceeded, 500, "internal_server_error", "internal_server_error"},
	} {
		for _, inStore := range []bool{true, false} {
			config := caseapi.Config{Store: faulty{c.err}}
			if !inStore {
				config = caseapi.Config{Store: sample(t), Authorize: func(*http.Request) (context.Context, error) { return nil, c.err }}
			}
			var log bytes.Buffer
			config.Logger = slog.New(slog.NewTextHandler(&log, nil))
			h := serving(t, config)
			for _, path := range []string{"/CFDocuments", "/CFItems/" + storetest.IDRoot} {
				w1, w0 := get(t, h, base1+path), get(t, h, base0+path)
				requireStatus(t, w1, c.status, c.code1)
				requireStatus(t, w0, c.status, c.code0)
				require.NotContains(t, w1.Body.String(), "10.0.0.7")
				if c.status == 429 {
					require.Equal(t, "2", w1.Header().Get("Retry-After"))
				}
				if c.status == 401 {
					require.NotEmpty(t, w1.Header().Get("WWW-Authenticate"))
				}
			}
			require.Equal(t, c.status == 500, strings.Contains(log.String(), "case request failed"))
		}
	}
}

func TestAuthorizePutsItsContext(t *testing.T) {
	type key struct{}
	seen := ""
	h := serving(t, caseapi.Config{Store: watching{sample(t), func(ctx context.Context) { seen, _ = ctx.Value(key{}).(string) }},
		Authorize: func(r *http.Request) (context.Context, error) {
			return context.WithValue(r.Context(), key{}, r.Header.Get("Authorization")), nil
		}})
	w := get(t, h, base1+"/CFItems/"+storetest.IDRoot, "Authorization", "Bearer x")
	body(t, w)
	require.Equal(t, "Bearer x", seen)
	require.Contains(t, w.Header().Get("Vary"), "Authorization")
	require.Contains(t, w.Header().Get("Cache-Control"), "private")
}

type watching struct {
	*caseapi.Memory
	see func(context.Context)
}

func (w watching) Find(ctx context.Context, kind caseapi.Kind, id casefw.GUID) (*caseapi.Resource, error) {
	w.see(ctx)
	return w.Memory.Find(ctx, kind, id)
}

func TestOrigins(t *testing.T) {
	preflight := []string{
		"Origin", "https://app.example.org",
		"Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "authorization",
	}
	nobody := func(*http.Request) (context.Context, error) { return nil, caseapi.ErrUnauthorised }
	open := serving(t, caseapi.Config{Store: sample(t), Authorize: nobody})
	w := ask(t, open, http.MethodOptions, base1+"/CFDocuments", preflight...)
	require.Equal(t, http.StatusNoContent, w.Code) // no credentials come with a preflight
	require.Equal(t, "*", w.Header().Get("Access-Control-Allow-Origin"))
	require.Contains(t, w.Header().Get("Access-Control-Allow-Headers"), "Authorization")
	require.Empty(t, w.Header().Get("Access-Control-Allow-Credentials"))
	refused := get(t, open, base1+"/CFDocuments", preflight[:2]...)
	require.Equal(t, "*", refused.Header().Get("Access-Control-Allow-Origin")) // scripts may read why

	some := serving(t, caseapi.Config{Store: sample(t), Origins: []string{"https://app.example.org"}})
	w = get(t, some, base1+"/CFDocuments", "Origin", "https://app.example.org")
	require.Equal(t, "https://app.example.org", w.Header().Get("Access-Control-Allow-Origin"))
	require.Contains(t, w.Header().Get("Access-Control-Expose-Headers"), "X-Total-Count")
	require.Contains(t, w.Header().Get("Vary"), "Origin")
	for _, origin := range []string{"https://app.example.org.evil.example", "null", "http://app.example.org", ""} {
		w = ask(t, some, http.MethodOptions, base1+"/CFDocuments", "Origin", origin, "Access-Control-Request-Method", "GET")
		require.Empty(t, w.Header().Get("Access-Control-Allow-Origin"), origin)
		require.Empty(t, w.Header().Get("Access-Control-Allow-Methods"), origin)
		require.Contains(t, w.Header().Get("Vary"), "Origin")
	}
	none := serving(t, caseapi.Config{Store: sample(t), Origins: []string{}})
	require.Empty(t, get(t, none, base1+"/CFDocuments", preflight...).Header().Get("Access-Control-Allow-Origin"))
}

func TestConfigIsChecked(t *testing.T) {
	store := &caseapi.Memory{}
	for _, c := range []caseapi.Config{
		{}, {Store: store, MaxLimit: -1}, {Store: store, CacheBytes: -1}, {Store: store, SendBytes: -1}, {Store: store, MaxAge: -1},
		{Store: store, BaseURL: "case.example.org"}, {Store: store, BaseURL: "ftp://case.example.org"},
		{Store: store, BaseURL: "//h/x"}, {Store: store, BaseURL: "https://u:p@h"}, {Store: store, BaseURL: "https://h/?a=b"},
		{Store: store, BaseURL: "https://h/{x}"}, {Store: store, BaseURL: "https://h/%zz"}, {Store: store, Origins: []string{"*"}},
		{Store: store, Origins: []string{"app.example.org"}}, {Store: store, Origins: []string{"https://app.example.org/"}},
	} {
		_, err := caseapi.NewHandler(c)
		require.ErrorContains(t, err, "caseapi: ")
	}
}

func TestGarbledRequestsOverTheWire(t *testing.T) {
	server := httptest.NewServer(serving(t, caseapi.Config{Store: sample(t)}))
	defer server.Close()
	response, err := http.Get(server.URL + base1 + "/CFPackages/" + storetest.IDMain)
	require.NoError(t, err)
	defer response.Body.Close()
	require.True(t, response.Uncompressed) // the client asks for gzip by itself
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	f, report, err := casefw.LoadBytes(text, casefw.Options{})
	require.NoError(t, err)
	require.Empty(t, report.Findings)
	require.Equal(t, 2, f.Len())
}

func unzip(t testing.TB, b []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(b))
	require.NoError(t, err)
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	return text
}
