package main

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/conformance/obtest"
)

// called runs the command and returns its status and what it wrote.
func called(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, problems bytes.Buffer
	code = run(t.Context(), args, &out, &problems)
	return code, out.String(), problems.String()
}

// badge writes a badge for an address into a file of the working folder.
func badge(t *testing.T, name, address string) {
	t.Helper()
	i, err := obtest.New(obtest.Config{Seed: "dryrun", At: time.Now()}).Issuer("harbour", obtest.DIDKey, obtest.Ed25519)
	require.NoError(t, err)
	const subject = `"type":["AchievementSubject"],`
	text := strings.Replace(string(i.Badge(obtest.Badge{Number: 1})), subject, subject+`"identifier":[{"type":"IdentityObject","hashed":false,`+
		`"identityHash":"`+address+`","identityType":"emailAddress"}],`, 1)
	signed, err := i.Sign([]byte(text), nil)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(name, signed, 0o600))
}

// The commands of docs/certification.md lead to a report.
func TestFirstReport(t *testing.T) {
	page, err := os.ReadFile("../../docs/certification.md")
	require.NoError(t, err)
	_, block, ok := strings.Cut(string(page), "## A first report\n\n```\n")
	require.True(t, ok)
	block, _, _ = strings.Cut(block, "\n```")
	commands := strings.Split(block, "\n")
	require.Len(t, commands, 3)
	module, err := os.ReadFile("../../go.mod")
	require.NoError(t, err)
	path, _, _ := strings.Cut(strings.TrimPrefix(string(module), "module "), "\n")
	require.Equal(t, "go get "+path+"@latest", commands[0])
	t.Chdir(t.TempDir())
	badge(t, "badge.json", "conformance@imsglobal.org")
	for k, command := range commands[1:] {
		args, ok := strings.CutPrefix(command, "go run "+path+"/examples/dryrun ")
		require.True(t, ok, command)
		code, stdout, stderr := called(t, strings.Fields(args)...)
		require.Empty(t, stderr)
		require.Contains(t, []int{exitPassed, exitOpen, exitNotRun}, code, "%s", stdout)
		if k == 0 {
			var list conformance.List
			require.NoError(t, json.Unmarshal([]byte(stdout), &list))
			require.Equal(t, len(conformance.Checks()), len(list.Checks))
			continue
		}
		require.Contains(t, stdout, conformance.Notice)
	}
	text, err := os.ReadFile("report/report.json")
	require.NoError(t, err)
	report, err := conformance.ParseReport(text)
	require.NoError(t, err)
	for _, r := range report.Results {
		require.NotContains(t, []conformance.Outcome{conformance.OutcomeFail}, r.Outcome, "%s: %v", r.ID, r.Findings)
	}
	junit, err := os.ReadFile("report/report.xml")
	require.NoError(t, err)
	require.NoError(t, xml.Unmarshal(junit, new(struct{})))
	html, err := os.ReadFile("report/report.html")
	require.NoError(t, err)
	require.Contains(t, string(html), "certifies nothing")
}

// A badge for somebody else fails, the next run is compared with it, and a known failure is
// told as one.
func TestWhatChanges(t *testing.T) {
	t.Chdir(t.TempDir())
	badge(t, "other.json", "ada@example.org")
	badge(t, "good.json", "conformance@imsglobal.org")
	args := []string{"-role", "ob-issuer-only", "-only", "OB-I-1.2", "-artefact"}
	code, stdout, stderr := called(t, append(args, "other.json", "-out", "first")...)
	require.Equal(t, exitFailed, code, "%s", stderr)
	require.Contains(t, stdout, "OB-I-1.2")
	code, stdout, stderr = called(t, append(args, "good.json", "-out", "second", "-before", "first/report.json")...)
	require.Equal(t, exitPassed, code, "%s %s", stdout, stderr)
	require.Contains(t, stdout, "fixed: OB-I-1.2")
	code, stdout, _ = called(t, append(args, "other.json", "-before", "second/report.json")...)
	require.Equal(t, exitFailed, code)
	require.Contains(t, stdout, "broken: OB-I-1.2")
	require.NoError(t, os.WriteFile("known.json", []byte(`{"guide":"OB 1.2","entries":[{"check":"OB-I-1.2","reason":"next month"}]}`), 0o600))
	code, stdout, stderr = called(t, append(args, "other.json", "-known", "known.json")...)
	require.NotEqual(t, exitFailed, code, "%s %s", stdout, stderr)
	code, _, stderr = called(t, append(args, "good.json", "-known", "known.json")...)
	require.Equal(t, exitNotRun, code)
	require.Contains(t, stderr, "OB-I-1.2")
}

// A provider is asked over TLS, by an authority of its own.
func TestProvider(t *testing.T) {
	text, err := os.ReadFile("../../casefw/testdata/bakers.json")
	require.NoError(t, err)
	f, _, err := casefw.LoadBytes(text, casefw.Options{})
	require.NoError(t, err)
	store, err := caseapi.NewMemory(f)
	require.NoError(t, err)
	var h http.Handler
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	defer server.Close()
	h, err = caseapi.NewHandler(caseapi.Config{Store: store, BaseURL: server.URL})
	require.NoError(t, err)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))
	code, stdout, stderr := called(t, "-role", "case-provider-1.1", "-provider", server.URL, "-ca", ca, "-only", "CASE-1.1-CP-[1-3]")
	require.Equal(t, exitPassed, code, "%s %s", stdout, stderr)
	code, stdout, _ = called(t, "-role", "case-provider-1.1", "-provider", server.URL, "-only", "CASE-1.1-CP-6") // whose authority is nobody's
	require.Equal(t, exitFailed, code, "%s", stdout)
	require.Contains(t, stdout, "certificate")
}

// What is wrong with the command line is said, and nothing is asked.
func TestUsage(t *testing.T) {
	for name, args := range map[string][]string{
		"name a role":         {},
		"no role is called":   {"-role", "emperor"},
		"stands behind":       {"-list", "more"},
		"none is named":       {"-role", "ob-host", "-login", "a:b"},
		"USER:PASSWORD":       {"-role", "ob-host", "-provider", "https://hub.example", "-login", "ada"},
		"ID=FILE":             {"-role", "ob-host", "-slot", "x"},
		"no such file":        {"-role", "ob-issuer", "-artefact", "none.json"},
		"not an instant":      {"-now", "today"},
		"cannot be read":      {"-role", "ob-issuer", "-pack", "none.json"},
		"holds no cert":       {"-role", "ob-host", "-provider", "https://hub.example", "-ca", "main.go"},
		"no base of a servic": {"-role", "ob-host", "-provider", "hub"},
	} {
		code, stdout, stderr := called(t, args...)
		require.NotEqual(t, exitPassed, code, name)
		require.Contains(t, stderr, name)
		require.Empty(t, stdout)
	}
}
