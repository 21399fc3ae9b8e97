package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// issuer is who signs: an id, a key, and the URL by which others find the key.
type issuer struct {
	id, method string
	signer     proof.Signer
}

// newIssuer makes a key, if none is given. A did:key holds its public key itself,
// so nothing has to be published to try it. A product gives proof.FromCrypto the
// crypto.Signer of its key service, and publishes the key under its own domain.
func newIssuer(key ed25519.PrivateKey) (*issuer, error) {
	if key == nil {
		var err error
		if _, key, err = ed25519.GenerateKey(rand.Reader); err != nil {
			return nil, err
		}
	}
	signer, err := proof.FromCrypto(key)
	if err != nil {
		return nil, err
	}
	id, method, err := didkey.From(signer.Public())
	if err != nil {
		return nil, err
	}
	return &issuer{id, method, signer}, nil
}

// award issues the badge, with eddsa-rdfc-2022 as the key is an Ed25519 one. It is
// checked by the rules before it is signed and by a verifier after, and not handed
// out unless both accept it. The signed badge is bytes, and stays bytes: to be stored,
// served and baked as they are.
func award(ctx context.Context, badge *ob.AchievementCredential, by *issuer, now func() time.Time) ([]byte, error) {
	issued, err := issue.Issue(ctx, badge, issue.Config{Signer: by.signer, VerificationMethod: by.method, Now: now})
	if err != nil {
		return nil, err
	}
	return issued.Bytes(), nil
}

// receive takes the credential out of a picture and verifies it. The zero
// verify.Config is strict and fetches nothing.
func receive(ctx context.Context, w io.Writer, picture []byte, config verify.Config) error {
	baked, err := bake.Extract(picture)
	if err != nil {
		return err
	}
	verified, err := verify.Verify(ctx, baked.Credential, config)
	if err != nil {
		return err
	}
	// What was verified is decoded, never the bytes that came in.
	var badge ob.AchievementCredential
	if err := verified.Decode(&badge); err != nil {
		return err
	}
	subject := badge.CredentialSubject
	fmt.Fprintf(w, "   %s says: %q, %s %%\n   in the terms of %s: %s\n\n",
		badge.Issuer.Object.Name, subject.Achievement.Name, subject.Result.First().Value,
		subject.Achievement.Alignment.First().TargetFramework, subject.Achievement.Alignment.First().TargetName)
	return verified.Report().WriteText(w, verify.TextOptions{Title: "badge.png"})
}

// refuse shows what becomes of a changed badge: Verify returns no credential but
// an error, whose report names each cause, where it is, and what to do.
func refuse(ctx context.Context, w io.Writer, changed []byte, config verify.Config) error {
	_, err := verify.Verify(ctx, changed, config)
	refused, ok := errors.AsType[*verify.Error](err)
	if !ok {
		return fmt.Errorf("a changed badge was not refused: %v", err)
	}
	fmt.Fprintln(w, strings.ToUpper(refused.Report.Verdict.String()))
	for _, p := range refused.Report.Problems() {
		fmt.Fprintf(w, "  code   %s\n  where  %s\n  why    %s\n  to do  %s\n", p.Code, p.Pointer, p.Message, p.Fix)
	}
	return nil
}
