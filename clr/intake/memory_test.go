package intake_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
)

// peak is the most memory that this process has had, in MB.
func peak(t testing.TB) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("skipped: this system does not tell what a process has had (/proc/self/status)")
	}
	n, err := strconv.Atoi(regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindStringSubmatch(string(status))[1])
	require.NoError(t, err)
	return n >> 10
}

const uploadVariable = "LAUREL_INTAKE_UPLOAD"

// A record of ten thousand signed entries takes a process of its own no more than 256 MB where
// its envelope fixes the JSON, and 512 MB where it is a signature over statements.
func TestMemoryOfRecord(t *testing.T) {
	if os.Getenv("LAUREL_LONG") == "" {
		t.Skip("skipped: set LAUREL_LONG=1")
	}
	d := newDesk(t)
	var list []any
	for range 10_000 {
		list = append(list, d.signed(d.academy, d.badge(d.academy, credits(1, ""))))
	}
	record := d.record(d.wallet, nil, list...)
	for name, c := range map[string]struct {
		upload []byte
		most   int
	}{
		"jcs": {d.text(d.signed(d.wallet, record, jcs)), 256},
		"rdf": {d.text(d.signed(d.wallet, record)), 512},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "upload")
			require.NoError(t, os.WriteFile(file, c.upload, 0o600))
			child := exec.Command(os.Args[0], "-test.run", "^TestReadUpload$", "-test.v")
			child.Env = append(os.Environ(), uploadVariable+"="+file)
			out, err := child.CombinedOutput()
			require.NoError(t, err, "%s", out)
			took := regexp.MustCompile(`had (\d+) MB`).FindSubmatch(out)
			require.NotNil(t, took, "%s", out)
			mb, _ := strconv.Atoi(string(took[1]))
			t.Logf("%d MB for an upload of %d MB", mb, len(c.upload)>>20)
			require.LessOrEqual(t, mb, c.most)
		})
	}
}

// TestReadUpload is the process of TestMemoryOfRecord.
func TestReadUpload(t *testing.T) {
	file := os.Getenv(uploadVariable)
	if file == "" {
		t.Skip("skipped: for TestMemoryOfRecord, which runs it in a process of its own")
	}
	upload, err := os.ReadFile(file)
	require.NoError(t, err)
	d := newDesk(t)
	r, err := d.readBy(d.config(), upload)
	require.NoError(t, err)
	require.Equal(t, intake.EnvelopeVerified, r.Envelope.State, "%v", r.Envelope.Codes)
	require.Equal(t, 10_000, r.Len())
	require.Equal(t, "100", r.Credits()[intake.StandingOwnProof].String(), "a hundred achievements")
	t.Logf("had %d MB", peak(t))
}
