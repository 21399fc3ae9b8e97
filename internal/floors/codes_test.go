package floors_test

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// code is a constant that names a fault.
type code struct {
	Dir   string // of its package
	Name  string
	Words string // its comment
	Value string
	Own   bool // the value is written here; otherwise it is another constant's
	at    token.Position
	expr  ast.Expr
	file  *ast.File
}

// named reports whether a constant is called as codes are: Code…, or Warn… of a warning.
func named(constant string) bool {
	return strings.HasPrefix(constant, "Code") || strings.HasPrefix(constant, "Warn")
}

// codes collects the constants called so of every package but internal/rest, whose codes
// reach products in the words of each service.
func codes(t *testing.T) []code {
	t.Helper()
	set, all := sources(t)
	found := map[string]code{}
	for _, s := range all {
		if s.Dir == "internal/rest" {
			continue
		}
		for _, file := range s.Files {
			for _, c := range codesOf(file) {
				c.Dir, c.at = s.Dir, set.Position(c.expr.Pos())
				found[c.Dir+"."+c.Name] = c
			}
		}
	}
	require.Greater(t, len(found), 200)
	var list []code
	for _, c := range found {
		c.Value, c.Own = valueOf(found, c, c.expr)
		require.NotEmpty(t, c.Value, "%s: %s is neither a text nor another code", c.at, c.Name)
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b code) int {
		return strings.Compare(a.Value+" "+a.Dir+" "+a.Name, b.Value+" "+b.Dir+" "+b.Name)
	})
	return list
}

// codesOf returns the codes of a file with the words beside them, or above them where
// those begin with the name.
func codesOf(file *ast.File) (list []code) {
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			line := spec.(*ast.ValueSpec)
			name := line.Names[0].Name
			if !named(name) || len(line.Values) != 1 {
				continue
			}
			words := strings.TrimSpace(line.Comment.Text())
			if above, ok := strings.CutPrefix(line.Doc.Text(), name+": "); ok && words == "" {
				words, _, _ = strings.Cut(above, ".")
			}
			list = append(list, code{Name: name, Words: strings.Join(strings.Fields(words), " "), expr: line.Values[0], file: file})
		}
	}
	return list
}

// valueOf returns the text of a code, and whether it is written at its own place: a
// code may be that of another package, converted or not.
func valueOf(all map[string]code, c code, expr ast.Expr) (value string, own bool) {
	switch e := expr.(type) {
	case *ast.BasicLit:
		value, _ = strconv.Unquote(e.Value)
		return value, true
	case *ast.CallExpr:
		if len(e.Args) == 1 {
			return valueOf(all, c, e.Args[0])
		}
	case *ast.Ident:
		of := all[c.Dir+"."+e.Name]
		value, _ = valueOf(all, of, of.expr)
	case *ast.SelectorExpr:
		if pkg, ok := e.X.(*ast.Ident); ok {
			of := all[imported(c.file, pkg.Name)+"."+e.Sel.Name]
			value, _ = valueOf(all, of, of.expr)
		}
	}
	return value, false
}

// imported is the folder of the package that a file calls by name.
func imported(file *ast.File, name string) string {
	for _, spec := range file.Imports {
		full, _ := strconv.Unquote(spec.Path.Value)
		called := path.Base(full)
		if spec.Name != nil {
			called = spec.Name.Name
		}
		if dir, ours := strings.CutPrefix(full, module); ours && called == name {
			return dir
		}
	}
	return ""
}
