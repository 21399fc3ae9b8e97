package publish_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/controller"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/did/didweb"
	"github.com/laurel-edu/laurel/did/publish"
	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// expands holds a document to be JSON-LD of which nothing is lost.
func expands(t *testing.T, document []byte) {
	t.Helper()
	engine := jsonld.New(jsonld.Config{Documents: contexts.Lookup})
	parsed, err := jsonx.Parse(document, jsonx.Limits{}, engine.Symbols())
	require.NoError(t, err)
	var d rdf.Dataset
	_, err = engine.ToRDF(context.Background(), jsonld.Input{Root: parsed.Root()}, &d)
	require.NoError(t, err, string(document))
}

// retrieve finds a key as a verifier does: from the pack of the issuer, by its resolvers.
func retrieve(t testing.TB, i *publish.Issuer, url string) (*did.VerificationMethod, error) {
	t.Helper()
	pack, err := i.Pack()
	require.NoError(t, err)
	if strings.HasPrefix(url, "did:") {
		m, _, err := did.Retrieve(t.Context(), didweb.Resolver{Fetcher: pack}, url, did.AssertionMethod, start)
		return m, err
	}
	found, err := controller.Resolver{Fetcher: pack, InsecureAllowLoopback: true}.Retrieve(t.Context(), url, did.AssertionMethod, start)
	if err != nil {
		return nil, err
	}
	return found.Method, nil
}

// A key of each kind is written so that the resolvers find it, and every member of the
// document is defined, for each kind of identifier; alone and beside all others.
func TestEachKindOfKeyIsFound(t *testing.T) {
	profile := &ob.Profile{Name: vc.Plain("Riverside School"), URL: "https://school.example/"}
	for _, id := range []string{web, "did:web:school.example%3A8443:staff:badges", https, "https://school.example", "http://127.0.0.1:8080/issuer"} {
		all := must(t)(publish.New(id))
		for kind, private := range kinds(t) {
			one := must(t)(must(t)(publish.New(id)).Add(kind, private.Public()))
			all = must(t)(all.Add(kind, private.Public()))
			described := []*publish.Issuer{one, all, must(t)(one.Revoke(kind, start.AddDate(1, 0, 0)))}
			if !strings.HasPrefix(id, "did:") {
				described = append(described, must(t)(one.WithProfile(profile)), must(t)(all.WithProfile(profile)))
			}
			for _, i := range described {
				expands(t, i.Document())
				require.Empty(t, i.Problems())
				url, err := i.MethodAt(signer(t, private), start)
				require.NoError(t, err)
				require.Equal(t, id+"#"+kind, url)
				m, err := retrieve(t, i, url)
				require.NoError(t, err, string(i.Document()))
				require.Equal(t, map[bool]string{false: "Multikey", true: "JsonWebKey"}[kind == "RSA"], m.Type)
			}
		}
		require.Len(t, all.Keys(), 5)
	}
	require.Equal(t, "https://school.example/.well-known/did.json", school(t, web).URL())
	require.Equal(t, https, school(t, https).URL())
}

// What New writes is what anybody would write by hand.
func TestDocument(t *testing.T) {
	i := must(t)(school(t, web).Add("key-2", public(2)))
	require.Equal(t, `{
  "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
  "id": "did:web:school.example",
  "verificationMethod": [
    {"id": "did:web:school.example#key-1", "type": "Multikey", "controller": "did:web:school.example", "publicKeyMultibase": "`+multibase(t, 1)+`"},
    {"id": "did:web:school.example#key-2", "type": "Multikey", "controller": "did:web:school.example", "publicKeyMultibase": "`+multibase(t, 2)+`"}
  ],
  "assertionMethod": ["did:web:school.example#key-1", "did:web:school.example#key-2"]
}`, string(i.Document()))
}

// multibase is the key of a seed as its did:key has it.
func multibase(t testing.TB, seed byte) string {
	t.Helper()
	id, _, err := didkey.From(public(seed))
	require.NoError(t, err)
	return strings.TrimPrefix(id, "did:key:")
}

