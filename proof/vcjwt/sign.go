package vcjwt

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/method"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// SignOptions says how a token is made. Signer is required.
type SignOptions struct {
	// Signer holds the private key, in memory or elsewhere.
	Signer proof.Signer
	// KeyID is the URL under which the issuer publishes the key, such as
	// https://school.example/issuer#key-1. What stands before # must be the issuer's
	// id. Without it the key itself goes into the header, and verifiers must find it at
	// the issuer.
	KeyID string
	// Algorithm is by default what the key signs with: RS256 for RSA, EdDSA for Ed25519.
	Algorithm proof.Algorithm
	// Form is FormProfile by default.
	Form Form
	// SkipIssuerCheck signs although KeyID is not the issuer's, which no verifier
	// accepts for a credential. Tests need it.
	SkipIssuerCheck bool
}

// Sign returns the credential, which must be on data model 2.0, as a compact JWS.
// The claims iss, sub, jti, nbf and exp that the credential already carries are
// checked, not overwritten; other members that a reader of tokens takes for claims
// are refused. The token that comes out was read back by the rules of the profile, and
// reads as what was given. Errors are [*vc.Problem]s, alone or joined, but for those
// of the Signer.
func Sign(ctx context.Context, credential []byte, o SignOptions) ([]byte, error) {
	if o.Signer == nil {
		return nil, errors.New("vcjwt: SignOptions needs a Signer")
	}
	doc, err := vc.Parse(credential)
	if err != nil {
		return nil, err
	}
	switch {
	case doc.Form() != vc.FormJSON:
		return nil, words.Problem(proof.CodeAlreadyToken, "", "")
	case doc.Version() != vc.Version20:
		return nil, words.Problem(proof.CodeJWTDataModel, "/@context", door.Root(doc).Get("@context").Shown())
	}
	if err := o.signable(doc); err != nil {
		return nil, err
	}
	payload, err := o.payload(doc)
	if err != nil {
		return nil, err
	}
	typ := "JWT"
	if o.Form == FormVCJOSE {
		typ = "vc+jwt"
	}
	signed, err := token.Written{Signer: o.Signer, Algorithm: o.Algorithm, Type: typ, KeyID: o.KeyID, Payload: payload}.Sign(ctx)
	if err != nil {
		return nil, fmt.Errorf("vcjwt: %w", err)
	}
	if err := o.readBack(signed, payload); err != nil {
		return nil, err
	}
	return signed, nil
}

// signable refuses a credential that verifiers would not take for the issuer's, or
// not for the one that was given.
func (o SignOptions) signable(doc *vc.Document) error {
	if o.KeyID != "" && !o.SkipIssuerCheck {
		if p := method.Judge(doc, o.KeyID); p != nil {
			return p
		}
	}
	var all []error
	for m := door.Root(doc).First(); m.Exists(); m = m.Next() {
		if token.IsClaim(m.Name()) {
			all = append(all, words.Problem(proof.CodeJWTClaimMember, m.Pointer(), vc.Quote(m.Name())))
		}
	}
	return errors.Join(all...)
}

// readBack refuses to hand out a token that the profile does not allow, or that
// reads as another credential or form than the one that was signed.
func (o SignOptions) readBack(signed, payload []byte) error {
	doc, err := vc.Parse(signed)
	if err != nil {
		return err
	}
	form := token.FormProfile
	if o.Form == FormVCJOSE {
		form = token.FormVCJOSE
	}
	var all []error
	read, problems := token.Read(doc)
	for _, p := range problems {
		all = append(all, p)
	}
	if read != nil && (read.Form() != form || read.KeyID() != o.KeyID || !bytes.Equal(door.Root(doc).Raw(), payload)) {
		p := words.Problem(proof.CodeJWTAmbiguous, "", read.Form().String())
		p.Expected = form.String()
		all = append(all, p)
	}
	return errors.Join(all...)
}

// payload puts the registered claims behind the credential's own members.
func (o SignOptions) payload(doc *vc.Document) ([]byte, error) {
	claims, err := token.Claims(doc, "iss", "jti", "sub", "nbf", "exp")
	if err != nil {
		return nil, err
	}
	b := doc.Bytes()
	body := bytes.TrimRight(b[:len(b)-1], " \t\r\n")
	return append(append(bytes.Clone(body), claims...), '}'), nil
}
