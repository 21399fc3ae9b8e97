package exchange_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// Property: reading never panics; what was read comes back from its tables as it was,
// and from the items alone with the losses noted.
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
		comesBack(t, casefw.NewFramework(p), forms[0], exchange.WriteOptions{})
		comesBack(t, casefw.NewFramework(p), forms[3], exchange.WriteOptions{})
	})
}

// Property: reading five tables never panics, and what was read comes back.
func FuzzReadTables(f *testing.F) {
	var tables [5]bytes.Buffer
	_, err := exchange.Write(context.Background(), exchange.Outputs{Document: &tables[0], Items: &tables[1], Associations: &tables[2],
		Rubrics: &tables[3], Definitions: &tables[4]}, chain(3), exchange.WriteOptions{})
	require.NoError(f, err)
	f.Add(tables[0].Bytes(), tables[1].Bytes(), tables[2].Bytes(), tables[3].Bytes(), tables[4].Bytes())
	f.Add([]byte("identifier,title,CASE JSON\n,T,\"[{},{\"\"uri\"\":null}]\"\n"), []byte("fullStatement,code,parent\nS,A,B\nT,B,A\n"),
		[]byte("originNodeHumanCodingScheme,associationType,destinationNodeHumanCodingScheme\nA,isChildOf,B\n"),
		[]byte("type,identifier,title,score\nRubric,R,T,1\nCriterion,C,,\nLevel,L,,x\n"),
		[]byte("type,title,CASE JSON\nCFLicense,L,\nCFPackage,,\"{\"\"extensions\"\":{}}\"\n"))
	o := options
	o.MaxBytes, o.MaxRows = 1<<14, 100
	f.Fuzz(func(t *testing.T, document, items, associations, rubrics, definitions []byte) {
		in := exchange.Tables{Document: bytes.NewReader(document), Items: bytes.NewReader(items),
			Associations: bytes.NewReader(associations), Rubrics: bytes.NewReader(rubrics), Definitions: bytes.NewReader(definitions)}
		p, report, err := exchange.Read(context.Background(), in, o)
		require.NotNil(t, report)
		if err == nil {
			comesBack(t, casefw.NewFramework(p), forms[0], exchange.WriteOptions{})
		}
	})
}