func TestIdentifiers(t *testing.T) {
	for id, code := range map[string]vc.Code{
		"":                                publish.CodeNotServed,
		"did:key:z6MkiTBz1ymuepAQ4HEHYSF": publish.CodeNotServed,
		"did:ion:abc":                     publish.CodeNotServed,
		"http://school.example/issuer":    publish.CodeNotServed,
		"urn:uuid:0":                      publish.CodeNotServed,
		"did:web:10.0.0.1":                vc.Code(did.CodeInvalidDID),
		"did:web:school.example#key-1":    vc.Code(did.CodeInvalidDID),
		"https://school.example/issuer#a": vc.Code(did.CodeInvalidURL),
		"https:///issuer":                 vc.Code(did.CodeInvalidURL),
	} {
		i, err := publish.New(id)
		require.Nil(t, i)
		p := requireProblem(t, code, err, id)
		require.NotEmpty(t, p.Fix, id)
	}
}

// The zero Issuer and a nil one say so and do nothing.
func TestNoIssuer(t *testing.T) {
	for _, i := range []*publish.Issuer{nil, {}} {
		require.Empty(t, i.ID())
		require.Empty(t, i.URL())
		require.Empty(t, i.Document())
		require.Empty(t, i.Bytes())
		require.Empty(t, i.Keys())
		require.Empty(t, i.Problems())
		require.JSONEq(t, `{"keys":[]}`, string(i.KeySet(start)))
		for _, try := range []func() error{
			func() error { _, err := i.Add("a", public(1)); return err },
			func() error { _, err := i.Retire("a", start); return err },
			func() error { _, err := i.Revoke("a", start); return err },
			func() error { _, err := i.RollOver("a", public(1), start); return err },
			func() error { _, err := i.WithProfile(&ob.Profile{}); return err },
			func() error { _, err := i.Method(signer(t, ed(1))); return err },
			func() error { _, err := i.Pack(); return err },
			func() error { _, err := publish.NewHandler(i, publish.HandlerConfig{}); return err },
		} {
			require.ErrorContains(t, try(), "an Issuer is made by")
		}
		require.Empty(t, publish.Compare(i, i))
		for _, err := range publish.Check(t.Context(), i, i, func(func([]byte) bool) {}, publish.Options{}) {
			require.ErrorContains(t, err, "an Issuer is made by")
		}
	}
}

// byHand are documents as people write them, with keys of which each is found. @1 and @2
// stand for keys.
var byHand = map[string]string{
	"a DID document": `{"@context":["https://www.w3.org/ns/did/v1","https://w3id.org/security/multikey/v1"],"id":"` + web + `",
		"alsoKnownAs":["https://school.example/"],"verificationMethod":[{"id":"#a","type":"Multikey","controller":"` + web + `","publicKeyMultibase":"@1"}],
		"authentication":["#a"],"assertionMethod":["#a"],"service":[{"id":"#s","type":"LinkedDomains","serviceEndpoint":"https://school.example"}],"x-ours":{"a":1.50}}`,
	"plain JSON, a key by value": `{"id":"` + web + `","assertionMethod":[{"id":"` + web + `#a","type":"Multikey","controller":"` + web + `","publicKeyMultibase":"@1"}]}`,
	"a key in two relationships": `{"id":"` + web + `",
		"authentication":[{"id":"` + web + `#a","type":"Multikey","controller":"` + web + `","publicKeyMultibase":"@1"}],
		"assertionMethod":[{"id":"` + web + `#a","type":"Multikey","controller":"` + web + `","publicKeyMultibase":"@1"}]}`,
	"a Profile, keys in assertionMethod": `{"@context":["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json","https://www.w3.org/ns/cid/v1"],"id":"` + https + `",
		"type":["Profile"],"name":"Riverside","assertionMethod":{"id":"` + https + `#a","type":"Multikey","controller":"` + https + `","publicKeyMultibase":"@1"}}`,
	"a Profile, publicKey": `{"@context":"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json","id":"` + https + `","type":"Profile","name":"Riverside",
		"publicKey":{"id":"` + https + `#a","type":"Multikey","controller":"` + https + `","publicKeyMultibase":"@1"}}`,
	"a Profile, publicKey of JWKs": `{"id":"` + https + `","type":"Profile","publicKey":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"@x1"}]}`,
	"a JWK with dates": `{"id":"` + https + `","assertionMethod":[{"id":"#a","type":"JsonWebKey","controller":"` + https + `",
		"publicKeyJwk":{"kty":"OKP","crv":"Ed25519","kid":"a","alg":"EdDSA","x":"@x1","exp":4102444800,"nbf":1600000000}}]}`,
}

