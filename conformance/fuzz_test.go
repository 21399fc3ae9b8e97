package conformance_test

import (
	"bytes"
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance"
)

// Whatever a provider answers, the run ends with a report that can be written and read again.
func FuzzProvider(f *testing.F) {
	f.Add(200, "application/json", []byte(`{"openapi":"3.0.1","components":{"securitySchemes":{"OAuth2ACG":{"x-imssf-registrationUrl":"https://x/r"}}}}`))
	f.Add(200, "application/json", []byte(`{"credential":[1,{"id":[]}],"compactJwsString":[{}]}`))
	f.Add(302, "text/html", []byte("<form><input type=password name=p><button name=d value=deny>Deny</button>"))
	f.Fuzz(func(t *testing.T, status int, media string, body []byte) {
		if status < 200 || status > 599 {
			return
		}
		h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			w.Header().Set("Location", string(body))
			w.Header().Set("Link", string(body))
			w.WriteHeader(status)
			_, _ = w.Write(body)
		})
		s := hubSuite(h, conformance.RoleOBProviderRead, conformance.RoleCASEProvider11)
		s.Provider.Login = func(context.Context, string) (string, error) { return string(body), nil }
		report, err := s.Run(t.Context())
		require.NoError(t, err)
		require.NotEqual(t, conformance.RoleVerdictPassed, report.Verdict())
		var b bytes.Buffer
		require.NoError(t, report.WriteJSON(&b))
		back, err := conformance.ParseReport(b.Bytes())
		require.NoError(t, err)
		require.Len(t, back.Results, len(report.Results))
		require.NoError(t, report.WriteJUnit(&b))
		require.NoError(t, report.WriteHTML(&b))
		for _, r := range report.Results {
			require.NotContains(t, r.Cause, "the suite itself broke", r.ID)
		}
	})
}

// A page of forms leads back to the application, or to an error.
func FuzzFormLogin(f *testing.F) {
	f.Add([]byte(`<form method=post action=/x><input name=u><input type=password name=p><button>Go</button></form>`))
	f.Add([]byte(`<form><button name=d value=allow>Allow</button><button name=d value=deny>Deny</button></form>`))
	f.Fuzz(func(t *testing.T, page []byte) {
		client := inMemory(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(page) }))
		back, err := conformance.FormLogin(client, "ada", "lovelace")(t.Context(), hubOrigin+"/authorize")
		require.Error(t, err, back)
	})
}

// What is read as known failures has a check and a reason in each entry.
func FuzzBaseline(f *testing.F) {
	f.Add([]byte(`{"guide":"OB 1.2","entries":[{"check":"OB-I-*","reason":"x","until":"2027-01-01"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := conformance.ParseBaseline(text)
		if err != nil {
			return
		}
		for _, e := range b.Entries {
			require.NotEmpty(t, e.Check)
			require.NotEmpty(t, e.Reason)
		}
	})
}

// What is read as a report is written as one that reads the same.
func FuzzReport(f *testing.F) {
	f.Add([]byte(`{"schema":"laurel-conformance-report-1","at":"2026-01-01T00:00:00Z","results":[{"id":"OB-I-1","outcome":"pass"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := conformance.ParseReport(text)
		if err != nil {
			return
		}
		var b, again bytes.Buffer
		if r.WriteJSON(&b) != nil {
			return // a year that JSON has no text for
		}
		back, err := conformance.ParseReport(b.Bytes())
		require.NoError(t, err)
		require.NoError(t, back.WriteJSON(&again))
		require.Equal(t, b.String(), again.String())
	})
}
