package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/conformance/refhost"
)

// buffer may be written to while it is read.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func try(t *testing.T, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(t.Context(), args, &out, &errs)
	return code, out.String(), errs.String()
}

// reference serves the reference host, and writes its certificate.
func reference(t *testing.T, fault string) (origin, ca string) {
	web, err := obtest.NewHost()
	require.NoError(t, err)
	t.Cleanup(web.Close)
	h, err := refhost.New(refhost.Config{Origin: web.Origin(), Fault: fault})
	require.NoError(t, err)
	web.Handle(h)
	ca = filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(ca, web.CertificatePEM(), 0o600))
	return web.Origin(), ca
}

// A provider that is as it should be passes; one with a fault fails with what is wrong.
func TestProvider(t *testing.T) {
	for fault, want := range map[string]int{"": exitPassed, "total-wrong": exitFailed} {
		origin, ca := reference(t, fault)
		out := filepath.Join(t.TempDir(), "reports")
		code, stdout, stderr := try(t, "-role", "provider-read,clr-provider-read", "-role", "ob-provider-write", "-provider", origin+"/ref",
			"-login", "ada:lovelace", "-ca", ca, "-out", out, "-seed", "one", "-product", "Reference")
		require.Equal(t, want, code, stdout+stderr)
		require.Contains(t, stdout, "certifies nothing")
		text, err := os.ReadFile(filepath.Join(out, "report.json"))
		require.NoError(t, err)
		report, err := conformance.ParseReport(text)
		require.NoError(t, err)
		require.Equal(t, "Reference", report.Subject.Product)
		require.NotContains(t, string(text), "lovelace")
		for _, name := range []string{"report.xml", "report.html"} {
			_, err := os.Stat(filepath.Join(out, name))
			require.NoError(t, err)
		}
		if fault != "" {
			require.Contains(t, stdout, "OB-H-PR-3.2 fail")
			require.Contains(t, stdout, "curl -sS")
			_, same, _ := try(t, "-diff", filepath.Join(out, "report.json"), filepath.Join(out, "report.json"))
			require.Empty(t, same)
		}
	}
}

func TestList(t *testing.T) {
	code, stdout, stderr := try(t, "-list")
	require.Equal(t, exitPassed, code, stderr)
	var l conformance.List
	require.NoError(t, json.Unmarshal([]byte(stdout), &l))
	require.Len(t, l.Checks, len(conformance.Checks()))
}

func TestWrongUse(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none")
	for _, args := range [][]string{
		{}, {"-role", "king"}, {"-role", "host", "-list"}, {"-diff", "one"}, {"-role", "host", "more"}, {"-serve", "127.0.0.1:0"},
		{"-role", "host", "-login", "a:b"}, {"-role", "host", "-provider", "https://x.example", "-login", "a"},
		{"-role", "issuer-only", "-artefact", none}, {"-role", "host", "-known", none}, {"-role", "host", "-now", "soon"},
		{"-role", "host", "-slot", "x"}, {"-role", "host", "-provider", "https://x.example", "-ca", none},
	} {
		code, _, stderr := try(t, args...)
		require.Equal(t, exitUsage, code, "%v: %s", args, stderr)
		require.Contains(t, stderr, "dryrun: ", args)
	}
	code, _, stderr := try(t, "-role", "provider-read")
	require.Equal(t, exitNotRun, code)
	require.Contains(t, stderr, "everything was skipped")
	code, _, stderr = try(t, "-serve", "0.0.0.0:0", "-ca", none)
	require.Equal(t, exitNotRun, code)
	require.Contains(t, stderr, "this machine alone")
}

// The reference host is served until the command is told to end, to whoever trusts its
// certificate, and says what it is asked.
func TestServe(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	ca := filepath.Join(t.TempDir(), "ca.pem")
	var out buffer
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, []string{"-serve", "127.0.0.1:0", "-ca", ca}, &out, &out) }()
	require.Eventually(t, func() bool { return strings.Contains(out.String(), "listening on ") }, 10*time.Second, 10*time.Millisecond)
	o := options{authority: ca}
	client, err := o.client()
	require.NoError(t, err)
	discovery := regexp.MustCompile(`Open Badges (\S+)`).FindStringSubmatch(out.String())[1]
	resp, err := client.Get(discovery)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusOK, resp.StatusCode)
	require.Contains(t, out.String(), "GET /ref/ims/ob/v3p0/discovery")
	require.Equal(t, 3, strings.Count(out.String(), "badge https://localhost:")/2)
	stop()
	require.Equal(t, exitPassed, <-ended)
}

// The commands of docs/certification.md lead from nothing to a first report.
func TestFirstReport(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: it builds the commands")
	}
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	page, err := os.ReadFile(filepath.Join(root, "docs", "certification.md"))
	require.NoError(t, err)
	_, block, found := strings.Cut(string(page), "```\n")
	require.True(t, found)
	block, _, _ = strings.Cut(block, "```")
	commands := strings.Split(strings.TrimSpace(block), "\n")
	require.Len(t, commands, 3)

	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"),
		[]byte("module product.example/app\n\ngo 1.26.0\n\nreplace github.com/laurel-edu/laurel => "+root+"\n"), 0o600))
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.sum"), sums, 0o600))
	for k, line := range commands {
		words := strings.Fields(line)
		require.Equal(t, "go", words[0])
		cmd := exec.CommandContext(t.Context(), words[0], words[1:]...) //nolint:gosec // of our own page
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off")
		said, err := cmd.CombinedOutput()
		if k < 2 {
			require.NoError(t, err, string(said))
			continue
		}
		require.Contains(t, string(said), "ob-issuer-only: failed", "the badge of the quickstart is for somebody else")
		require.Contains(t, string(said), "OB-I-1.2 fail")
	}
	text, err := os.ReadFile(filepath.Join(dir, "report", "report.json"))
	require.NoError(t, err)
	_, err = conformance.ParseReport(text)
	require.NoError(t, err)
}
