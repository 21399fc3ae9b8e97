package rdf_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// ofMany are datasets with n of one thing.
func ofMany(n int) map[string]string {
	all := map[string]func(i int) string{
		"subjects":           func(i int) string { return fmt.Sprintf("<urn:%d> <urn:p> \"o\" .\n", (i*7919)%n) },
		"objects":            func(i int) string { return fmt.Sprintf("<urn:s> <urn:p> \"%d\" .\n", (i*7919)%n) },
		"predicates":         func(i int) string { return fmt.Sprintf("<urn:s> <urn:p%d> \"o\" .\n", (i*7919)%n) },
		"graphs":             func(i int) string { return fmt.Sprintf("<urn:s> <urn:p> \"o\" <urn:g%d> .\n", (i*7919)%n) },
		"nodes":              func(i int) string { return fmt.Sprintf("_:b%d <urn:p> \"%d\" .\n", i, (i*7919)%n) },
		"nodes as objects":   func(i int) string { return fmt.Sprintf("<urn:%d> <urn:p> _:b%d .\n", (i*7919)%n, i) },
		"mentions of a node": func(i int) string { return fmt.Sprintf("_:b <urn:p> \"%d\" .\n", (i*7919)%n) },
		"mentions of two":    func(i int) string { return fmt.Sprintf("_:b%d <urn:p> \"%d\" .\n", i%2, (i*7919)%n) },
		"twins":              func(i int) string { return fmt.Sprintf("<urn:s> <urn:p> _:b%d .\n", i) },
	}
	texts := map[string]string{}
	for name, line := range all {
		var b strings.Builder
		for i := range n {
			b.WriteString(line(i))
		}
		texts[name] = b.String()
	}
	return texts
}

// Canonicalisation looks at its context all along and stops soon after its end; what
// it has then is no form and no digest.
func TestCanonicalizationIsCancelled(t *testing.T) {
	const n = 1 << 12
	for name, text := range ofMany(n) {
		t.Run(name, func(t *testing.T) {
			d, _ := parse(t, text)
			run := func(after int, written bool) (*testkit.Ending, []byte, error) {
				ctx := &testkit.Ending{Context: context.Background(), After: after}
				c, err := rdf.Canonicalize(ctx, d, rdf.Options{MaxNodes: n})
				if err != nil {
					return ctx, nil, err
				}
				defer c.Release()
				if written {
					return ctx, c.NQuads(), nil
				}
				return ctx, append([]byte(nil), c.Sum()...), nil
			}
			for _, written := range []bool{false, true} {
				ctx, whole, err := run(0, written)
				require.NoError(t, err)
				require.NotEmpty(t, whole)
				require.GreaterOrEqual(t, ctx.Looks, n/1024, "looked at too seldom")
				for after := 1; after < ctx.Looks; after += 1 + ctx.Looks/8 {
					ctx, sum, err := run(after, written)
					require.Empty(t, sum)
					if err != nil {
						requireCode(t, err, rdf.CodeCancelled)
						require.ErrorIs(t, err, context.Canceled)
					}
					require.LessOrEqual(t, ctx.Looks, after+6, "went on after the end")
				}
			}
		})
	}
}

// Names of subjects that share ever longer beginnings are compared from where they
// are known to be the same: the bytes that are looked at grow with the text.
func TestSharedBeginnings(t *testing.T) {
	var b strings.Builder
	for i := range 300 {
		fmt.Fprintf(&b, "<urn:%s%d> <urn:p> \"o\" .\n", strings.Repeat("aaaaaaaa", i), i)
	}
	d, _ := parse(t, b.String())
	c, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	require.NoError(t, err)
	defer c.Release()
	lines := strings.SplitAfter(strings.TrimSuffix(string(c.NQuads()), "\n"), "\n")
	require.Len(t, lines, 300)
	require.IsIncreasing(t, lines)
}