// written is one of them.
func written(t testing.TB, text string) []byte {
	t.Helper()
	method := school(t, web).Document()
	var keys struct {
		Keys []struct{ X string } `json:"keys"`
	}
	require.NoError(t, json.Unmarshal(school(t, web).KeySet(start), &keys))
	from := bytes.Index(method, []byte("z6Mk"))
	multibase := string(method[from : from+bytes.IndexByte(method[from:], '"')])
	return []byte(strings.NewReplacer("@1", multibase, "@x1", keys.Keys[0].X).Replace(text))
}

// Whatever a document has stays as it is through changes, and both the old key and the new
// one are found; a revoked one is not.
func TestImport(t *testing.T) {
	for name, text := range byHand {
		document := written(t, text)
		i := must(t)(publish.Import(document))
		require.Equal(t, string(document), string(i.Document()), name)
		require.Empty(t, i.Problems(), name)
		require.Len(t, i.Keys(), 1, name)
		require.Equal(t, "a", i.Keys()[0].Name, name)
		url, err := i.MethodAt(signer(t, ed(1)), start)
		require.NoError(t, err, name)
		require.Equal(t, i.ID()+"#a", url, name)

		next := must(t)(i.RollOver("b", public(2), start))
		for _, url := range []string{i.ID() + "#a", i.ID() + "#b"} {
			_, err := retrieve(t, next, url)
			require.NoError(t, err, "%s: %s in %s", name, url, next.Document())
		}
		stays(t, i.Document(), next.Document(), name)

		gone := must(t)(next.Revoke("a", start))
		_, err = retrieve(t, gone, i.ID()+"#a")
		require.ErrorIs(t, err, &did.Error{Code: did.CodeMethodRetired}, name)
		_, err = retrieve(t, gone, i.ID()+"#b")
		require.NoError(t, err, name)
		stays(t, i.Document(), gone.Document(), name)
		require.Equal(t, string(gone.Document()), string(must(t)(publish.Parse(gone.Bytes())).Document()), name)
	}
}

// Whatever contexts a document has, a key that is added is defined in it.
func TestContextsOfOthers(t *testing.T) {
	for _, urls := range []string{
		`"https://www.w3.org/ns/did/v1"`, `["https://www.w3.org/ns/did/v1"]`,
		`["https://www.w3.org/ns/did/v1","https://w3id.org/security/suites/ed25519-2020/v1"]`,
		`["https://www.w3.org/ns/did/v1","https://w3id.org/security/suites/ed25519-2018/v1"]`,
		`["https://www.w3.org/ns/did/v1","https://w3id.org/security/suites/jws-2020/v1"]`,
		`["https://www.w3.org/ns/did/v1","https://w3id.org/security/multikey/v1","https://w3id.org/security/jwk/v1"]`,
		`["https://www.w3.org/ns/did/v1","https://www.w3.org/ns/cid/v1"]`,
		`["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]`,
		`"https://w3id.org/security/v2"`,
	} {
		for _, id := range []string{web, https} {
			i := must(t)(publish.Import([]byte(`{"@context":` + urls + `,"id":"` + id + `"}`)))
			for kind, private := range kinds(t) {
				next := must(t)(i.Add(kind, private.Public()))
				if strings.Contains(urls, "did/v1") || id == https { // the others have no DID documents
					expands(t, next.Document())
				}
				_, err := retrieve(t, next, id+"#"+kind)
				require.NoError(t, err)
			}
		}
	}
}

