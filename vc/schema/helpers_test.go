package schema_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/schema"
)

const (
	schemaURL     = "https://pool.example/schemas/swimming.json"
	credentialURL = "https://pool.example/credentials/swimming"
	head          = `"$schema": "https://json-schema.org/draft/2020-12/schema"`
)

// object is JSON to be.
type object = map[string]any

// pack is a trust pack of documents by URL.
func pack(t testing.TB, documents map[string]string) *fetch.Pack {
	t.Helper()
	values := map[string]json.RawMessage{}
	for url, text := range documents {
		if values[url] = json.RawMessage(text); !json.Valid(values[url]) {
			values[url] = json.RawMessage(encode(t, text))
		}
	}
	p, err := fetch.ParsePack([]byte(encode(t, values)))
	require.NoError(t, err)
	return p
}

// host answers with fixed documents and counts how often it is asked.
type host struct {
	bodies map[string]string
	asked  atomic.Int32
}

func (h *host) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	h.asked.Add(1)
	body, ok := h.bodies[url]
	if !ok {
		return nil, &fetch.Error{Code: fetch.CodeNotFound, URL: url, Status: 404, Detail: "the server has no such document (404)"}
	}
	return &fetch.Response{URL: url, Body: []byte(body), Source: fetch.SourceNetwork}, nil
}

// believe stands for a verifier of proofs that accepts each credential.
func believe(_ context.Context, credential []byte) (schema.VerifiedCredential, error) {
	doc, err := vc.Parse(credential)
	return schema.VerifiedCredential{Document: doc}, err
}

func options(f fetch.Fetcher) schema.Options {
	return schema.Options{Fetcher: f, VerifyCredential: believe, At: testkit.Now}
}

func encode(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return string(b)
}

func parse(t testing.TB, text string) *vc.Document {
	t.Helper()
	doc, err := vc.Parse([]byte(text))
	require.NoError(t, err)
	return doc
}

// credential has the given subject and entries.
func credential(t testing.TB, subject, entries any) *vc.Document {
	t.Helper()
	return parse(t, encode(t, object{"@context": []string{vc.ContextV2}, "type": []string{"VerifiableCredential"},
		"issuer": "https://pool.example/issuer", "credentialSubject": subject, "credentialSchema": entries}))
}

// entry names the schema at schemaURL.
func entry() object { return object{"id": schemaURL, "type": "JsonSchema"} }

// with is that entry with a member of its own.
func with(name string, value any) object {
	e := entry()
	e[name] = value
	return e
}

// only is the one entry of a result.
func only(t testing.TB, r *schema.Result) *schema.Entry {
	t.Helper()
	require.Len(t, r.Entries, 1)
	return &r.Entries[0]
}

// check is what is found for the one entry of a credential.
func check(t testing.TB, doc *vc.Document, o schema.Options) *schema.Entry {
	t.Helper()
	return only(t, schema.Check(t.Context(), doc, o))
}

// about is a credential of a subject in JSON, which names the schema at schemaURL.
func about(t testing.TB, subject string) *vc.Document {
	t.Helper()
	return parse(t, `{"id": "urn:uuid:7", "issuer": "https://pool.example/issuer", "credentialSubject": `+subject+`,
		"credentialSchema": `+encode(t, entry())+`}`)
}

// serving is a host with one schema.
func serving(text string) *host { return &host{bodies: map[string]string{schemaURL: text}} }

// judge evaluates a schema over a subject, where other documents may be had too.
func judge(t testing.TB, text string, subject any, others map[string]string) *schema.Entry {
	t.Helper()
	documents := map[string]string{schemaURL: text}
	for url, other := range others {
		documents[url] = other
	}
	return check(t, credential(t, subject, entry()), options(&host{bodies: documents}))
}

// want requires a state and the code of the first problem, "" for none.
func want(t testing.TB, e *schema.Entry, state schema.State, code vc.Code) {
	t.Helper()
	require.Equal(t, state, e.State, "%v", e.Problems)
	if code == "" {
		require.Empty(t, e.Problems)
		return
	}
	require.NotEmpty(t, e.Problems)
	p := e.Problems[0]
	require.Equal(t, code, p.Code, "%v", p)
	require.NotEmpty(t, p.Message)
	require.NotEmpty(t, p.Fix)
	require.NotEmpty(t, p.Spec)
	require.True(t, strings.HasPrefix(p.Pointer, e.Pointer) || state == schema.StateMisfits, p.Pointer)
	require.Error(t, (&schema.Result{Entries: []schema.Entry{*e}}).Err())
}
