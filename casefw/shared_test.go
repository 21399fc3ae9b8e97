package casefw_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// expectation is one entry of the shared catalogue of synthetic packages.
type expectation struct {
	Lenient     string          `json:"lenient"`
	Diagnostics []string        `json:"diagnostics"`
	V1p0        string          `json:"officialSchemaV1p0"`
	V1p1        string          `json:"officialSchemaV1p1"`
	Expect      json.RawMessage `json:"expect"`
}

func expectations(t testing.TB) map[string]expectation {
	t.Helper()
	var all map[string]expectation
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/packages/synthetic/expected.json"), &all))
	return all
}

// synthetic returns a synthetic package, unpacked where it is packed.
func synthetic(t testing.TB, name string) []byte {
	t.Helper()
	return unpacked(t, name, testkit.ReadShared(t, "case/packages/synthetic/"+name))
}

func unpacked(t testing.TB, name string, b []byte) []byte {
	t.Helper()
	if !strings.HasSuffix(name, ".gz") {
		return b
	}
	r, err := gzip.NewReader(bytes.NewReader(b))
	require.NoError(t, err)
	b, err = io.ReadAll(r)
	require.NoError(t, err)
	return b
}

// realPackages returns the packages that real providers published, by path.
func realPackages(t testing.TB) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, dir := range []string{"case/packages/real", "case/packages/opensalt-tests"} {
		files, err := filepath.Glob(filepath.Join(testkit.Shared(t, dir), "*.json"))
		require.NoError(t, err)
		for _, file := range files {
			b, err := os.ReadFile(file)
			require.NoError(t, err)
			all[path.Join(strings.TrimPrefix(dir, "case/"), filepath.Base(file))] = b
		}
	}
	return all
}

// allPackages returns every shared package that is not too long to compare.
func allPackages(t testing.TB) map[string][]byte {
	t.Helper()
	all := realPackages(t)
	for name := range expectations(t) {
		if testing.Short() && strings.HasSuffix(name, ".gz") {
			continue
		}
		all["packages/synthetic/"+name] = synthetic(t, name)
	}
	return all
}

func vcCode(s string) vc.Code { return vc.Code(s) }

// requireCode asserts that err is a problem of the code.
func requireCode(t testing.TB, err error, code vc.Code) {
	t.Helper()
	var p *vc.Problem
	require.ErrorAs(t, err, &p)
	require.Equal(t, code, p.Code)
}
