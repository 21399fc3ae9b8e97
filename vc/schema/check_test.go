package schema_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/schema"
)

func TestFits(t *testing.T) {
	text := readFile(t, "swimming.json")
	documents := pack(t, map[string]string{
		schemaURL: readFile(t, "swimming.schema.json"), credentialURL: readFile(t, "swimming.credential.json"),
	})
	for _, entry := range []string{
		`{"id": "` + schemaURL + `", "type": "JsonSchema"}`,
		`[{"id": ["` + schemaURL + `"], "type": ["JsonSchema"]}]`,
		`{"id": "` + schemaURL + `", "type": "1EdTechJsonSchemaValidator2019"}`,
		`{"id": "` + schemaURL + `#/$defs/whole", "type": "JsonSchema"}`,
		`{"id": "` + credentialURL + `", "type": "JsonSchemaCredential"}`,
	} {
		fit := strings.Replace(text, `{"id": "`+schemaURL+`", "type": "JsonSchema"}`, entry, 1)
		o := options(documents)
		if strings.Contains(entry, "whole") {
			whole := strings.Replace(readFile(t, "swimming.schema.json"), `"$defs": {`, `"$defs": {"whole": {"$ref": "#"},`, 1)
			o = options(pack(t, map[string]string{schemaURL: whole}))
		}
		e := check(t, parse(t, fit), o)
		want(t, e, schema.StateFits, "")
		require.Equal(t, fetch.SourcePack, e.Source)

		misfit := strings.Replace(fit, `400`, `"far"`, 1) // the control: it is judged at all
		e = check(t, parse(t, misfit), o)
		want(t, e, schema.StateMisfits, schema.CodeMismatch)
		require.Equal(t, "/credentialSubject/distance", e.Problems[0].Pointer)
	}
}

func TestNoSchema(t *testing.T) {
	r := schema.Check(t.Context(), parse(t, `{"issuer": "https://pool.example/issuer"}`), schema.Options{})
	require.Empty(t, r.Entries)
	require.NoError(t, r.Err())
}

func TestEntries(t *testing.T) {
	text := readFile(t, "swimming.schema.json")
	for name, c := range map[string]struct {
		entry any
		state schema.State
		code  vc.Code
	}{
		"a text":               {schemaURL, schema.StateMalformed, schema.CodeMalformed},
		"null":                 {nil, schema.StateMalformed, schema.CodeMalformed},
		"without type":         {object{"id": schemaURL}, schema.StateMalformed, schema.CodeMalformed},
		"an empty type":        {object{"id": schemaURL, "type": []any{}}, schema.StateMalformed, schema.CodeMalformed},
		"without id":           {object{"type": "JsonSchema"}, schema.StateMalformed, schema.CodeMalformed},
		"a relative id":        {object{"id": "swimming.json", "type": "JsonSchema"}, schema.StateMalformed, schema.CodeMalformed},
		"a digest of nothing":  {with("digestSRI", "md5-abc"), schema.StateMalformed, schema.CodeMalformed},
		"a digest as a number": {with("digestMultibase", 7), schema.StateMalformed, schema.CodeMalformed},
		"another type":         {with("type", "JsonSchemaValidator2018"), schema.StateUnknown, schema.CodeTypeNotSupported},
		"absent":               {with("id", "https://pool.example/none"), schema.StateUnknown, schema.CodeUnavailable},
		"seventeen":            {slices.Repeat([]any{entry()}, 17), schema.StateMalformed, schema.CodeTooMany},
	} {
		t.Run(name, func(t *testing.T) {
			e := check(t, credential(t, object{"distance": 25}, c.entry), options(serving(text)))
			want(t, e, c.state, c.code)
		})
	}
}