// stays holds a document to have what another has, byte for byte, but for what lists keys.
func stays(t *testing.T, before, after []byte, note string) {
	t.Helper()
	var was, is map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(before, &was))
	require.NoError(t, json.Unmarshal(after, &is))
	for name, value := range was {
		switch name {
		case "@context", "verificationMethod", "assertionMethod", "publicKey":
			require.Contains(t, is, name, note)
		case "authentication":
		default:
			require.Equal(t, string(value), string(is[name]), "%s: %s", note, name)
		}
	}
}

// Private keys, in every form and place, are refused, and nothing of them is repeated.
func TestNoPrivateKeyIsPublished(t *testing.T) {
	const seed = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
	for place, member := range map[string]string{
		"/verificationMethod/0/publicKeyJwk/d":   `"verificationMethod":[{"id":"#a","type":"JsonWebKey","controller":"` + web + `","publicKeyJwk":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"` + seed + `"}}]`,
		"/x/keys/0/p":                            `"x":{"keys":[{"kty":"RSA","p":"` + seed + `"}]}`,
		"/x":                                     `"x":{"kty":"oct","kid":"a"}`,
		"/x/secretKeyMultibase":                  `"x":{"secretKeyMultibase":"` + seed + `"}`,
		"/x/privateKeyPem":                       `"x":{"privateKeyPem":"` + seed + `"}`,
		"/x/0":                                   `"x":["-----BEGIN EC PRIVATE KEY-----\n` + seed + `"]`,
		"/service/0/note":                        `"service":[{"note":"z3u2en7t5LR2WtQH5PfFqMqwVHgeXouLzo6haApm8XHqvjxq"}]`,
		"/assertionMethod/0/publicKeyMultibase":  `"assertionMethod":[{"id":"#a","type":"Multikey","controller":"` + web + `","publicKeyMultibase":"z3u2en7t5LR2WtQH5PfFqMqwVHgeXouLzo6haApm8XHqvjxq"}]`,
		"/assertionMethod/0/privateKeyMultibase": `"assertionMethod":[{"id":"#a","type":"Multikey","controller":"` + web + `","privateKeyMultibase":"z3"}]`,
	} {
		_, err := publish.Import([]byte(`{"id":"` + web + `",` + member + `}`))
		p := requireProblem(t, publish.CodeSecret, err, place)
		require.Equal(t, place, p.Pointer)
		require.NotContains(t, err.Error(), "nWGx")
		require.NotContains(t, err.Error(), "z3u2")
	}
}

// What is wrong with single keys is told, and does not keep the document from being read
// and mended.
func TestProblems(t *testing.T) {
	const head = `{"id":"` + web + `","assertionMethod":["#gone",`
	for text, code := range map[string]vc.Code{
		`{"id":"#a","type":"Multikey","controller":"did:web:other.example","publicKeyMultibase":"@1"}`:                  vc.Code(did.CodeMethodController),
		`{"id":"#a","type":"Multikey","controller":"` + web + `"}`:                                                      vc.Code(did.CodeInvalidKey),
		`{"id":"#a","type":"Multikey"}`:                                                                                 vc.Code(did.CodeInvalidMethod),
		`{"id":"#a","type":"EcdsaSecp256k1VerificationKey2019","controller":"` + web + `","publicKeyMultibase":"zQ3"}`:  vc.Code(did.CodeUnsupportedKey),
		`{"id":"#a","type":"JsonWebKey","controller":"` + web + `","publicKeyJwk":{"kty":"RSA","n":"AQAB","e":"AQAB"}}`: vc.Code(did.CodeInvalidKey),
		`{"id":"#a","type":"Multikey","controller":"` + web + `","publicKeyMultibase":"@1","revoked":"soon"}`:           vc.Code(did.CodeInvalidMethod),
	} {
		i := must(t)(publish.Import(written(t, head+text+`]}`)))
		require.Len(t, i.Problems(), 1, text)
		require.Equal(t, code, i.Problems()[0].Code, text)
		require.NotEmpty(t, i.Problems()[0].Pointer, text)
		require.Len(t, i.Keys(), 2)
		_, err := i.MethodAt(signer(t, ed(1)), start)
		require.ErrorIs(t, err, publish.ErrNotListed, text)
		next := must(t)(i.Add("b", public(2)))
		_, err = retrieve(t, next, web+"#b")
		require.NoError(t, err)
		_, err = next.Revoke("gone", start)
		require.ErrorIs(t, err, publish.ErrNoKey)
	}
}

