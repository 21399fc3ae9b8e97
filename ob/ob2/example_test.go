package ob2_test

import (
	"context"
	"fmt"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/ob2"
)

// A badge of Open Badges 2 is verified and carried over.
func ExampleUpgrade() {
	publisher := school.NewOld() // yours: a guarded client of package vc/fetch
	verifier, err := ob2.New(ob2.Config{Fetcher: publisher, Now: testkit.Clock})
	if err != nil {
		fmt.Println(err)
		return
	}
	badge, err := verifier.Verify(context.Background(), publisher.Text(school.OldAssertion), ob2.Options{
		Recipients: []ob2.Identity{{Type: "email", Value: "beth@example.org"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	credential, lost, err := ob2.Upgrade(badge.Badge, ob2.UpgradeOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(credential.CredentialSubject.Achievement.Name, credential.ValidFrom)
	for _, p := range lost {
		fmt.Println(p.Code, p.Pointer)
	}
	// Output:
	// Knots 2024-05-01T10:00:00Z
	// ob2-not-carried /badge/issuer/publicKey
	// ob2-not-carried /badge/issuer/revocationList
	// ob2-not-carried /badge/shelf
	// ob2-not-carried /image/author
	// ob2-not-carried /evidence/1/id
	// ob2-not-carried /verification
	// ob2-not-carried /extensions:mood
}
