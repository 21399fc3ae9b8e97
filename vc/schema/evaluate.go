package schema

import (
	"context"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Evaluate judges one value by one schema, for formats that name the schemas of their parts
// in ways of their own, such as the extensions of Open Badges 2. A nil text is asked for at
// the URL. Of the State Fits, Misfits and Unknown occur; pointers lead into the value.
//
// Such schemas are older than those of credentials: drafts 04 and 06 are known besides, and
// a schema that names none is of draft 04. The limits are those of [Check], for this value
// alone.
func Evaluate(ctx context.Context, value []byte, url string, text []byte, o Options) *Entry {
	e := &Entry{ID: url}
	k := &checker{Options: o.withDefaults(len(value))}
	k.left = k.MaxSteps
	doc, err := jsonx.Parse(value, jsonx.Limits{Bytes: len(value)}, nil)
	if err != nil {
		e.end(StateUnknown, (&fault{code: CodeFailed, found: vc.Quote(err.Error()), err: err}).at(""))
		return e
	}
	k.root = doc.Root()
	if text == nil {
		var p *vc.Problem
		if text, p = k.get(ctx, e); p != nil {
			e.end(StateUnknown, p)
			return e
		}
	}
	if p := k.judge(ctx, e, source{url: url, text: text, draft: draft04}); p != nil {
		e.end(StateUnknown, p)
	}
	return e
}
