package storetest_test

import (
	"testing"

	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/oauthsrv/storetest"
	"github.com/stretchr/testify/require"
)

func TestMemoryStore(t *testing.T) {
	store := &oauthsrv.MemoryStore{}
	for _, c := range storetest.Cases() {
		t.Run(c.Name, func(t *testing.T) { require.NoError(t, c.Run(t.Context(), store)) })
	}
	require.NoError(t, storetest.Test(t.Context(), store))
}
