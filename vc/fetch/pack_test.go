package fetch_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/fetch"
)

func parse(t testing.TB, src string) *fetch.Pack {
	t.Helper()
	p, err := fetch.ParsePack([]byte(src))
	require.NoError(t, err)
	return p
}

func body(t *testing.T, p *fetch.Pack, url string) string {
	t.Helper()
	r, err := p.Fetch(t.Context(), url)
	require.NoError(t, err)
	require.Equal(t, fetch.SourcePack, r.Source)
	require.Zero(t, r.FetchedAt)
	require.Zero(t, r.Expires)
	return string(r.Body)
}

func TestPackServesRawDocuments(t *testing.T) {
	p := parse(t, `{
		"https://school.example/status/1": {"n": 1.50, "s": "\u00e9",   "x": [ ]},
		"https://school.example/status/2": "eyJhbGciOiJFUzI1NiJ9.e30.c2ln",
		"https://school.example/list": [1, 2],
		"urn:uuid:4ca4a241-fc3b-4d92-978e-f56fa96ae795": {}
	}`)
	require.Equal(t, 4, p.Len())
	require.Equal(t, `{"n": 1.50, "s": "\u00e9",   "x": [ ]}`, body(t, p, "https://school.example/status/1"))
	require.Equal(t, `eyJhbGciOiJFUzI1NiJ9.e30.c2ln`, body(t, p, "https://school.example/status/2"))
	require.Equal(t, `[1, 2]`, body(t, p, "https://school.example/list"))
	require.Equal(t, `{}`, body(t, p, "urn:uuid:4ca4a241-fc3b-4d92-978e-f56fa96ae795"))

	for _, missing := range []string{
		"https://school.example/status/3", "https://school.example/status/1?x", "http://school.example/status/1",
		"https://school.example/status/1/", "https://SCHOOL.example/status/1", "", "#", "https://school.example/",
	} {
		_, err := p.Fetch(t.Context(), missing)
		e := want(t, err, fetch.CodeNotInPack)
		require.Equal(t, missing, e.URL)
		require.False(t, e.Temporary())
	}
}

func TestPackLooksUpFragments(t *testing.T) {
	p := parse(t, `{
		"https://school.example/issuer": {"whole": true},
		"https://school.example/issuer#k1": {"type": "Multikey"},
		"https://other.example/issuer#k1": {"type": "Multikey"}
	}`)
	require.Equal(t, `{"type": "Multikey"}`, body(t, p, "https://school.example/issuer#k1"))
	require.Equal(t, `{"whole": true}`, body(t, p, "https://school.example/issuer#k2"))
	_, err := p.Fetch(t.Context(), "https://other.example/issuer")
	want(t, err, fetch.CodeNotInPack)
	_, err = p.Fetch(t.Context(), "https://other.example/issuer#k2")
	want(t, err, fetch.CodeNotInPack)

	method, ok := p.Method("https://school.example/issuer#k1")
	require.True(t, ok)
	require.Equal(t, `{"type": "Multikey"}`, string(method))
	for _, none := range []string{"https://school.example/issuer", "https://school.example/issuer#k2",
		"https://school.example/issuer#", "#k1", ""} {
		_, ok := p.Method(none)
		require.False(t, ok, none)
	}
	_, ok = (*fetch.Pack)(nil).Method("https://school.example/issuer#k1")
	require.False(t, ok)
	_, err = new(fetch.Pack).Fetch(t.Context(), "https://school.example/issuer")
	want(t, err, fetch.CodeNotInPack)
}

// A did:web document is found by its DID and by its URL, whichever the operator
// wrote (did:web, 3.2).
func TestPackKnowsDIDWeb(t *testing.T) {
	for _, c := range []struct{ did, url string }{
		{"did:web:school.example", "https://school.example/.well-known/did.json"},
		{"did:web:school.example:issuers:7", "https://school.example/issuers/7/did.json"},
		{"did:web:school.example%3A8443:issuers", "https://school.example:8443/issuers/did.json"},
		{"did:web:school.example%3a8443:a%2fb", "https://school.example:8443/a%2Fb/did.json"},
		{"did:web:School.Example:Path", "https://school.example/Path/did.json"},
	} {
		for _, key := range []string{c.did, c.url} {
			p := parse(t, `{"`+key+`": {"id": "x"}}`)
			require.Equal(t, 1, p.Len())
			for _, asked := range []string{c.did, c.url, c.did + "#k", c.url + "#k"} {
				require.Equal(t, `{"id": "x"}`, body(t, p, asked), "%s in a pack keyed by %s", asked, key)
			}
		}
		_, err := fetch.ParsePack([]byte(`{"` + c.did + `": {"id": "x"}, "` + c.url + `": {"id": "y"}}`))
		want(t, err, fetch.CodePackConflict)
	}
	p := parse(t, `{"did:web:school.example": {}, "did:web:school.example:a": {}}`)
	for _, url := range []string{
		"https://school.example/did.json", "https://evil.example/.well-known/did.json",
		"https://school.example@evil.example/.well-known/did.json",
		"http://school.example/.well-known/did.json", "https://school.example/.well-known/did.json?x", "https://school.example/b/did.json",
		"https://school.example//did.json", "https:///.well-known/did.json", "did:web:school.example:PATH", "did:web:school.exampl",
	} {
		_, err := p.Fetch(t.Context(), url)
		want(t, err, fetch.CodeNotInPack)
	}
}

