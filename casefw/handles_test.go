package casefw_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/stretchr/testify/require"
)

// zeros are the handles and results that a product may hold without having asked
// anything.
var zeros = []any{casefw.Item{}, casefw.Association{}, casefw.Node{}, casefw.GUID{}, casefw.Match{}, casefw.Record{},
	casefw.AlignmentResolution{}, casefw.ItemChange{}, casefw.AssociationChange{}, casefw.RecordChange{}, casefw.AssociationType(""),
	casefw.Semantics{}, casefw.Version(0), casefw.Status(0), casefw.Form(0), &casefw.Changes{}, &casefw.Catalog{}, &casefw.Framework{}}

// called are the methods of the zero values that were called.
type called map[string]bool

// all calls each exported method of a value with zero arguments, walks what it returns,
// and does the same with values of this package that come out.
func (c called) all(t *testing.T, v reflect.Value, depth int) {
	t.Helper()
	for i := range v.NumMethod() {
		name := fmt.Sprintf("%s.%s", v.Type(), v.Type().Method(i).Name)
		c[name] = true
		require.NotPanics(t, func() {
			for _, result := range c.call(v.Method(i)) {
				c.walk(t, result, depth)
			}
		}, name)
	}
}

// call calls a function with the zero value of each argument, and a function that goes on
// in the place of one.
func (c called) call(f reflect.Value) []reflect.Value {
	kind := f.Type()
	var args []reflect.Value
	for k := range kind.NumIn() {
		switch in := kind.In(k); {
		case kind.IsVariadic() && k == kind.NumIn()-1:
		case in.Kind() == reflect.Func:
			args = append(args, reflect.MakeFunc(in, func([]reflect.Value) []reflect.Value {
				return []reflect.Value{reflect.ValueOf(true)}
			}))
		case in.String() == "io.Writer":
			args = append(args, reflect.ValueOf(&strings.Builder{}))
		case in.String() == "context.Context":
			args = append(args, reflect.ValueOf(context.Background()))
		case in.Kind() == reflect.Pointer:
			args = append(args, reflect.New(in.Elem()))
		default:
			args = append(args, reflect.Zero(in))
		}
	}
	return f.Call(args)
}

// walk walks an iterator, and goes on with a value of the package.
func (c called) walk(t *testing.T, v reflect.Value, depth int) {
	t.Helper()
	switch kind := v.Type(); {
	case kind.Kind() == reflect.Func:
		c.call(v)
	case kind.Kind() == reflect.Pointer && v.IsNil(), kind.Kind() == reflect.Interface:
	case strings.Contains(kind.String(), "casefw.") && depth < 3:
		c.all(t, v, depth+1)
	}
}

// Nothing that is asked of a zero handle panics, nor of what it gives out.
func TestZeroHandlesAnswer(t *testing.T) {
	c := called{}
	for _, zero := range zeros {
		c.all(t, reflect.ValueOf(zero), 0)
	}
	require.Greater(t, len(c), 130)
	for _, name := range []string{"casefw.Item.Framework", "*casefw.Framework.Title", "*casefw.Framework.Find", "casefw.Node.Item",
		"*casefw.Changes.Lint", "*casefw.Catalog.CrosswalkOf", "*casefw.Report.Verdict"} {
		require.Contains(t, slices.Collect(maps.Keys(c)), name)
	}
	require.True(t, casefw.Diff(nil, nil).Empty())
	require.Len(t, casefw.Diff(nil, linked("one", []int{1})).Added, 1)
	require.Equal(t, "", casefw.Item{}.Framework().Title())
}

// enumerations are those of the packages of CASE.
var enumerations = []any{casefw.Certainty(0), casefw.Form(0), casefw.NodeKind(0), casefw.Resolution(0), casefw.Status(0), casefw.Verdict(0),
	casefw.Version(0), caseapi.Action(0), caseapi.Evidence(0), caseapi.Kind(0), exchange.Formulas(0)}

// Every value of every enumeration prints as a word of its own, and one that there is not
// does not panic.
func TestEnumerationsPrintAsWords(t *testing.T) {
	declared := constants(t, ".", "caseapi", "exchange")
	for _, zero := range enumerations {
		kind := reflect.TypeOf(zero)
		_, isStringer := zero.(fmt.Stringer)
		require.True(t, isStringer, kind)
		words := map[string]bool{}
		for n := range 256 {
			v := reflect.New(kind).Elem()
			v.SetUint(uint64(n))
			word := fmt.Sprint(v.Interface())
			require.False(t, kind.Name() != "Version" && strings.ContainsFunc(word, unicode.IsDigit), "%s %d is %s", kind, n, word)
			words[word] = true
		}
		require.GreaterOrEqual(t, len(words), declared[kind.String()], "%s: %v", kind, words)
		delete(declared, kind.String())
	}
	require.Empty(t, declared, "enumerations that the test does not know")
}

// constants counts the exported constants of each type that is a number.
func constants(t *testing.T, dirs ...string) map[string]int {
	numbers, count := map[string]bool{}, map[string]int{}
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		require.NoError(t, err)
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			require.NoError(t, err)
			for _, d := range file.Decls {
				if g, ok := d.(*ast.GenDecl); ok && !strings.HasSuffix(name, "_test.go") {
					declare(g, file.Name.Name+".", numbers, count)
				}
			}
		}
	}
	maps.DeleteFunc(count, func(name string, _ int) bool { return !numbers[name] })
	return count
}

func declare(g *ast.GenDecl, prefix string, numbers map[string]bool, count map[string]int) {
	current := ""
	for _, spec := range g.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if id, ok := s.Type.(*ast.Ident); ok && s.Name.IsExported() && strings.Contains(id.Name, "int") {
				numbers[prefix+s.Name.Name] = true
			}
		case *ast.ValueSpec:
			if id, ok := s.Type.(*ast.Ident); ok {
				current = prefix + id.Name
			}
			if g.Tok == token.CONST && s.Names[0].IsExported() {
				count[current] += len(s.Names)
			}
		}
	}
}
