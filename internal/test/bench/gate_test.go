package bench_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// What can be held without a clock: allocations of a warm verification.
func TestAllocations(t *testing.T) {
	if testkit.Race {
		t.Skip("skipped: under the race detector pools give nothing back")
	}
	k := newKey(t)
	p := newProver(t, k)
	pipeline, err := verify.New(verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	for _, c := range []struct {
		name            string
		make            func(key, int) string
		proof, pipeline float64
	}{{"1 KB", small, 12, 44}, {"2 KB", nested, 12, 47}, {"16 KB", complete, 13, 51}} {
		signed := k.sign(t, c.make(k, 1))
		p.verify(t, signed)
		require.LessOrEqual(t, leastAllocs(func() { p.verify(t, signed) }), c.proof, "proof, %s", c.name)
		require.LessOrEqual(t, leastAllocs(func() {
			if _, err := pipeline.Verify(context.Background(), signed); err != nil {
				t.Fatal(err)
			}
		}), c.pipeline, "pipeline, %s", c.name)
	}
}

// leastAllocs counts several times and takes the least: a collection empties the
// pools, and what refills them belongs to no one call.
func leastAllocs(f func()) float64 {
	least := testing.AllocsPerRun(20, f)
	for range 9 {
		least = min(least, testing.AllocsPerRun(20, f))
	}
	return least
}

// Canonicalisation of a badge needs no work beyond hashing its nodes, or little,
// and that of a record grows with its size and no faster.
func TestCountedWork(t *testing.T) {
	k := newKey(t)
	engine := jsonld.New(jsonld.Config{Documents: contexts.Lookup, Policy: jsonld.Policy{AllowNested: true}})
	work := func(text []byte) (units, quads int) {
		doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: 64 << 20}, engine.Symbols())
		require.NoError(t, err)
		var set rdf.Dataset
		_, err = engine.ToRDF(context.Background(), jsonld.Input{Root: doc.Root(), Skip: doc.Root().Get("proof")}, &set)
		require.NoError(t, err)
		c, err := rdf.Canonicalize(context.Background(), &set, rdf.Options{MaxNodes: rdf.RecordMaxNodes})
		require.NoError(t, err)
		defer c.Release()
		return c.Work(), set.Len()
	}
	units, quads := work(k.sign(t, small(k, 1)))
	require.Zero(t, units)
	require.InDelta(t, 15, quads, 5, "the small badge is as small as it says")
	units, quads = work(k.sign(t, complete(k, 1)))
	require.Greater(t, quads, 390, "the large badge is as large as a real one of its size")
	require.Less(t, units, 2000)
	units, quads = work(transcript(t, k))
	require.InDelta(t, 341, quads, 20, "the transcript is as large as a real one of its size")
	require.Less(t, units, 2000)

	ten, _ := work(record(t, k, 10))
	hundred, _ := work(record(t, k, 100))
	require.LessOrEqual(t, hundred, 12*ten+12*64, "ten times the record, ten times the work")
}

func TestSizesAreAsNamed(t *testing.T) {
	k := newKey(t)
	require.InDelta(t, 1200, len(k.sign(t, small(k, 1))), 150)
	require.InDelta(t, 2400, len(k.sign(t, nested(k, 1))), 400)
	require.InDelta(t, 16000, len(k.sign(t, complete(k, 1))), 2500)
	require.InDelta(t, 22400, len(transcript(t, k)), 1500)
}
