package token_test

import (
	"bytes"
	"context"
	"crypto"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
)

const keyID = testkit.BadgeIssuer + "#key"

func keys(t testing.TB) map[proof.Algorithm]crypto.Signer {
	t.Helper()
	all := map[proof.Algorithm]crypto.Signer{}
	for algorithm, kind := range map[proof.Algorithm]obtest.KeyKind{proof.RS256: obtest.RSA, proof.PS256: obtest.RSA,
		proof.ES256: obtest.P256, proof.ES384: obtest.P384, proof.ES512: obtest.P521, proof.EdDSA: obtest.Ed25519} {
		all[algorithm] = obtest.Key(kind, "a school")
	}
	return all
}

func read(t testing.TB, signed []byte) (*token.Token, []*vc.Problem) {
	t.Helper()
	doc, err := vc.Parse(signed)
	require.NoError(t, err)
	require.Equal(t, vc.FormJWT, doc.Form())
	return token.Read(doc)
}

// Both ways with an independent implementation, for every algorithm: it verifies
// what we sign, we verify what it signs.
func TestAgainstGoJose(t *testing.T) {
	for algorithm, private := range keys(t) {
		t.Run(string(algorithm), func(t *testing.T) {
			s, err := proof.FromCrypto(private)
			require.NoError(t, err)
			key, err := proof.NewKey(private.Public())
			require.NoError(t, err)
			ours, err := vcjwt.Sign(context.Background(), testkit.Badge(), vcjwt.SignOptions{Signer: s, KeyID: keyID, Algorithm: algorithm})
			require.NoError(t, err)

			parsed, err := jose.ParseSignedCompact(string(ours), []jose.SignatureAlgorithm{jose.SignatureAlgorithm(algorithm)})
			require.NoError(t, err)
			payload, err := parsed.Verify(private.Public())
			require.NoError(t, err)
			require.Contains(t, string(payload), `"nbf":1748764800`)
			require.Equal(t, keyID, parsed.Signatures[0].Header.KeyID)

			other, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.SignatureAlgorithm(algorithm), Key: private},
				(&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", keyID))
			require.NoError(t, err)
			object, err := other.Sign(payload)
			require.NoError(t, err)
			compact, err := object.CompactSerialize()
			require.NoError(t, err)
			for _, signed := range [][]byte{ours, []byte(compact)} {
				r, problems := read(t, signed)
				require.Empty(t, problems)
				require.Equal(t, algorithm, r.Algorithm())
				require.Equal(t, keyID, r.KeyID())
				require.NoError(t, r.Verify(key))
			}
			// The control: another payload under the same signature.
			parts := strings.Split(compact, ".")
			forged := parts[0] + "." + base64.RawURLEncoding.EncodeToString(bytes.Replace(payload, []byte("Keel laying"), []byte("Keel saying"), 1)) + "." + parts[2]
			r, problems := read(t, []byte(forged))
			require.Empty(t, problems)
			require.ErrorIs(t, r.Verify(key), &vc.Problem{Code: proof.CodeSignature})
		})
	}
}

func TestHeaderKey(t *testing.T) {
	for algorithm, private := range keys(t) {
		s, err := proof.FromCrypto(private)
		require.NoError(t, err)
		signed, err := vcjwt.Sign(context.Background(), testkit.Badge(), vcjwt.SignOptions{Signer: s, Algorithm: algorithm})
		require.NoError(t, err)
		r, problems := read(t, signed)
		require.Empty(t, problems)
		require.Empty(t, r.KeyID())
		require.NoError(t, r.Verify(r.HeaderKey()))
	}
}

func TestKeyOfAnotherKind(t *testing.T) {
	all := keys(t)
	s, err := proof.FromCrypto(all[proof.ES256])
	require.NoError(t, err)
	signed, err := vcjwt.Sign(context.Background(), testkit.Badge(), vcjwt.SignOptions{Signer: s, KeyID: keyID})
	require.NoError(t, err)
	r, problems := read(t, signed)
	require.Empty(t, problems)
	other, err := proof.NewKey(all[proof.ES384].Public())
	require.NoError(t, err)
	require.ErrorIs(t, r.Verify(other), &vc.Problem{Code: proof.CodeJWTAlgKeyMismatch})
}

