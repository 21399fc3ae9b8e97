package schema_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/schema"
)

func TestDrafts(t *testing.T) {
	for _, c := range []struct {
		draft, kind string
		code        vc.Code
	}{
		{`"$schema": "https://json-schema.org/draft/2020-12/schema",`, "JsonSchema", ""},
		{`"$schema": "https://json-schema.org/draft/2019-09/schema",`, "JsonSchema", ""},
		{`"$schema": "https://json-schema.org/draft/2019-09/schema#",`, "JsonSchema", ""}, // as edubadges have it
		{`"$schema": "http://json-schema.org/draft-07/schema#",`, "JsonSchema", ""},
		{`"$schema": "https://json-schema.org/draft-07/schema",`, "JsonSchema", ""},
		{``, "1EdTechJsonSchemaValidator2019", ""},
		{``, "JsonSchema", schema.CodeDraftNotSupported},
		{`"$schema": "http://json-schema.org/draft-04/schema#",`, "JsonSchema", schema.CodeDraftNotSupported},
		{`"$schema": "http://json-schema.org/draft-06/schema#",`, "1EdTechJsonSchemaValidator2019", schema.CodeDraftNotSupported},
		{`"$schema": "https://json-schema.org/schema",`, "JsonSchema", schema.CodeDraftNotSupported},
		{`"$schema": "https://pool.example/dialect",`, "JsonSchema", schema.CodeDraftNotSupported},
		{`"$schema": 7,`, "JsonSchema", schema.CodeDraftNotSupported},
	} {
		text := `{` + c.draft + ` "properties": {"credentialSubject": {"required": ["distance"]}}}`
		o := options(pack(t, map[string]string{schemaURL: text}))
		judged := func(subject object) *schema.Entry {
			return check(t, credential(t, subject, object{"id": schemaURL, "type": c.kind}), o)
		}
		if c.code != "" {
			want(t, judged(object{"distance": 25}), schema.StateUnknown, c.code)
			continue
		}
		want(t, judged(object{"distance": 25}), schema.StateFits, "")
		want(t, judged(object{"time": 25}), schema.StateMisfits, schema.CodeMismatch)
	}
}

// A keyword means what its draft says.
func TestDraftsDiffer(t *testing.T) {
	const rule = `"properties": {"credentialSubject": {"properties": {"x": {"prefixItems": [{"type": "string"}]}}}}`
	subject := object{"x": []int{1}}
	want(t, judge(t, `{`+head+`, `+rule+`}`, subject, nil), schema.StateMisfits, schema.CodeMismatch)
	want(t, judge(t, `{"$schema": "http://json-schema.org/draft-07/schema#", `+rule+`}`, subject, nil), schema.StateFits, "")
}

func TestSchemasThatAreNone(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		code vc.Code
	}{
		"no JSON":                {`<html>`, schema.CodeInvalid},
		"a name twice":           {`{` + head + `, "type": "object", "type": "array"}`, schema.CodeInvalid},
		"a text":                 {`"object"`, schema.CodeDraftNotSupported},
		"true":                   {`true`, schema.CodeDraftNotSupported},
		"an unknown type":        {`{` + head + `, "type": "objekt"}`, schema.CodeInvalid},
		"required as a text":     {`{` + head + `, "required": "x"}`, schema.CodeInvalid},
		"a pattern that is none": {`{` + head + `, "properties": {"id": {"pattern": "("}}}`, schema.CodeInvalid},
		"lookaround":             {`{` + head + `, "properties": {"id": {"pattern": "^(?!x)"}}}`, schema.CodeInvalid},
		"lookaround in a name":   {`{` + head + `, "patternProperties": {"^(?!x)": {}}}`, schema.CodeInvalid},
		"multiples of nothing":   {`{` + head + `, "multipleOf": 0}`, schema.CodeInvalid},
		"multiples of less":      {`{` + head + `, "multipleOf": 1e-999999}`, schema.CodeInvalid},
		"a reference to nowhere": {`{` + head + `, "$ref": "#/$defs/none"}`, schema.CodeInvalid},
		"a reference to itself":  {`{` + head + `, "$ref": "#"}`, schema.CodeInvalid},
		"a circle": {`{` + head + `, "$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}`,
			schema.CodeInvalid},
		"an id that is no URL":   {`{` + head + `, "$id": "https://%zz"}`, schema.CodeInvalid},
		"a vocabulary of others": {`{` + head + `, "$vocabulary": {"https://pool.example/v": true}}`, schema.CodeInvalid},
		"two parts of one id":    {`{` + head + `, "$defs": {"a": {"$id": "x"}, "b": {"$id": "x"}}}`, schema.CodeInvalid},
		"a reference that depends": {`{` + head + `, "$dynamicAnchor": "n", "properties": {"x": {"$dynamicRef": "#n"}}}`,
			schema.CodeKeywordNotSupported},
		"the draft's own schema": {`{` + head + `, "$ref": "https://json-schema.org/draft/2020-12/schema"}`,
			schema.CodeKeywordNotSupported},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, judge(t, c.text, object{"x": 1}, nil), schema.StateUnknown, c.code)
		})
	}
}

