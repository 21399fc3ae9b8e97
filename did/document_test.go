package did_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

func document(t testing.TB, text string) *did.Document {
	t.Helper()
	d, err := did.ParseDocument([]byte(text))
	require.NoError(t, err)
	return d
}

// full has a method of each kind of place and fate.
const full = `{
 "id": "did:example:issuer",
 "controller": ["did:example:school", "https://example.com/owner"],
 "alsoKnownAs": ["https://example.com/issuer"],
 "verificationMethod": [
  {"id": "did:example:issuer#plain", "type": "Multikey", "controller": "did:example:issuer", "publicKeyMultibase": "z1"},
  {"id": "#short", "type": "JsonWebKey", "controller": "did:example:issuer", "publicKeyJwk": {"kty": "OKP"}},
  {"id": "#foreign", "type": "Multikey", "controller": "did:example:other", "publicKeyMultibase": "z2"},
  {"id": "#old", "type": "Multikey", "controller": "did:example:issuer", "publicKeyMultibase": "z3", "expires": "2025-12-01T00:00:00Z"},
  {"id": "#stolen", "type": "Multikey", "controller": "did:example:issuer", "publicKeyMultibase": "z4", "revoked": "2025-06-01T02:00:00.5+02:00"},
  {"id": "#unlisted", "type": "Ed25519VerificationKey2018", "controller": "did:example:issuer", "publicKeyBase58": "z5"},
  {"id": "#twice", "type": "Multikey", "controller": "did:example:issuer", "publicKeyMultibase": "z6"},
  {"id": "did:example:issuer#twice", "type": "Multikey", "controller": "did:example:issuer", "publicKeyMultibase": "z7"},
  {"id": "did:example:other#key", "type": "Multikey", "controller": "did:example:other", "publicKeyMultibase": "z8"}
 ],
 "assertionMethod": ["#plain", "did:example:issuer#short", "#foreign", "#old", "#stolen", "#twice", "#absent", "did:example:other#key",
  {"id": "#embedded", "type": "Multikey", "controller": "did:example:issuer", "publicKeyMultibase": "z9"}],
 "authentication": [
  {"id": "#login", "type": "Multikey", "controller": "did:example:issuer", "publicKeyMultibase": "z10"}],
 "capabilityInvocation": ["#embedded"],
 "service": [{"type": "x", "serviceEndpoint": {}}]
}`

func TestMethod(t *testing.T) {
	d := document(t, full)
	require.Equal(t, "did:example:issuer", d.ID())
	require.Equal(t, []string{"did:example:school", "https://example.com/owner"}, d.Controllers())
	require.Equal(t, []string{"https://example.com/issuer"}, d.AlsoKnownAs())
	require.Equal(t, full, string(d.Bytes()))
	require.False(t, d.Deactivated())

	m, err := d.MethodAt("did:example:issuer#plain", did.AssertionMethod, testkit.Now)
	require.NoError(t, err)
	require.Equal(t, "did:example:issuer#plain", m.ID)
	require.Equal(t, "Multikey", m.Type)
	require.Equal(t, "did:example:issuer", m.Controller)
	require.Equal(t, "z1", m.PublicKeyMultibase)
	require.Equal(t, "/verificationMethod/0", m.Pointer)

	m, err = d.MethodAt("did:example:issuer#short", did.AssertionMethod, testkit.Now)
	require.NoError(t, err)
	require.Equal(t, "did:example:issuer#short", m.ID)
	require.True(t, json.Valid(m.PublicKeyJWK))

	for _, rel := range []did.Relationship{did.AssertionMethod, did.CapabilityInvocation} {
		m, err = d.MethodAt("did:example:issuer#embedded", rel, testkit.Now)
		require.NoError(t, err)
		require.Equal(t, "/assertionMethod/8", m.Pointer)
	}
	_, err = d.Method("did:example:issuer#login", did.Authentication)
	require.NoError(t, err)

	require.Equal(t, []string{"did:example:issuer#login"}, d.Listed(did.Authentication))
	require.Len(t, d.Listed(did.AssertionMethod), 9)
	require.Empty(t, d.Listed(did.KeyAgreement))
	require.Empty(t, d.Listed("verificationMethod"))
}

