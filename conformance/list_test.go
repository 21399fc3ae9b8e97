package conformance_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

var update = flag.Bool("update", false, "write the golden files")

// No check disappears: ids, roles and levels are those of the golden list.
func TestListing(t *testing.T) {
	var b strings.Builder
	for _, c := range conformance.Checks() {
		how := "runs"
		switch {
		case c.Unbuilt != "":
			how = "is not built"
		case c.Evidence == conformance.EvidenceManual:
			how = "is for people"
		}
		b.WriteString(strings.Join([]string{c.ID, string(c.Role), string(c.Level), string(c.Basis), how, strings.Join(c.Aliases,
			"; ")}, " | ") + "\n")
	}
	if *update {
		require.NoError(t, os.WriteFile("testdata/listing.txt", []byte(b.String()), 0o600))
	}
	want, err := os.ReadFile("testdata/listing.txt")
	require.NoError(t, err)
	had, has := strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")
	for _, line := range had {
		require.True(t, slices.Contains(has, line), "gone or changed: %s", line)
	}
	for _, line := range has {
		require.True(t, slices.Contains(had, line), "new or changed: %s", line)
	}
}

// Each check says what it asks, how much it weighs, where that is known from, and what to do.
func TestChecksAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range conformance.Checks() {
		require.False(t, seen[c.ID], "%s stands twice", c.ID)
		seen[c.ID] = true
		require.NotEmpty(t, c.Role.Title(), c.ID)
		require.NotEmpty(t, c.Title, c.ID)
		require.NotEmpty(t, c.Clause, c.ID)
		require.NotEmpty(t, c.Level, c.ID)
		require.NotEmpty(t, c.Basis, c.ID)
		require.NotEmpty(t, c.Guides, c.ID)
		require.Equal(t, c.Evidence == conformance.EvidenceManual, len(c.Shots) > 0, c.ID)
		if c.Evidence == conformance.EvidenceAutomatic {
			require.NotEmpty(t, c.Fix, c.ID)
			require.NotEmpty(t, c.Needs, c.ID)
		}
	}
}

// certificationText is the page that the list is held to.
func certificationText(t *testing.T) string {
	return string(testkit.ReadShared(t, "../spec/certification.md"))
}

// Every test of the guides is in the list: the numbers stand in the first column of the
// tables of the page, and the numbered parts of a test in its text.
func TestListingHoldsTheGuides(t *testing.T) {
	text := certificationText(t)
	for heading, names := range map[string]func(row []string) []string{
		"### 2.1 OB Issuer":    func(row []string) []string { return spread("OB-", row[0]) },
		"### 2.2 OB Displayer": func(row []string) []string { return spread("OB-", row[0]) },
		"### 2.5 CLR 2.0":      recordIDs(),
		"### 2.6 CASE":         caseIDs,
	} {
		rows := table(t, text, heading)
		require.NotEmpty(t, rows, heading)
		for _, row := range rows {
			for _, id := range names(row) {
				require.True(t, listed(id), "%s: %s is not in the list", heading, id)
			}
		}
	}
}

// The provider tables number tests 1 to 5, and the parts that the page gives numbers.
func TestListingHoldsTheProvider(t *testing.T) {
	text := certificationText(t)
	_, provider, _ := strings.Cut(text, "### 2.3 Provider tests")
	provider, _, _ = strings.Cut(provider, "### 2.4")
	read, write, _ := strings.Cut(provider, "Service Provider (Write):")
	for prefix, part := range map[string]string{"PR": read, "PW": write} {
		n := 0
		for _, m := range regexp.MustCompile(`(?m)^\| ([1-5]) \|`).FindAllStringSubmatch(part, -1) {
			n++
			require.True(t, listed("OB-H-"+prefix+"-"+m[1]+".1"), "%s %s", prefix, m[1])
			require.True(t, listed("CLR-H-"+prefix+"-"+m[1]+".1"), "%s %s", prefix, m[1])
		}
		require.GreaterOrEqual(t, n, 4)
	}
	for _, m := range regexp.MustCompile(` \.([0-9]+) `).FindAllStringSubmatch(read, -1) {
		require.True(t, listed("OB-H-PR-1."+m[1]), m[1])
	}
}

