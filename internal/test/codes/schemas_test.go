package codes_test

import (
	"context"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/schema"
)

const (
	schemaURL = "https://pool.example/schemas/swimming.json"
	schemed   = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"https://pool.example/issuer","credentialSubject":{"distance":25},"credentialSchema":{"id":"` + schemaURL + `","type":"JsonSchema"}}`
	draft2020 = `"$schema":"https://json-schema.org/draft/2020-12/schema"`
	schemaAt  = "/credentialSchema"
)

// schemas are documents by their URLs.
type schemas map[string]string

func (s schemas) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	body, ok := s[url]
	if !ok {
		return nil, &fetch.Error{Code: fetch.CodeNotFound, URL: url, Status: 404, Detail: "the server has no such document (404)"}
	}
	return &fetch.Response{URL: url, Body: []byte(body), Source: fetch.SourceNetwork}, nil
}

// judged is what is said of a credential by the schema that it names.
func (d *desk) judged(credential, text string, o schema.Options) []*vc.Problem {
	d.t.Helper()
	doc, err := vc.Parse([]byte(credential))
	require.NoError(d.t, err)
	o.At = testkit.Now
	o.Fetcher = schemas{schemaURL: text, "https://pool.example/credential": text}
	if text == "" {
		o.Fetcher = schemas{}
	}
	if o.VerifyCredential == nil {
		o.VerifyCredential = func(_ context.Context, text []byte) (schema.VerifiedCredential, error) {
			doc, err := vc.Parse(text)
			return schema.VerifiedCredential{Document: doc}, err
		}
	}
	var all []*vc.Problem
	for _, e := range schema.Check(context.Background(), doc, o).Entries {
		all = append(all, e.Problems...)
	}
	return all
}

// schemad is a row about a schema.
func schemad(code vc.Code, input, text string, edits ...string) row {
	return row{code, "a certificate of swimming " + input, func(d *desk) []*vc.Problem {
		return d.judged(d.edit(schemed, edits...), text, schema.Options{})
	}}
}

// byCredential is a row about a schema within a credential, which is changed.
func byCredential(code vc.Code, input string, edits ...string) row {
	return row{code, "a certificate of swimming whose schema stands in a credential " + input, func(d *desk) []*vc.Problem {
		holder := `{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"https://pool.example/credential","type":["VerifiableCredential","JsonSchemaCredential"],"issuer":"https://pool.example/issuer",
			"validUntil":"2027-01-01T00:00:00Z","credentialSubject":{"id":"` + schemaURL + `","type":"JsonSchema","jsonSchema":{` + draft2020 + `}}}`
		o := schema.Options{}
		if code == schema.CodeCredentialNotVerified {
			o.VerifyCredential = func(context.Context, []byte) (schema.VerifiedCredential, error) {
				return schema.VerifiedCredential{}, &vc.Problem{Code: "signature-invalid", Message: "the signature does not belong to this document"}
			}
		}
		return d.judged(d.edit(schemed, schemaAt+` = {"id": "https://pool.example/credential", "type": "JsonSchemaCredential"}`), d.edit(holder, edits...), o)
	}}
}

// doubling is a schema whose parts each refer twice to the next.
func doubling() string {
	text := `{` + draft2020 + `,"$ref":"#/$defs/a0","$defs":{`
	for i := range 16 {
		next := `"#/$defs/a` + strconv.Itoa(i+1) + `"`
		text += `"a` + strconv.Itoa(i) + `":{"allOf":[{"$ref":` + next + `},{"$ref":` + next + `}]},`
	}
	return text + `"a16":{}}}`
}

var schemaRows = []row{
	schemad(schema.CodeMismatch, "for which the schema asks for a time", `{`+draft2020+`,"properties":{"credentialSubject":{"required":["time"]}}}`),
	schemad(schema.CodeOtherKind, "that names the published schema of an endorsement", "", schemaAt+`/id = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_endorsementcredential_schema.json"`, schemaAt+`/type = "1EdTechJsonSchemaValidator2019"`,
		`/type = ["VerifiableCredential", "AchievementCredential"]`),
	schemad(schema.CodeMalformed, "whose schema has no type", "", schemaAt+`/type`),
	schemad(schema.CodeTooMany, "with seventeen schemas", "", schemaAt+" = ["+strings.Repeat("{},", 16)+"{}]"),
	schemad(schema.CodeDigestMismatch, "whose schema has changed", `{`+draft2020+`}`, schemaAt+`/digestSRI = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="`),
	schemad(schema.CodeUnavailable, "whose schema is not there", ""),
	schemad(schema.CodeTypeNotSupported, "with a schema of another type", "", schemaAt+`/type = "ShaclValidator2017"`),
	schemad(schema.CodeDraftNotSupported, "with a schema of no draft", `{}`),
	schemad(schema.CodeKeywordNotSupported, "with a schema that has a $dynamicRef", `{`+draft2020+`,"$dynamicAnchor":"n","properties":{"x":{"$dynamicRef":"#n"}}}`),
	schemad(schema.CodeInvalid, "with a schema of a type that is none", `{`+draft2020+`,"type":"objekt"}`),
	schemad(schema.CodeReferenceRefused, "with a schema that refers to a document over http", `{`+draft2020+`,"$ref":"http://pool.example/other"}`),
	schemad(schema.CodeTooLarge, "with a schema of a megabyte", `{`+draft2020+`,"title":"`+strings.Repeat("x", 1<<20)+`"}`),
	schemad(schema.CodeUnfolds, "with a schema whose references double sixteen times", doubling()),
	{schema.CodeTooCostly, "a certificate of swimming with ten thousand lanes, for each of which the schema asks something", func(d *desk) []*vc.Problem {
		return d.judged(d.edit(schemed, "/credentialSubject/lanes = ["+strings.Repeat("1,", 9999)+"1]"),
			`{`+draft2020+`,"properties":{"credentialSubject":{"properties":{"lanes":{"items":{"type":"integer"}}}}}}`, schema.Options{MaxSteps: 1000})
	}},
	{schema.CodeFailed, "a certificate of swimming whose schema has a format that the program added and that panics", func(d *desk) []*vc.Problem {
		jsonschema.Formats["lane"] = func(any) bool { panic("out of range") }
		defer delete(jsonschema.Formats, "lane")
		return d.judged(schemed, `{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"issuer":{"format":"lane"}}}`, schema.Options{})
	}},
	byCredential(schema.CodeCredentialNotVerified, "that is forged"),
	byCredential(schema.CodeCredentialMalformed, "that holds none", "/credentialSubject/jsonSchema"),
	byCredential(schema.CodeCredentialNotCurrent, "that has expired", `/validUntil = "2025-06-01T00:00:00Z"`),
}
