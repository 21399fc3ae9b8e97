package caseapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

// accepts reports whether the published description takes an answer, and why not.
func (c *official) accepts(path string) error {
	r := httptest.NewRequest(http.MethodGet, c.base+path, nil)
	route, params, err := c.router.FindRoute(r)
	require.NoError(c.t, err, path)
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, r)
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route},
		Status:                 w.Code, Header: w.Header(), Options: &openapi3filter.Options{IncludeResponseStatus: true}}
	return openapi3filter.ValidateResponse(c.t.Context(), out.SetBodyBytes(w.Body.Bytes()))
}

// whole returns the paths of all answers about a framework, those without associations
// too.
func whole(f *casefw.Framework) []string {
	all := append([]string{"/CFDocuments"}, everything(f)...)
	for t := range f.Items() {
		if empty(t.Outgoing()) && empty(t.Incoming()) {
			all = append(all, "/CFItemAssociations/"+t.Identifier())
		}
	}
	return all
}

// A member is taken out of a framework that is as it should be, or spoilt: the check
// before publishing says so where, and only where, the published description refuses an
// answer of the handler.
func TestCheckBeforePublishing(t *testing.T) {
	frameworks, err := storetest.Frameworks()
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, frameworks[0].WriteJSON(t.Context(), &b, casefw.AsSent))
	texts := [][]byte{b.Bytes(), testkit.ReadShared(t, "case/packages/synthetic/a01-full-v1p1.json")}
	r := rand.New(rand.NewPCG(3, 5))
	seen := map[bool]int{}
	clients := map[caseapi.Version]*official{}
	for _, v := range []caseapi.Version{caseapi.V1p0, caseapi.V1p1} {
		clients[v] = officialClient(t, v, nil)
	}
	for i := range 120 {
		f, note := spoilt(t, texts[i%len(texts)], r)
		if f.GUID().IsZero() {
			continue
		}
		h := serving(t, caseapi.Config{Store: memory(t, f)})
		for v, c := range clients {
			c.h = h
			report, err := f.CheckAnswers(t.Context(), v, casefw.Options{})
			require.NoError(t, err)
			refused := ""
			for _, path := range whole(f) {
				if err := c.accepts(path); err != nil {
					refused = path + ": " + err.Error()
					break
				}
			}
			seen[report.Valid()]++
			require.Equal(t, refused == "", report.Valid(), "%v without %s: %v\n%s", v, note, report.Findings, refused)
		}
	}
	require.Greater(t, seen[true], 30)
	require.Greater(t, seen[false], 30)
}

// spoilt loads a framework of which one member is missing, and says which. Identifiers
// stay: what has none is asked for by nobody.
func spoilt(t *testing.T, text []byte, r *rand.Rand) (*casefw.Framework, string) {
	t.Helper()
	var whole map[string]any
	require.NoError(t, json.Unmarshal(text, &whole))
	type place struct {
		object  map[string]any
		name    string
		pointer string
	}
	var places []place
	var walk func(v any, pointer string)
	walk = func(v any, pointer string) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				if name != "identifier" && name != "CFDocument" && name != "extensions" {
					places = append(places, place{v, name, pointer + "/" + name})
				}
				if name != "extensions" {
					walk(inner, pointer+"/"+name)
				}
			}
		case []any:
			for i, inner := range v {
				walk(inner, fmt.Sprint(pointer, "/", i))
			}
		}
	}
	walk(whole, "")
	byPointer := func(a, b place) int { return bytes.Compare([]byte(a.pointer), []byte(b.pointer)) }
	slices.SortFunc(places, byPointer)
	p := places[r.IntN(len(places))]
	delete(p.object, p.name)
	again, err := json.Marshal(whole)
	require.NoError(t, err)
	f, _, err := casefw.LoadBytes(again, casefw.Options{})
	require.NoError(t, err)
	return f, p.pointer
}

func TestCheckBeforePublishingEnds(t *testing.T) {
	frameworks, err := storetest.Frameworks()
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = frameworks[0].CheckAnswers(ctx, caseapi.V1p1, casefw.Options{})
	require.ErrorIs(t, err, context.Canceled)
}