func TestMethodRefusals(t *testing.T) {
	d := document(t, full)
	for _, test := range []struct {
		url  string
		rel  did.Relationship
		code did.Code
	}{
		{"", did.AssertionMethod, did.CodeInvalidURL},
		{"#plain", did.AssertionMethod, did.CodeInvalidURL},
		{"did:example:issuer", did.AssertionMethod, did.CodeInvalidURL},
		{"did:example:issuer#", did.AssertionMethod, did.CodeInvalidURL},
		{"did:example:issuer#a b", did.AssertionMethod, did.CodeInvalidURL},
		{"did:example:victim#plain", did.AssertionMethod, did.CodeDocumentID},
		{"did:example:issuer?versionId=1#plain", did.AssertionMethod, did.CodeDocumentID},
		{"did:example:issuer/#plain", did.AssertionMethod, did.CodeDocumentID},
		{"did:example:other#key", did.AssertionMethod, did.CodeDocumentID},
		{"did:example:issuer#none", did.AssertionMethod, did.CodeMethodNotFound},
		{"did:example:issuer#absent", did.AssertionMethod, did.CodeMethodNotFound},
		{"did:example:issuer#PLAIN", did.AssertionMethod, did.CodeMethodNotFound},
		{"did:example:issuer#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", did.AssertionMethod, did.CodeMethodNotFound},
		{"did:example:issuer#twice", did.AssertionMethod, did.CodeMethodAmbiguous},
		{"did:example:issuer#foreign", did.AssertionMethod, did.CodeMethodController},
		{"did:example:issuer#unlisted", did.AssertionMethod, did.CodeRelationship},
		{"did:example:issuer#plain", did.Authentication, did.CodeRelationship},
		{"did:example:issuer#plain", "", did.CodeRelationship},
		{"did:example:issuer#plain", "service", did.CodeRelationship},
		{"did:example:issuer#login", did.AssertionMethod, did.CodeRelationship},
		{"did:example:issuer#old", did.AssertionMethod, did.CodeMethodRetired},
		{"did:example:issuer#stolen", did.AssertionMethod, did.CodeMethodRetired},
	} {
		m, err := d.MethodAt(test.url, test.rel, testkit.Now)
		requireCode(t, test.code, err, test.url)
		require.Nil(t, m)
	}
	_, err := d.AsDeactivated().MethodAt("did:example:issuer#plain", did.AssertionMethod, testkit.Now)
	requireCode(t, did.CodeDeactivated, err)
	require.False(t, d.Deactivated())
	require.True(t, document(t, `{"id":"did:a:b","deactivated":true}`).Deactivated())
}

func TestExpiryIsAtAnInstant(t *testing.T) {
	d := document(t, full)
	end := time.Date(2025, time.December, 1, 0, 0, 0, 0, time.UTC)
	_, err := d.MethodAt("did:example:issuer#old", did.AssertionMethod, end.Add(-time.Nanosecond))
	require.NoError(t, err)
	_, err = d.MethodAt("did:example:issuer#old", did.AssertionMethod, end)
	requireCode(t, did.CodeMethodRetired, err)

	end = time.Date(2025, time.June, 1, 0, 0, 0, 5e8, time.UTC)
	_, err = d.MethodAt("did:example:issuer#stolen", did.AssertionMethod, end.Add(-time.Nanosecond))
	require.NoError(t, err)
	_, err = d.MethodAt("did:example:issuer#stolen", did.AssertionMethod, end)
	requireCode(t, did.CodeMethodRetired, err)
}

