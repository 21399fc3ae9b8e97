package casefw_test

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/stretchr/testify/require"
)

// odd are values that providers, or nobody, would send.
var odd = []any{nil, true, false, json.Number("0"), json.Number("-7"), json.Number("2.0"), json.Number("1e1"), json.Number("2.5"),
	json.Number("4294967296"), "", "text", "12", "2024-02-30", "2024-05-05", "2024-05-05T01:02:03", "2024-05-05T01:02:03.004+02:00",
	"5E84A138-416E-11E7-9C16-F09B61C8DFDF", "0190c6f2-7a31-7c44-9b1e-2f6d1a0b3c4d", "00000000-0000-0000-0000-000000000000",
	"urn:x:y", "javascript:alert(1)", "https://x.example/a b", "a\tb\u0000", "\u202e", "é\u007f", "<b>&</b>", "IsChildOf",
	"ext:", "ext:ok", "CASE", "case", "1.1", "1.0", strings.Repeat("long ", 1000),
	[]any{}, []any{nil}, []any{"a", json.Number("1")}, []any{map[string]any{}}, map[string]any{}, map[string]any{"title": "t"},
	map[string]any{"title": "t", "identifier": "5e84a138-416e-11e7-9c16-f09b61c8dfdf",
		"uri": "https://x.example/5e84a138-416e-11e7-9c16-f09b61c8dfdf"}}

// mutate changes one thing somewhere below v and returns v, or what stands for it.
func mutate(r *rand.Rand, v any) any {
	switch x := v.(type) {
	case map[string]any:
		if len(x) == 0 || r.IntN(12) == 0 {
			break
		}
		names := make([]string, 0, len(x))
		for name := range x {
			names = append(names, name)
		}
		sort.Strings(names)
		name := names[r.IntN(len(names))]
		switch r.IntN(14) {
		case 0:
			delete(x, name)
		case 1:
			x[strings.ToUpper(name[:1])+name[1:]] = copied(x[name])
			if r.IntN(2) == 0 {
				delete(x, name)
			}
		case 2:
			x["x"+name] = copied(x[name])
		default:
			x[name] = mutate(r, x[name])
		}
		return x
	case []any:
		if len(x) == 0 || r.IntN(12) == 0 {
			break
		}
		i := r.IntN(len(x))
		x[i] = mutate(r, x[i])
		return x
	}
	return copied(odd[r.IntN(len(odd))])
}

// copied keeps the values of the table from being changed, or nested in one another.
func copied(v any) any {
	switch x := v.(type) {
	case map[string]any:
		c := map[string]any{}
		for name, value := range x {
			c[name] = copied(value)
		}
		return c
	case []any:
		c := make([]any, len(x))
		for i, value := range x {
			c[i] = copied(value)
		}
		return c
	}
	return v
}

// A framework in which some things are changed at random reads the same in every
// way of reading, comes back as it was sent, and no reading panics.
func TestMutatedFrameworks(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range sized(4000, 400) {
		tree := value(t, []byte(bakers))
		for range 1 + r.IntN(6) {
			if changed, ok := mutate(r, tree).(map[string]any); ok {
				tree = changed
			}
		}
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		require.NoError(t, e.Encode(tree))
		agree(t, b.Bytes())
		if p, _, err := casefw.Parse[casefw.CFPackage](b.Bytes(), casefw.Options{}); err == nil {
			mended(t, p)
		}
	}
}

// Likewise the real packages, cut to their first records, for ten minutes. What is
// written repaired reads again without repair.
func TestMutatedRealPackages(t *testing.T) {
	if os.Getenv("LAUREL_LONG") == "" {
		t.Skip("takes ten minutes: LAUREL_LONG=1 runs it")
	}
	packages := map[string]any{}
	for name, text := range realPackages(t) {
		packages[name] = value(t, text)
	}
	names := slices.Sorted(maps.Keys(packages))
	r := rand.New(rand.NewPCG(11, 11))
	drawn := 0
	for end := time.Now().Add(10 * time.Minute); time.Now().Before(end); drawn++ {
		whole, ok := packages[names[r.IntN(len(names))]].(map[string]any)
		if !ok {
			continue
		}
		var tree any = cut(r, whole)
		for range 1 + r.IntN(8) {
			if changed, ok := mutate(r, tree).(map[string]any); ok {
				tree = changed
			}
		}
		text, err := json.Marshal(tree)
		require.NoError(t, err)
		agree(t, text)
		if p, _, err := casefw.Parse[casefw.CFPackage](text, casefw.Options{}); err == nil {
			mended(t, p)
		}
	}
	t.Logf("%d packages", drawn)
}

// cut returns a package with twenty records of each list.
func cut(r *rand.Rand, whole map[string]any) map[string]any {
	part := map[string]any{}
	for name, v := range whole {
		if records, many := v.([]any); many {
			from := r.IntN(len(records) + 1)
			v = records[from:min(len(records), from+20)]
		}
		part[name] = copied(v)
	}
	return part
}

// agree holds a stream and single reading to the same answer: what is accepted, what
// is found where, what is read, and what is written in every form.
func agree(t *testing.T, text []byte) {
	t.Helper()
	o := casefw.Options{MaxFindings: -1}
	f, report, err := casefw.Load(context.Background(), iotest.HalfReader(bytes.NewReader(text)), o)
	p, treeReport, treeErr := casefw.Parse[casefw.CFPackage](text, o)
	require.Equal(t, treeErr == nil, err == nil, "%s", text)
	if err != nil {
		require.Equal(t, casefw.Reject, report.Verdict()) // for the same reason where there is one alone
		require.Equal(t, casefw.Reject, treeReport.Verdict())
		return
	}
	if !report.Has(casefw.CodeDuplicateJSONKey) { // a tree looks at the last value alone
		require.Equal(t, places(treeReport), places(report), "%s", text)
		require.Equal(t, treeReport.Counts, report.Counts, "%s", text)
	}
	packed := casefw.NewFramework(p)
	for _, form := range []casefw.Form{casefw.AsSent, casefw.Repaired, casefw.Standard} {
		want := string(casefw.Append(nil, p, form))
		require.JSONEq(t, want, written(t, f, form), "%d of %s", form, text)
		require.JSONEq(t, want, written(t, packed, form), "%d of %s", form, text)
	}
	f.Lint(0)
	require.True(t, casefw.Diff(f, packed).Empty(), "%s", text)
}
