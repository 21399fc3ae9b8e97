package floors_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What products see names nothing that they cannot: no signature, field, type, constant
// or variable of a public package says a type or a value of an internal one.
func TestPublicNamesNothingInternal(t *testing.T) {
	set, all := sources(t)
	for _, s := range all {
		if !s.public() {
			continue
		}
		for _, name := range insideNamed(s.Files) {
			t.Errorf("%s: %s.%s is internal, and stands in what products see", set.Position(name.Pos()), name.X, name.Sel)
		}
	}
}

// The test above sees each place where a public name can stand, and lets through what
// nobody outside can see.
func TestPublicNamesCanRefuse(t *testing.T) {
	const head = "package p\nimport \"github.com/laurel-edu/laurel/internal/in\"\nimport \"github.com/laurel-edu/laurel/vc\"\n"
	for _, text := range []string{
		"func F(in.V) {}", "func F() []*in.V { return nil }", "func F(vc.T) (a int, b map[string]in.V) { return }",
		"type T struct{ Field in.V }", "type T struct{ in.V }", "type T struct{ hidden }\ntype hidden = in.V", "type T = in.V",
		"type T in.V", "type I interface{ M(in.V) }", "type T struct{}\nfunc (T) M() in.V { return 0 }", "type T[A in.V] struct{}",
		"const C = in.C", "const C vc.T = vc.T(in.C)", "var V = in.V{}", "var V in.V", "func F(local) {}\ntype local = in.V",
	} {
		require.Len(t, insideNamed(parsed(t, head+text)), 1, text)
	}
	for _, text := range []string{
		"func f(in.V) {}", "func F() { in.Do() }", "type T struct{ field in.V }", "type t struct{ Field in.V }",
		"type t struct{}\nfunc (t) M() in.V { return 0 }", "const c = in.C", "var v = in.V{}", "func F(vc.T) {}", "type T struct{ field local }\ntype local = in.V",
		"var V = func() int { return in.C }()",
	} {
		require.Empty(t, insideNamed(parsed(t, head+text)), text)
	}
}

func parsed(t *testing.T, text string) []*ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", text, 0)
	require.NoError(t, err)
	return []*ast.File{file}
}

// insideNamed returns the places in the public declarations of a package where a name
// of an internal package stands.
func insideNamed(files []*ast.File) (found []*ast.SelectorExpr) {
	aliases := localAliases(files)
	for _, file := range files {
		w := publicWalk{inside: insideImports(file), aliases: aliases}
		for _, decl := range file.Decls {
			w.declaration(decl)
		}
		found = append(found, w.found...)
	}
	return found
}

// insideImports are the names by which a file calls internal packages.
func insideImports(file *ast.File) map[string]bool {
	names := map[string]bool{}
	for _, spec := range file.Imports {
		full, _ := strconv.Unquote(spec.Path.Value)
		if !strings.Contains(full, "/internal/") {
			continue
		}
		name := path.Base(full)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = true
	}
	return names
}

// localAliases are the hidden names of a package that are other names of internal
// types.
func localAliases(files []*ast.File) map[string]*ast.SelectorExpr {
	aliases := map[string]*ast.SelectorExpr{}
	for _, file := range files {
		inside := insideImports(file)
		for _, decl := range file.Decls {
			group, _ := decl.(*ast.GenDecl)
			if group == nil {
				continue
			}
			for _, spec := range group.Specs {
				alias, _ := spec.(*ast.TypeSpec)
				if alias == nil || alias.Assign == token.NoPos {
					continue
				}
				if name, ok := alias.Type.(*ast.SelectorExpr); ok && !alias.Name.IsExported() && insideSelector(inside, name) {
					aliases[alias.Name.Name] = name
				}
			}
		}
	}
	return aliases
}

func insideSelector(inside map[string]bool, e *ast.SelectorExpr) bool {
	pkg, ok := e.X.(*ast.Ident)
	return ok && inside[pkg.Name]
}

// publicWalk goes through what products see of a file.
type publicWalk struct {
	inside  map[string]bool
	aliases map[string]*ast.SelectorExpr
	found   []*ast.SelectorExpr
}

func (w *publicWalk) declaration(decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Name.IsExported() && (decl.Recv == nil || receiver(decl).IsExported()) {
			w.look(decl.Type)
		}
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if spec.Name.IsExported() {
					w.typed(spec)
				}
			case *ast.ValueSpec:
				w.values(spec)
			}
		}
	}
}

func (w *publicWalk) typed(spec *ast.TypeSpec) {
	if spec.TypeParams != nil {
		w.look(spec.TypeParams)
	}
	object, ok := spec.Type.(*ast.StructType)
	if !ok {
		w.look(spec.Type)
		return
	}
	for _, field := range object.Fields.List {
		if len(field.Names) == 0 || len(exported(field.Names)) > 0 {
			w.look(field.Type)
		}
	}
}

func (w *publicWalk) values(spec *ast.ValueSpec) {
	if len(exported(spec.Names)) == 0 {
		return
	}
	if spec.Type != nil {
		w.look(spec.Type)
	}
	for _, value := range spec.Values {
		w.look(value)
	}
}

// look finds the names in a type or a value. What a function does is its own business.
func (w *publicWalk) look(node ast.Node) {
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			w.look(n.Type)
			return false
		case *ast.SelectorExpr:
			if insideSelector(w.inside, n) {
				w.found = append(w.found, n)
			}
			return false
		case *ast.Ident:
			if of := w.aliases[n.Name]; of != nil {
				w.found = append(w.found, of)
			}
		}
		return true
	})
}
