package conformance_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

const caseOrigin = "https://frameworks.laurel.example"

// caseHandler serves the bakers' framework, in which every member occurs.
func caseHandler(t testing.TB) http.Handler {
	text, err := os.ReadFile("../casefw/testdata/bakers.json")
	require.NoError(t, err)
	one, _, err := casefw.LoadBytes(text, casefw.Options{})
	require.NoError(t, err)
	store, err := caseapi.NewMemory(one)
	require.NoError(t, err)
	h, err := caseapi.NewHandler(caseapi.Config{Store: store, BaseURL: caseOrigin})
	require.NoError(t, err)
	return h
}

func caseReport(t testing.TB, h http.Handler, role conformance.Role) *conformance.Report {
	s := conformance.Suite{Roles: []conformance.Role{role}, Seed: "one", Now: testkit.Clock,
		Provider: &conformance.Provider{URL: caseOrigin, Client: inMemory(h)}}
	report, err := s.Run(t.Context())
	require.NoError(t, err)
	return report
}

// Our handler passes as a provider of both versions; that it has extensions is told.
func TestCASEProviderPasses(t *testing.T) {
	for _, role := range []conformance.Role{conformance.RoleCASEProvider10, conformance.RoleCASEProvider11} {
		report := caseReport(t, caseHandler(t), role)
		for _, r := range report.Results {
			switch {
			case r.ID == "CASE-1.1-CP-5":
				require.Equal(t, conformance.OutcomeWarn, r.Outcome, r.Text())
			case strings.HasSuffix(r.ID, "sort"):
				require.Equal(t, conformance.OutcomeSkip, r.Outcome)
			default:
				require.Equal(t, conformance.OutcomePass, r.Outcome, r.Text())
			}
			if strings.HasSuffix(r.ID, "CP-2") {
				require.Greater(t, r.Counts["CFItem.fullStatement"], 3)
				require.Positive(t, r.Counts["CFDocument.notes"])
			}
		}
	}
}

// spoiled is a provider whose answers are changed on their way.
func spoiled(h http.Handler, change func(r *http.Request, status int, head http.Header, body []byte) (int, []byte)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		in := httptest.NewRecorder()
		r.Header.Del("Accept-Encoding")
		h.ServeHTTP(in, r)
		body, _ := io.ReadAll(in.Body)
		for name, values := range in.Header() {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		status, body := change(r, in.Code, w.Header(), body)
		w.WriteHeader(status)
		_, _ = w.Write(body)
	})
}

// countless counts no documents.
func countless(_ *http.Request, status int, head http.Header, body []byte) (int, []byte) {
	head.Set("X-Total-Count", "0")
	return status, body
}

// unfiltered takes any filter.
func unfiltered(r *http.Request, status int, _ http.Header, body []byte) (int, []byte) {
	if r.URL.Query().Get("filter") == "nothing='x'" {
		status = http.StatusOK
	}
	return status, body
}

// Each fault of a provider is told of by exactly the checks that it breaks.
func TestCASEMutants(t *testing.T) {
	replaced := func(path, old, with string) func(*http.Request, int, http.Header, []byte) (int, []byte) {
		return func(r *http.Request, status int, _ http.Header, body []byte) (int, []byte) {
			if strings.Contains(r.URL.Path, path) {
				body = bytes.ReplaceAll(body, []byte(old), []byte(with))
			}
			return status, body
		}
	}
	missing := func(path string) func(*http.Request, int, http.Header, []byte) (int, []byte) {
		return func(r *http.Request, status int, _ http.Header, body []byte) (int, []byte) {
			if strings.Contains(r.URL.Path, path) && status == http.StatusOK {
				return http.StatusInternalServerError, []byte(`{}`)
			}
			return status, body
		}
	}
	for name, c := range map[string]struct {
		change func(*http.Request, int, http.Header, []byte) (int, []byte)
		want   string
	}{
		"an endpoint is broken":  {missing("/CFLicenses/"), "CP-1"},
		"a required member":      {replaced("/CFItems/", `"fullStatement"`, `"statement"`), "CP-1 CP-5"},
		"a member of its own":    {replaced("/CFConcepts/", `"title"`, `"colour":"red","title"`), "CP-5"},
		"notes of no document":   {replaced("/CFPackages/", `"notes":"For apprentices.",`, ""), "CP-2"},
		"errors of another kind": {replaced("", `"imsx_codeMajor":"failure"`, `"error":"failure"`), "CP-3"},
		"codes of another word":  {replaced("", "unknownobject", "unknown_object"), "CP-3"},
		"another number":         {countless, "CP-4.paging"},
		"unknown filters":        {unfiltered, "CP-4.filter"},
		"another host":           {replaced("/discovery/", caseOrigin, "https://elsewhere.example"), "CP-6"},
		"no discovery":           {missing("/discovery/"), "CP-6"},
	} {
		t.Run(name, func(t *testing.T) {
			report := caseReport(t, spoiled(caseHandler(t), c.change), conformance.RoleCASEProvider11)
			var all []string
			for _, r := range report.Results {
				if r.Outcome == conformance.OutcomeFail {
					all = append(all, strings.TrimPrefix(r.ID, "CASE-1.1-"))
				}
			}
			require.Equal(t, c.want, strings.Join(all, " "))
		})
	}
}

// A provider without a document has not been tested.
func TestCASEEmpty(t *testing.T) {
	store, err := caseapi.NewMemory()
	require.NoError(t, err)
	h, err := caseapi.NewHandler(caseapi.Config{Store: store, BaseURL: caseOrigin})
	require.NoError(t, err)
	report := caseReport(t, h, conformance.RoleCASEProvider11)
	require.Equal(t, conformance.OutcomeFail, result(t, report, "CASE-1.1-CP-1").Outcome)
	require.Equal(t, conformance.OutcomeNotRun, result(t, report, "CASE-1.1-CP-2").Outcome)
}
