package codes_test

import (
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/present"
)

// sharing is what a holder is told who wants to share a credential.
func (d *desk) sharing(credential []byte, choice present.Choice) []*vc.Problem {
	p, err := present.New(d.t.Context(), present.Config{Signer: d.school.Signer, VerificationMethod: d.school.VerificationMethod,
		Now: testkit.Clock})
	require.NoError(d.t, err)
	plan, err := p.Plan(d.t.Context(), present.Share{Items: []present.Item{{Credential: credential, Choice: choice}}},
		present.Options{Challenge: "c1"})
	if err != nil {
		return of(err)
	}
	return plan.Preview().Unmet()
}

var sharingRows = []row{
	{present.CodeShownWhole, "a badge with a proof of the whole, of which the criteria are to be hidden", func(d *desk) []*vc.Problem {
		return d.sharing(d.good(), present.Choice{Hide: []present.Part{present.PartCriteria}})
	}},
	{present.CodeShownAlways, "a badge of which a part can be shown, and of which the criteria are to be hidden", func(d *desk) []*vc.Problem {
		return d.sharing(d.base(), present.Choice{Hide: []present.Part{present.PartCriteria}})
	}},
	{present.CodeUnvouched, "an entry of a record without a proof, to be shared by itself", func(d *desk) []*vc.Problem {
		return d.sharing([]byte(d.draft(badge, "/proof")), present.Choice{})
	}},
	{present.CodePresentation, "a presentation, to be presented", func(d *desk) []*vc.Problem {
		return d.sharing(d.presented(string(d.good())), present.Choice{})
	}},
}
