// Package testkit is what several packages' tests share: the finder of the
// shared test data, a fixed clock, and the text of a badge.
package testkit

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Shared returns the path of a file or folder of the shared test data, which
// stands beside the checkout as ../shared/data. The test is skipped where that
// folder is absent: the data is the specifications' and not part of the project.
func Shared(t testing.TB, path string) string {
	t.Helper()
	data := filepath.Join(root(t), "..", "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Skipf("skipped: the shared test data is not beside this checkout (%s)", filepath.Join("..", "shared", "data"))
	}
	full := filepath.Join(data, filepath.FromSlash(path))
	if _, err := os.Stat(full); err != nil {
		t.Fatalf("testkit: the shared test data lacks %s", path)
	}
	return full
}

// ReadShared returns the content of a file of the shared test data.
func ReadShared(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(Shared(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// root is the folder of go.mod, above the package under test.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("testkit: no go.mod above the test")
		}
		dir = parent
	}
}

// Now is the instant that tests take for the present.
var Now = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// Clock returns [Now], for the Now field of a Config.
func Clock() time.Time { return Now }

// Samples returns the credentials in folders of the shared samples.
func Samples(t testing.TB, folders ...string) (files []string) {
	t.Helper()
	for _, folder := range folders {
		found, err := filepath.Glob(filepath.Join(Shared(t, "ob/samples/"+folder), "*"))
		if err != nil || len(found) == 0 {
			t.Fatalf("testkit: no samples in %s: %v", folder, err)
		}
		for _, f := range found {
			if ext := filepath.Ext(f); ext == ".json" || ext == ".1ob" {
				files = append(files, f)
			}
		}
	}
	return files
}
