package intake

import (
	"context"

	"github.com/laurel-edu/laurel/internal/guard"
)

// introduce asks Config.Issuer for the issuers that entries can be held to. What somebody
// only wrote is not asked about: a name beside it would be taken for a proof.
func (r *Reader) introduce(ctx context.Context, reading *Reading) {
	if r.given.Issuer == nil || reading == nil {
		return
	}
	known := map[string]Listed{}
	for _, e := range reading.entries {
		if !e.Standing.Vouched() || e.Issuer == "" {
			continue
		}
		l, asked := known[e.Issuer]
		if !asked {
			l = r.ask(ctx, e.Issuer)
			known[e.Issuer] = l
		}
		e.Listed = l
	}
}

// ask asks for one issuer. A function that panics, or that is slower than ctx, knows nobody.
func (r *Reader) ask(ctx context.Context, id string) Listed {
	l, err := guard.Call(ctx, func() (Listed, error) {
		l, ok := r.given.Issuer(ctx, id)
		if !ok {
			return Listed{}, nil
		}
		if l.ID == "" {
			l.ID = id
		}
		return l, nil
	})
	if err != nil {
		return Listed{}
	}
	return l
}
