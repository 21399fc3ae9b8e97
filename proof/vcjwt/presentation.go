package vcjwt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// PresentationOptions says how the token of a presentation is made. Signer and KeyID are
// required.
type PresentationOptions struct {
	// Signer holds the holder's private key, in memory or elsewhere.
	Signer proof.Signer
	// KeyID is the URL under which the holder publishes the key, for authentication.
	KeyID string
	// Algorithm is by default what the key signs with.
	Algorithm proof.Algorithm
	// Nonce is the challenge of whoever asked, and Audience its name. Empty is not written.
	Nonce, Audience string
	// Issued is when the token is made, and Expires when it ends. Zero is not written.
	Issued, Expires time.Time
}

// SignPresentation returns a presentation, which must be on data model 2.0, as a vp+jwt
// (VC-JOSE-COSE 1.0, 3.1.2). Claims that the presentation already carries are refused. The
// token that comes out was read back. Whether the key is the holder's is not looked at:
// products sign by package vc/present, which asks the verifier. Errors are as those of
// [Sign].
func SignPresentation(ctx context.Context, presentation []byte, o PresentationOptions) ([]byte, error) {
	if o.Signer == nil || o.KeyID == "" {
		return nil, errors.New("vcjwt: PresentationOptions needs a Signer and a KeyID")
	}
	doc, err := vc.Parse(presentation)
	if err != nil {
		return nil, err
	}
	switch {
	case doc.Form() != vc.FormJSON:
		return nil, words.Problem(proof.CodeAlreadyToken, "", "")
	case doc.Version() != vc.Version20:
		return nil, words.Problem(proof.CodeJWTDataModel, "/@context", door.Root(doc).Get("@context").Shown())
	}
	if err := (SignOptions{SkipIssuerCheck: true}).signable(doc); err != nil {
		return nil, err
	}
	w := token.Written{Signer: o.Signer, Algorithm: o.Algorithm, Type: "vp+jwt", KeyID: o.KeyID, Payload: o.payload(doc)}
	signed, err := w.Sign(ctx)
	if err != nil {
		return nil, fmt.Errorf("vcjwt: %w", err)
	}
	return signed, readBackPresentation(signed)
}

// payload puts the claims behind the presentation's own members.
func (o PresentationOptions) payload(doc *vc.Document) []byte {
	root, b := door.Root(doc), doc.Bytes()
	out := bytes.Clone(bytes.TrimRight(b[:len(b)-1], " \t\r\n"))
	put := func(name string, value []byte) {
		if len(value) > 0 && !root.Get(name).Exists() {
			out = append(append(jcs.AppendString(append(out, ','), name), ':'), value...)
		}
	}
	text := func(name, value string) {
		if value != "" {
			put(name, jcs.AppendString(nil, value))
		}
	}
	instant := func(name string, at time.Time) {
		if !at.IsZero() {
			put(name, strconv.AppendInt(nil, at.Unix(), 10))
		}
	}
	text("iss", doc.HolderID())
	text("jti", doc.ID())
	text("aud", o.Audience)
	text("nonce", o.Nonce)
	instant("iat", o.Issued)
	instant("exp", o.Expires)
	return append(out, '}')
}

func readBackPresentation(signed []byte) error {
	doc, err := vc.ParsePresentation(signed)
	if err != nil {
		return err
	}
	var all []error
	_, problems := token.ReadPresentation(doc)
	for _, p := range problems {
		all = append(all, p)
	}
	return errors.Join(all...)
}
