package ags

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/cryptosigner"
	"github.com/go-jose/go-jose/v4/jwt"
)

// Key is by what a tool says who it is (1EdTech Security Framework 1.0, 4.1).
type Key struct {
	Signer   crypto.Signer // RSA of 2048 bits or more: platforms know RS256
	ID       string        // as in the tool's key set
	ClientID string
	TokenURL string           // of the platform, or whatever it wants as audience
	Now      func() time.Time // time.Now by default
}

// assertionLife is how long an assertion is good for, the longest that the framework has.
const assertionLife = 5 * time.Minute

// NewAssertion returns what makes a client assertion for each request of a token, for
// caseapi.Credentials. It is safe for concurrent use where the Signer is.
func NewAssertion(k Key) (func(context.Context) (string, error), error) {
	if k.Signer == nil || k.ClientID == "" || k.TokenURL == "" {
		return nil, errors.New("ags: Key needs a Signer, a ClientID and a TokenURL")
	}
	public, ok := k.Signer.Public().(*rsa.PublicKey)
	if !ok || public.N.BitLen() < 2048 {
		return nil, errors.New("ags: Key.Signer must be an RSA key of 2048 bits or more")
	}
	if k.Now == nil {
		k.Now = time.Now
	}
	options := (&jose.SignerOptions{}).WithType("JWT")
	signing := jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: cryptosigner.Opaque(k.Signer), KeyID: k.ID}}
	signer, err := jose.NewSigner(signing, options)
	if err != nil {
		return nil, fmt.Errorf("ags: the key cannot sign: %w", err)
	}
	return func(context.Context) (string, error) {
		var id [16]byte
		if _, err := rand.Read(id[:]); err != nil {
			return "", fmt.Errorf("ags: no random number: %w", err)
		}
		now := k.Now()
		return jwt.Signed(signer).Claims(jwt.Claims{Issuer: k.ClientID, Subject: k.ClientID, Audience: jwt.Audience{k.TokenURL},
			IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(now.Add(assertionLife)),
			ID: base64.RawURLEncoding.EncodeToString(id[:])}).Serialize()
	}, nil
}

// Scopes are those that reading takes.
func Scopes() []string {
	return []string{"https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
		"https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"}
}
