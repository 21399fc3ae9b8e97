package did_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// asked is what the table asks for.
const asked = "did:example:issuer"

// broken is an error that panics when it is read.
type broken struct{ text string }

func (b *broken) Error() string { return b.text }

// faults are resolvers that do not keep to their contract, with the code of what
// becomes of each.
func faults(t testing.TB) map[string]struct {
	resolver did.Resolver
	code     did.Code
} {
	other := document(t, `{"id":"did:example:other","assertionMethod":[{"id":"did:example:issuer#plain","type":"Multikey","controller":"did:example:issuer"}]}`)
	answer := func(d *did.Document, err error) did.Resolver {
		return did.ResolverFunc(func(context.Context, string) (*did.Document, error) { return d, err })
	}
	var nobody *did.Mux
	return map[string]struct {
		resolver did.Resolver
		code     did.Code
	}{
		"no resolver":           {nil, did.CodeMethodNotSupported},
		"a nil pointer":         {nobody, did.CodeUnresolved},
		"a nil function":        {did.ResolverFunc(nil), did.CodeUnresolved},
		"nothing":               {answer(nil, nil), did.CodeNotFound},
		"an empty document":     {answer(&did.Document{}, nil), did.CodeDocumentID},
		"another's document":    {answer(other, nil), did.CodeDocumentID},
		"a plain error":         {answer(nil, errors.New("away")), did.CodeUnresolved},
		"a document, an error":  {answer(document(t, full), errors.New("away")), did.CodeUnresolved},
		"a document, its own":   {answer(document(t, full), &did.Error{Code: did.CodeNotFound, Type: "x"}), did.CodeNotFound},
		"an empty error":        {answer(nil, (*broken)(nil)), did.CodeUnresolved},
		"an empty error of did": {answer(nil, (*did.Error)(nil)), did.CodeUnresolved},
		"an empty one, wrapped": {answer(nil, fmt.Errorf("away: %w", (*did.Error)(nil))), did.CodeUnresolved},
		"a panic":               {did.ResolverFunc(func(context.Context, string) (*did.Document, error) { panic("away") }), did.CodeUnresolved},
		"a deadline of its own": {answer(nil, context.DeadlineExceeded), did.CodeUnresolved},
	}
}

// Every fault of a resolver is an error with a code, through every door, and once
// guarded is guarded enough.
func TestGuard(t *testing.T) {
	for name, test := range faults(t) {
		for door, resolver := range map[string]did.Resolver{
			"Guard": did.Guard(test.resolver), "Guard twice": did.Guard(did.Guard(test.resolver)),
			"Mux": did.Mux{"example": test.resolver}, "Mux of guarded": did.Mux{"example": did.Guard(test.resolver)},
		} {
			for _, ctx := range []context.Context{t.Context(), context.Background()} {
				d, err := resolver.Resolve(ctx, asked)
				requireCode(t, test.code, err, name, door)
				require.Nil(t, d, name)
			}
		}
		m, d, err := did.Retrieve(t.Context(), test.resolver, asked+"#plain", did.AssertionMethod, testkit.Now)
		requireCode(t, test.code, err, name)
		require.Nil(t, m)
		require.Nil(t, d)
	}
	good := did.Static{asked: document(t, full)}
	require.Equal(t, did.Guard(good), did.Guard(did.Guard(good)))
	d, err := did.Guard(good).Resolve(t.Context(), asked)
	require.NoError(t, err)
	require.Equal(t, asked, d.ID())
}

// A resolver that is deaf to its context is left behind.
func TestGuardLeavesWhatIsSlow(t *testing.T) {
	end := make(chan struct{})
	defer close(end)
	for _, door := range []func(did.Resolver) did.Resolver{did.Guard, func(r did.Resolver) did.Resolver { return did.Mux{"example": r} }} {
		ctx, cancel := context.WithCancel(t.Context())
		slow := did.ResolverFunc(func(context.Context, string) (*did.Document, error) { cancel(); <-end; return document(t, full), nil })
		d, err := door(slow).Resolve(ctx, asked)
		requireCode(t, did.CodeUnresolved, err)
		require.ErrorIs(t, err, context.Canceled)
		require.Nil(t, d)

		_, err = door(did.ResolverFunc(func(context.Context, string) (*did.Document, error) { panic("not called") })).Resolve(ctx, asked)
		require.ErrorIs(t, err, context.Canceled)
	}
}