// signed writes a signed that nobody signed, to see what its header and claims are
// told.
func signed(header, payload string) []byte {
	e := base64.RawURLEncoding
	return []byte(e.EncodeToString([]byte(header)) + "." + e.EncodeToString([]byte(payload)) + "." + e.EncodeToString([]byte("signature")))
}

const goodHeader = `{"alg":"ES256","typ":"JWT","kid":"https://school.example/keys#1"}`

func claims(t testing.TB, old, new string) string {
	t.Helper()
	text := strings.TrimSuffix(strings.TrimSpace(string(testkit.Badge())), "}")
	text += `,"iss":"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp","sub":"did:example:ada","jti":"urn:uuid:6a9b52f0-5a0e-4c4b-9a54-6f0c8c3f7d11","nbf":1748764800}`
	require.Contains(t, text, old)
	return strings.Replace(text, old, new, 1)
}

func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		header, old, new string
		codes            []vc.Code
	}{
		"not signed":              {`{"alg":"none","kid":"https://school.example/keys#1"}`, "", "", []vc.Code{proof.CodeJWTAlgNone}},
		"not signed, in capitals": {`{"alg":"NoNe","kid":"https://school.example/keys#1"}`, "", "", []vc.Code{proof.CodeJWTAlgNone}},
		"a MAC":                   {`{"alg":"HS256","kid":"https://school.example/keys#1"}`, "", "", []vc.Code{proof.CodeJWTAlgNotAllowed}},
		"no algorithm":            {`{"kid":"https://school.example/keys#1"}`, "", "", []vc.Code{proof.CodeJWTAlgMissing}},
		"no key":                  {`{"alg":"ES256","typ":"JWT"}`, "", "", []vc.Code{proof.CodeJWTKeyMissing}},
		"kid is a number":         {`{"alg":"ES256","kid":1}`, "", "", []vc.Code{proof.CodeJWTHeaderMalformed}},
		"critical extension":      {`{"alg":"ES256","kid":"https://school.example/keys#1","crit":["b64"],"b64":false}`, "", "", []vc.Code{proof.CodeJWTHeaderNotAllowed, proof.CodeJWTHeaderNotAllowed}},
		"key by URL":              {`{"alg":"ES256","kid":"https://school.example/keys#1","jku":"https://evil.example/"}`, "", "", []vc.Code{proof.CodeJWTHeaderNotAllowed}},
		"compressed":              {`{"alg":"ES256","kid":"https://school.example/keys#1","zip":"DEF"}`, "", "", []vc.Code{proof.CodeJWTHeaderNotAllowed}},
		"another typ":             {`{"alg":"ES256","kid":"https://school.example/keys#1","typ":"at+jwt"}`, "", "", []vc.Code{proof.CodeJWTTypeInvalid}},
		"secret key in header":    {`{"alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}}`, "", "", []vc.Code{proof.CodeJWTKeyMalformed}},
		"vc+jwt with vc claim":    {`{"alg":"ES256","kid":"https://school.example/keys#1","typ":"vc+jwt"}`, `"iss":`, `"vc":{"@context":[],"issuer":"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp","id":"urn:uuid:6a9b52f0-5a0e-4c4b-9a54-6f0c8c3f7d11","credentialSubject":{"id":"did:example:ada"}},"iss":`, []vc.Code{proof.CodeJWTVCClaim}},
		"no iss":                  {goodHeader, `"iss":"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",`, ``, []vc.Code{proof.CodeJWTIssMissing}},
		"iss of another":          {goodHeader, `"iss":"did:key:`, `"iss":"did:web:`, []vc.Code{proof.CodeJWTIssMismatch}},
		"iss is a list":           {goodHeader, `"iss":"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"`, `"iss":[]`, []vc.Code{vc.CodeTokenClaim}},
		"no sub":                  {goodHeader, `"sub":"did:example:ada",`, ``, []vc.Code{proof.CodeJWTSubMissing}},
		"sub of another":          {goodHeader, `"sub":"did:example:ada"`, `"sub":"did:example:eve"`, []vc.Code{proof.CodeJWTSubMismatch}},
		"no nbf":                  {goodHeader, `,"nbf":1748764800`, ``, []vc.Code{proof.CodeJWTNbfMissing}},
		"nbf a second off":        {goodHeader, `1748764800`, `1748764801`, []vc.Code{proof.CodeJWTNbfMismatch}},
		"nbf as text":             {goodHeader, `1748764800`, `"1748764800"`, []vc.Code{vc.CodeTokenClaim}},
		"nbf beyond time":         {goodHeader, `1748764800`, `1e300`, []vc.Code{vc.CodeTokenClaim}},
		"no jti":                  {goodHeader, `"jti":"urn:uuid:6a9b52f0-5a0e-4c4b-9a54-6f0c8c3f7d11",`, ``, []vc.Code{proof.CodeJWTJtiMissing}},
		"jti of another":          {goodHeader, `"jti":"urn:uuid:6a`, `"jti":"urn:uuid:7a`, []vc.Code{proof.CodeJWTJtiMismatch}},
		"end without exp":         {goodHeader, `"validFrom"`, `"validUntil":"2030-01-01T00:00:00Z","validFrom"`, []vc.Code{proof.CodeJWTExpMissing}},
		"exp and end differ":      {goodHeader, `"validFrom"`, `"exp":1893456001,"validUntil":"2030-01-01T00:00:00Z","validFrom"`, []vc.Code{proof.CodeJWTExpMismatch}},
	} {
		t.Run(name, func(t *testing.T) {
			r, problems := read(t, signed(c.header, claims(t, c.old, c.new)))
			require.Nil(t, r)
			var codes []vc.Code
			for _, p := range problems {
				codes = append(codes, p.Code)
			}
			require.Equal(t, c.codes, codes, "%v", problems)
		})
	}
}

