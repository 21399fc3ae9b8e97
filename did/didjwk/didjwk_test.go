package didjwk_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/didjwk"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// ed is the key of RFC 8037, A.2 and x25519 that of A.6.
const (
	ed     = `"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"`
	x25519 = `"kty":"OKP","crv":"X25519","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"`
)

func name(jwk string) string { return "did:jwk:" + multibase.EncodeBase64([]byte(jwk)) }

func requireCode(t testing.TB, code did.Code, err error, note ...any) {
	t.Helper()
	var e *did.Error
	require.ErrorAs(t, err, &e, note...)
	require.Equal(t, code, e.Code, note...)
	require.NotEmpty(t, e.Type)
}

func TestSharedVectors(t *testing.T) {
	doc, err := jsonx.Parse(testkit.ReadShared(t, "vc/did-jwk/did-jwk-spec.json"), jsonx.Limits{}, nil)
	require.NoError(t, err)
	require.Equal(t, 2, doc.Root().Len())
	for entry := doc.Root().First(); entry.Exists(); entry = entry.Next() {
		document, err := didjwk.Resolver{}.Resolve(t.Context(), entry.Name())
		require.NoError(t, err)
		require.Empty(t, document.Problems())
		published := entry.Get("didDocument")
		for _, rel := range did.Relationships() {
			_, err := document.Method(entry.Name()+"#0", rel)
			if published.Get(string(rel)).Exists() {
				require.NoError(t, err)
			} else {
				requireCode(t, did.CodeRelationship, err)
			}
		}
		want, err := multikey.ParseJWK(published.Get("verificationMethod").First().Get("publicKeyJwk"))
		require.NoError(t, err)
		got, err := multikey.ParseJWK(parsed(t, document).Root().Get("verificationMethod").First().Get("publicKeyJwk"))
		require.NoError(t, err)
		require.Equal(t, want.Key, got.Key)
		require.Equal(t, want.Use, got.Use)
	}
}

func TestUse(t *testing.T) {
	for use, want := range map[string][]did.Relationship{
		``:             did.Relationships(),
		`"use":"sig",`: {did.Authentication, did.AssertionMethod, did.CapabilityInvocation, did.CapabilityDelegation},
		`"use":"enc",`: {did.KeyAgreement},
	} {
		id := name("{" + use + ed + "}")
		document, err := didjwk.Resolver{}.Resolve(t.Context(), id)
		require.NoError(t, err)
		for _, rel := range did.Relationships() {
			_, err := document.Method(id+"#0", rel)
			listed := false
			for _, r := range want {
				listed = listed || r == rel
			}
			require.Equal(t, listed, err == nil, "%s %s", use, rel)
		}
	}
	// Without use an X25519 key is listed for all, and still checks no signature.
	id := name("{" + x25519 + "}")
	method, _, err := did.Retrieve(t.Context(), did.Mux{"jwk": didjwk.Resolver{}}, id+"#0", did.AssertionMethod, testkit.Now)
	require.NoError(t, err)
	_, _, err = multikey.PublicKey(multikey.Material{Type: method.Type, JWK: method.PublicKeyJWK})
	require.ErrorIs(t, err, &multikey.Error{Code: multikey.CodeConflict})
}

func TestRefusals(t *testing.T) {
	for id, code := range map[string]did.Code{
		"":                                     did.CodeMethodNotSupported,
		"did:key:z6Mk":                         did.CodeMethodNotSupported,
		"did:jwk:e30=":                         did.CodeInvalidDID,
		"did:jwk:e3\n0":                        did.CodeInvalidDID,
		"did:jwk:e31":                          did.CodeInvalidDID, // bits left over
		"did:jwk:" + strings.Repeat("A", 4096): did.CodeInvalidDID,
		"did:jwk:":                             did.CodeInvalidKey,
		name(`{}`):                             did.CodeInvalidKey,
		name(`[]`):                             did.CodeInvalidKey,
		name(`{` + ed + `} x`):                 did.CodeInvalidKey,
		name(`{` + ed + `,"x":"AA"}`):          did.CodeInvalidKey,
		name(`{` + ed + `,"d":"AA"}`):          did.CodeInvalidKey,
		name(`{` + ed + `,"use":"both"}`):      did.CodeInvalidKey,
		name(`{` + ed + `,"use":1}`):           did.CodeInvalidKey,
		name(`{"kty":"oct","k":"AA"}`):         did.CodeInvalidKey,
		name(`{"kty":"OKP","crv":"Ed25519","x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}`): did.CodeInvalidKey,
		name(`{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}`):                                did.CodeUnsupportedKey,
		name(`{"kty":"AKP"}`): did.CodeUnsupportedKey,
	} {
		document, err := didjwk.Resolver{}.Resolve(t.Context(), id)
		requireCode(t, code, err, id)
		require.Nil(t, document)
	}
	document, err := didjwk.Resolver{}.Resolve(t.Context(), name(" {"+ed+"} "))
	require.NoError(t, err, "space around the JWK is another name for it")
	_, err = document.Method(document.ID()+"#1", did.AssertionMethod)
	requireCode(t, did.CodeMethodNotFound, err)
}

func TestFrom(t *testing.T) {
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	id, url, err := didjwk.From(p256.Public())
	require.NoError(t, err)
	method, _, err := did.Retrieve(t.Context(), did.Mux{"jwk": didjwk.Resolver{}}, url, did.AssertionMethod, testkit.Now)
	require.NoError(t, err)
	require.Equal(t, id+"#0", method.ID)
	key, _, err := multikey.PublicKey(multikey.Material{Type: method.Type, JWK: method.PublicKeyJWK})
	require.NoError(t, err)
	require.True(t, p256.PublicKey.Equal(key))

	_, _, err = didjwk.From("key")
	requireCode(t, did.CodeUnsupportedKey, err)
	_, _, err = didjwk.From(ed25519.PublicKey(make([]byte, 32)))
	requireCode(t, did.CodeInvalidKey, err)
}

// FuzzResolve: what resolves is a document of that id with one method, whose key
// has no secret member.
func FuzzResolve(f *testing.F) {
	for _, jwk := range []string{"{" + ed + "}", `{"use":"enc",` + x25519 + "}", `{"kty":"EC"}`} {
		f.Add([]byte(jwk))
	}
	f.Fuzz(func(t *testing.T, jwk []byte) {
		id := name(string(jwk))
		document, err := didjwk.Resolver{}.Resolve(t.Context(), id)
		if err != nil {
			require.Nil(t, document)
			return
		}
		require.Equal(t, id, document.ID())
		methods := parsed(t, document).Root().Get("verificationMethod")
		require.Equal(t, 1, methods.Len())
		require.Equal(t, id+"#0", methods.First().Get("id").Text())
		require.False(t, methods.First().Get("publicKeyJwk").Get("d").Exists())
	})
}

func Example() {
	key := obtest.Key(obtest.Ed25519, "harbour").Public()
	id, method, err := didjwk.From(key)
	fmt.Println(strings.HasPrefix(id, "did:jwk:eyJ"), strings.TrimPrefix(method, id), err)
	// Output: true #0 <nil>
}

// parsed is a document as JSON.
func parsed(t testing.TB, document *did.Document) *jsonx.Doc {
	t.Helper()
	doc, err := jsonx.Parse(document.Bytes(), jsonx.Limits{}, nil)
	require.NoError(t, err)
	return doc
}
