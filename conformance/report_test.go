package conformance_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/vc/schema"
)

// limping is our host with a few faults in front of it, so that a report has every outcome.
func limping(t testing.TB) http.Handler {
	h := newOurs(t, &hub.Memory{Now: testkit.Clock}, &oauthsrv.MemoryStore{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("limit") == "0" {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<script>alert(1)</script>\x01 please write to ada@example.org")
			return
		}
		h.ServeHTTP(w, r)
	})
}

func mixed(t testing.TB) conformance.Suite {
	s := hubSuite(limping(t), conformance.RoleOBHost, conformance.RoleOBIssuer)
	s.Artefacts = []conformance.Artefact{{Name: "broken.json", Data: []byte(`{"type":`)}}
	return s
}

func run(t testing.TB, s conformance.Suite) *conformance.Report {
	report, err := s.Run(t.Context())
	require.NoError(t, err)
	return report
}

func result(t testing.TB, r *conformance.Report, id string) *conformance.Result {
	for k := range r.Results {
		if r.Results[k].ID == id {
			return &r.Results[k]
		}
	}
	t.Fatalf("the report has no %s", id)
	return nil
}

func text(t testing.TB, write func(io.Writer) error) string {
	var b bytes.Buffer
	require.NoError(t, write(&b))
	return b.String()
}

// The same seed, clock and answers give the same bytes; another seed another order.
func TestReportsRepeat(t *testing.T) {
	one, other := run(t, mixed(t)), run(t, mixed(t))
	require.Equal(t, text(t, one.WriteJSON), text(t, other.WriteJSON))
	require.Equal(t, text(t, one.WriteJUnit), text(t, other.WriteJUnit))
	require.Equal(t, text(t, one.WriteHTML), text(t, other.WriteHTML))
	s := mixed(t)
	s.Seed = "two"
	require.NotEqual(t, text(t, one.WriteJSON), text(t, run(t, s).WriteJSON))
}

// A report shows what was asked and what came, and no secret.
func TestFailureIsShown(t *testing.T) {
	report := run(t, mixed(t))
	r := result(t, report, "OB-H-PR-3.4")
	require.Equal(t, conformance.OutcomeFail, r.Outcome)
	require.Equal(t, conformance.RoleVerdictFailed, report.Verdict())
	e := r.Exchanges[r.Findings[0].Exchange-1]
	require.Equal(t, hubOrigin+"/demo/ims/ob/v3p0/credentials?limit=0", e.URL)
	require.Equal(t, 200, e.Status)
	require.Equal(t, "Bearer [secret]", e.Header["Authorization"])
	require.Contains(t, e.Curl, `-H "Authorization: Bearer $TOKEN"`)
	require.Contains(t, e.Curl, "'"+e.URL+"'")
	require.NotEmpty(t, r.Fix)
	require.Contains(t, r.Text(), "limit=0")
	require.NotContains(t, text(t, report.WriteJSON), "ada@example.org")
	require.NotContains(t, text(t, report.WriteJSON), "lovelace")
	require.Equal(t, conformance.OutcomeFail, result(t, report, "OB-I-1").Outcome)
	require.Equal(t, "json-truncated", result(t, report, "OB-I-1").Findings[0].Code)
	require.Equal(t, conformance.OutcomeManual, result(t, report, "OB-I-2").Outcome)
}

// Everything that a report is written as says that it certifies nothing.
func TestNotice(t *testing.T) {
	report := run(t, mixed(t))
	for _, write := range []func(io.Writer) error{report.WriteJSON, report.WriteJUnit, report.WriteHTML, conformance.WriteList} {
		require.Contains(t, text(t, write), conformance.Notice)
	}
}

// The JSON is valid by the schema that is published, and one that is not is refused.
func TestReportSchema(t *testing.T) {
	written := text(t, run(t, mixed(t)).WriteJSON)
	judge := func(text string) schema.State {
		return schema.Evaluate(t.Context(), []byte(text), "https://reports.example/schema", conformance.SchemaJSON(),
			schema.Options{}).State
	}
	require.Equal(t, schema.StateFits, judge(written))
	require.Equal(t, schema.StateMisfits, judge(strings.Replace(written, `"outcome": "fail"`, `"outcome": "splendid"`, 1)))
	back, err := conformance.ParseReport([]byte(written))
	require.NoError(t, err)
	require.Equal(t, written, text(t, back.WriteJSON))
}

// The JUnit is XML whatever the product answered, and counts what it holds.
func TestJUnit(t *testing.T) {
	report := run(t, mixed(t))
	d := xml.NewDecoder(strings.NewReader(text(t, report.WriteJUnit)))
	count := map[string]int{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if e, ok := token.(xml.StartElement); ok {
			count[e.Name.Local]++
		}
	}
	require.Equal(t, 2, count["testsuite"])
	require.GreaterOrEqual(t, count["testcase"], len(report.Results))
	require.Equal(t, report.Roles[0].Counts["fail"]+report.Roles[1].Counts["fail"], count["failure"])
}