// A signed whose header and claims are good: the control of the refusals above.
func TestAccepted(t *testing.T) {
	r, problems := read(t, signed(goodHeader, claims(t, "", "")))
	require.Empty(t, problems)
	require.Equal(t, "https://school.example/keys#1", r.KeyID())
	require.Equal(t, token.FormProfile, r.Form())
	at, ok := r.NotBefore()
	require.True(t, ok)
	require.EqualValues(t, 1748764800, at.Unix())
	_, ok = r.Expires()
	require.False(t, ok)
}

// VCDM 1.1, 6.3.1: what stands only as a registered claim belongs to the
// credential.
func TestVCClaimForm(t *testing.T) {
	payload := `{"iss":"did:example:school","jti":"urn:uuid:1","nbf":1748764800,"exp":1893456000,"sub":"did:example:ada",
		"vc":{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"],"credentialSubject":{"id":"did:example:ada"}}}`
	doc, err := vc.Parse(signed(goodHeader, payload))
	require.NoError(t, err)
	require.Equal(t, "did:example:school", doc.IssuerID())
	require.Equal(t, "urn:uuid:1", doc.ID())
	require.Equal(t, "2025-06-01T08:00:00Z", door.Root(doc).Get("issuanceDate").Text())
	require.Equal(t, "2030-01-01T00:00:00Z", door.Root(doc).Get("expirationDate").Text())
	r, problems := token.Read(doc)
	require.Empty(t, problems)
	require.Equal(t, token.FormVCClaim, r.Form())
	require.Len(t, r.Warnings(), 1)
	require.Equal(t, proof.CodeJWTOldForm, r.Warnings()[0].Code)
}

