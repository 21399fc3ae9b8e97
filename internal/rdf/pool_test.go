package rdf_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// samples are datasets of many shapes, with their forms computed in order.
func samples() (sets []*rdf.Dataset, options []rdf.Options, forms []string) {
	random := rand.New(rand.NewPCG(3, 3))
	for i := range 60 {
		data := make([]byte, 4*(1+random.IntN(14)))
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		for _, d := range []*rdf.Dataset{drawn(data), symmetric(data), badge(1 + i%4)} {
			o := rdf.Options{Hash: rdf.Hash(i % 2)}
			sets, options = append(sets, d), append(options, o)
			forms = append(forms, formOrCode(d, o))
		}
	}
	return sets, options, forms
}

// formOrCode gives the form, or the code of the error; it poisons the buffers.
func formOrCode(d *rdf.Dataset, o rdf.Options) string {
	c, err := rdf.Canonicalize(context.Background(), d, o)
	var refused *rdf.Error
	if errors.As(err, &refused) {
		return refused.Code
	}
	defer rdf.ReleasePoisoned(c)
	return string(c.NQuads())
}

// Buffers that come back are full of another document, here of 0xAA bytes: no
// form may depend on it.
func TestReleasedBuffersDoNotMatter(t *testing.T) {
	sets, options, forms := samples()
	random := rand.New(rand.NewPCG(4, 4))
	for range 5 {
		for _, i := range random.Perm(len(sets)) {
			require.Equal(t, forms[i], formOrCode(sets[i], options[i]))
		}
	}
}

// The same for a dataset that is used again.
func TestResetDatasetsDoNotMatter(t *testing.T) {
	sets, options, forms := samples()
	var used rdf.Dataset
	for i, d := range sets {
		rdf.ResetPoisoned(&used)
		used.Nodes = d.Nodes
		add(&used, d.Quads()...)
		require.Equal(t, d.Quads(), used.Quads())
		require.Equal(t, forms[i], formOrCode(&used, options[i]))
	}
}

// Forms are the same when many are made at once, of shared datasets, with buffers
// that go from hand to hand, and after failures.
func TestConcurrentUse(t *testing.T) {
	sets, options, forms := samples()
	var wait sync.WaitGroup
	for seed := range 8 {
		wait.Go(func() {
			random := rand.New(rand.NewPCG(5, uint64(seed)))
			for _, i := range random.Perm(len(sets)) {
				if got := formOrCode(sets[i], options[i]); got != forms[i] {
					t.Errorf("dataset %d: another form", i)
				}
				// Some fail half way and leave their buffers behind.
				formOrCode(sets[i], rdf.Options{MaxWork: 1})
			}
		})
	}
	wait.Wait()
}
