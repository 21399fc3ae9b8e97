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

// sources parses every package of the module, in the order of their folders.
func sources(t *testing.T) (*token.FileSet, []source) {
	t.Helper()
	set := token.NewFileSet()
	files := map[string][]*ast.File{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == "testdata" || strings.HasPrefix(name, ".") && path != root):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		dir := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), root+"/")
		files[dir] = append(files[dir], file)
		return err
	})
	require.NoError(t, err)
	require.Greater(t, len(files), 30)
	var all []source
	for _, dir := range slices.Sorted(maps.Keys(files)) {
		all = append(all, source{Dir: dir, Files: files[dir]})
	}
	return set, all
}