// A reference that could depend on who refers, and does not, is a reference.
func TestPlainRecursiveReference(t *testing.T) {
	const text = `{"$schema": "https://json-schema.org/draft/2019-09/schema", 
		"properties": {"credentialSubject": {"$recursiveRef": "#"}}, "required": ["credentialSubject"]}`
	want(t, judge(t, text, object{}, nil), schema.StateMisfits, schema.CodeMismatch)
	want(t, judge(t, text, object{"credentialSubject": object{}}, nil), schema.StateMisfits, schema.CodeMismatch)
	want(t, judge(t, text, object{"credentialSubject": 7}, nil), schema.StateFits, "")
}

// Whatever a schema refers to is asked of the Fetcher, over https, or not at all: the
// loaders that the library has for files and hosts are not reached, although somebody
// registered one.
func TestReferencesThatAreRefused(t *testing.T) {
	var reached atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer server.Close()
	load, loaders := jsonschema.LoadURL, jsonschema.Loaders
	defer func() { jsonschema.LoadURL, jsonschema.Loaders = load, loaders }()
	refuse := func(url string) (io.ReadCloser, error) {
		reached.Add(1)
		return nil, fmt.Errorf("the library's loader was reached for %s", url)
	}
	jsonschema.LoadURL = refuse
	jsonschema.Loaders = map[string]func(string) (io.ReadCloser, error){"file": refuse, "http": refuse, "https": refuse, "urn": refuse}

	for _, url := range []string{
		"file:///etc/passwd", "file:/etc/passwd", "FILE:///etc/passwd", "http://127.0.0.1/", server.URL,
		"http://169.254.169.254/latest/meta-data/",
		"ftp://pool.example/x", "urn:x:y", "data:application/json,{}", "//127.0.0.1/x", "HTTPS://127.0.0.1/x", "unix:///var/run/x.sock",
	} {
		code := schema.CodeReferenceRefused
		if strings.HasPrefix(url, "//") || strings.HasPrefix(url, "HTTPS") { // https by the schema's own URL, and the Fetcher's to refuse
			code = schema.CodeUnavailable
		}
		for _, keyword := range []string{`"$ref": "URL"`, `"properties": {"x": {"$ref": "URL"}}`, `"$id": "URL", "$ref": "other.json"`} {
			e := judge(t, `{`+head+`, `+strings.Replace(keyword, "URL", url, 1)+`}`, object{}, nil)
			require.Equal(t, schema.StateUnknown, e.State, url)
			require.Contains(t, []vc.Code{code, schema.CodeReferenceRefused}, e.Problems[0].Code, "%s %v", url, e.Problems)
		}
	}
	require.Zero(t, reached.Load())
}

