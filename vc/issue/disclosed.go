package issue

import (
	"context"

	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// shown is what a verifier will see of what was secured: the same, but for a base proof,
// from which the holder derives. Then it is the whole credential with a derived proof,
// after the least that a holder can show was found good; the notes are of pointers that
// other libraries cannot follow.
func (i *Issuer) shown(ctx context.Context, secured []byte) (text []byte, notes []*vc.Problem, err error) {
	if i.form != dataintegrity.EcdsaSd2023 {
		return secured, nil, nil
	}
	o := i.options()
	pointers, notes, err := dataintegrity.MandatoryPointers(ctx, secured, o)
	if err != nil {
		return nil, nil, err
	}
	derive := func(pointers ...string) ([]byte, error) {
		return dataintegrity.Derive(ctx, secured, dataintegrity.DeriveOptions{
			Pointers: pointers, Contexts: o.Contexts, InlineContexts: o.InlineContexts})
	}
	if len(pointers) > 0 {
		least, err := derive()
		if err != nil {
			return nil, nil, err
		}
		report, err := i.verifier.Inspect(ctx, least)
		if err != nil {
			return nil, nil, err
		}
		if !i.config.AllowFindings && report.Outcome(verify.CheckProof) != verify.OutcomePassed {
			return nil, nil, &Error{Problems: report.Problems(), Report: report}
		}
	}
	text, err = derive("")
	return text, notes, err
}