// Each misbehaviour of the page has its check.
func TestListingHoldsTheScenarios(t *testing.T) {
	_, consumer, _ := strings.Cut(certificationText(t), "### 2.4 Consumer tests")
	consumer, _, _ = strings.Cut(consumer, "### 2.5")
	_, scenarios, _ := strings.Cut(consumer, "| scenario |")
	n := 0
	for _, line := range strings.Split(scenarios, "\n") {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		for _, m := range regexp.MustCompile("`([a-z0-9/-]+)`").FindAllStringSubmatch(strings.SplitN(line, "|", 3)[1], -1) {
			for _, name := range alternatives(m[1]) {
				n++
				require.True(t, listed("OB-H-CX-"+name), name)
			}
		}
	}
	require.Greater(t, n, 35)
	for _, m := range regexp.MustCompile(`(?m)^\|(?: Consumer \((Read|Write)\) )? *\| ([1-4])`).FindAllStringSubmatch(consumer, -1) {
		require.True(t, listed("OB-H-CR-"+m[2]) || listed("OB-H-CW-"+m[2]), m[0])
	}
}

// alternatives takes upsert-200/201 apart.
func alternatives(name string) (all []string) {
	parts := strings.Split(name, "/")
	stem := parts[0][:strings.LastIndex(parts[0], "-")+1]
	for k, part := range parts {
		if k > 0 {
			part = stem + part
		}
		all = append(all, part)
	}
	return all
}

func listed(id string) bool {
	return slices.ContainsFunc(conformance.Checks(), func(c conformance.Check) bool { return c.ID == id || slices.Contains(c.Aliases, id) })
}

// table are the rows of the first table below a heading.
func table(t *testing.T, text, heading string) (rows [][]string) {
	_, part, found := strings.Cut(text, heading)
	require.True(t, found, heading)
	for _, line := range strings.Split(part, "\n") {
		if !strings.HasPrefix(line, "|") {
			if len(rows) > 0 {
				break
			}
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for k := range cells {
			cells[k] = strings.TrimSpace(cells[k])
		}
		if len(rows) == 0 || !strings.HasPrefix(cells[0], "---") {
			rows = append(rows, cells)
		}
	}
	return rows[1:]
}

// spread reads "D-3, D-4".
func spread(prefix, cell string) (all []string) {
	for _, id := range strings.Split(cell, ",") {
		all = append(all, prefix+strings.TrimSpace(id))
	}
	return all
}

// recordIDs reads "CLR-ISS-1", "-2" and "CLR-DSP-1…5".
func recordIDs() func(row []string) []string {
	last := ""
	return func(row []string) (all []string) {
		id := row[0]
		if strings.HasPrefix(id, "-") {
			id = last + id
		}
		first, to, isRange := strings.Cut(id, "…")
		last = first[:strings.LastIndex(first, "-")]
		if !isRange {
			if strings.HasPrefix(last, "CLR-HST") { // a host is asked as a provider
				return []string{map[string]string{"CLR-HST-1": "CLR-H-PR-2.1", "CLR-HST-2": "CLR-H-PR-2.3"}[id]}
			}
			return []string{id}
		}
		for n := first[len(first)-1]; n <= to[0]; n++ {
			all = append(all, last+"-"+string(rune(n)))
		}
		return all
	}
}

func caseIDs(row []string) (all []string) {
	id, _, optional := strings.Cut(row[0], " opt")
	id, _, _ = strings.Cut(id, " ")
	if optional {
		id += ".paging"
	}
	return []string{"CASE-1.1-" + id}
}

func TestWriteList(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, conformance.WriteList(&b))
	var l conformance.List
	require.NoError(t, json.Unmarshal(b.Bytes(), &l))
	require.Len(t, l.Checks, len(conformance.Checks()))
	require.Contains(t, l.Notice, "certifies nothing")
	require.Len(t, l.Roles, len(conformance.Roles()))
}

func TestParseRole(t *testing.T) {
	for text, want := range map[string]conformance.Role{"ob-host": conformance.RoleOBHost, "Issuer": conformance.RoleOBIssuer,
		"publisher": conformance.RoleCLRPublisher} {
		got, err := conformance.ParseRole(text)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, text := range []string{"", "nobody"} {
		_, err := conformance.ParseRole(text)
		require.Error(t, err)
	}
	for _, r := range conformance.Roles() {
		got, err := conformance.ParseRole(string(r))
		require.NoError(t, err)
		require.Equal(t, r, got)
	}
}
