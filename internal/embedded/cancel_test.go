package embedded_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// However hostile the document, its verification ends soon after its context, with
// the context's error and nothing verified, and may be taken up again.
func TestVerificationIsCancelled(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{})
	for name, make := range hostile(t) {
		doc, err := door.Numbered(vc.ParseConfig{}, v.Symbols()).Parse([]byte(make(50_000)))
		require.NoError(t, err)
		for _, value := range door.Proofs(doc)[:min(2, len(door.Proofs(doc)))] {
			p, _ := embedded.Read(value, embedded.ReadOptions{At: testkit.Now})
			if p == nil {
				continue
			}
			key := keyOf(t, p)
			run := func(after int) (ctx *testkit.Ending, later int, err, again error) {
				s := v.Open(doc, embedded.OpenOptions{})
				ctx = &testkit.Ending{Context: context.Background(), After: after}
				ended := 0
				ctx.Ended = func() { ended = s.Work() }
				_, err = s.Verify(ctx, p, key)
				later = s.Work() - ended
				if after > 0 {
					_, again = s.Verify(context.Background(), p, key)
				}
				return ctx, later, err, again
			}
			ctx, _, whole, _ := run(0)
			require.Error(t, whole)
			for after := 1; after < ctx.Looks; after += 1 + ctx.Looks/8 {
				_, later, err, again := run(after)
				require.Error(t, err, name)
				if errors.Is(err, context.Canceled) {
					require.LessOrEqual(t, later, 3000, "%s: went on after look %d of %d", name, after, ctx.Looks)
				}
				if !errors.Is(again, &vc.Problem{Code: proof.CodeWorkExhausted}) {
					require.Equal(t, codes(whole), codes(again), name)
				}
			}
			_, _, err, _ := run(1)
			if ctx.Looks > 3 {
				require.ErrorIs(t, err, context.Canceled, name)
			}
		}
	}
}

// codes are those of the problems that an error joins.
func codes(err error) map[vc.Code]bool {
	all := map[vc.Code]bool{}
	var walk func(error)
	walk = func(err error) {
		switch e := err.(type) {
		case *vc.Problem:
			all[e.Code] = true
		case interface{ Unwrap() []error }:
			for _, inner := range e.Unwrap() {
				walk(inner)
			}
		}
	}
	walk(err)
	return all
}
