package sqlstore_test

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub/sqlstore"
	"github.com/laurel-edu/laurel/internal/test/sqltest"
	"github.com/laurel-edu/laurel/vc/status"
)

// Random changes to the lists of two tenants leave what they leave in memory.
func TestListsAreThoseInMemory(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		s := opened(t, b, sqlstore.Config{})
		memory := map[string]*status.MemoryStore{"a": {}, "ab": {}, "": {}}
		random := rand.New(rand.NewPCG(1, 2))
		lists := []string{"revocation/1", "suspension/1", "brevocation/1"}
		for range 200 {
			for tenant, m := range memory {
				l, list, index := s.Lists(tenant), lists[random.IntN(len(lists))], random.IntN(40)
				if random.IntN(2) == 0 {
					want, err := m.Take(t.Context(), list, index)
					require.NoError(t, err)
					got, err := l.Take(t.Context(), list, index)
					require.NoError(t, err)
					require.Equal(t, want, got)
					continue
				}
				value := random.Uint64() >> random.IntN(65)
				require.NoError(t, m.Set(t.Context(), list, index, value))
				require.NoError(t, l.Set(t.Context(), list, index, value))
			}
		}
		s = opened(t, b, sqlstore.Config{})
		for tenant, m := range memory {
			for _, list := range lists {
				want, err := m.Load(t.Context(), list)
				require.NoError(t, err)
				got, err := s.Lists(tenant).Load(t.Context(), list)
				require.NoError(t, err)
				require.Equal(t, want, got)
			}
		}
		none, err := s.Lists("a").Load(t.Context(), "revocation/9")
		require.NoError(t, err)
		require.Zero(t, none.Taken)
		require.Empty(t, none.Values)
	})
}

// Of all who ask for an index, one gets it.
func TestIndexIsTakenOnce(t *testing.T) {
	sqltest.Each(t, func(t *testing.T, b sqltest.Base) {
		one, two := opened(t, b, sqlstore.Config{}).Lists(""), opened(t, b, sqlstore.Config{}).Lists("")
		for index := range 10 {
			var won atomic.Int32
			var group sync.WaitGroup
			for i := range 8 {
				group.Go(func() {
					l := one
					if i%2 == 1 {
						l = two
					}
					free, err := l.Take(t.Context(), "revocation/1", index)
					if err != nil {
						t.Error(err)
					}
					if free {
						won.Add(1)
					}
				})
			}
			group.Wait()
			require.EqualValues(t, 1, won.Load())
		}
	})
}
