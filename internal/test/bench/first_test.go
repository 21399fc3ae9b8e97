package bench_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// TestFirstOfProcess prints what the first verification of a new process takes, which
// compiles the contexts that the document lists and whatever else is made once. Each
// of many processes of this very test verifies once. It measures and asserts nothing
// but that they verify.
func TestFirstOfProcess(t *testing.T) {
	if file := os.Getenv("LAUREL_FIRST"); file != "" {
		verifyOnce(t, file)
		return
	}
	if os.Getenv("LAUREL_RATIOS") == "" {
		t.Skip("skipped: set LAUREL_RATIOS=1 to measure")
	}
	k := newKey(t)
	message := make([]byte, 64)
	signature := ed25519.Sign(k.private, message)
	public := k.private.Public().(ed25519.PublicKey)
	fmt.Println("| what, in a new process | least | median | least, to a warm signature |\n|---|---|---|---|")
	for _, s := range sizes {
		file := filepath.Join(t.TempDir(), "credential.json")
		signed := k.sign(t, s.make(k, 1))
		require.NoError(t, os.WriteFile(file, signed, 0o600))
		var first, base []time.Duration
		for range 25 {
			first = append(first, child(t, file))
			base = append(base, timed(func() { ed25519.Verify(public, message, signature) }, 20))
		}
		slices.Sort(first)
		slices.Sort(base)
		least, median := first[0].Round(time.Microsecond), first[len(first)/2].Round(time.Microsecond)
		fmt.Printf("| first verification, whole pipeline, %d bytes | %v | %v | %.1f |\n",
			len(signed), least, median, float64(first[0])/float64(base[0]))
	}
}

// child runs a process that verifies once and returns what that took.
func child(t *testing.T, file string) time.Duration {
	cmd := exec.Command(os.Args[0], "-test.run", "TestFirstOfProcess$", "-test.v")
	cmd.Env = append(os.Environ(), "LAUREL_FIRST="+file)
	out, err := cmd.Output()
	require.NoError(t, err, string(out))
	_, after, found := strings.Cut(string(out), "first: ")
	require.True(t, found, string(out))
	n, err := strconv.Atoi(strings.Fields(after)[0])
	require.NoError(t, err)
	return time.Duration(n)
}

func verifyOnce(t *testing.T, file string) {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	start := time.Now()
	_, err = verify.Verify(context.Background(), text, verify.Config{Now: testkit.Clock})
	took := time.Since(start)
	require.NoError(t, err)
	fmt.Printf("first: %d\n", took)
}
