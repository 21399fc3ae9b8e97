// Command endorse lets somebody else vouch for a badge: an accrediting body
// endorses a school's achievement, the school puts the signed endorsement into the
// badges that it issues, and whoever verifies a badge learns of both, each with a
// report of its own.
//
//	go run ./examples/endorse
package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"os"

	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "endorse:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer) error {
	school, err := newParty()
	if err != nil {
		return err
	}
	board, err := newParty()
	if err != nil {
		return err
	}
	course := ob.NewAchievement("Map Reading", "Finds the way with a map and a compass.", "Plan a walk, then lead it.")
	course.ID = "https://riverside.example/badges/map-reading"

	// The endorsement is a credential of the board's about the achievement. As a
	// token it is a string, which no later signature can disturb.
	endorsement, err := board.endorse(ctx, course.ID)
	if err != nil {
		return err
	}
	course.EndorsementJWT = vc.Many(string(endorsement))
	badge, err := school.award(ctx, course)
	if err != nil {
		return err
	}

	verified, err := verify.Verify(ctx, badge, verify.Config{})
	if err != nil {
		return err
	}
	report := verified.Report()
	names := map[string]string{school.id: "the school", board.id: "the board"} // whom a relying party knows
	fmt.Fprintf(w, "The badge, by %s, is %s.\n", names[report.IssuerID], report.Verdict)
	for _, n := range report.Nested {
		fmt.Fprintf(w, "The %s in it, by %s, is %s.\n", n.Role, names[n.Report.IssuerID], n.Report.Verdict)
	}
	fmt.Fprintln(w)
	return report.WriteText(w, verify.TextOptions{Title: "the badge, with all that is in it"})
}

// party is somebody who signs.
type party struct {
	id, method string
	signer     proof.Signer
}

func newParty() (*party, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	signer, err := proof.FromCrypto(key)
	if err != nil {
		return nil, err
	}
	id, method, err := didkey.From(signer.Public())
	return &party{id, method, signer}, err
}

// endorse gives the party's word about an achievement, as a token.
func (p *party) endorse(ctx context.Context, achievement vc.IRI) ([]byte, error) {
	return p.issue(ctx, issue.VCJWT, ob.NewEndorsementCredential(ob.Endorsed{
		Issuer: ob.Profile{ID: vc.IRI(p.id), Name: vc.Plain("Board of Outdoor Learning")}, Subject: achievement,
		Comment: vc.Plain("Meets our standard for leading groups outdoors."),
	}))
}

// award gives a badge for the achievement, with an embedded proof.
func (p *party) award(ctx context.Context, achievement ob.Achievement) ([]byte, error) {
	return p.issue(ctx, dataintegrity.EddsaRdfc2022, ob.NewAchievementCredential(ob.Award{
		Issuer:    ob.Profile{ID: vc.IRI(p.id), Name: vc.Plain("Riverside School")},
		Recipient: ob.Recipient{ID: "did:example:ada"}, Achievement: achievement,
	}))
}

func (p *party) issue(ctx context.Context, as issue.Form, credential any) ([]byte, error) {
	issued, err := issue.Issue(ctx, credential, issue.Config{Signer: p.signer, VerificationMethod: p.method, Form: as})
	if err != nil {
		return nil, err
	}
	return issued.Bytes(), nil
}