func TestMethodShape(t *testing.T) {
	const whole = `"id":"#k","type":"Multikey","controller":"did:a:b"`
	for method, pointer := range map[string]string{
		`"id":"#k","controller":"did:a:b"`:                     "/verificationMethod/0",
		`"id":"#k","type":"Multikey"`:                          "/verificationMethod/0",
		`"id":"#k","type":["Multikey"],"controller":"did:a:b"`: "/verificationMethod/0/type",
		`"id":"#k","type":"","controller":"did:a:b"`:           "/verificationMethod/0/type",
		`"id":"#k","type":"Multikey","controller":["did:a:b"]`: "/verificationMethod/0/controller",
		`"id":"#k","type":"Multikey","controller":"did:a:b "`:  "/verificationMethod/0/controller",
		whole + `,"publicKeyMultibase":["z"]`:                  "/verificationMethod/0/publicKeyMultibase",
		whole + `,"publicKeyMultibase":""`:                     "/verificationMethod/0/publicKeyMultibase",
		whole + `,"publicKeyBase58":1`:                         "/verificationMethod/0/publicKeyBase58",
		whole + `,"publicKeyJwk":"x"`:                          "/verificationMethod/0/publicKeyJwk",
		whole + `,"publicKeyJwk":null`:                         "/verificationMethod/0/publicKeyJwk",
		whole + `,"secretKeyMultibase":"z"`:                    "/verificationMethod/0/secretKeyMultibase",
		whole + `,"privateKeyJwk":{}`:                          "/verificationMethod/0/privateKeyJwk",
		whole + `,"expires":"soon"`:                            "/verificationMethod/0/expires",
		whole + `,"expires":"2030-01-01"`:                      "/verificationMethod/0/expires",
		whole + `,"expires":null`:                              "/verificationMethod/0/expires",
		whole + `,"revoked":1`:                                 "/verificationMethod/0/revoked",
		whole + `,"revoked":"0001-01-01T00:00:00Z"`:            "/verificationMethod/0/revoked",
	} {
		d := document(t, `{"id":"did:a:b","verificationMethod":[{`+method+`}],"assertionMethod":["#k"]}`)
		_, err := d.Method("did:a:b#k", did.AssertionMethod)
		e := requireCode(t, did.CodeInvalidMethod, err, method)
		require.Equal(t, pointer, e.Pointer)
		require.Len(t, d.Problems(), 1)
	}
	d := document(t, `{"id":"did:a:b","verificationMethod":[{"id":1},{"id":"#k k"},{`+whole+`}],"assertionMethod":[{`+whole+`}, "#k"]}`)
	_, err := d.Method("did:a:b#k", did.AssertionMethod)
	require.NoError(t, err, "the same text twice is one method, and the others do not matter")
	require.Len(t, d.Problems(), 2)
	problems := document(t, full).Problems()
	require.Len(t, problems, 1)
	e := requireCode(t, did.CodeMethodAmbiguous, problems[0])
	require.Equal(t, "/verificationMethod/7", e.Pointer)
}

func TestDocumentShape(t *testing.T) {
	for text, pointer := range map[string]string{
		``:                                 "",
		`{"id":"did:a:b"} `:                "-",
		`{"id":"did:a:b","id":"did:a:b"}`:  "",
		`[]`:                               "",
		`{}`:                               "",
		`{"id":1}`:                         "",
		`{"id":"b"}`:                       "/id",
		`{"id":"did:a:"}`:                  "/id",
		`{"id":"https://"}`:                "/id",
		`{"id":"did:a:b#c"}`:               "/id",
		`{"id":"https://example.com/#c"}`:  "/id",
		`{"id":"did:a:b","controller":1}`:  "/controller",
		`{"id":"did:a:b","controller":{}}`: "/controller",
		`{"id":"did:a:b","controller":["did:a:b","x"]}`:                                  "/controller/1",
		`{"id":"did:a:b","alsoKnownAs":"https://example.com"}`:                           "/alsoKnownAs",
		`{"id":"did:a:b","alsoKnownAs":["x"]}`:                                           "/alsoKnownAs/0",
		`{"id":"did:a:b","verificationMethod":{}}`:                                       "/verificationMethod",
		`{"id":"did:a:b","verificationMethod":["did:a:b#c"]}`:                            "/verificationMethod/0",
		`{"id":"did:a:b","assertionMethod":"did:a:b#c"}`:                                 "/assertionMethod",
		`{"id":"did:a:b","assertionMethod":[["did:a:b#c"]]}`:                             "/assertionMethod/0",
		`{"id":"did:a:b","authentication":null}`:                                         "/authentication",
		`{"id":"did:a:b","capabilityDelegation":[null]}`:                                 "/capabilityDelegation/0",
		`{"id":"did:a:b","x":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`: "",
	} {
		d, err := did.ParseDocument([]byte(text))
		if pointer == "-" {
			require.NoError(t, err)
			continue
		}
		e := requireCode(t, did.CodeInvalidDocument, err, text)
		require.Equal(t, pointer, e.Pointer, text)
		require.Nil(t, d)
	}
}

