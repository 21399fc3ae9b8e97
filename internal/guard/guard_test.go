package guard_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/guard"
)

// contexts are one that can end and one that cannot.
func contexts(t *testing.T) map[string]context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	return map[string]context.Context{"can end": ctx, "cannot end": context.Background()}
}

func TestCallPassesAnswersOn(t *testing.T) {
	own := errors.New("own")
	for name, ctx := range contexts(t) {
		t.Run(name, func(t *testing.T) {
			got, err := guard.Call(ctx, func() (int, error) { return 7, own })
			require.Equal(t, 7, got)
			require.Same(t, own, err)
		})
	}
}

func TestCallCatchesPanics(t *testing.T) {
	for name, ctx := range contexts(t) {
		t.Run(name, func(t *testing.T) {
			for _, value := range []any{"text", errors.New("error"), strings.Repeat("x", 10_000), (*int)(nil)} {
				got, err := guard.Call(ctx, func() (int, error) { panic(value) })
				require.Zero(t, got)
				var p *guard.Panic
				require.ErrorAs(t, err, &p)
				require.Equal(t, value, p.Value)
				require.Less(t, len(err.Error()), 300)
			}
		})
	}
}

func TestCallLeavesAtTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	release := make(chan struct{})
	defer close(release)
	_, err := guard.Call(ctx, func() (int, error) {
		cancel()
		<-release // deaf to its context
		return 7, nil
	})
	require.ErrorIs(t, err, context.Canceled)
	_, err = guard.Call(ctx, func() (int, error) { panic("not called") })
	require.ErrorIs(t, err, context.Canceled)
}

func TestCallOutlivesAGoroutineThatEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := guard.Call(ctx, func() (int, error) { runtime.Goexit(); return 7, nil })
	require.ErrorIs(t, err, guard.ErrEnded)
}

func TestYesIsSaid(t *testing.T) {
	for name, ctx := range contexts(t) {
		require.True(t, guard.Yes(ctx, func() bool { return true }), name)
		require.False(t, guard.Yes(ctx, func() bool { return false }), name)
		require.False(t, guard.Yes(ctx, func() bool { panic("own") }), name)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.False(t, guard.Yes(ctx, func() bool { return true }), "nobody waits any more")
}