func TestImportRefuses(t *testing.T) {
	for text, code := range map[string]vc.Code{
		``:   vc.Code(did.CodeInvalidDocument),
		`[]`: vc.Code(did.CodeInvalidDocument),
		`{"id":"` + web + `","id":"` + web + `"}`:                                                         vc.Code(did.CodeInvalidDocument),
		`{"id":"` + https + `","type":"Multikey","controller":"` + https + `","publicKeyMultibase":"@1"}`: vc.Code(did.CodeInvalidDocument),
		`{"keys":[]}`:            publish.CodeNotServed,
		`{"id":["` + web + `"]}`: publish.CodeNotServed,
		`{"id":"` + web + `","verificationMethod":{}}`:                                                 vc.Code(did.CodeInvalidDocument),
		`{"id":"` + web + `","x":"` + strings.Repeat("x", publish.MaxDocument) + `"}`:                  vc.Code(did.CodeInvalidDocument),
		`{"id":"` + web + `","x":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`:           vc.Code(did.CodeInvalidDocument),
		`{"id":"` + web + `","assertionMethod":[` + strings.Repeat(`"#a",`, did.MaxMethods) + `"#a"]}`: vc.Code(did.CodeTooManyMethods),
	} {
		_, err := publish.Import(written(t, text))
		requireProblem(t, code, err, text[:min(len(text), 80)])
	}
	// The last that is read, which nothing can be added to.
	full := `{"id":"` + web + `","x":"` + strings.Repeat("x", publish.MaxDocument) + `"}`
	full = strings.Replace(full, strings.Repeat("x", len(full)-publish.MaxDocument+1), "x", 1)
	require.Len(t, full, publish.MaxDocument)
	i := must(t)(publish.Import([]byte(full)))
	_, err := i.Add("a", public(1))
	requireProblem(t, vc.Code(did.CodeInvalidDocument), err)

	many := must(t)(publish.New(web))
	for n := range did.MaxMethods {
		many = must(t)(many.Add(fmt.Sprint(n), public(byte(n))))
	}
	require.Empty(t, many.Problems())
	_, err = many.Add("more", public(200))
	require.ErrorIs(t, err, publish.ErrTooMany)
	must(t)(many.Revoke("0", start))

	// Keys of other uses count too.
	var methods []string
	for n := range did.MaxMethods {
		methods = append(methods, fmt.Sprintf(`{"id":"#k%d","type":"Multikey","controller":"%s"}`, n, web))
	}
	others := must(t)(publish.Import([]byte(`{"id":"` + web + `","keyAgreement":[` + strings.Join(methods, ",") + `]}`)))
	_, err = others.Add("more", public(200))
	require.ErrorIs(t, err, publish.ErrTooMany)
}

