package verify

import (
	"cmp"
	"context"
)

// InspectWork is Inspect that also tells the units of work that were done.
func InspectWork(v *Verifier, ctx context.Context, credential []byte) (*Report, int, error) {
	doc, err := v.parse(credential)
	if err != nil {
		r, err := v.Inspect(ctx, credential)
		return r, 0, err
	}
	r, err := v.newRun()
	report := r.tree(ctx, doc).report
	return report, int(r.work.Load()), cmp.Or(err, ctx.Err())
}

// WorkBound is how many units of work a document of n bytes may cause: the outer
// credential's budget, and those of the embedded ones, which stand at most eight deep
// in one another. That every budget is a little overdrawn is in the first term.
func WorkBound(n int) int {
	return 1<<18 + n + min(n/20, defaultMaxNested)*2*innerUnits + unitsPerByte*defaultMaxNestedDepth*n
}
