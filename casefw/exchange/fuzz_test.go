package exchange_test

import (
	"context"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// Property: reading never panics; what was read can be written as tables, and
// these read again give the same items in number, identifier, code and statement,
// and no association fewer.
func FuzzReadItems(f *testing.F) {
	for _, seed := range []string{
		"fullStatement\nS\n",
		"#title,T\nidentifier,fullStatement,humanCodingScheme,smartLevel,isPartOf,x\nA,'=S,M.1,1.1,B|C,y\n",
		"fullStatement;code;parent;sequenceNumber;educationLevel\n\"a\"\"b\nc\";A;B;2.0;KG,01\nd;B;A;-1;\n",
		"\ufeffcode\tfullStatement\textension notes\nA\tx\ty\n",
	} {
		f.Add([]byte(seed))
	}
	o := options
	o.MaxBytes, o.MaxRows = 1<<16, 200
	f.Fuzz(func(t *testing.T, table []byte) {
		p, report, err := exchange.ReadItems(context.Background(), strings.NewReader(string(table)), o)
		require.NotNil(t, report)
		if err != nil {
			var p *vc.Problem
			require.ErrorAs(t, err, &p)
			_, ok := exchange.PlaceOf(p)
			require.True(t, ok, p)
			return
		}
		one := casefw.NewFramework(p)
		two := again(t, one)
		require.Equal(t, one.Len(), two.Len())
		ids := map[string]string{}
		for item := range two.Items() {
			ids[item.Identifier()] = item.Code() + "\n" + normal(item.Statement())
		}
		seen := map[string]bool{}
		for item := range one.Items() {
			if g := item.Identifier(); !seen[g] && len(ids) == one.Len() {
				seen[g] = true
				require.Equal(t, item.Code()+"\n"+normal(item.Statement()), ids[g])
			}
		}
		require.GreaterOrEqual(t, two.LenAssociations(), one.LenAssociations())
	})
}