// Retired, revoked, unknown: each way in which a key is not one to sign with, and its error.
func TestMethod(t *testing.T) {
	i := must(t)(school(t, web).RollOver("key-2", public(2), start))
	i = must(t)(must(t)(i.Add("key-3", public(3))).Revoke("key-3", start))
	old := signer(t, ed(1))
	url, err := i.MethodAt(old, start.Add(-1))
	require.NoError(t, err)
	require.Equal(t, web+"#key-1", url)
	_, err = i.MethodAt(old, start)
	require.ErrorIs(t, err, publish.ErrRetired)
	url, err = i.Method(signer(t, ed(2)))
	require.NoError(t, err)
	require.Equal(t, web+"#key-2", url)
	_, err = i.MethodAt(signer(t, ed(3)), start)
	require.ErrorIs(t, err, publish.ErrRevoked)
	_, err = i.Method(signer(t, ed(4)))
	require.ErrorIs(t, err, publish.ErrNotListed)
	_, err = i.Method(nil)
	require.ErrorContains(t, err, "no Signer")

	dated := must(t)(publish.Import(written(t, byHand["a JWK with dates"])))
	for at, want := range map[int64]error{
		1599999999: publish.ErrNotYetValid, 1600000000: nil, 4102444799: nil, 4102444800: publish.ErrRevoked,
	} {
		_, err := dated.MethodAt(old, start.Add(secondsFromStart(at)))
		require.ErrorIs(t, err, want)
	}
	_, err = must(t)(publish.Import(written(t, strings.Replace(byHand["a DID document"], `"alsoKnownAs"`, `"deactivated":true,"alsoKnownAs"`, 1)))).Method(old)
	require.ErrorIs(t, err, &did.Error{Code: did.CodeDeactivated})
}

// Names and keys that are refused, and that nothing changes then.
func TestAddRefuses(t *testing.T) {
	i := must(t)(publish.Import(written(t, byHand["a DID document"])))
	for _, name := range []string{"", "a", "s", "key 1", "#b", "b#", "ä", "a/b", "b%20", strings.Repeat("b", 65), web + "#b"} {
		_, err := i.Add(name, public(2))
		require.ErrorIs(t, err, publish.ErrName, name)
	}
	_, err := i.Add("b", public(1))
	require.ErrorIs(t, err, publish.ErrSameKey)
	_, err = i.Add("b", nil)
	require.ErrorIs(t, err, &proof.Error{Code: proof.CodeKey})
	_, err = i.Add("b", ed(2)) // a private one
	require.ErrorIs(t, err, &proof.Error{Code: proof.CodeKey})
	_, err = i.Add("b", agreement(t))
	require.ErrorIs(t, err, &proof.Error{Code: proof.CodeKey})
	_, err = i.Add("b", make([]byte, 32))
	require.Error(t, err)

	gone := must(t)(i.Revoke("a", start))
	_, err = gone.Revoke("a", start)
	require.ErrorIs(t, err, publish.ErrState)
	_, err = gone.Retire("a", start)
	require.ErrorIs(t, err, publish.ErrState)
	_, err = must(t)(i.Retire("a", start)).Retire("a", start)
	require.ErrorIs(t, err, publish.ErrState)
	must(t)(must(t)(i.Retire(web+"#a", start)).Revoke("a", start))
	_, err = gone.Add("a", public(2))
	require.ErrorIs(t, err, publish.ErrName, "a name is never used again")
	_, err = gone.Add("b", public(1))
	require.ErrorIs(t, err, publish.ErrSameKey, "nor a key")
	_, err = i.Revoke("b", start)
	require.ErrorIs(t, err, publish.ErrNoKey)
	_, err = i.Revoke("a", start.AddDate(9000, 0, 0))
	require.Error(t, err)
	require.Len(t, i.Keys(), 1)
	require.Zero(t, i.Keys()[0].Revoked)
}

// A retirement is no part of the document, and of the state.
func TestRetirementIsNotPublished(t *testing.T) {
	i := school(t, web)
	retired := must(t)(i.Retire("key-1", start))
	require.Equal(t, i.Document(), retired.Document())
	require.Equal(t, i.KeySet(start), retired.KeySet(start))
	read := must(t)(publish.Parse(retired.Bytes()))
	require.Equal(t, retired.Keys(), read.Keys())
	require.Equal(t, start, read.Keys()[0].Retired)
	require.Equal(t, string(retired.Bytes()), string(read.Bytes()))
	imported := must(t)(publish.Import(retired.Document()))
	require.Zero(t, imported.Keys()[0].Retired)
}