func TestDiff(t *testing.T) {
	before := run(t, mixed(t))
	s := mixed(t)
	s.Provider.Client = inMemory(newOurs(t, &hub.Memory{Now: testkit.Clock}, &oauthsrv.MemoryStore{}))
	s.Provider.Login = conformance.FormLogin(s.Provider.Client, "ada", "lovelace")
	s.Roles = []conformance.Role{conformance.RoleOBProviderRead, conformance.RoleCLRProviderRead}
	after := run(t, s)
	d := conformance.Diff(before, after)
	require.Equal(t, []string{"OB-H-PR-3.4"}, d.Fixed)
	require.Contains(t, d.New, "CLR-H-PR-1.1")
	require.Contains(t, d.Gone, "OB-I-1")
	require.Empty(t, d.Broken)
	require.Equal(t, []string{"OB-H-PR-3.4"}, conformance.Diff(after, before).Broken)
}

// Known failures do not fail a role, and those that are not true are an error.
func TestBaseline(t *testing.T) {
	s := mixed(t)
	known := func(text string) (*conformance.Report, error) {
		b, err := conformance.ParseBaseline([]byte(text))
		require.NoError(t, err)
		s.Known = b
		return s.Run(t.Context())
	}
	report, err := known(`{"guide":"OB 1.2","entries":[{"check":"OB-H-PR-3.4","reason":"a proxy","until":"2027-03-01"},{"check":"OB-I-1*","reason":"no badges yet"}]}`)
	require.NoError(t, err)
	require.Equal(t, "a proxy", result(t, report, "OB-H-PR-3.4").Known)
	require.Equal(t, conformance.RoleVerdictPartial, report.Verdict())
	require.NotContains(t, text(t, report.WriteJUnit), "<failure")
	for text, want := range map[string]string{
		`{"entries":[{"check":"OB-H-PR-3.1","reason":"x"}]}`:                        "OB-H-PR-3.1 passes and is known to fail",
		`{"entries":[{"check":"OB-H-PR-9.*","reason":"x"}]}`:                        "OB-H-PR-9.* means no check of this run",
		`{"entries":[{"check":"OB-H-PR-3.4","reason":"x","until":"2025-01-01"}]}`:   "OB-H-PR-3.4 was known until 2025-01-01",
		`{"guide":"OB 1.1","entries":[{"check":"OB-H-PR-3.4","reason":"a proxy"}]}`: "written for the guide OB 1.1",
	} {
		_, err := known(text)
		require.ErrorContains(t, err, want)
	}
	s.Strict = true
	_, err = s.Run(t.Context())
	require.ErrorContains(t, err, "Strict takes no known failures")
	for _, bad := range []string{`{`, `{"entries":[{"check":"x"}]}`, `{"entries":[{"check":"x","reason":"y","until":"soon"}]}`} {
		_, err := conformance.ParseBaseline([]byte(bad))
		require.Error(t, err, bad)
	}
}

// What selects nothing, contradicts itself or looked at nothing is an error.
func TestWrongUse(t *testing.T) {
	var zero conformance.Suite
	for want, s := range map[string]conformance.Suite{
		"selects nothing":         zero,
		"no role is called":       {Roles: []conformance.Role{"king"}},
		"no check of":             {Roles: []conformance.Role{conformance.RoleOBHost}, Only: []string{"CASE-*"}},
		"the pattern":             {Roles: []conformance.Role{conformance.RoleOBHost}, Only: []string{"["}},
		"no version of the guide": {Roles: []conformance.Role{conformance.RoleOBHost}, Guide: "OB 9"},
		"no base of a service":    {Roles: []conformance.Role{conformance.RoleOBHost}, Provider: &conformance.Provider{URL: "here"}},
		"a Consumer needs Start":  {Roles: []conformance.Role{conformance.RoleOBHost}, Consumer: &conformance.Consumer{}},
		"everything was skipped":  {Roles: []conformance.Role{conformance.RoleOBProviderRead}},
	} {
		_, err := s.Run(t.Context())
		require.ErrorContains(t, err, want)
	}
}

// A film has its digest in the report, and closes the slot; the person still judges.
func TestSlots(t *testing.T) {
	file := filepath.Join(t.TempDir(), "film.webm")
	require.NoError(t, os.WriteFile(file, []byte("abc"), 0o600))
	s := conformance.Suite{Roles: []conformance.Role{conformance.RoleOBIssuerOnly}, Only: []string{"OB-I-2"},
		Slots: map[string]string{"OB-I-2": file}}
	report := run(t, s)
	require.Equal(t, conformance.OutcomeManual, report.Results[0].Outcome)
	require.Equal(t, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", report.Results[0].Slot.SHA256)
	require.Equal(t, conformance.RoleVerdictPassed, report.Verdict())
	s.Slots["OB-I-2"] = file + "x"
	report = run(t, s)
	require.Equal(t, conformance.RoleVerdictOpen, report.Verdict())
	require.Contains(t, report.Results[0].Cause, "cannot be read")
}