func TestPackOfOne(t *testing.T) {
	p := parse(t, ` {"@context": "https://www.w3.org/ns/cid/v1", "id": "did:web:school.example", "assertionMethod": []} `)
	require.Equal(t, 1, p.Len())
	require.Equal(t, `{"@context": "https://www.w3.org/ns/cid/v1", "id": "did:web:school.example", "assertionMethod": []}`,
		body(t, p, "https://school.example/.well-known/did.json"))

	p = parse(t, `{"id": "https://school.example/issuer#k1", "type": "Multikey"}`)
	_, ok := p.Method("https://school.example/issuer#k1")
	require.True(t, ok)

	require.Zero(t, parse(t, `{}`).Len())
}

func TestPackSyntax(t *testing.T) {
	for name, src := range map[string]string{
		"no JSON":              `did:web:school.example`,
		"no object":            `[{"id": "did:web:school.example"}]`,
		"a key that is no URL": `{"school.example": {}}`,
		"a relative key":       `{"/issuer": {}}`,
		"spaces in a key":      `{"https://school.example/a b": {}}`,
		"scheme alone":         `{"https:": {}}`,
		"document and pack":    `{"id": "did:web:school.example", "https://school.example/x": {}}`,
		"id that is no URL":    `{"id": "school"}`,
		"id that is no string": `{"id": {"a": 1}}`,
		"repeated key":         `{"https://school.example/a": {}, "https://school.example/a": {}}`,
		"repeated name inside": `{"https://school.example/a": {"id": 1, "id": 2}}`,
		"bad UTF-8":            "{\"https://school.example/\xff\": {}}",
		"trailing data":        `{} {}`,
		"too deep":             `{"https://school.example/a": ` + strings.Repeat("[", 65) + strings.Repeat("]", 65) + `}`,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := fetch.ParsePack([]byte(src))
			want(t, err, fetch.CodePackSyntax)
		})
	}
	_, err := fetch.ParsePack([]byte(`{"https://school.example/a": {"id": 1, "id": 2}}`))
	var cause *jsonx.Error
	require.ErrorAs(t, err, &cause)
	require.Equal(t, jsonx.CodeDuplicateName, cause.Code)

	deepest := `{"https://school.example/a": ` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `}`
	require.Equal(t, 1, parse(t, deepest).Len(), "a pack holds whatever may stand alone")
}

func TestPackKeepsItsBytes(t *testing.T) {
	src := []byte(`{"https://school.example/a": {"n": 1}}`)
	p, err := fetch.ParsePack(src)
	require.NoError(t, err)
	clear(src)
	require.Equal(t, `{"n": 1}`, body(t, p, "https://school.example/a"))
}

func TestMergePacks(t *testing.T) {
	a := parse(t, `{"https://school.example/a": {"x": 1, "y": [true, null, {"z": ""}]}}`)
	same := parse(t, `{"https://school.example/a": {"y":[true,null,{"z":""}],"x":1}, "https://school.example/b": 2}`)
	merged, err := fetch.MergePacks(a, nil, same)
	require.NoError(t, err)
	require.Equal(t, 2, merged.Len())
	require.Equal(t, "2", body(t, merged, "https://school.example/b"))
	require.Equal(t, 1, a.Len(), "the packs that are merged stay as they are")

	for _, other := range []string{
		`{"x": 2, "y": [true, null, {"z": ""}]}`, `{"x": 1}`,
		`{"x": 1, "y": [null, true, {"z": ""}]}`, `{"x": 1, "": [true, null, {"z": ""}]}`,
		`{"x": 1, "y": [true, null, {"z": null}]}`, `{"x": 1.0, "y": [true, null, {"z": ""}]}`, `[]`, `"x"`,
	} {
		_, err := fetch.MergePacks(a, parse(t, `{"https://school.example/a": `+other+`}`))
		e := want(t, err, fetch.CodePackConflict)
		require.Equal(t, "https://school.example/a", e.URL)
	}

	byDID := parse(t, `{"did:web:school.example": {"id": 1}}`)
	byURL := parse(t, `{"https://school.example/.well-known/did.json": {"id": 2}}`)
	_, err = fetch.MergePacks(byDID, byURL)
	want(t, err, fetch.CodePackConflict)
}

