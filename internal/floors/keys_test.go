package floors_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// handMade are the functions that make a key of chosen bytes, or a signature, with what
// tests have in their place.
var handMade = map[string]string{
	"ed25519.NewKeyFromSeed": "obtest.Key", "ecdsa.ParseRawPrivateKey": "obtest.Key",
	"dataintegrity.Sign": "Sign of an obtest.Issuer",
}

// Tests take keys, issuers and signatures from conformance/obtest: one way, which products
// have too. Only the tests of what signs call it themselves.
func TestTestsSignByObtest(t *testing.T) {
	var found []string
	for _, path := range goFiles(t) {
		in := folder(path) + "/"
		if !strings.HasSuffix(path, "_test.go") && !outside(folder(path)) ||
			strings.HasPrefix(in, "proof/") || in == "conformance/obtest/" {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			if of, ok := n.(*ast.SelectorExpr); ok {
				if from, ok := of.X.(*ast.Ident); ok {
					if instead := handMade[from.Name+"."+of.Sel.Name]; instead != "" {
						found = append(found, set.Position(of.Pos()).String()+" uses "+from.Name+"."+of.Sel.Name+" for "+instead)
					}
				}
			}
			return true
		})
	}
	require.Empty(t, found)
}
