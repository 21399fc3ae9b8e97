package floors_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// root is the module, seen from this folder.
const root = "../.."

// source is the syntax of a package without its tests.
type source struct {
	Dir   string // within the module, with slashes
	Files []*ast.File
}

// public tells what products import from what they cannot or need not.
func (s source) public() bool {
	return !strings.Contains("/"+s.Dir+"/", "/internal/") && !strings.HasPrefix(s.Dir, "examples/")
}

// goFiles are the paths of all Go files of the module, with their tests.
func goFiles(t *testing.T) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == "testdata" || strings.HasPrefix(name, ".") && path != root):
			return filepath.SkipDir
		case !entry.IsDir() && strings.HasSuffix(name, ".go"):
			paths = append(paths, path)
		}
		return nil
	})
	require.NoError(t, err)
	return paths
}

// folder is where a file stands within the module, with slashes.
func folder(path string) string {
	return strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), root+"/")
}

// sources parses every package of the module, in the order of their folders.
func sources(t *testing.T) (*token.FileSet, []source) {
	t.Helper()
	set := token.NewFileSet()
	files := map[string][]*ast.File{}
	for _, path := range goFiles(t) {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		require.NoError(t, err)
		files[folder(path)] = append(files[folder(path)], file)
	}
	require.Greater(t, len(files), 30)
	var all []source
	for _, dir := range slices.Sorted(maps.Keys(files)) {
		all = append(all, source{Dir: dir, Files: files[dir]})
	}
	return set, all
}
