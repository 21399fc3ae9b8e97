package ob2_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/ob/ob2"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Whatever the bytes, Read gives a document or a problem with a code; what it gives is judged
// without a panic, and reads the same once more.
func FuzzRead(f *testing.F) {
	o := school.NewOld()
	for url := range o.At {
		f.Add(o.Text(url))
	}
	f.Add(o.Signed(nil))
	f.Add([]byte(`{"@context":["https://w3id.org/openbadges/v2",{"a":{"@id":"obi:badge","@type":"@id"}}],"@type":"obi:Assertion","a":{"@list":[1]}}`))
	f.Add([]byte(`{"@context":{"id":"@id","x":"y:z"},"id":"_:b","type":["Issuer"],"schema:name":{"@value":"a","@language":"en"}}`))
	f.Fuzz(func(t *testing.T, src []byte) {
		d, err := ob2.Read(src)
		if err != nil {
			require.NotNil(t, vc.ProblemOf(err), err)
			return
		}
		for _, p := range d.Check() {
			require.NotEmpty(t, p.Code)
		}
		var a ob2.Assertion
		_ = d.Decode(&a) // whatever it says
		if !d.Signed() {
			again, err := ob2.Read(d.Bytes())
			require.NoError(t, err)
			require.Equal(t, d.Class(), again.Class())
			require.Equal(t, d.ID(), again.ID())
		}
	})
}

// Property: whatever stands at the address of an extension's context, and as its schema,
// nothing panics, the verdict is the same each time, and of the badge itself nothing changes.
func FuzzExtension(f *testing.F) {
	f.Add(`{"@context":{"m":"https://m.example/#"},"obi:validation":{"obi:validatesType":"m:M","obi:validationSchema":"https://m.example/s"}}`, `{"type":"object"}`)
	f.Add(`{"@context":[],"validation":[{"validatesType":"https://m.example/#M","validationSchema":"https://m.example/c"}]}`, `{"required":["x"]}`)
	f.Add(`{"validation":7}`, ``)
	o := school.NewOld()
	o.At[school.OldAssertion]["extensions:mood"] = map[string]any{"@context": "https://m.example/c",
		"type": []any{"Extension", "https://m.example/#M"}, "mood": "glad"}
	assertion := o.Text(school.OldAssertion)
	f.Fuzz(func(t *testing.T, context, schema string) {
		all := pages{"https://m.example/c": []byte(context), "https://m.example/s": []byte(schema)}
		for url := range o.At {
			all[url] = o.Text(url)
		}
		first := inspect(t, all, assertion, ob2.Options{})
		require.Equal(t, first.Codes(), inspect(t, all, assertion, ob2.Options{}).Codes())
		for _, c := range first.Checks {
			require.True(t, c.Name == verify.CheckSchema || len(c.Problems) == 0, "%s: %v", c.Name, c.Problems)
		}
	})
}
