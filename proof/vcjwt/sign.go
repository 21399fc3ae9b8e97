package vcjwt

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/method"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
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
	key, err := guard.Call(ctx, func() (*proof.Key, error) { return proof.KeyOf(o.Signer) })
	if err != nil {
		return nil, fmt.Errorf("vcjwt: the signing key: %w", err)
	}
	algorithm, err := o.algorithm(key)
	if err != nil {
		return nil, err
	}
	typ := "JWT"
	if o.Form == FormVCJOSE {
		typ = "vc+jwt"
	}
	header, err := o.header(typ, algorithm, key)
	if err != nil {
		return nil, err
	}
	payload, err := o.payload(doc)
	if err != nil {
		return nil, err
	}
	signed, err := compact(ctx, o.Signer, algorithm, header, payload)
	if err != nil {
		return nil, err
	}
	if err := o.readBack(signed, payload); err != nil {
		return nil, err
	}
	return signed, nil
}

// compact signs a header and a payload (RFC 7515, 7.1).
func compact(ctx context.Context, signer proof.Signer, algorithm proof.Algorithm, header, payload []byte) ([]byte, error) {
	signed := append(appendPart(make([]byte, 0, 2*len(payload)), header), '.')
	signed = appendPart(signed, payload)
	signature, err := proof.SignWith(ctx, signer, algorithm, signed)
	if err != nil {
		return nil, fmt.Errorf("vcjwt: signing: %w", err)
	}
	return appendPart(append(signed, '.'), signature), nil
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
		if slices.Contains(claimNames, m.Name()) {
			all = append(all, words.Problem(proof.CodeJWTClaimMember, m.Pointer(), vc.Quote(m.Name())))
		}
	}
	return errors.Join(all...)
}

// claimNames are registered claims that change what a token is, whom it is for or
// how it is read (IANA JSON Web Token Claims; SD-JWT, 4; SD-JWT VC, 3.2). The five
// that stand for members of the credential are not among them.
var claimNames = []string{"vc", "vp", "aud", "iat", "nonce", "cnf", "act", "may_act", "crit", "sub_jwk", "sub_id", "events", "toe", "txn",
	"status", "vct", "vct#integrity", "_sd", "_sd_alg", "sd_hash", "...", "scope", "client_id", "azp"}

func appendPart(dst, part []byte) []byte { return base64.RawURLEncoding.AppendEncode(dst, part) }

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

func (o SignOptions) algorithm(key *proof.Key) (proof.Algorithm, error) {
	for _, a := range key.Algorithms() {
		if o.Algorithm == "" || a == o.Algorithm {
			return a, nil
		}
	}
	return "", fmt.Errorf("vcjwt: the key does not sign with %q", o.Algorithm)
}

func (o SignOptions) header(typ string, algorithm proof.Algorithm, key *proof.Key) ([]byte, error) {
	h := append(append([]byte(`{"alg":"`), algorithm...), `","typ":"`+typ+`",`...)
	if o.KeyID != "" {
		return append(jcs.AppendString(append(h, `"kid":`...), o.KeyID), '}'), nil
	}
	h, err := multikey.AppendJWK(append(h, `"jwk":`...), key.Public())
	if err != nil {
		return nil, fmt.Errorf("vcjwt: the signing key: %w", err)
	}
	return append(h, '}'), nil
}

// payload puts the registered claims behind the credential's own members.
func (o SignOptions) payload(doc *vc.Document) ([]byte, error) {
	root := door.Root(doc)
	var claims []byte
	put := func(name string, value []byte) {
		if len(value) > 0 && !root.Get(name).Exists() {
			claims = append(append(jcs.AppendString(append(claims, ','), name), ':'), value...)
		}
	}
	text := func(v jsonx.Value) []byte {
		if v.Kind() != jsonx.String {
			return nil
		}
		return v.Raw()
	}
	put("iss", text(door.Issuer(doc)))
	put("jti", text(root.Get("id")))
	put("sub", text(root.Get("credentialSubject").Single().Get("id")))
	for _, pair := range [2][2]string{{"nbf", "validFrom"}, {"exp", "validUntil"}} {
		v := root.Get(pair[1])
		if !v.Exists() {
			continue
		}
		t, err := vc.ParseTime(jsonx.Content(v))
		if err != nil {
			p := words.Problem(rules.CodeDateTime, v.Pointer(), v.Shown())
			p.Err = err
			return nil, p
		}
		put(pair[0], strconv.AppendInt(nil, t.Unix(), 10))
	}
	b := doc.Bytes()
	body := bytes.TrimRight(b[:len(b)-1], " \t\r\n")
	return append(append(bytes.Clone(body), claims...), '}'), nil
}
