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

// fault is an error that panics when it is read through a nil pointer.
type fault struct{ text string }

func (f *fault) Error() string { return f.text }

func TestCall(t *testing.T) {
	away := errors.New("away")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, test := range map[string]struct {
		f    func() (string, error)
		want string
		is   error
	}{
		"value":       {f: func() (string, error) { return "value", nil }, want: "value"},
		"error":       {f: func() (string, error) { return "", away }, is: away},
		"panic":       {f: func() (string, error) { panic(away) }, is: &guard.Panic{}},
		"nil panic":   {f: func() (string, error) { panic(nil) }, is: &guard.Panic{}},
		"nil pointer": {f: func() (string, error) { var f *fault; return f.text, nil }, is: &guard.Panic{}},
		"empty error": {f: func() (string, error) { return "", (*fault)(nil) }},
	} {
		for _, ctx := range []context.Context{context.Background(), t.Context()} { // with a way to end, and without
			value, err := guard.Call(ctx, test.f)
			require.Equal(t, test.want, value, name)
			switch {
			case test.want != "":
				require.NoError(t, err, name)
			case test.is == nil || !errors.Is(test.is, away):
				require.Error(t, err, name)
				require.NotEmpty(t, err.Error(), name)
			default:
				require.ErrorIs(t, err, away, name)
			}
			if _, panics := test.is.(*guard.Panic); panics {
				_, ok := errors.AsType[*guard.Panic](err)
				require.True(t, ok, name)
			}
		}
		_, err := guard.Call(cancelled, test.f)
		require.ErrorIs(t, err, context.Canceled, name)
	}
}

func TestCallLeavesWhatIsSlow(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	end := make(chan struct{})
	value, err := guard.Call(ctx, func() (int, error) {
		cancel()
		<-end // as if it never looked at the context
		return 1, nil
	})
	close(end)
	require.ErrorIs(t, err, context.Canceled)
	require.Zero(t, value)

	_, err = guard.Call(t.Context(), func() (int, error) { runtime.Goexit(); return 1, nil })
	_, ok := errors.AsType[*guard.Panic](err)
	require.True(t, ok, "a goroutine that ended is no answer to wait for")
}

func TestPanicIsShort(t *testing.T) {
	_, err := guard.Call(context.Background(), func() (int, error) { panic(strings.Repeat("x", 1<<20)) })
	require.Error(t, err)
	require.Less(t, len(err.Error()), 300)
}
