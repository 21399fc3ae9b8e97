package codes_test

import (
	"context"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

var jobs = verify.Expect{Challenge: "c1", Domain: []string{"jobs.example"}}

// presented is a presentation of the school that signs as a holder, with other words for some
// of them.
func (d *desk) presented(credential string, replacements ...string) []byte {
	text := `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"holder":"` + d.school.ID + `","verifiableCredential":[` + credential + `]}`
	text = strings.NewReplacer(replacements...).Replace(text)
	return school.Sign(d.t, d.school, []byte(text), func(o *dataintegrity.SignOptions) {
		o.Purpose, o.Challenge, o.Domain, o.SkipIssuerCheck, o.Suite = "authentication", "c1", "jobs.example", true, dataintegrity.EddsaJcs2022
	})
}

// asks is all that a verifier says of a presentation.
func (d *desk) asks(text []byte, e verify.Expect, c verify.Config) []*vc.Problem {
	d.t.Helper()
	c.Now = testkit.Clock
	report, err := verify.InspectPresentation(context.Background(), text, e, c)
	require.NoError(d.t, err)
	return reported(report)
}

func presentedRow(code vc.Code, input string, e verify.Expect, replacements ...string) row {
	return row{code, input, func(d *desk) []*vc.Problem {
		return d.asks(d.presented(string(d.good()), replacements...), e, verify.Config{})
	}}
}

var presentationRows = []row{
	presentedRow(verify.CodeChallengeOther, "a presentation that answers another challenge", verify.Expect{Challenge: "c2"}),
	presentedRow(verify.CodeDomainOther, "a presentation for another verifier", verify.Expect{Challenge: "c1", Domain: []string{"shop.example"}}),
	presentedRow(verify.CodeReplayPossible, "a presentation of which nobody said what it must answer", verify.Expect{}),
	presentedRow(verify.CodeHolderMismatch, "a presentation in the name of another holder", jobs, `"holder":"did:`, `"holder":"did:example:other:`),
	presentedRow(verify.CodeHolderMissing, "a presentation without a holder, signed", jobs, `"holder"`, `"name"`),
	presentedRow(verify.CodePresentedByNobody, "a presentation without a holder, signed", jobs, `"holder"`, `"name"`),
	presentedRow(verify.CodePresentedByOther, "a badge that another presents", jobs),
	{verify.CodeSubjectNotNamed, "a presented badge whose subject has no id", asks(jobs, "/credentialSubject/id")},
	{verify.CodeNoPresentation, "a badge where a presentation was asked for", func(d *desk) []*vc.Problem {
		return d.asks(d.good(), jobs, verify.Config{})
	}},
	{verify.CodeNoCredential, "a signed presentation where a credential was asked for", func(d *desk) []*vc.Problem {
		return d.inspect(d.presented(string(d.good())), verifyNothingElse)
	}},
	{verify.CodeNestedUnvouched, "a presented badge without a proof, of another issuer", func(d *desk) []*vc.Problem {
		return d.asks(d.presented(d.draft(badge, `/issuer/id = "did:example:other"`, "/proof")), jobs, verify.Config{})
	}},
	{verify.CodeListNotFresh, "a presentation that brings a status list of yesterday", oldListBrought},
}

func asks(e verify.Expect, edits ...string) func(d *desk) []*vc.Problem {
	return func(d *desk) []*vc.Problem {
		return d.asks(d.presented(string(d.good(edits...))), e, verify.Config{})
	}
}

func oldListBrought(d *desk) []*vc.Problem {
	list, err := status.NewList(status.MinEntries, 1)
	require.NoError(d.t, err)
	text, err := list.Credential(status.Publication{ID: "https://harbour.example/lists/1", Issuer: vc.IRI(d.school.ID),
		Purposes: []string{status.PurposeRevocation}, ValidFrom: testkit.Now.Add(-24 * time.Hour)})
	require.NoError(d.t, err)
	held := string(d.good(`/credentialStatus = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential": "https://harbour.example/lists/1"}`))
	return d.asks(d.presented(held+","+string(school.Sign(d.t, d.school, text, nil))), jobs, verify.Config{Fetcher: fetch.Offline{}})
}
