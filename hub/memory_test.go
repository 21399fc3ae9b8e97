package hub_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/hub/storetest"
)

func TestMemoryKeepsThePromisesOfAStore(t *testing.T) {
	m := &hub.Memory{}
	passed, err := storetest.Test(t.Context(), func(context.Context) (hub.Store, error) { return m, nil })
	require.NoError(t, err)
	require.NotZero(t, passed)
	t.Logf("memory: %d cases passed", passed)
}
