package jcs_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// Writing stops when Stop says so, whatever there is much of.
func TestStop(t *testing.T) {
	const n = 1 << 14
	var members strings.Builder
	for i := range n {
		fmt.Fprintf(&members, `"%d":1,`, (i*7919)%n)
	}
	for _, text := range []string{
		`{"a":[` + strings.Repeat("1,", n) + `1]}`,
		`{"a":[` + strings.Repeat("[],", n) + `1]}`,
		`{"a":{` + members.String() + `"x":1}}`,
		`{` + members.String() + `"x":1}`,
		`{"a":[` + strings.Repeat(`{"b":1},`, n/2) + `1]}`,
	} {
		run := func(after int) (*testkit.Ending, error) {
			ctx := &testkit.Ending{Context: context.Background(), After: after}
			_, err := jcs.Options{Stop: ctx.Err}.AppendObject(nil, jcs.Members(parse(t, text)))
			return ctx, err
		}
		ctx, err := run(0)
		require.NoError(t, err)
		require.GreaterOrEqual(t, ctx.Looks, n/1024)
		for after := 1; after < ctx.Looks; after++ {
			ctx, err := run(after)
			require.ErrorIs(t, err, context.Canceled)
			require.Equal(t, after+1, ctx.Looks)
		}
	}
}
