package embedded

import (
	"context"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/vc"
)

// Undefined returns the members and types of a document that its contexts have no term
// for. A proof over the JSON itself covers them all the same; what they mean is settled
// by nobody. The error is that the contexts cannot be processed, or that the work for
// the document is used up.
func (v *Verifier) Undefined(ctx context.Context, doc *vc.Document) ([]jsonld.Drop, error) {
	s := v.Open(doc, OpenOptions{})
	in := s.input(nil, jsonld.Lenient)
	in.Budget = &s.budget
	if v.loader != nil {
		in.Load = v.loader.load
	}
	set := s.dataset()
	defer s.giveBack(set)
	o := v.rdfOptions(doc, 0)
	set.MaxBytes, set.MaxLen = leastText+textPerByte*len(in.Root.Raw()), o.MaxQuads
	result, err := v.engines.present.ToRDF(ctx, in, set)
	if err != nil {
		return nil, err
	}
	var undefined []jsonld.Drop
	for _, drop := range result.Dropped {
		if drop.Code == jsonld.DropUndefinedTerm || drop.Code == jsonld.DropUndefinedType {
			undefined = append(undefined, drop)
		}
	}
	return undefined, nil
}
