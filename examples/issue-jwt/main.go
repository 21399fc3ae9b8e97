// Command issue-jwt issues a badge as a token: a compact JWS by the 1EdTech
// profile of VC-JWT, signed with RS256, the algorithm that every verifier of the
// profile takes. A verifier finds the key where the issuer publishes it.
//
//	go run ./examples/issue-jwt
package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "issue-jwt:", err)
		os.Exit(1)
	}
}

// The school's id is a page of its site, which answers with the document of its
// keys. kid names a key in that document.
const (
	school = "https://riverside.example/issuer"
	kid    = school + "#key-1"
)

func run(ctx context.Context, w io.Writer) error {
	key, err := rsa.GenerateKey(rand.Reader, 3072)
	if err != nil {
		return err
	}
	signer, err := proof.FromCrypto(key)
	if err != nil {
		return err
	}
	token, err := award(ctx, signer)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "A token of %d bytes: %s…\n\n", len(token), token[:60])

	// The verifier holds the school's document in a trust pack, so it needs no network.
	pack, err := keyPack(signer)
	if err != nil {
		return err
	}
	report, err := verify.Inspect(ctx, token, verify.Config{Fetcher: pack})
	if err != nil {
		return err
	}
	return report.WriteText(w, verify.TextOptions{Title: "with the school's document"})
}

// award issues a badge as a token. The algorithm is by default what the key signs
// with.
func award(ctx context.Context, signer proof.Signer) ([]byte, error) {
	badge := ob.NewAchievementCredential(ob.Award{
		Issuer:      ob.Profile{ID: school, Name: vc.Plain("Riverside School")},
		Recipient:   ob.Recipient{ID: "did:example:ada"}, // the profile demands a subject with an id
		Achievement: ob.NewAchievement("Map Reading", "Finds the way with a map and a compass.", "Plan a walk, then lead it."),
	})
	issued, err := issue.Issue(ctx, badge, issue.Config{Signer: signer, VerificationMethod: kid, Form: issue.VCJWT})
	if err != nil {
		return nil, err
	}
	return issued.Bytes(), nil
}

// keyPack is what the school publishes at its id, as a trust pack: the document
// that lists its key for signing credentials.
func keyPack(signer proof.Signer) (*fetch.Pack, error) {
	did, _, err := didkey.From(signer.Public())
	if err != nil {
		return nil, err
	}
	document, err := vc.Marshal(map[string]any{
		"id": school,
		"assertionMethod": []any{map[string]any{
			"id": kid, "type": "Multikey", "controller": school, "publicKeyMultibase": strings.TrimPrefix(did, "did:key:"),
		}},
	})
	if err != nil {
		return nil, err
	}
	return fetch.ParsePack(document)
}
