package rest_test

import (
	"encoding/json"
	"testing"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

// shared reads a table of the shared data. All of them are trusted.
func shared[T any](t testing.TB, path string) (table T) {
	t.Helper()
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, path), &table))
	return table
}
