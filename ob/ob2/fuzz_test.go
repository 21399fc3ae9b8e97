package ob2_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/ob/ob2"
	"github.com/laurel-edu/laurel/vc"
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
