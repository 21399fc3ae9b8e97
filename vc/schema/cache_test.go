package schema_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/schema"
)

// A schema is compiled once for all who share a Cache, and anew where its text or what
// it refers to is another.
func TestCache(t *testing.T) {
	const other = "https://federation.example/swimmer.json"
	h := &host{bodies: map[string]string{
		schemaURL: `{` + head + `, "properties": {"credentialSubject": {"$ref": "` + other + `"}}}`,
		other:     `{"required": ["distance"]}`,
	}}
	o := options(h)
	o.Cache = schema.NewCache(0)
	judged := func() *schema.Entry {
		return check(t, credential(t, object{"distance": 25}, entry()), o)
	}
	want(t, judged(), schema.StateFits, "")
	first := schema.Compiled(t.Context(), o, schemaURL, h.bodies[schemaURL])
	require.Same(t, first, schema.Compiled(t.Context(), o, schemaURL, h.bodies[schemaURL]))
	require.NotSame(t, first, schema.Compiled(t.Context(), o, schemaURL+"?", h.bodies[schemaURL]), "references are relative to the URL")

	h.bodies[other] = `{"required": ["time"]}`
	want(t, judged(), schema.StateMisfits, schema.CodeMismatch)
	delete(h.bodies, other)
	want(t, judged(), schema.StateUnknown, schema.CodeUnavailable)
	h.bodies[other] = `{"required": ["distance"]}`
	want(t, judged(), schema.StateFits, "")
}

// Why a schema is not evaluated is kept too, for those of the same limits.
func TestCacheKeepsFaults(t *testing.T) {
	o := options(serving(levels(12, `{"allOf": [NEXT, NEXT]}`)))
	o.Cache = schema.NewCache(0)
	for range 2 {
		want(t, check(t, credential(t, object{}, entry()), o), schema.StateUnknown, schema.CodeUnfolds)
	}
	o.MaxNodes, o.MaxSteps = 100_000, 1_000_000
	want(t, check(t, credential(t, object{}, entry()), o), schema.StateFits, "")
	o.MaxNodes = 0
	want(t, check(t, credential(t, object{}, entry()), o), schema.StateUnknown, schema.CodeUnfolds)
}

// A Cache that is too small, and a zero one, keep nothing and stand in nobody's way.
func TestCacheThatKeepsNothing(t *testing.T) {
	for _, c := range []*schema.Cache{schema.NewCache(1), {}, nil} {
		o := options(serving(readFile(t, "swimming.schema.json")))
		o.Cache = c
		e := check(t, parse(t, readFile(t, "swimming.json")), o)
		want(t, e, schema.StateFits, "")
	}
}

func TestCacheIsSafe(t *testing.T) {
	o := options(serving(readFile(t, "swimming.schema.json")))
	o.Cache = schema.NewCache(0)
	doc := parse(t, readFile(t, "swimming.json"))
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 20 {
				if s := schema.Check(t.Context(), doc, o).Entries[0].State; s != schema.StateFits {
					t.Error(s)
				}
			}
		})
	}
	wait.Wait()
}
