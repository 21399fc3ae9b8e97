package suites_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// row is a line of the table.
type row struct {
	suite             string
	tests, ours, peer int
	failed            []string // by json-gold
	runs              bool     // json-gold has what the suite asks for
}

func (r row) String() string {
	peer := "–"
	if r.runs {
		peer = fmt.Sprint(r.peer)
	}
	return fmt.Sprintf("| %s | %d | %d | %s |", r.suite, r.tests, r.ours, peer)
}

// TestTable prints the table of docs/suites.md and what json-gold fails.
func TestTable(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("skipped: run with -v, this is for reading")
	}
	var out strings.Builder
	out.WriteString("| suite | tests | Laurel | json-gold v0.9.1 |\n|---|---|---|---|\n")
	p := &peer{}
	defer p.stop()
	var rows []row
	for _, s := range allSuites(t) {
		r := row{suite: s.name, tests: len(s.probes)}
		for _, probe := range s.probes {
			if probe.ours() == nil {
				r.ours++
			}
			if probe.peer == nil {
				continue
			}
			r.runs = true
			if err := p.ask(t, s.name+" "+probe.name); err != nil {
				r.failed = append(r.failed, probe.name)
				t.Logf("json-gold, %s %s: %.300s", s.name, probe.name, err)
				continue
			}
			r.peer++
		}
		rows = append(rows, r)
		fmt.Fprintln(&out, r)
	}
	out.WriteString("\n")
	for _, r := range rows {
		if len(r.failed) > 0 {
			fmt.Fprintf(&out, "- **%s** (%d): %s\n", r.suite, len(r.failed), strings.Join(r.failed, ", "))
		}
	}
	t.Log("\n" + out.String())
}

// TestPublishedTable: docs/suites.md says of us what TestSuites sees, and names
// every exception with its reason.
func TestPublishedTable(t *testing.T) {
	text, err := os.ReadFile("../../../docs/suites.md")
	require.NoError(t, err)
	doc := string(text)
	for _, s := range allSuites(t) {
		passed := 0
		for _, p := range s.probes {
			if _, ok := exceptions[s.name+" "+p.name]; !ok {
				passed++
			}
		}
		require.Contains(t, doc, fmt.Sprintf("| %s | %d | %d | ", s.name, len(s.probes), passed))
	}
	for _, name := range slices.Sorted(maps.Keys(exceptions)) {
		require.Contains(t, doc, fmt.Sprintf("| %s | %s |", name, exceptions[name].why))
	}
	for _, d := range deviations {
		require.Contains(t, doc, fmt.Sprintf("| %s | %s | %s |", d.name, d.peer, d.clause))
	}
}