func TestReferences(t *testing.T) {
	const other = "https://federation.example/swimmer.json"
	text := `{` + head + `, "properties": {"credentialSubject": {"$ref": "` + other + `#/$defs/swimmer"}}}`
	swimmer := `{"$defs": {"swimmer": {"required": ["distance"]}}}`
	for name, c := range map[string]struct {
		other   string
		subject object
		state   schema.State
		code    vc.Code
	}{
		"fits":    {swimmer, object{"distance": 25}, schema.StateFits, ""},
		"misfits": {swimmer, object{}, schema.StateMisfits, schema.CodeMismatch},
		"another draft": {`{"$schema": "http://json-schema.org/draft-04/schema#"}`, object{},
			schema.StateUnknown, schema.CodeDraftNotSupported},
		"no JSON":    {`<html>`, object{}, schema.StateUnknown, schema.CodeInvalid},
		"without it": {`{}`, object{}, schema.StateUnknown, schema.CodeInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, judge(t, text, c.subject, map[string]string{other: c.other}), c.state, c.code)
		})
	}
	want(t, judge(t, text, object{}, nil), schema.StateUnknown, schema.CodeUnavailable)

	// A schema in a credential may do nothing but refer (VC JSON Schema 1.0, 2.2).
	lone := `{"$ref": "` + other + `#/$defs/swimmer"}`
	want(t, judge(t, lone, object{"distance": 25}, map[string]string{other: swimmer}), schema.StateMisfits, schema.CodeMismatch)
}

// Nine documents are asked for at most, and all of them count as requests.
func TestReferencesAreFew(t *testing.T) {
	chain := func(n int) map[string]string {
		all := map[string]string{}
		for i := range n {
			all[fmt.Sprintf("https://chain.example/%d", i)] = fmt.Sprintf(`{"$ref": "https://chain.example/%d"}`, i+1)
		}
		all[fmt.Sprintf("https://chain.example/%d", n)] = `{}`
		return all
	}
	text := `{` + head + `, "$ref": "https://chain.example/0"}`
	want(t, judge(t, text, object{}, chain(7)), schema.StateFits, "")
	want(t, judge(t, text, object{}, chain(8)), schema.StateUnknown, schema.CodeReferenceRefused)

	bodies := chain(100)
	bodies[schemaURL] = text
	h := &host{bodies: bodies}
	want(t, check(t, credential(t, object{}, entry()), options(h)), schema.StateUnknown, schema.CodeReferenceRefused)
	require.EqualValues(t, 10, h.asked.Load())
	e := judge(t, text, object{}, nil)
	want(t, e, schema.StateUnknown, schema.CodeUnavailable)
	require.ErrorIs(t, e.Problems[0], &fetch.Error{Code: fetch.CodeNotFound})
}

// Numbers that nobody could compute with are read as everybody reads them.
func TestNumbers(t *testing.T) {
	text := subjectSchema(`{"properties": {"x": {"type": "integer", "minimum": 1e-999999, "maximum": 1e300, "multipleOf": 0.5}}}`)
	for number, state := range map[string]schema.State{
		"0": schema.StateFits, "1e-99999999": schema.StateFits, "1e300": schema.StateFits, "2.0": schema.StateFits,
		"-1": schema.StateMisfits, "0.5": schema.StateMisfits, "1e308": schema.StateMisfits,
	} {
		e := check(t, about(t, `{"x": `+number+`}`), options(serving(text)))
		require.Equal(t, state, e.State, "%s: %v", number, e.Problems)
	}
}

// A panic in the library is an error, while it compiles and while it evaluates.
func TestPanicsAreErrors(t *testing.T) {
	p := schema.CompileUnguarded(t.Context(), options(panicking{}), schemaURL, `{`+head+`, "$ref": "https://pool.example/other"}`)
	require.Equal(t, schema.CodeInvalid, p.Code)
	require.ErrorContains(t, p.Err, "panicked")
	p = schema.EvaluateNothing(credential(t, object{}, entry()))
	require.Equal(t, schema.CodeFailed, p.Code)
	require.ErrorContains(t, p.Err, "panicked")
}