// The packs that the published samples need: keys by method URL, DID documents,
// status lists by the URL that the samples name.
func TestPublishedPacks(t *testing.T) {
	keys, err := fetch.ParsePack(testkit.ReadShared(t, "ob/vectors/keys/verification-methods.json"))
	require.NoError(t, err)
	var methods map[string]struct{ ID, Controller string }
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "ob/vectors/keys/verification-methods.json"), &methods))
	require.NotEmpty(t, methods)
	for url, m := range methods {
		doc, ok := keys.Method(url)
		require.True(t, ok, url)
		require.Contains(t, string(doc), m.ID)
		_, err := keys.Fetch(t.Context(), m.Controller)
		want(t, err, fetch.CodeNotInPack)
	}

	packs := []*fetch.Pack{keys}
	files, err := filepath.Glob(filepath.Join(testkit.Shared(t, "ob/vectors/dids"), "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		src, err := os.ReadFile(f)
		require.NoError(t, err)
		p, err := fetch.ParsePack(src)
		require.NoError(t, err, f)
		packs = append(packs, p)
	}
	list := testkit.ReadShared(t, "ob/samples/valid/statuslists/testlist")
	packs = append(packs, parse(t, `{"https://purl.imsglobal.org/spec/vcrl/v1p0/testlist": `+string(list)+`}`))
	all, err := fetch.MergePacks(packs...)
	require.NoError(t, err)
	require.Equal(t, len(methods)+len(files)+1, all.Len())
	require.Contains(t, body(t, all, "https://digitalcredentials.github.io/vc-test-fixtures/dids/legacy/did.json"),
		"Ed25519VerificationKey2020")
}

// Whatever the bytes, ParsePack gives a pack or a coded error; what it holds is
// found under its key, is valid JSON or the text of a string, and a pack merged
// with itself is the same pack.
func FuzzParsePack(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"id":"did:web:a.example"}`, `{"did:web:a.example%3a1:b#k":{"x":[1]}}`, `{"https://a.example/b/did.json":"t"}`,
		`{"https://a.example/.well-known/did.json":{},"did:web:a.example":{}}`, `{"urn:x":null}`,
	} {
		f.Add([]byte(seed), "https://a.example/.well-known/did.json#k")
	}
	f.Fuzz(func(t *testing.T, src []byte, url string) {
		p, err := fetch.ParsePack(src)
		if err != nil {
			var e *fetch.Error
			require.True(t, errors.As(err, &e))
			require.Contains(t, []fetch.Code{fetch.CodePackSyntax, fetch.CodePackConflict}, e.Code)
			return
		}
		merged, err := fetch.MergePacks(p, p)
		require.NoError(t, err)
		require.Equal(t, p.Len(), merged.Len())
		doc, err := jsonx.Parse(src, jsonx.Limits{Depth: 65}, nil)
		require.NoError(t, err)
		if id := doc.Root().Get("id"); id.Exists() {
			_, err := p.Fetch(t.Context(), id.Text())
			require.NoError(t, err)
			return
		}
		for v := doc.Root().First(); v.Exists(); v = v.Next() {
			r, err := p.Fetch(t.Context(), v.Name())
			require.NoError(t, err)
			if v.Kind() != jsonx.String && !strings.HasPrefix(v.Name(), "did:web:") && !strings.HasSuffix(v.Name(), "/did.json") {
				require.Equal(t, string(v.Raw()), string(r.Body))
			}
		}
		if r, err := p.Fetch(t.Context(), url); err == nil {
			require.NotNil(t, r)
		}
	})
}

// What lists keys, or is of the URL without its fragment, is a document however it was
// keyed; a key under its own URL is an operator's statement.
func TestWholeDocumentUnderAFragment(t *testing.T) {
	const url = "https://school.example/issuer"
	for document, whole := range map[string]bool{
		`{"id":"` + url + `","verificationMethod":[]}`:                          true,
		`{"id":"` + url + `"}`:                                                  true,
		`{"id":"https://other.example/","assertionMethod":[]}`:                  true,
		`{"id":"` + url + `","type":["Profile"],"publicKey":[]}`:                true,
		`{"keys":[{"kty":"OKP"}]}`:                                              true,
		`{"id":"` + url + `#k1","type":"Multikey","publicKeyMultibase":"z6Mk"}`: false,
		`{"id":"` + url + `","publicKeyMultibase":"z6Mk"}`:                      false,
		`{"kty":"OKP","crv":"Ed25519"}`:                                         false,
		`{"id":"` + url + `#k1"}`:                                               false,
		`"a text"`:                                                              false,
	} {
		p := parse(t, `{"`+url+`#k1":`+document+`}`)
		_, stated := p.Method(url + "#k1")
		require.Equal(t, !whole, stated, document)
		_, err := p.Fetch(t.Context(), url)
		require.Equal(t, whole, err == nil, document)
	}
	p := parse(t, `{"https://school.example/.well-known/did.json#k1":{"id":"did:web:school.example","verificationMethod":[]}}`)
	_, err := p.Fetch(t.Context(), "did:web:school.example")
	require.NoError(t, err)
	_, err = fetch.ParsePack([]byte(`{"` + url + `#k1":{"id":"` + url + `","keyAgreement":[]},"` + url + `":{"id":"` + url + `"}}`))
	require.ErrorIs(t, err, &fetch.Error{Code: fetch.CodePackConflict})
}
