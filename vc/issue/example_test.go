package issue_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
)

// A badge is issued in one call.
func ExampleIssue() {
	signer, err := proof.FromCrypto(obtest.Key(obtest.Ed25519, "riverside")) // yours: in memory, in an HSM, in a key service
	if err != nil {
		fmt.Println(err)
		return
	}
	badge := ob.NewAchievementCredential(ob.Award{
		Issuer:      ob.Profile{ID: "https://riverside.example/issuer", Name: vc.Plain("Riverside School")},
		Recipient:   ob.RecipientEmail("ada@riverside.example", "a new salt for each badge"),
		Achievement: ob.NewAchievement("Map Reading", "Finds the way with a map.", "Plan a walk, then lead it."),
	})
	issued, err := issue.Issue(context.Background(), badge, issue.Config{Signer: signer, VerificationMethod: "https://riverside.example/issuer#key-1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(issued.Bytes()) > 0, issued.Report().Verdict, issued.Warnings())

	badge.CredentialSubject.Achievement.Name = vc.Plain("")
	_, err = issue.Issue(context.Background(), badge, issue.Config{Signer: signer, VerificationMethod: "https://riverside.example/issuer#key-1"})
	if refused, ok := errors.AsType[*issue.Error](err); ok {
		for _, p := range refused.Problems {
			fmt.Println(p.Code, p.Pointer)
		}
	}
	// Output:
	// true verified []
	// member-missing /credentialSubject/achievement/name
}

// Many badges are issued one after another, and an error is that of one.
func ExampleAll() {
	signer, err := proof.FromCrypto(obtest.Key(obtest.Ed25519, "riverside")) // yours: in memory, in an HSM, in a key service
	if err != nil {
		fmt.Println(err)
		return
	}
	achievement := ob.NewAchievement("Map Reading", "Finds the way with a map.", "Plan a walk, then lead it.")
	badges := func(yield func(any) bool) {
		for _, address := range []string{"ada@riverside.example", "nobody", "bo@riverside.example"} {
			badge := ob.NewAchievementCredential(ob.Award{
				Issuer:    ob.Profile{ID: "https://riverside.example/issuer", Name: vc.Plain("Riverside School")},
				Recipient: ob.RecipientEmail(address, "a new salt for each badge"), Achievement: achievement,
			})
			if !yield(badge) {
				return
			}
		}
	}
	for issued, err := range issue.All(context.Background(), badges, issue.Config{Signer: signer, VerificationMethod: "https://riverside.example/issuer#key-1"}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(issued.Report().Verdict)
	}
	// Output:
	// verified
	// issue: the credential is not issued: email-malformed: the recipient's identifier is no e-mail address (expected name@example.org); give the address alone, without a name
	// verified
}
