package status_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
)

const (
	issuer  = "https://school.example/issuer"
	listURL = "https://school.example/status/3"
)

// host answers with fixed documents and counts how often it is asked.
type host struct {
	bodies  map[string]string
	expires time.Time
	fetched time.Time
	source  fetch.Source
	asked   atomic.Int32
}

func (h *host) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	h.asked.Add(1)
	body, ok := h.bodies[url]
	if !ok {
		return nil, &fetch.Error{Code: fetch.CodeNotFound, URL: url, Status: 404, Detail: "the server has no such document (404)"}
	}
	return &fetch.Response{URL: url, Body: []byte(body), FetchedAt: h.fetched, Expires: h.expires, Source: h.source}, nil
}

func serving(url, body string) *host {
	return &host{bodies: map[string]string{url: body}, source: fetch.SourceNetwork, fetched: testkit.Now,
		expires: testkit.Now.Add(time.Hour)}
}

// believe stands for a verifier of proofs that accepts each list.
func believe(_ context.Context, list []byte) (status.VerifiedList, error) {
	doc, err := vc.Parse(list)
	return status.VerifiedList{Document: doc}, err
}

func config(f fetch.Fetcher) status.Options {
	return status.Options{Fetcher: f, VerifyList: believe, At: testkit.Now}
}

// object is JSON to be.
type object = map[string]any

func encode(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

// credential has the given credentialStatus.
func credential(t testing.TB, statuses any) *vc.Document {
	t.Helper()
	doc, err := vc.Parse([]byte(encode(t, object{"@context": []string{vc.ContextV2}, "id": "urn:uuid:7", "issuer": issuer, "credentialStatus": statuses})))
	require.NoError(t, err)
	return doc
}

// entry is a BitstringStatusListEntry; changes replace its members, nil removes.
func entry(index any, changes object) object {
	return changed(object{"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": index, "statusListCredential": listURL}, changes)
}

// listCredential is a BitstringStatusListCredential; changes are to the
// credential, subject to its subject.
func listCredential(encoded any, changes, subject object) object {
	return changed(object{
		"@context": []string{vc.ContextV2}, "id": listURL, "type": []string{"VerifiableCredential", "BitstringStatusListCredential"}, "issuer": issuer,
		"validFrom": "2025-12-01T00:00:00Z",
		"credentialSubject": changed(object{"id": listURL + "#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
			"encodedList": encoded}, subject),
	}, changes)
}

func changed(o, changes object) object {
	for name, v := range changes {
		if v == nil {
			delete(o, name)
		} else {
			o[name] = v
		}
	}
	return o
}

// encodedList compresses bits with the standard library alone.
func encodedList(t testing.TB, bits []byte) string {
	t.Helper()
	return "u" + base64.RawURLEncoding.EncodeToString(zip(t, bits))
}

func zip(t testing.TB, bits []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(bits)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.Bytes()
}

// bitsWith is a list of the usual length in which the indexes are set.
func bitsWith(indexes ...int) []byte {
	bits := make([]byte, status.MinEntries/8)
	for _, i := range indexes {
		bits[i/8] |= 0x80 >> (i % 8)
	}
	return bits
}

// check asks for one entry against one list.
func check(t testing.TB, c status.Options, statuses any) *status.Entry {
	t.Helper()
	r := status.Check(t.Context(), credential(t, statuses), c)
	require.Len(t, r.Entries, 1)
	return &r.Entries[0]
}

// wantProblem requires an Unknown of the code, which is never a nil error.
func wantProblem(t testing.TB, e *status.Entry, code vc.Code, typeURL string) {
	t.Helper()
	wantState(t, e, status.StateUnknown, code, typeURL)
}

// wantMalformed requires an entry that cannot be read, of the code.
func wantMalformed(t testing.TB, e *status.Entry, code vc.Code, typeURL string) {
	t.Helper()
	wantState(t, e, status.StateMalformed, code, typeURL)
}

func wantState(t testing.TB, e *status.Entry, state status.State, code vc.Code, typeURL string) {
	t.Helper()
	require.NotNil(t, e.Problem, "no problem, want %s", code)
	require.Equal(t, code, e.Problem.Code, "%v", e.Problem)
	require.Equal(t, typeURL, e.Problem.Type)
	require.Equal(t, state, e.State)
	require.NotEmpty(t, e.Problem.Fix)
	require.NotEmpty(t, e.Problem.Spec)
	require.NotEmpty(t, e.Problem.Pointer)
	require.Error(t, (&status.Result{Entries: []status.Entry{*e}}).Err())
}

// codes lists the codes of warnings.
func codes(e *status.Entry) []vc.Code {
	var all []vc.Code
	for _, w := range e.Warnings {
		all = append(all, w.Code)
	}
	return all
}

func describe(e *status.Entry) string {
	return fmt.Sprintf("%s %d %v %v", e.State, e.Value, e.Problem, codes(e))
}

// encodeToken is a compact JWS with a signature that nobody checks.
func encodeToken(header, payload string) string {
	b64 := base64.RawURLEncoding.EncodeToString
	return b64([]byte(header)) + "." + b64([]byte(payload)) + "." + b64(make([]byte, 64))
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return b
}
