package floors_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// properNames are enumerations whose values are named as the specifications name them.
var properNames = []string{"ob.HashAlgorithm", "ob/bake.Format", "ob/bake.Kind"}

// unheld are the packages that do not keep to the idiom yet.
var unheld = []string{"casefw", "vc/rules"}

// One idiom (docs/design.md): a value of an enumeration begins with its noun, and a
// field Now is a clock.
func TestIdiom(t *testing.T) {
	set, all := sources(t)
	for _, s := range all {
		if !s.public() || slices.ContainsFunc(unheld, func(dir string) bool { return s.Dir == dir || strings.HasPrefix(s.Dir, dir+"/") }) {
			continue
		}
		for _, file := range s.Files {
			for name, kind := range valuesOf(file) {
				if !slices.Contains(properNames, s.Dir+"."+kind) && !hasNoun(name, kind) {
					t.Errorf("%s: %s, a value of %s, does not begin with its noun", s.Dir, name, kind)
				}
			}
			for _, pos := range instantsNow(file) {
				t.Errorf("%s: a field Now is no func() time.Time; an instant is At", set.Position(pos))
			}
		}
	}
}

func TestIdiomCanRefuse(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", `package p
type ProofState uint8
const (
	Good ProofState = iota
	Bad
	ProofGood
	hidden
)
const Limit = iota
type Options struct{ Now time.Time }
type Config struct{ Now func() time.Time }
`, 0)
	require.NoError(t, err)
	found := valuesOf(file)
	require.Equal(t, []string{"Bad", "Good", "ProofGood"}, slices.Sorted(maps.Keys(found)))
	require.False(t, hasNoun("Bad", "ProofState"))
	require.True(t, hasNoun("ProofGood", "ProofState"))
	require.True(t, hasNoun("StateClear", "State"))
	require.False(t, hasNoun("AnyProof", "ProofPolicy"))
	require.Len(t, instantsNow(file), 1)
}

// valuesOf are the exported constants of a file that are counted with iota, each with
// its type.
func valuesOf(file *ast.File) map[string]string {
	found := map[string]string{}
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		kind := ""
		for _, spec := range group.Specs {
			v := spec.(*ast.ValueSpec)
			if len(v.Values) > 0 {
				kind = ""
				if id, ok := v.Type.(*ast.Ident); ok && usesIota(v.Values[0]) {
					kind = id.Name
				}
			}
			if kind != "" && v.Names[0].IsExported() {
				found[v.Names[0].Name] = kind
			}
		}
	}
	return found
}

func usesIota(e ast.Expr) (found bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == "iota"
		return true
	})
	return found
}

// hasNoun reports whether a value begins with the first word of its type.
func hasNoun(name, kind string) bool {
	end := strings.IndexFunc(kind[1:], func(r rune) bool { return r >= 'A' && r <= 'Z' }) + 1
	if end == 0 {
		end = len(kind)
	}
	return strings.HasPrefix(name, kind[:end])
}

// instantsNow are the exported fields Now that hold no function.
func instantsNow(file *ast.File) (found []token.Pos) {
	ast.Inspect(file, func(n ast.Node) bool {
		field, ok := n.(*ast.Field)
		if !ok || len(field.Names) == 0 || field.Names[0].Name != "Now" {
			return true
		}
		if _, clock := field.Type.(*ast.FuncType); !clock {
			found = append(found, field.Pos())
		}
		return true
	})
	return found
}
