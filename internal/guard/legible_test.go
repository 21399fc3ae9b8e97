package guard_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/guard"
)

// fault is an error that panics when it is read through a nil pointer.
type fault struct{ text string }

func (f *fault) Error() string { return f.text }

func TestLegible(t *testing.T) {
	for name, ctx := range contexts(t) {
		t.Run(name, func(t *testing.T) {
			_, err := guard.Call(ctx, func() (int, error) { return guard.Legible(7, error((*fault)(nil))) })
			_, ok := errors.AsType[*guard.Panic](err)
			require.True(t, ok)
			require.NotEmpty(t, err.Error())

			own := &fault{"own"}
			got, err := guard.Call(ctx, func() (int, error) { return guard.Legible(7, error(own)) })
			require.Equal(t, 7, got)
			require.Same(t, own, err)
		})
	}
}
