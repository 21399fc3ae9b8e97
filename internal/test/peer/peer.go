// Package peer runs the independent JavaScript implementations beside which this one is
// tested, offline, in the folder that LAUREL_PEERS names.
package peer

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Folder is where the peers are installed. The test is skipped where the variable names none.
func Folder(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("LAUREL_PEERS")
	if dir == "" {
		t.Skip("skipped: LAUREL_PEERS does not name a folder with the JavaScript peers")
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Fatal("LAUREL_PEERS is set and node is not on PATH")
	}
	if _, err := os.Stat(filepath.Join(dir, "peer.mjs")); err != nil {
		t.Fatal("LAUREL_PEERS names a folder without peer.mjs")
	}
	return dir
}

// Run runs a module, or a file of the folder that ends with .mjs, and returns what it prints.
func Run(t testing.TB, program string, arguments ...string) []byte {
	t.Helper()
	args, stdin := append([]string{"--input-type=module", "-"}, arguments...), program
	if strings.HasSuffix(program, ".mjs") {
		args, stdin = append([]string{program}, arguments...), ""
	}
	cmd := exec.CommandContext(t.Context(), "node", args...)
	cmd.Dir, cmd.Stdin = Folder(t), strings.NewReader(stdin)
	out, err := cmd.Output()
	if failed, ok := err.(*exec.ExitError); ok {
		t.Fatalf("%v: %s", err, failed.Stderr)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}