func TestMalformedTokens(t *testing.T) {
	good := string(signed(goodHeader, claims(t, "", "")))
	parts := strings.Split(good, ".")
	for name, text := range map[string]string{
		"two parts":        parts[0] + "." + parts[1],
		"four parts":       good + ".x",
		"many dots":        parts[0] + strings.Repeat(".", 100_000),
		"padding":          good + "=",
		"trailing bits":    parts[0] + "." + parts[1] + ".QR",
		"huge header":      strings.Repeat("a", 12_000) + "." + parts[1] + "." + parts[2],
		"header no object": base64.RawURLEncoding.EncodeToString([]byte(`[]`)) + "." + parts[1] + "." + parts[2],
	} {
		t.Run(name, func(t *testing.T) {
			_, err := vc.Parse([]byte(text))
			require.ErrorIs(t, err, &vc.Problem{Code: vc.CodeTokenMalformed})
		})
	}
	_, err := vc.Parse(signed(goodHeader, `{"iss":"a","iss":"b"}`))
	require.ErrorIs(t, err, &vc.Problem{Code: "json-duplicate-name"})
	_, err = vc.Parse(signed(goodHeader, `{"vc":"x"}`))
	require.ErrorIs(t, err, &vc.Problem{Code: vc.CodeTokenClaim})
}

// FuzzRead: whatever text comes, Parse and Read return, and a signed that Read
// accepts has an algorithm of ours and a place to look for its key, holds one
// credential, repeats in its header nothing that differs, and has an end where it
// has exp.
func FuzzRead(f *testing.F) {
	f.Add(signed(goodHeader, `{"iss":"did:example:1","nbf":1}`))
	f.Add([]byte("e30.e30.AA"))
	f.Add(signed(josePrefix+`"vc+jwt","iss":"did:example:1","sub":"did:example:2","cty":"VC"}`, `{"issuer":"did:example:1","sub":"did:example:2","credentialSubject":{"id":"did:example:2"},"exp":-62135596800}`))
	f.Add(signed(goodHeader, `{"@context":[],"iss":"did:example:1","nbf":1,"sub":"","vc":{"credentialSubject":{"id":""}}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		doc, err := vc.Parse(b)
		if err != nil || doc.Form() != vc.FormJWT {
			return
		}
		if r, _ := token.Read(doc); r != nil {
			if !r.Algorithm().Known() || r.KeyID() == "" && r.HeaderKey() == nil {
				t.Fatalf("accepted %q", b)
			}
			header, claims := door.Token(doc)
			if claims.Get("vc").Exists() && (claims.Get("@context").Exists() || claims.Get("issuer").Exists()) || claims.Get("vp").Exists() {
				t.Fatalf("two readings of %q", b)
			}
			if iss := header.Get("iss"); iss.Exists() && (iss.Text() != doc.IssuerID() ||
				claims.Get("iss").Exists() && claims.Get("iss").Text() != iss.Text()) {
				t.Fatalf("two issuers in %q", b)
			}
			if r.Valid().Until.IsZero() == claims.Get("exp").Exists() {
				t.Fatalf("no end in %q", b)
			}
		}
	})
}

// A signer of one's own that does not do what it says: no signed goes out.
func TestSignerOfOnesOwn(t *testing.T) {
	all := keys(t)
	for name, sign := range map[string]func(context.Context, proof.Algorithm, []byte) ([]byte, error){
		"nothing":         func(context.Context, proof.Algorithm, []byte) ([]byte, error) { return nil, nil },
		"another message": func(ctx context.Context, a proof.Algorithm, _ []byte) ([]byte, error) { return make([]byte, 64), nil },
		"panic":           func(context.Context, proof.Algorithm, []byte) ([]byte, error) { panic("away") },
	} {
		signed, err := vcjwt.Sign(t.Context(), testkit.Badge(),
			vcjwt.SignOptions{Signer: service{all[proof.ES256].Public(), sign}, KeyID: keyID})
		require.ErrorIs(t, err, &proof.Error{Code: proof.CodeSigner}, name)
		require.Nil(t, signed, name)
	}
	_, err := vcjwt.Sign(t.Context(), testkit.Badge(), vcjwt.SignOptions{Signer: service{nil, nil}, KeyID: keyID})
	require.ErrorIs(t, err, &proof.Error{Code: proof.CodeKey})
}

// service is a Signer as a key management service is one.
type service struct {
	public crypto.PublicKey
	sign   func(context.Context, proof.Algorithm, []byte) ([]byte, error)
}

func (s service) Public() crypto.PublicKey { return s.public }

func (s service) Sign(ctx context.Context, a proof.Algorithm, message []byte) ([]byte, error) {
	return s.sign(ctx, a, message)
}