// What cannot be had is no judgement, and says whether asking again is worth it.
func TestUnavailable(t *testing.T) {
	for name, c := range map[string]struct {
		fetcher   fetch.Fetcher
		code      vc.Code
		temporary bool
	}{
		"offline": {nil, schema.CodeUnavailable, false},
		"budget":  {failing{&fetch.Error{Code: fetch.CodeBudget}}, vc.Code(fetch.CodeBudget), false},
		"down":    {failing{&fetch.Error{Code: fetch.CodeTimeout}}, schema.CodeUnavailable, true},
		"a panic": {panicking{}, schema.CodeUnavailable, false},
	} {
		t.Run(name, func(t *testing.T) {
			e := check(t, credential(t, object{}, entry()), options(c.fetcher))
			want(t, e, schema.StateUnknown, c.code)
			require.Equal(t, c.temporary, e.Temporary())
			_, typed := errors.AsType[*fetch.Error](e.Problems[0])
			require.True(t, typed)
		})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	e := only(t, schema.Check(ended, credential(t, object{}, entry()), options(pack(t, map[string]string{schemaURL: `{` + head + `}`}))))
	want(t, e, schema.StateUnknown, schema.CodeUnavailable)
	require.ErrorIs(t, e.Problems[0], context.Canceled)
}

type failing struct{ err error }

func (f failing) Fetch(context.Context, string) (*fetch.Response, error) { return nil, f.err }

type panicking struct{}

func (panicking) Fetch(context.Context, string) (*fetch.Response, error) { panic("own") }

// Where requests or steps do not suffice for all entries, those that are answered do
// not depend on their order, which nothing signs.
func TestOrderOfEntries(t *testing.T) {
	costly := `{` + head + `, "properties": {"credentialSubject": {"properties": {"x": {"items": {"type": "integer"}}}}}}`
	subject := object{"x": make([]int, 60)}
	entries := []any{
		object{"id": "https://a.example/1", "type": "JsonSchema"}, object{"id": "https://b.example/2", "type": "JsonSchema"},
		object{"id": "https://c.example/3", "type": "JsonSchema"},
	}
	bodies := map[string]string{"https://a.example/1": costly, "https://b.example/2": costly, "https://c.example/3": costly}
	states := func(entries []any) map[string]schema.State {
		o := options(pack(t, bodies))
		o.MaxSteps = 200
		all := map[string]schema.State{}
		for _, e := range schema.Check(t.Context(), credential(t, subject, entries), o).Entries {
			all[e.ID] = e.State
		}
		return all
	}
	first := states(entries)
	require.Contains(t, first, "https://a.example/1")
	require.Equal(t, schema.StateFits, first["https://a.example/1"])
	require.Equal(t, schema.StateUnknown, first["https://c.example/3"])
	slices.Reverse(entries)
	require.Equal(t, first, states(entries))
}

// One of several entries that misfits is enough.
func TestEveryEntryCounts(t *testing.T) {
	never := `{` + head + `, "not": {}}`
	always := `{` + head + `}`
	r := schema.Check(t.Context(), credential(t, object{}, []any{
		object{"id": "https://a.example/1", "type": "JsonSchema"}, object{"id": "https://b.example/2", "type": "JsonSchema"},
	}), options(pack(t, map[string]string{"https://a.example/1": always, "https://b.example/2": never})))
	require.Equal(t, schema.StateFits, r.Entries[0].State)
	require.Equal(t, schema.StateMisfits, r.Entries[1].State)
	require.ErrorIs(t, r.Err(), &vc.Problem{Code: schema.CodeMismatch})
}

// The examples of VC JSON Schema 1.0, 4.2.
func TestPublishedExamples(t *testing.T) {
	example := func(name string) string { return string(testkit.ReadShared(t, "vc/json-schema-spec/"+name+".json")) }
	at := "https://example.com/schemas/email.json"
	const none2019 = "12-example-email-json-schema-using-unsupported-json-schema-version"
	for _, c := range []struct {
		credential, schema string
		state              schema.State
	}{
		{"10-example-verifiable-credential-validation-success", "09-example-email-json-schema", schema.StateFits},
		{"11-example-verifiable-credential-validation-failure", "09-example-email-json-schema", schema.StateMisfits},
		// The example of what a verifier without draft 2019-09 cannot decide: this one has it.
		{"13-example-verifiable-credential-validation-indeterminate", none2019, schema.StateMisfits},
	} {
		h := &host{bodies: map[string]string{at: example(c.schema)}}
		e := check(t, parse(t, example(c.credential)), options(h))
		require.Equal(t, c.state, e.State, "%s: %v", c.credential, e.Problems)
	}
}
