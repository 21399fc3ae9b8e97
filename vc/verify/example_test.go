package verify_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/present"
	"github.com/laurel-edu/laurel/vc/verify"
)

// The README shows the bodies of issueBadge, acceptBadge and acceptPresentation; a test beside
// examples/quickstart holds the two together.

func issueBadge(ctx context.Context, key crypto.Signer) ([]byte, error) {
	signer, err := proof.FromCrypto(key) // in memory, in an HSM, in a key service
	if err != nil {
		return nil, err
	}
	issued, err := issue.Issue(ctx, ob.NewAchievementCredential(ob.Award{
		Issuer:      ob.Profile{ID: "https://riverside.example/issuer", Name: vc.Plain("Riverside School")},
		Recipient:   ob.RecipientEmail("ada@riverside.example", rand.Text()), // shown as a salted hash
		Achievement: ob.NewAchievement("Map Reading", "Finds the way with a map.", "Plan a walk, then lead it."),
	}), issue.Config{Signer: signer, VerificationMethod: "https://riverside.example/issuer#key-1"})
	if err != nil {
		return nil, err // each cause, where it is, what to do
	}
	return issued.Bytes(), nil
}

func acceptBadge(ctx context.Context, w io.Writer, credential []byte, pack *fetch.Pack) (*ob.AchievementCredential, error) {
	verified, err := verify.Verify(ctx, credential, verify.Config{Fetcher: pack})
	if refused, ok := errors.AsType[*verify.Error](err); ok {
		for _, p := range refused.Report.Problems() { // each cause, where it is, what to do
			fmt.Fprintln(w, p.Code, p.Pointer, p.Message, p.Fix)
		}
	}
	if err != nil {
		return nil, err
	}
	var badge ob.AchievementCredential
	if err := verified.Decode(&badge); err != nil { // what was verified, never what came in
		return nil, err
	}
	return &badge, nil
}

func acceptPresentation(ctx context.Context, w io.Writer, answer []byte, challenge string, pack *fetch.Pack) error {
	e := verify.Expect{Challenge: challenge, Domain: []string{"jobs.example"}}
	presented, err := verify.VerifyPresentation(ctx, answer, e, verify.Config{Fetcher: pack})
	if err != nil {
		return err
	}
	for c := range presented.Credentials() { // each with its own report
		fmt.Fprintln(w, presented.Holder(), c.Holding, c.Report.Verdict)
	}
	return nil
}

// A holder presents a badge of his own making, and is taken for who he is.
func ExampleVerifyPresentation() {
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
	ctx, badge := context.Background(), ob.NewAchievementCredential(ob.Award{
		Issuer:      ob.Profile{ID: vc.IRI(holder), Name: vc.Plain("Ada")},
		Recipient:   ob.Recipient{ID: "did:example:bob"},
		Achievement: ob.NewAchievement("Map Reading", "Finds the way with a map.", "Plan a walk, then lead it."),
	})
	issued, err := issue.Issue(ctx, badge, issue.Config{Signer: signer, VerificationMethod: method})
	if err != nil {
		fmt.Println(err)
		return
	}
	made, err := present.Sign(ctx, [][]byte{issued.Bytes()}, present.Config{Signer: signer, VerificationMethod: method},
		present.Options{Challenge: "drawn at random", Domain: "jobs.example"})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := acceptPresentation(ctx, os.Stdout, made.Bytes(), "drawn at random", nil); err != nil {
		fmt.Println(err)
	}
	// Output:
	// did:key:z6MkoSxF3xDxjiXwog3k6FZQrzhSZSMZCkaxMiTJ8AD6sHeG presented-by-another verified
}

// A badge is issued and accepted. The issuer's document comes from a trust pack,
// so nothing is fetched.
func ExampleVerify() {
	ctx := context.Background()
	badge, err := issueBadge(ctx, obtest.Key(obtest.Ed25519, "riverside"))
	if err != nil {
		fmt.Println(err)
		return
	}
	pack, err := fetch.ParsePack([]byte(`{
		"https://riverside.example/issuer": {
			"id": "https://riverside.example/issuer",
			"assertionMethod": [{
				"id": "https://riverside.example/issuer#key-1", "type": "Multikey", "controller": "https://riverside.example/issuer",
				"publicKeyMultibase": "z6MkhnZD4NHA1xyesZEs82gRbuoVYusCdBnDY5Ai7ZJPqaiM"
			}]
		}
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	accepted, err := acceptBadge(ctx, os.Stdout, badge, pack)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(accepted.Issuer.Identifier(), "awarded", accepted.CredentialSubject.Achievement.Name)

	_, err = acceptBadge(ctx, io.Discard, []byte(strings.Replace(string(badge), "Map", "Mop", 1)), pack)
	fmt.Println(err)
	// Output:
	// https://riverside.example/issuer awarded Map Reading
	// verify: the credential is not-verified: signature-invalid at /proof/proofValue: the signature does not belong to this document: it was changed after signing, or another key signed it; take the credential again from its source; if it comes so from the issuer, the issuer must sign again
}

// Inspect reports whatever the verdict, for a screen. Undetermined is no verdict
// against the badge: something could not be had.
func ExampleInspect() {
	ctx := context.Background()
	badge, err := issueBadge(ctx, obtest.Key(obtest.Ed25519, "riverside"))
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := verify.Inspect(ctx, badge, verify.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Verdict, report.Codes())
	// Output:
	// undetermined [key-unavailable]
}
