package ob

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// In whatever order values are asked for, their pointers are those that the
// document gives.
func TestPointers(t *testing.T) {
	doc, err := jsonx.Parse([]byte(`{"a":[1,[2,3,{"b/~c":[4]}],5],"":[[],[6]]}`), jsonx.Limits{}, nil)
	require.NoError(t, err)
	var all []jsonx.Value
	var walk func(jsonx.Value)
	walk = func(v jsonx.Value) {
		all = append(all, v)
		for c := v.First(); c.Exists(); c = c.Next() {
			walk(c)
		}
	}
	walk(doc.Root())
	var p pointers
	for range 200 {
		v := all[rand.IntN(len(all))]
		require.Equal(t, v.Pointer(), p.of(v))
	}
}
