package codes_test

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	internalkey "github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// token is a compact JWS with a signature that nobody made.
func token(header, payload string) string {
	e := base64.RawURLEncoding.EncodeToString
	return e([]byte(header)) + "." + e([]byte(payload)) + "." + e(make([]byte, 64))
}

// token is one that the school signed.
func (d *desk) token(header, payload string) []byte {
	d.t.Helper()
	e := base64.RawURLEncoding.EncodeToString
	input := e([]byte(header)) + "." + e([]byte(payload))
	signature, err := d.school.Signer.Sign(context.Background(), proof.EdDSA, []byte(input))
	require.NoError(d.t, err)
	return []byte(input + "." + e(signature))
}

// jwk is a public key as a JWK.
func (d *desk) jwk(k *obtest.Issuer) string {
	b, err := internalkey.AppendJWK(nil, k.Signer.Public())
	require.NoError(d.t, err)
	return string(b)
}

// claims is the badge with its registered claims, changed by edits.
func (d *desk) claims(edits ...string) string {
	return d.draft(badge, append([]string{`/issuer/id = "@school"`, `/iss = "@school"`, `/sub = "did:example:holder-7"`,
		`/jti = "urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f11"`, `/nbf = 1767225600`}, edits...)...)
}

// header is a row about a token whose header is changed by edits. @kid is the key.
func header(code vc.Code, edits ...string) row {
	return row{code, "a token whose header is changed: " + strings.Join(edits, ", "), func(d *desk) []*vc.Problem {
		h := d.edit(`{"alg":"EdDSA","typ":"JWT","kid":"`+d.school.VerificationMethod+`"}`, edits...)
		return d.inspect(d.token(h, d.claims()), verify.Config{})
	}}
}

// claimed is a row about a token whose claims are changed by edits.
func claimed(code vc.Code, edits ...string) row {
	return row{code, "a token whose claims are changed: " + strings.Join(edits, ", "), func(d *desk) []*vc.Problem {
		return d.inspect(d.token(`{"alg":"EdDSA","typ":"JWT","kid":"`+d.school.VerificationMethod+`"}`, d.claims(edits...)), verify.Config{})
	}}
}

var tokenRows = []row{
	header(proof.CodeJWTAlgMissing, "/alg"),
	header(proof.CodeJWTAlgNone, `/alg = "none"`),
	header(proof.CodeJWTAlgNotAllowed, `/alg = "HS256"`),
	header("not-enabled-ES256K", `/alg = "ES256K"`),
	header(proof.CodeJWTAlgKeyMismatch, `/alg = "ES256"`),
	header(proof.CodeJWTHeaderNotAllowed, `/jku = "https://school.example/keys"`),
	header(proof.CodeJWTHeaderMalformed, `/kid = 7`),
	header(proof.CodeJWTTypeInvalid, `/typ = "at+jwt"`),
	header(proof.CodeJWTContentType, `/typ = "vc+jwt"`, `/cty = "text"`),
	header(proof.CodeJWTKeyMissing, `/kid`),
	header(proof.CodeJWTKeyMalformed, `/kid`, `/jwk = {"kty": "oct", "k": "c2VjcmV0"}`),
	header(proof.CodeJWTHeaderClaim, `/typ = "vc+jwt"`, `/iss = "did:example:other"`),
	header(proof.CodeJWTMediaType, `/typ = "vc+jwt"`),
	{verify.CodeKeyUnbound, "a token with a key of its own in the header, which the issuer does not publish", func(d *desk) []*vc.Problem {
		return d.inspect(d.token(`{"alg":"EdDSA","typ":"JWT","jwk":`+d.jwk(d.school)+`}`, d.claims(`/issuer/id = "did:web:school.example"`, `/iss = "did:web:school.example"`)),
			verify.Config{Fetcher: d.pack(`{"did:web:school.example":{"id":"did:web:school.example","assertionMethod":[]}}`)})
	}},
	{proof.CodeSignature, "a token that was changed", func(d *desk) []*vc.Problem {
		t := string(d.token(`{"alg":"EdDSA","typ":"JWT","kid":"`+d.school.VerificationMethod+`"}`, d.claims()))
		end := strings.LastIndexByte(t, '.')
		return d.inspect([]byte(t[:end+1]+strings.Repeat("A", 86)), verify.Config{})
	}},

	claimed(proof.CodeJWTIssMissing, "/iss"),
	claimed(proof.CodeJWTIssMismatch, `/iss = "did:example:other"`),
	claimed(proof.CodeJWTSubMissing, "/sub"),
	claimed(proof.CodeJWTSubMismatch, `/sub = "did:example:other"`),
	claimed(proof.CodeJWTJtiMissing, "/jti"),
	claimed(proof.CodeJWTJtiMismatch, `/jti = "urn:uuid:other"`),
	claimed(proof.CodeJWTNbfMissing, "/nbf"),
	claimed(proof.CodeJWTNbfMismatch, `/nbf = 1767225601`),
	claimed(proof.CodeJWTExpMissing, `/validUntil = "2030-01-01T00:00:00Z"`),
	claimed(proof.CodeJWTExpMismatch, `/validUntil = "2030-01-01T00:00:00Z"`, `/exp = 1900000000`),
	claimed(vc.CodeTokenClaim, `/exp = "1900000000"`),
	{proof.CodeJWTVCClaim, "a vc+jwt with the claim vc", func(d *desk) []*vc.Problem {
		return d.inspect(d.token(`{"alg":"EdDSA","typ":"vc+jwt","kid":"`+d.school.VerificationMethod+`"}`, d.claims(`/vc = `+d.draft(badge, `/issuer/id = "@school"`))), verify.Config{})
	}},
	{proof.CodeJWTClaimVersion, "a token with a badge on data model 2.0 in the claim vc", func(d *desk) []*vc.Problem {
		return d.inspect(d.token(`{"alg":"EdDSA","typ":"JWT","kid":"`+d.school.VerificationMethod+`"}`, `{"iss":"`+d.school.ID+
			`","sub":"did:example:holder-7","jti":"urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f11","nbf":1767225600,"vc":`+d.draft(badge, `/issuer/id = "@school"`)+`}`), verify.Config{})
	}},
	{proof.CodeJWTAmbiguous, "a token with a badge as its payload and another in the claim vc", func(d *desk) []*vc.Problem {
		return d.inspect(d.token(`{"alg":"EdDSA","typ":"JWT","kid":"`+d.school.VerificationMethod+`"}`, d.claims(`/vc = `+d.draft(oldBadge, `/issuer/id = "@school"`))), verify.Config{})
	}},
	{proof.CodeJWTOldForm, "a token on data model 1.1", func(d *desk) []*vc.Problem {
		return d.inspect(d.token(`{"alg":"EdDSA","typ":"JWT","kid":"`+d.school.VerificationMethod+`"}`, `{"iss":"`+d.school.ID+
			`","sub":"did:example:holder-7","jti":"urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f12","nbf":1640995200,"exp":1956528000,"vc":`+d.draft(oldBadge, `/issuer/id = "@school"`)+`}`), verify.Config{})
	}},
	{"json-byte-order-mark", "a token whose payload begins with a byte order mark", func(*desk) []*vc.Problem {
		return parse(vc.ParseConfig{}, token(`{"alg":"EdDSA"}`, "\ufeff{}"))
	}},
}