func TestSharedDidDocuments(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Shared(t, "vc/did-documents"), "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	read, methods := 0, 0
	for _, file := range files {
		src, err := os.ReadFile(file)
		require.NoError(t, err)
		doc, err := jsonx.Parse(src, jsonx.Limits{}, nil)
		require.NoError(t, err)
		for list := doc.Root().Get("dids").First(); list.Exists(); list = list.Next() {
			id := list.Text()
			properties := doc.Root().Get(id).Get("didDocumentDataModel").Get("properties")
			if !properties.Exists() {
				continue
			}
			d, err := did.ParseDocument(properties.Raw())
			require.NoError(t, err, "%s %s", filepath.Base(file), id)
			require.Equal(t, id, d.ID())
			for _, rel := range did.Relationships() {
				for _, url := range d.Listed(rel) {
					m, err := d.MethodAt(url, rel, testkit.Now)
					if err == nil {
						require.Equal(t, url, m.ID)
						methods++
					}
				}
			}
			read++
		}
	}
	require.Greater(t, read, 15)
	require.Greater(t, methods, 30)
}

func TestSharedControlledIdentifierDocuments(t *testing.T) {
	read := func(file string) *did.Document {
		d, err := did.ParseDocument(testkit.ReadShared(t, "vc/cid-spec/"+file))
		require.NoError(t, err, file)
		return d
	}
	d := read("00-controlled-identifier-document-in-json-ld-format-using-multikey.json")
	_, err := d.Method("https://controller.example#authn-key-123", did.Authentication)
	require.NoError(t, err)
	d = read("01-controlled-identifier-document-in-json-format-using-jsonwebkey.json")
	_, err = d.Method("https://controller.example/101#key-20240828", did.Authentication)
	require.NoError(t, err)
	_, err = d.Method("https://controller.example/101#key-20240828", did.AssertionMethod)
	requireCode(t, did.CodeRelationship, err)
	d = read("19-minimum-conformant-controlled-identifier-document.json")
	_, err = d.Method("https://controller.example/123#key-456", did.Authentication)
	require.NoError(t, err)
	d = read("20-referencing-an-external-verification-method-for-capabilityinvocation.json")
	_, err = d.Method("https://external.example/xyz#key-789", did.CapabilityInvocation)
	requireCode(t, did.CodeDocumentID, err)
	d = read("06-example-verification-method-structure.json")
	_, err = d.MethodAt("https://controller.example#authn-key-123", did.Authentication, testkit.Now)
	requireCode(t, did.CodeRelationship, err)
	d = read("03-controlled-identifier-document-with-a-controller-property.json")
	require.Equal(t, []string{"https://controllerB.example/abc"}, d.Controllers())
}

func TestResolvers(t *testing.T) {
	const web = `{"id":"https://example.com/issuer"}`
	static, err := did.NewStatic([]byte(full), []byte(web), []byte(`{"id":"did:lost:x"}`))
	require.NoError(t, err)
	away := errors.New("away")
	mux := did.Mux{
		"example": static, "https": static, "none": nil,
		"failing": did.ResolverFunc(func(context.Context, string) (*did.Document, error) { return nil, away }),
		"nothing": did.ResolverFunc(func(context.Context, string) (*did.Document, error) { return nil, nil }),
		"wrong":   did.ResolverFunc(func(context.Context, string) (*did.Document, error) { return static["did:example:issuer"], nil }),
	}
	for _, id := range []string{"did:example:issuer", "https://example.com/issuer"} {
		d, err := mux.Resolve(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, id, d.ID())
	}
	for id, code := range map[string]did.Code{
		"did:example:stranger":      did.CodeNotFound,
		"https://example.com/other": did.CodeNotFound,
		"https://":                  did.CodeInvalidURL,
		"http://example.com/issuer": did.CodeInvalidDID,
		"did:example:issuer#plain":  did.CodeInvalidDID,
		"did:lost:x":                did.CodeMethodNotSupported,
		"did:none:x":                did.CodeMethodNotSupported,
		"did:failing:x":             did.CodeUnresolved,
		"did:nothing:x":             did.CodeNotFound,
		"did:wrong:x":               did.CodeDocumentID,
	} {
		d, err := mux.Resolve(t.Context(), id)
		requireCode(t, code, err, id)
		require.Nil(t, d)
	}
	_, err = mux.Resolve(t.Context(), "did:failing:x")
	require.ErrorIs(t, err, away)
	_, err = did.Mux(nil).Resolve(t.Context(), "did:example:issuer")
	requireCode(t, did.CodeMethodNotSupported, err)

	_, err = did.NewStatic([]byte(web), []byte(web))
	requireCode(t, did.CodeInvalidDocument, err)
	_, err = did.NewStatic([]byte(`{}`))
	requireCode(t, did.CodeInvalidDocument, err)

	done, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = did.Mux{"x": did.ResolverFunc(func(ctx context.Context, _ string) (*did.Document, error) {
		return nil, ctx.Err()
	})}.Resolve(done, "did:x:y")
	require.ErrorIs(t, err, context.Canceled)
	requireCode(t, did.CodeUnresolved, err, "a cancelled call decided nothing")
}

