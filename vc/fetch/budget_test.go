package fetch_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// spend spends until the budget refuses, and says how often that was.
func spend(t *testing.T, b *fetch.Budget) int {
	t.Helper()
	for n := range 100 {
		if err := b.Spend("https://school.example/a"); err != nil {
			e := want(t, err, fetch.CodeBudget)
			require.Equal(t, "https://school.example/a", e.URL)
			require.False(t, e.Temporary())
			return n
		}
	}
	t.Fatal("no end")
	return 0
}

func TestBudgetOfAnySize(t *testing.T) {
	var zero fetch.Budget
	require.Equal(t, fetch.DefaultBudget, spend(t, &zero))
	for n, most := range map[int]int{-1: fetch.DefaultBudget, 0: fetch.DefaultBudget, 1: 1, 3: 3} {
		b := fetch.NewBudget(n)
		require.Equal(t, most, spend(t, b))
		require.Zero(t, spend(t, b))
		require.Equal(t, most, b.Used(), "what was refused was not spent")
	}
}

// Whatever a part spends is spent of the whole, and neither goes beyond its own.
func TestBudgetWithin(t *testing.T) {
	whole := fetch.NewBudget(5)
	first, second := whole.Within(3), whole.Within(3)
	require.Equal(t, 3, spend(t, first))
	require.Equal(t, 3, whole.Used())
	require.Equal(t, 2, spend(t, second), "the whole ends before the part")
	require.Equal(t, []int{3, 2, 5}, []int{first.Used(), second.Used(), whole.Used()})
	require.Zero(t, spend(t, whole))

	deep := fetch.NewBudget(9).Within(7).Within(2)
	require.Equal(t, 2, spend(t, deep))
}

func TestBudgetIsSharedByGoroutines(t *testing.T) {
	whole := fetch.NewBudget(50)
	parts := []*fetch.Budget{whole, whole.Within(10), whole.Within(100)}
	var spent atomic.Int32
	var wg sync.WaitGroup
	for i := range 12 {
		wg.Go(func() {
			for range 20 {
				if parts[i%3].Spend("https://school.example/a") == nil {
					spent.Add(1)
				}
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 50, spent.Load())
	require.Equal(t, 50, whole.Used())
	require.LessOrEqual(t, parts[1].Used(), 10)
}
