package casefw_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

func written(t testing.TB, f *casefw.Framework, form casefw.Form) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, f.WriteJSON(context.Background(), &b, form))
	return b.String()
}

// value reads JSON as plain values with numbers by their text.
func value(t testing.TB, text []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	require.NoError(t, d.Decode(&v))
	return v
}

func TestRealPackagesRoundTrip(t *testing.T) {
	for name, text := range realPackages(t) {
		t.Run(name, func(t *testing.T) {
			if strings.Contains(name, "stub") {
				_, _, err := casefw.LoadBytes(text, casefw.Options{})
				requireCode(t, err, casefw.CodeWrongResource)
				return
			}
			want := value(t, text)
			f, _, err := casefw.LoadBytes(text, casefw.Options{})
			require.NoError(t, err)
			require.Equal(t, want, value(t, []byte(written(t, f, casefw.AsSent))), "the framework")
			p, _, err := casefw.Parse[casefw.CFPackage](text, casefw.Options{})
			require.NoError(t, err)
			require.Equal(t, want, value(t, casefw.Append(nil, p, casefw.AsSent)), "the package")
			require.Equal(t, p, f.Package())
			require.Equal(t, want, value(t, []byte(written(t, casefw.NewFramework(p), casefw.AsSent))), "the package's framework")
		})
	}
}

// Reading in one piece, from a slow stream, record by record the slow way and as
// a tree must come to the same.
func TestWaysOfReadingAgree(t *testing.T) {
	for name, text := range allPackages(t) {
		t.Run(name, func(t *testing.T) {
			f, report, err := casefw.LoadBytes(text, casefw.Options{MaxFindings: -1})
			slow, slowReport, slowErr := casefw.LoadSlowly(text, casefw.Options{MaxFindings: -1})
			streamed, streamReport, streamErr := casefw.Load(context.Background(), iotest.HalfReader(bytes.NewReader(text)), casefw.Options{MaxFindings: -1})
			p, treeReport, treeErr := casefw.Parse[casefw.CFPackage](text, casefw.Options{MaxFindings: -1})
			require.Equal(t, err == nil, slowErr == nil)
			require.Equal(t, err == nil, streamErr == nil)
			require.Equal(t, err == nil, treeErr == nil)
			if err != nil {
				require.Equal(t, treeErr.(*vc.Problem).Code, err.(*vc.Problem).Code)
				require.Equal(t, casefw.Reject, treeReport.Verdict())
				require.Equal(t, casefw.Reject, report.Verdict())
				return
			}
			require.Equal(t, report.Counts, slowReport.Counts)
			require.Equal(t, report.Counts, streamReport.Counts)
			require.Equal(t, treeReport.Counts, report.Counts)
			for _, form := range []casefw.Form{casefw.AsSent, casefw.Repaired, casefw.Standard} {
				want := string(casefw.Append(nil, p, form))
				require.Equal(t, want, written(t, f, form))
				require.Equal(t, want, written(t, slow, form))
				require.Equal(t, want, written(t, streamed, form))
			}
		})
	}
}

// What was repaired must come out in the form of the standard: reading it again
// finds no fault that a repair can mend.
func TestRepairedIsCleaner(t *testing.T) {
	mended := []string{"null-value", "string-instead-of-array", "array-instead-of-object", "object-instead-of-array", "node-not-object",
		"number-as-string", "association-type-repaired", "full-statement-repaired", "wrapped-resource", "definitions-not-object"}
	for name, text := range allPackages(t) {
		p, _, err := casefw.Parse[casefw.CFPackage](text, casefw.Options{})
		if err != nil {
			continue
		}
		again, report, err := casefw.Parse[casefw.CFPackage](casefw.Append(nil, p, casefw.Repaired), casefw.Options{})
		require.NoError(t, err, name)
		for _, code := range mended {
			require.Zero(t, report.Counts[vcCode(code)], "%s: %s", name, code)
		}
		require.Equal(t, string(casefw.Append(nil, p, casefw.Repaired)), string(casefw.Append(nil, again, casefw.Repaired)), name)
	}
}