func TestRetrieve(t *testing.T) {
	static, err := did.NewStatic([]byte(full))
	require.NoError(t, err)
	m, d, err := did.Retrieve(t.Context(), static, "did:example:issuer#plain", did.AssertionMethod, testkit.Now)
	require.NoError(t, err)
	require.Equal(t, "did:example:issuer", d.ID())
	require.Equal(t, "z1", m.PublicKeyMultibase)

	poisoned := did.Static{"did:example:victim": static["did:example:issuer"]}
	for url, code := range map[string]did.Code{
		"did:example:issuer":          did.CodeInvalidURL,
		"did:example:nobody#plain":    did.CodeNotFound,
		"did:example:victim#plain":    did.CodeDocumentID,
		"did:example:issuer#unlisted": did.CodeRelationship,
	} {
		resolver := did.Resolver(static)
		if strings.Contains(url, "victim") {
			resolver = poisoned
		}
		m, d, err := did.Retrieve(t.Context(), resolver, url, did.AssertionMethod, testkit.Now)
		requireCode(t, code, err, url)
		require.Nil(t, m)
		require.Nil(t, d)
	}
	_, _, err = did.Retrieve(t.Context(), nil, "did:example:issuer#plain", did.AssertionMethod, testkit.Now)
	requireCode(t, did.CodeMethodNotSupported, err)
}

// FuzzParseDocument: no document makes MethodAt panic or return a method of
// another id, controller or relationship than asked for, of a document that was
// given up, or whose end has come; and none has more methods than are read.
func FuzzParseDocument(f *testing.F) {
	f.Add([]byte(full), "did:example:issuer#plain")
	f.Add([]byte(`{"id":"did:a:b","assertionMethod":[{"id":"#k","type":"t","controller":"did:a:b"}]}`), "did:a:b#k")
	f.Add([]byte(`{"id":"did:a:b","deactivated":0,"assertionMethod":[{"id":"#k","type":"t","controller":"did:a:b"}]}`), "did:a:b#k")
	f.Add([]byte(`{"id":"did:a:b","assertionMethod":[{"id":"#k","type":"t","controller":"did:a:b","expires":"2030-01-01T24:00:00Z","publicKeyJwk":{"exp":4070908800,"nbf":1,"revoked":{"revoked_at":4e9}}}]}`), "did:a:b#k")
	f.Add([]byte(`{"id":"https://a.example","assertionMethod":[{"id":"?x#k","type":"t","controller":""}]}`), "https://a.example#k")
	f.Fuzz(func(t *testing.T, src []byte, url string) {
		d, err := did.ParseDocument(src)
		if err != nil {
			return
		}
		require.LessOrEqual(t, len(d.Problems()), did.MaxMethods)
		for _, rel := range did.Relationships() {
			require.LessOrEqual(t, len(d.Listed(rel)), did.MaxMethods)
		}
		m, err := d.MethodAt(url, did.AssertionMethod, testkit.Now)
		if err != nil {
			require.Nil(t, m)
			return
		}
		require.Equal(t, url, m.ID)
		require.Equal(t, d.ID(), m.Controller)
		require.True(t, strings.HasPrefix(url, d.ID()+"#"))
		require.False(t, d.Deactivated())
		require.True(t, m.Until().IsZero() || m.Until().After(testkit.Now))
		require.False(t, m.NotBefore.After(testkit.Now))
		require.Contains(t, d.Listed(did.AssertionMethod), url)
	})
}
