package status

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
)

// Every code says how its fault is mended and which clause it is about.
func TestEveryCodeIsExplained(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	require.NoError(t, err)
	declared := map[vc.Code]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if ok && strings.HasPrefix(spec.Names[0].Name, "Code") {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			require.False(t, declared[vc.Code(text)], "%s is declared twice", text)
			declared[vc.Code(text)] = true
			f := facts[vc.Code(text)]
			require.NotEmpty(t, f.fix, text)
			require.NotEmpty(t, f.spec, text)
		}
		return true
	})
	require.Len(t, facts, len(declared)+1, "and what fetch says of the requests")
	require.NotEmpty(t, declared)
}
