// Command recipient answers whose badge it is. A badge shows an e-mail address
// only as a salted hash; who claims to be the recipient says the address, and the
// hashes are compared. What is asked is the verified badge and nothing else.
//
//	go run ./examples/recipient
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
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "recipient:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer) error {
	signed, err := award(ctx)
	if err != nil {
		return err
	}
	verified, err := verify.Verify(ctx, signed, verify.Config{})
	if err != nil {
		return err
	}
	var badge ob.AchievementCredential
	if err := verified.Decode(&badge); err != nil {
		return err
	}
	for _, address := range []string{"ada@riverside.example", "Ada@Riverside.example", "bob@riverside.example"} {
		fmt.Fprintf(w, "%-22s %s\n", address, answers[match(&badge.CredentialSubject, address)])
	}
	return nil
}

// match finds the best agreement of an address with the subject's identifiers.
func match(subject *ob.AchievementSubject, address string) ob.Match {
	best := ob.MatchNone
	for i := range subject.Identifier.Items {
		m := subject.Identifier.Items[i].Matches(ob.IdentifierEmailAddress, address)
		if m == ob.MatchExact {
			return m
		}
		best = max(best, m)
	}
	return best
}

// answers are what a product may say. An address in other capitals agrees only if
// the relying party takes addresses for the same that the specification does not.
var answers = map[ob.Match]string{
	ob.MatchExact:     "is the recipient",
	ob.MatchLowerCase: "is the recipient, if capitals do not matter to you",
	ob.MatchNone:      "is not the recipient",
}

// award makes a badge to ask about.
func award(ctx context.Context) ([]byte, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	signer, err := proof.FromCrypto(key)
	if err != nil {
		return nil, err
	}
	id, method, err := didkey.From(signer.Public())
	if err != nil {
		return nil, err
	}
	badge := ob.NewAchievementCredential(ob.Award{
		Issuer:      ob.Profile{ID: vc.IRI(id), Name: vc.Plain("Riverside School")},
		Recipient:   ob.RecipientEmail("ada@riverside.example", rand.Text()), // a new salt for each badge
		Achievement: ob.NewAchievement("Map Reading", "Finds the way with a map and a compass.", "Plan a walk, then lead it."),
	})
	issued, err := issue.Issue(ctx, badge, issue.Config{Signer: signer, VerificationMethod: method})
	if err != nil {
		return nil, err
	}
	return issued.Bytes(), nil
}