func TestParseRefuses(t *testing.T) {
	good := string(must(t)(school(t, web).Retire("key-1", start)).Bytes())
	for name, text := range map[string]string{
		"nothing": "", "a document": string(school(t, web).Document()), "a list": "[]",
		"no retirements":   strings.Replace(good, `"retired"`, `"r"`, 1),
		"one more member":  strings.Replace(good, `"retired"`, `"x":1,"retired"`, 1),
		"another key":      strings.Replace(good, `#key-1": "2026`, `#key-9": "2026`, 1),
		"no date":          strings.Replace(good, `"2026-01-01T00:00:00Z"`, `"soon"`, 1),
		"a number":         strings.Replace(good, `"2026-01-01T00:00:00Z"`, `1`, 1),
		"a list of them":   strings.Replace(good, `{"did:web:school.example#key-1": "2026-01-01T00:00:00Z"}`, `[]`, 1),
		"a name repeated":  strings.Replace(good, `"retired"`, `"document":{},"retired"`, 1),
		"a date far off":   strings.Replace(good, `"2026-01`, `"12026-01`, 1),
		"longer than that": good + strings.Repeat(" ", 2*publish.MaxDocument),
	} {
		require.NotEqual(t, good, text, name)
		_, err := publish.Parse([]byte(text))
		requireProblem(t, publish.CodeState, err, name)
	}
	_, err := publish.Parse([]byte(strings.Replace(good, `"id": "did:web:school.example"`, `"id": "did:web:school.example#"`, 1)))
	require.Error(t, err)
	_, err = publish.Parse([]byte(`{"document":{"id":"did:ion:a"},"retired":{}}`))
	require.Equal(t, "/document/id", requireProblem(t, publish.CodeNotServed, err).Pointer)
}

func TestKeySet(t *testing.T) {
	i := must(t)(publish.New(web))
	for name, private := range kinds(t) {
		i = must(t)(i.Add(name, private.Public()))
	}
	var set struct {
		Keys []map[string]any `json:"keys"`
	}
	require.NoError(t, json.Unmarshal(i.KeySet(start), &set))
	require.Len(t, set.Keys, 5)
	for _, k := range set.Keys {
		require.Equal(t, "sig", k["use"])
		require.NotContains(t, k, "d")
		require.Equal(t, map[string]any{"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}[k["kid"].(string)], k["alg"])
	}
	// A verifier finds a key in the set by its name, until it is revoked.
	i = must(t)(i.Revoke("P-256", start.AddDate(0, 1, 0)))
	pack := answers(i.KeySet(start))
	found, err := controller.Resolver{Fetcher: pack}.Retrieve(t.Context(), "https://school.example/jwks.json#P-256", did.AssertionMethod, start)
	require.NoError(t, err)
	require.Equal(t, start.AddDate(0, 1, 0), found.Method.Expires)
	require.NoError(t, json.Unmarshal(i.KeySet(start.AddDate(0, 1, 0)), &set))
	require.Len(t, set.Keys, 4)
}

// A profile takes the place of what described the issuer, and leaves the keys.
func TestWithProfile(t *testing.T) {
	i := must(t)(publish.Import(written(t, strings.Replace(byHand["a Profile, publicKey"], `"name"`, `"service":[],"phone":"1","name"`, 1))))
	next := must(t)(i.WithProfile(&ob.Profile{Name: vc.Plain("Lakeside School")}))
	var got map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(next.Document(), &got))
	require.Equal(t, `"Lakeside School"`, string(got["name"]))
	require.NotContains(t, got, "phone")
	require.Contains(t, got, "service")
	_, err := retrieve(t, next, https+"#a")
	require.NoError(t, err)

	for name, p := range map[string]*ob.Profile{
		"nothing":    nil,
		"another id": {ID: "https://other.example/", Name: vc.Plain("x")},
		"a bad URL":  {Name: vc.Plain("x"), URL: "school"},
		"its keys":   {Name: vc.Plain("x"), Extra: vc.Extra{"assertionMethod": []byte(`[]`)}},
	} {
		_, err := i.WithProfile(p)
		require.Error(t, err, name)
	}
	_, err = school(t, web).WithProfile(&ob.Profile{Name: vc.Plain("x")})
	require.ErrorContains(t, err, "DID document")
}
