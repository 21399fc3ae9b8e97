package unsupported_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/unsupported"
)

// Every entry is found by its kind and name, once, and says what it is and who says so.
func TestTable(t *testing.T) {
	for _, e := range unsupported.All() {
		found, ok := unsupported.Find(e.Kind, e.Name)
		require.True(t, ok)
		require.Equal(t, e, found, "%s stands twice", e.Name)
		require.Equal(t, "not-enabled-"+e.Name, e.Code())
		require.NotEmpty(t, e.About, e.Name)
		require.NotEmpty(t, e.Spec, e.Name)
	}
	for _, name := range []string{"", "HS256", "none", "eddsa-rdf-2022", "RS1", "X25519", "rs512"} {
		for kind := unsupported.Algorithm; kind <= unsupported.Media; kind++ {
			_, ok := unsupported.Find(kind, name)
			require.False(t, ok, name)
		}
	}
}
