package floors_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every exported name of a package that products import says what it is for: types,
// functions, methods, constants, variables, the methods of interfaces with several,
// and the fields of what configures. Fields of the models are the specification's and
// may go without.
func TestExportedNamesAreDocumented(t *testing.T) {
	set, all := sources(t)
	for _, s := range all {
		if !s.public() {
			continue
		}
		for _, file := range s.Files {
			for _, name := range undocumented(file) {
				t.Errorf("%s: %s has no doc comment", set.Position(name.Pos()), name.Name)
			}
		}
	}
}

// The test above sees each kind of name without words, and lets each kind with words
// through.
func TestDocumentedCanRefuse(t *testing.T) {
	const bare = `package p
func F() {}
type T struct{ Field int }
func (T) M() {}
func (*T) N() {}
type G[A any] struct{}
func (g *G[A]) M() {}
type I interface{ Ask(); Tell() }
const C = 1
var V = 2
type Config struct{ Limit int }
`
	const quiet = `package p
func f() {}
type t struct{}
func (t) M() {} // of a type that nobody outside can name
// The values.
const (
	A = 1
	B = 2
)
var V = 2 // in words
// I is what can be asked.
type I interface{ Ask() }
// Config bounds.
type Config struct {
	Limit int // in bytes
	// Most is in bytes.
	Most int
}
`
	names := func(text string) (found []string) {
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", text, parser.ParseComments)
		require.NoError(t, err)
		for _, name := range undocumented(file) {
			found = append(found, name.Name)
		}
		return found
	}
	require.Equal(t, strings.Fields("F T M N G M I Ask Tell C V Config Limit"), names(bare))
	require.Empty(t, names(quiet))
}

// undocumented returns the exported names of a file that have no doc comment.
func undocumented(file *ast.File) (names []*ast.Ident) {
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Name.IsExported() && decl.Doc == nil && (decl.Recv == nil || receiver(decl).IsExported()) {
				names = append(names, decl.Name)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				names = append(names, bareNames(decl, spec)...)
			}
		}
	}
	return names
}

// receiver is the name of a method's type.
func receiver(method *ast.FuncDecl) *ast.Ident {
	expr := method.Recv.List[0].Type
	for {
		switch e := expr.(type) {
		case *ast.StarExpr:
			expr = e.X
		case *ast.IndexExpr:
			expr = e.X
		case *ast.IndexListExpr:
			expr = e.X
		case *ast.Ident:
			return e
		default:
			return ast.NewIdent("_")
		}
	}
}

// bareNames looks at one line of a declaration. A comment on the whole group speaks
// for its constants and variables, and not for types.
func bareNames(decl *ast.GenDecl, spec ast.Spec) (names []*ast.Ident) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		if decl.Doc == nil && spec.Doc == nil && spec.Comment == nil {
			names = exported(spec.Names)
		}
	case *ast.TypeSpec:
		if !spec.Name.IsExported() {
			return nil
		}
		if spec.Doc == nil && (decl.Doc == nil || decl.Lparen.IsValid()) {
			names = append(names, spec.Name)
		}
		names = append(names, bareMembers(spec)...)
	}
	return names
}

// bareMembers looks into an interface, whose comment speaks for its method where it
// has one, and into a struct that configures.
func bareMembers(spec *ast.TypeSpec) (names []*ast.Ident) {
	var members *ast.FieldList
	switch kind := spec.Type.(type) {
	case *ast.InterfaceType:
		if len(kind.Methods.List) == 1 {
			return nil
		}
		members = kind.Methods
	case *ast.StructType:
		if !strings.HasSuffix(spec.Name.Name, "Config") && !strings.HasSuffix(spec.Name.Name, "Options") {
			return nil
		}
		members = kind.Fields
	default:
		return nil
	}
	for _, member := range members.List {
		if member.Doc == nil && member.Comment == nil {
			names = append(names, exported(member.Names)...)
		}
	}
	return names
}

func exported(all []*ast.Ident) (names []*ast.Ident) {
	for _, name := range all {
		if name.IsExported() {
			names = append(names, name)
		}
	}
	return names
}
