package schema_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/schema"
)

// Property: whatever stands at a schema's URL, nothing panics, the answer is the same
// each time and with a Cache, a problem stands where and only where the credential was
// not found to fit, and none shows a value of the credential.
func FuzzSchema(f *testing.F) {
	const secret = "0123456789-personal"
	f.Add(readFile(f, "swimming.schema.json"))
	f.Add(subjectSchema(`{"required": ["x"], "properties": {"x": {"type": "integer", "multipleOf": 0.01}}}`))
	f.Add(levels(3, `{"allOf": [NEXT, {"not": NEXT}]}`))
	f.Add(`{` + head + `, "patternProperties": {"^c": {"items": {"$ref": "#"}}}, "unevaluatedProperties": false}`)
	f.Add(`{"$schema": "http://json-schema.org/draft-07/schema#", 
		"dependencies": {"id": ["x"], "issuer": {"const": 1}}, "contentMediaType": "application/json"}`)
	f.Add(`{"$schema": "https://json-schema.org/draft/2019-09/schema", "$recursiveAnchor": true,
		"properties": {"x": {"$recursiveRef": "#"}}}`)
	doc := credential(f, object{"x": []any{1, 2.5, nil, secret}, "y": object{"y": object{}}}, entry())
	f.Fuzz(func(t *testing.T, text string) {
		o := options(serving(text))
		first := check(t, doc, o)
		require.Contains(t, []schema.State{schema.StateFits, schema.StateMisfits, schema.StateUnknown}, first.State)
		require.Equal(t, first.State == schema.StateFits, len(first.Problems) == 0)
		for _, p := range first.Problems {
			require.NotContains(t, p.Message+p.Found+p.Expected, secret)
			require.NotEqual(t, schema.CodeFailed, p.Code, "%v", p)
		}
		o.Cache = schema.NewCache(0)
		for range 2 {
			again := check(t, doc, o)
			if again.State != first.State || !reflect.DeepEqual(told(again), told(first)) {
				t.Fatal(told(first), told(again))
			}
		}
	})
}

// Property: whatever the entries of a credential, each has its state, and it fits only
// by a schema that was had.
func FuzzEntries(f *testing.F) {
	for _, entries := range []any{entry(), []any{entry(), entry()}, with("type", []string{"JsonSchemaCredential", "JsonSchema"}),
		with("digestSRI", "sha256-AAAA"), schemaURL, nil} {
		f.Add(encode(f, entries))
	}
	h := serving(`{` + head + `}`)
	f.Fuzz(func(t *testing.T, entries string) {
		doc, err := vc.Parse([]byte(`{"issuer":"https://pool.example/issuer","credentialSchema":` + entries + `}`))
		if err != nil {
			return
		}
		r := schema.Check(t.Context(), doc, options(h))
		for i := range r.Entries {
			e := &r.Entries[i]
			fits := e.State == schema.StateFits || e.State == schema.StateRules
			if (len(e.Problems) == 0) != fits || e.State == schema.StateFits && h.bodies[e.ID] == "" {
				t.Fatal(e.State, e.Problems)
			}
		}
	})
}
