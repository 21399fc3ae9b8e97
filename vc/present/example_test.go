package present_test

import (
	"context"
	"fmt"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/proof"
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
