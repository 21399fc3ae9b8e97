package storetest_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/casefw/plan/storetest"
)

// The store in memory keeps what stores promise.
func TestMemoryStore(t *testing.T) {
	require.NoError(t, storetest.Test(t.Context(), func() (storetest.Store, error) { return &plan.MemoryStore{}, nil }))
}

// careless is a store that forgets one thing.
type careless struct {
	plan.MemoryStore
	how string
}

func (c *careless) Commit(ctx context.Context, learner string, revision int64, state []byte, decisions []plan.Decision) error {
	switch c.how {
	case "overwrites":
		_, revision, _ = c.Load(ctx, learner)
	case "drops decisions":
		decisions = nil
	case "one case":
		learner = "ana"
	}
	err := c.MemoryStore.Commit(ctx, learner, revision, state, decisions)
	if c.how == "tells no conflict" && err != nil {
		return nil
	}
	return err
}

func (c *careless) Done(ctx context.Context, id int64) error {
	if c.how == "never done" {
		return nil
	}
	return c.MemoryStore.Done(ctx, id)
}

func (c *careless) Pending(ctx context.Context, most int) ([]plan.Entry, error) {
	if c.how == "everything" {
		most = 1000
	}
	if c.how == "panics" {
		panic("no table")
	}
	return c.MemoryStore.Pending(ctx, most)
}

// What a store does wrong is found.
func TestFaultsAreFound(t *testing.T) {
	for how, told := range map[string]string{"overwrites": "want ErrConflict", "drops decisions": "decisions wait", "one case": "states",
		"tells no conflict": "want ErrConflict", "never done": "after one is done", "everything": "at most", "panics": "no table"} {
		err := storetest.Test(t.Context(), func() (storetest.Store, error) { return &careless{how: how}, nil })
		require.ErrorContains(t, err, told, how)
	}
	require.ErrorContains(t, storetest.Test(t.Context(), func() (storetest.Store, error) { return nil, nil }), "opening the store")
}
