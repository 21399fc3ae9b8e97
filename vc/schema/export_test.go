package schema

import (
	"context"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/vc"
)

// Compiled is the schema that is evaluated for a text, to be compared.
func Compiled(ctx context.Context, o Options, url, text string) any {
	k := &checker{Options: o}
	k.MaxBytes, k.MaxNodes = defaultMaxBytes, defaultMaxNodes
	c, _ := k.compiled(ctx, source{url: url, text: []byte(text)})
	return c
}

// EvaluateNothing evaluates a nil schema, in which the library panics.
func EvaluateNothing(credential *vc.Document) *vc.Problem {
	k := &checker{Options: Options{MaxSteps: 100}, left: 100, root: door.Root(credential)}
	_, f := k.evaluate(&compiled{plan: &plan{}})
	return f.at("")
}

// CompileUnguarded compiles a schema by a Fetcher without its guard.
func CompileUnguarded(ctx context.Context, o Options, url, text string) *vc.Problem {
	r := &reader{checker: &checker{Options: o}, ctx: ctx, bytes: defaultMaxBytes, values: defaultMaxNodes}
	_, f := r.compile(source{url: url, text: []byte(text)})
	return f.at("")
}

// Judge compiles a schema, of any size, and returns what judges documents by it.
func Judge(ctx context.Context, text string) (func(*vc.Document) []*vc.Problem, *vc.Problem) {
	o := Options{MaxNodes: 100_000, MaxBytes: 1 << 20, MaxSteps: 100_000_000}
	k := &checker{Options: o}
	c, f := k.compiled(ctx, source{url: "https://schema.example/", text: []byte(text), draft: draft2019})
	if f != nil {
		return nil, f.at("")
	}
	return func(doc *vc.Document) []*vc.Problem {
		one := &checker{Options: o, left: o.MaxSteps, root: door.Root(doc)}
		problems, f := one.evaluate(c)
		if f != nil {
			return []*vc.Problem{f.at("")}
		}
		return problems
	}, nil
}
