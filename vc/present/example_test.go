package present_test

import (
	"context"
	"fmt"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/present"
	"github.com/laurel-edu/laurel/vc/verify"
)

// A verifier gives out a challenge, the holder answers it, and the verifier finds out who did.
// Here no credential is asked for, so that the answer says who is there and nothing else.
func ExampleSign() {
	signer, err := proof.FromCrypto(obtest.Key(obtest.Ed25519, "holder"))
	if err != nil {
		fmt.Println(err)
		return
	}
	holder, method, err := didkey.From(signer.Public())
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, challenge := context.Background(), "drawn at random, kept, and taken back once"
	made, err := present.Sign(ctx, nil, present.Config{Signer: signer, VerificationMethod: method},
		present.Options{Challenge: challenge, Domain: "jobs.example"})
	if err != nil {
		fmt.Println(err)
		return
	}
	e := verify.Expect{Challenge: challenge, Domain: []string{"jobs.example"}}
	presented, err := verify.VerifyPresentation(ctx, made.Bytes(), e, verify.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(presented.Holder() == holder)
	e.Challenge = "another"
	_, err = verify.VerifyPresentation(ctx, made.Bytes(), e, verify.Config{})
	fmt.Println(err != nil)
	// Output:
	// true
	// true
}

// A holder shows a badge without its results, and reads before she signs what that tells.
func ExamplePresenter_Plan() {
	ctx, world := context.Background(), obtest.New(obtest.Config{Seed: "sharing"})
	school, err := world.Issuer("school", obtest.DIDKey, obtest.P256)
	if err != nil {
		fmt.Println(err)
		return
	}
	ada, err := world.Issuer("ada", obtest.DIDKey, obtest.Ed25519)
	if err != nil {
		fmt.Println(err)
		return
	}
	c := school.Config()
	c.Form = dataintegrity.EcdsaSd2023
	badge, err := issue.Issue(ctx, school.Badge(obtest.Badge{Number: 1, Recipient: ada.ID, Results: 1}), c)
	if err != nil {
		fmt.Println(err)
		return
	}

	holder, err := present.New(ctx, present.Config{Signer: ada.Signer, VerificationMethod: ada.VerificationMethod, Now: world.Now})
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, err := holder.Plan(ctx, present.Share{Items: []present.Item{{
		Credential: badge.Bytes(), Choice: present.Choice{Hide: []present.Part{present.PartGrades}},
	}}}, present.Options{Challenge: "drawn at random", Domain: "jobs.example"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, hidden := range plan.Preview().Items[0].Hidden() {
		fmt.Println("hidden:", hidden.Label)
	}
	made, err := plan.Sign(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	e := verify.Expect{Challenge: "drawn at random", Domain: []string{"jobs.example"}, HolderIsSubject: true}
	presented, err := verify.VerifyPresentation(ctx, made.Bytes(), e, verify.Config{Now: world.Now})
	fmt.Println(err == nil && presented.Holder() == ada.ID)
	// Output:
	// hidden: result value
	// true
}
