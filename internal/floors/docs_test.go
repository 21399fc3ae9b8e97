package floors_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// namedTest is a test as docs/threat-model.md names it: with its package, or of the
// package named before it.
var namedTest = regexp.MustCompile("`(?:([a-z/0-9]+)\\.)?((?:Test|Fuzz)[A-Za-z0-9]+)`")

// The threat model names for each defence the test that shows it, and each of them
// exists.
func TestThreatModelNamesTests(t *testing.T) {
	text, err := os.ReadFile("../../docs/threat-model.md")
	require.NoError(t, err)
	named := namedTest.FindAllStringSubmatch(string(text), -1)
	require.Greater(t, len(named), 50)
	tests := map[string]string{} // by package, the list of its tests
	dir := ""
	for _, m := range named {
		if m[1] != "" {
			dir = m[1]
		}
		if dir == "verify" {
			dir = "vc/verify"
		}
		if _, known := tests[dir]; !known {
			cmd := exec.Command("grep", "-hoE", "--include=*_test.go", "^func (Test|Fuzz)[A-Za-z0-9]+", "-r", dir)
			cmd.Dir = "../.."
			out, err := cmd.Output()
			require.NoError(t, err, dir)
			tests[dir] = string(out)
		}
		require.Contains(t, strings.Split(tests[dir], "\n"), "func "+m[2], "package %s", dir)
	}
}
