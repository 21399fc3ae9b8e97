package codes_test

import (
	"context"
	"strings"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/rules"
)

// signing is a row about a badge that is to be signed.
func signing(code vc.Code, edits ...string) row {
	return row{code, "to sign " + named(badge, edits), func(d *desk) []*vc.Problem {
		return d.signs(d.draft(badge, append([]string{`/issuer/id = "@school"`}, edits...)...), nil)
	}}
}

// tokening is a row about a badge that is to be made a token.
func tokening(code vc.Code, document, kid string, edits ...string) row {
	return row{code, "to make a token of " + named(document, edits), func(d *desk) []*vc.Problem {
		_, err := vcjwt.Sign(context.Background(), []byte(d.draft(document, append([]string{`/issuer/id = "@school"`}, edits...)...)),
			vcjwt.SignOptions{Signer: d.school.Signer, KeyID: strings.Replace(kid, "@method", d.school.VerificationMethod, 1)})
		return of(err)
	}}
}

var signRows = []row{
	signing(proof.CodeNumberNotPortable, subject+`/creditsEarned = 9007199254740993`),
	signing(proof.CodeIRIName, `/https:~1~1schema.org~1award = "Prize"`),
	tokening(proof.CodeJWTClaimMember, badge, "@method", `/aud = "jobs.example"`),
	tokening(proof.CodeJWTDataModel, oldBadge, "@method"),
	tokening(rules.CodeDateTime, badge, "@method", `/validFrom = "May 2026"`),
	tokening(proof.CodeMethodURL, badge, "key-1"),
	tokening(proof.CodeIssuer, badge, "https://other.example/issuer#key"),
	{proof.CodeAlreadyToken, "to sign a token with an embedded proof", func(d *desk) []*vc.Problem {
		return d.signs(token(`{"alg":"EdDSA"}`, `{"type":["VerifiableCredential"]}`), nil)
	}},
	{proof.CodeAlreadyToken, "to issue a token", func(d *desk) []*vc.Problem {
		return d.issued([]byte(token(`{"alg":"EdDSA"}`, `{"type":["VerifiableCredential"]}`)))
	}},
}

// issued is what an issuer says of a credential.
func (d *desk) issued(credential any) []*vc.Problem {
	issued, err := issue.Issue(context.Background(), credential, d.school.Config())
	all := of(err)
	if issued != nil {
		all = append(append(all, issued.Findings()...), issued.Warnings()...)
	}
	return all
}

var modelRows = []row{
	{vc.CodeJSON, "a badge with a name twice, read into its model", func(*desk) []*vc.Problem {
		return of(vc.Unmarshal([]byte(`{"name":"a","name":"b"}`), new(ob.AchievementCredential)))
	}},
	{vc.CodeJSONKind, "a badge with a number among its types, read into its model", func(*desk) []*vc.Problem {
		return of(vc.Unmarshal([]byte(`{"type":["OpenBadgeCredential",7]}`), new(ob.AchievementCredential)))
	}},
	{vc.CodeExtraOwned, "a profile with its name in Extra, written", func(*desk) []*vc.Problem {
		_, err := vc.Marshal(ob.Profile{Extra: vc.Extra{"name": []byte(`"Harbour"`)}})
		return of(err)
	}},
}
