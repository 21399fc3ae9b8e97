package verify

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Whatever the number of processors and whoever is faster, the same credentials get
// their requests answered when there are too few for all.
func TestRoundsDoNotDependOnTime(t *testing.T) {
	for seed := range uint64(60) {
		draw := rand.New(rand.NewPCG(seed, 1))
		n, budget := 1+draw.IntN(150), draw.IntN(40)
		script := make([][]string, n) // what each asks for, one after the other
		for i := range script {
			for range draw.IntN(4) {
				script[i] = append(script[i], fmt.Sprint(draw.IntN(60)))
			}
		}
		want := play(t, script, budget, 1, nil)
		for _, parallel := range []int{1, 2, 7, 100} {
			jitter := rand.New(rand.NewPCG(seed, uint64(parallel)))
			waits := make([]int, n)
			for i := range waits {
				waits[i] = jitter.IntN(50)
			}
			require.Equal(t, want, play(t, script, budget, parallel, waits), "seed %d, %d at a time", seed, parallel)
		}
	}
}

// play runs a script and returns for each credential what became of its requests. A
// refusal ends what a credential asks for, as the lack of a key does.
func play(t *testing.T, script [][]string, budget, parallel int, waits []int) [][]bool {
	q := &requests{left: budget, most: budget}
	got := make([][]bool, len(script))
	var asked, busy, most atomic.Int64
	r := rounds{grant: func(key string) error {
		runtime.Gosched() // whoever was answered already may go on meanwhile
		return q.grant(key)
	}}
	r.each(context.Background(), len(script), parallel, func(ctx context.Context, i int) {
		for _, key := range script[i] {
			now := busy.Add(1)
			if waits != nil {
				for range waits[i] {
					runtime.Gosched()
				}
			}
			most.Store(max(most.Load(), now))
			busy.Add(-1)
			v, err := q.do(ctx, key, func() (any, error) { asked.Add(1); return key, nil })
			got[i] = append(got[i], err == nil)
			if err != nil {
				return
			}
			require.Equal(t, key, v)
		}
	})
	require.LessOrEqual(t, asked.Load(), int64(budget))
	require.LessOrEqual(t, most.Load(), int64(parallel))
	return got
}

// When the time is over nobody waits any longer, whatever is under way.
func TestRoundsEnd(t *testing.T) {
	for _, parallel := range []int{1, 3} {
		ctx, cancel := context.WithCancel(context.Background())
		q := &requests{left: 1000, most: 1000}
		var ended atomic.Int64
		go func() {
			time.Sleep(10 * time.Millisecond)
			cancel()
		}()
		r := rounds{grant: q.grant}
		r.each(ctx, 200, parallel, func(ctx context.Context, i int) {
			_, err := q.do(ctx, fmt.Sprint(i), func() (any, error) { <-ctx.Done(); return nil, ctx.Err() })
			require.ErrorIs(t, err, context.Canceled)
			ended.Add(1)
		})
		require.Equal(t, int64(200), ended.Load())
	}
}

func TestRequestsNarrow(t *testing.T) {
	q := &requests{left: 20, most: 20}
	ask := func(key string) error {
		_, err := q.do(context.Background(), key, func() (any, error) { return nil, nil })
		return err
	}
	for i := range 5 {
		require.NoError(t, ask(fmt.Sprint(i)))
	}
	q.narrow(8)
	q.narrow(30) // wider is nothing
	for i := range 8 {
		require.NoError(t, ask(fmt.Sprint(i)), "what was asked for is known")
	}
	require.Error(t, ask("8"))
	require.NoError(t, ask("7"))
	q.narrow(2)
	require.Error(t, ask("9"))
}
