package rdf_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// samples are datasets of many shapes, with their forms computed in order.
func samples(t testing.TB) (sets []*rdf.Dataset, options []rdf.Options, forms []string) {
	random := rand.New(rand.NewPCG(3, 3))
	for i := range 60 {
		data := make([]byte, 4*(1+random.IntN(14)))
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		for _, d := range []*rdf.Dataset{drawn(data), symmetric(data), badge(1 + i%4)} {
			o := rdf.Options{Hash: rdf.Hash(i % 2)}
			sets, options = append(sets, d), append(options, o)
			forms = append(forms, canonicalOr(t, d, o))
		}
	}
	return sets, options, forms
}

// canonicalOr gives the form, or the code where the work limit is reached.
func canonicalOr(t testing.TB, d *rdf.Dataset, o rdf.Options) string {
	c, err := rdf.Canonicalize(context.Background(), d, o)
	if err != nil {
		return requireCode(t, err, rdf.CodeWorkLimit).Code
	}
	defer rdf.ReleasePoisoned(c)
	return string(c.NQuads())
}

func canonicalOrCode(d *rdf.Dataset) string {
	c, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
	if err != nil {
		return err.Error()
	}
	defer rdf.ReleasePoisoned(c)
	return string(c.NQuads())
}

// Buffers that come back are full of another document, here of 0xAA bytes: no
// form may depend on it.
func TestReleasedBuffersDoNotMatter(t *testing.T) {
	sets, options, forms := samples(t)
	random := rand.New(rand.NewPCG(4, 4))
	for range 5 {
		for _, i := range random.Perm(len(sets)) {
			require.Equal(t, forms[i], canonicalOr(t, sets[i], options[i]))
		}
	}
}

// Forms are the same when many are made at once, of shared datasets, with buffers
// that go from hand to hand, and after failures.
func TestConcurrentUse(t *testing.T) {
	sets, options, forms := samples(t)
	var wait sync.WaitGroup
	for seed := range 8 {
		wait.Go(func() {
			random := rand.New(rand.NewPCG(5, uint64(seed)))
			for _, i := range random.Perm(len(sets)) {
				if got := canonicalOrCode(sets[i]); options[i].Hash == rdf.SHA256 && got != forms[i] && len(forms[i]) > 40 {
					t.Errorf("dataset %d: another form", i)
				}
				_, err := rdf.Canonicalize(context.Background(), sets[i], rdf.Options{MaxWork: 1, MaxBytes: 200})
				_ = err // some fail half way and leave their buffers behind
			}
		})
	}
	wait.Wait()
}
