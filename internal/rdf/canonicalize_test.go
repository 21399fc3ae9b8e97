package rdf_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/nquads"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// parse reads N-Quads that the test wrote or trusts.
func parse(t testing.TB, text string) (*rdf.Dataset, map[string]int32) {
	t.Helper()
	d, labels, err := nquads.Parse([]byte(text))
	require.NoError(t, err)
	return d, labels
}

// dataset holds statements about so many nodes.
func dataset(nodes int32, quads ...rdf.Quad) *rdf.Dataset {
	d := &rdf.Dataset{Nodes: nodes}
	add(d, quads...)
	return d
}

func add(d *rdf.Dataset, quads ...rdf.Quad) {
	for i := range quads {
		d.Add(&quads[i])
	}
}

// canonical gives the canonical form as a string of its own.
func canonical(t testing.TB, d *rdf.Dataset, o rdf.Options) string {
	t.Helper()
	c, err := rdf.Canonicalize(context.Background(), d, o)
	require.NoError(t, err)
	defer c.Release()
	return string(c.NQuads())
}

func requireCode(t testing.TB, err error, code string) *rdf.Error {
	t.Helper()
	var e *rdf.Error
	require.Truef(t, errors.As(err, &e), "%v", err)
	require.Equal(t, code, e.Code, e.Error())
	return e
}

type suiteTest struct {
	ID            string `json:"id"`
	Type          string `json:"type"`
	Name          string `json:"name"`
	Action        string `json:"action"`
	Result        string `json:"result"`
	HashAlgorithm string `json:"hashAlgorithm"`
}

// TestSuite runs the W3C test suite of RDFC-1.0 with the default limits.
func TestSuite(t *testing.T) {
	manifest := testkit.Shared(t, "vc/rdf-canon/manifest.jsonld")
	data, err := os.ReadFile(manifest)
	require.NoError(t, err)
	var suite struct{ Entries []suiteTest }
	require.NoError(t, json.Unmarshal(data, &suite))
	kinds := map[string]int{}
	for _, test := range suite.Entries {
		kinds[test.Type]++
		t.Run(strings.TrimPrefix(test.ID, "#"), func(t *testing.T) { runSuiteTest(t, filepath.Dir(manifest), test) })
	}
	require.Equal(t, map[string]int{"rdfc:RDFC10EvalTest": 64, "rdfc:RDFC10MapTest": 21, "rdfc:RDFC10NegativeEvalTest": 1}, kinds)
}

func runSuiteTest(t *testing.T, dir string, test suiteTest) {
	o := rdf.Options{}
	switch test.HashAlgorithm {
	case "":
	case "SHA384":
		o.Hash = rdf.SHA384
	default:
		t.Fatalf("unknown hash %q", test.HashAlgorithm)
	}
	input, err := os.ReadFile(filepath.Join(dir, test.Action))
	require.NoError(t, err)
	d, labels := parse(t, string(input))
	c, err := rdf.Canonicalize(context.Background(), d, o)
	if test.Type == "rdfc:RDFC10NegativeEvalTest" {
		requireCode(t, err, rdf.CodeWorkLimit)
		return
	}
	require.NoError(t, err)
	defer c.Release()
	t.Logf("%s: %d units of work", test.Name, c.Work())
	want, err := os.ReadFile(filepath.Join(dir, test.Result))
	require.NoError(t, err)
	if test.Type == "rdfc:RDFC10EvalTest" {
		require.Equal(t, string(want), string(c.NQuads()))
		return
	}
	var issued map[string]string
	require.NoError(t, json.Unmarshal(want, &issued))
	got := map[string]string{}
	for label, n := range labels {
		got[label] = c.Label(n)
	}
	require.Equal(t, issued, got)
}
