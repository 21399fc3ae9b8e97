package verify_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/schema"
	"github.com/laurel-edu/laurel/vc/verify"
)

const (
	schemaURL  = "https://school.example/schema"
	wantsName  = `{"$schema": "https://json-schema.org/draft/2020-12/schema", "required": ["name"]}`
	wantsMuch  = `{"$schema": "https://json-schema.org/draft/2020-12/schema", "required": ["name", "much"]}`
	schemaType = "JsonSchema"
)

// documents answers over a network that counts.
type documents struct {
	bodies map[string]string
	asked  atomic.Int32
}

func (d *documents) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	d.asked.Add(1)
	body, ok := d.bodies[url]
	if !ok {
		return nil, &fetch.Error{Code: fetch.CodeNotFound, URL: url, Detail: "none"}
	}
	return &fetch.Response{URL: url, Body: []byte(body), Source: fetch.SourceNetwork}, nil
}

// withSchema is a badge of the issuer with entries of credentialSchema.
func withSchema(t testing.TB, school issuer, entries string) []byte {
	const context = `"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`
	return school.sign(t, badge(t, school.did, `"validFrom"`, `"credentialSchema": `+entries+`, "validFrom"`,
		context, context+`, "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"`), nil)
}

func schemaEntry(kind string) string { return `{"id": "` + schemaURL + `", "type": "` + kind + `"}` }

// schemaCheck is the check of the schemas.
func schemaCheck(t testing.TB, r *verify.Report) *verify.Check {
	t.Helper()
	for i := range r.Checks {
		if r.Checks[i].Name == verify.CheckSchema {
			return &r.Checks[i]
		}
	}
	t.Fatal("the report has no check of the schemas")
	return nil
}

func TestSchemas(t *testing.T) {
	school := edIssuer(t, 1)
	const published = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"
	for name, c := range map[string]struct {
		entries, schema string
		verdict         verify.Verdict
		outcome         verify.Outcome
		code            vc.Code
		asked           int32
	}{
		"none":          {`[]`, "", verify.VerdictVerified, verify.OutcomeNotApplicable, "", 0},
		"fits":          {schemaEntry(schemaType), wantsName, verify.VerdictVerified, verify.OutcomePassed, "", 1},
		"misfits":       {schemaEntry(schemaType), wantsMuch, verify.VerdictNotVerified, verify.OutcomeFailed, schema.CodeMismatch, 1},
		"cannot be had": {schemaEntry(schemaType), "", verify.VerdictUndetermined, verify.OutcomeUndetermined, schema.CodeUnavailable, 1},
		"an unknown type": {schemaEntry("1EdTechRevocationList"), wantsName,
			verify.VerdictUndetermined, verify.OutcomeUndetermined, schema.CodeTypeNotSupported, 0},
		"published": {`{"id": "` + published + `ob_v3p0_achievementcredential_schema.json", "type": "1EdTechJsonSchemaValidator2019"}`, "",
			verify.VerdictVerified, verify.OutcomePassed, "", 0},
		"published for another kind": {`{"id": "` + published + `ob_v3p0_endorsementcredential_schema.json", "type": "1EdTechJsonSchemaValidator2019"}`, "",
			verify.VerdictNotVerified, verify.OutcomeFailed, schema.CodeOtherKind, 0},
		"made up beside it": {`{"id": "` + published + `ob_v3p0_anything.json", "type": "1EdTechJsonSchemaValidator2019"}`, "",
			verify.VerdictUndetermined, verify.OutcomeUndetermined, schema.CodeUnavailable, 1},
		"one misfits, one cannot be had": {`[` + schemaEntry(schemaType) + `, {"id": "https://school.example/none", "type": "JsonSchema"}]`, wantsMuch,
			verify.VerdictNotVerified, verify.OutcomeFailed, schema.CodeMismatch, 2},
	} {
		t.Run(name, func(t *testing.T) {
			signed := withSchema(t, school, c.entries)
			d := &documents{bodies: map[string]string{}}
			if c.schema != "" {
				d.bodies[schemaURL] = c.schema
			}
			r := inspect(t, signed, verify.Config{Fetcher: d})
			require.Equal(t, c.verdict, r.Verdict, "%v", r.Problems())
			check := schemaCheck(t, r)
			require.Equal(t, c.outcome, check.Outcome)
			require.Equal(t, c.asked, d.asked.Load())
			if c.code != "" {
				require.Contains(t, r.Codes(), c.code)
			}
			if c.verdict == verify.VerdictUndetermined {
				r = inspect(t, signed, verify.Config{Fetcher: d, Accept: []verify.CheckName{verify.CheckSchema}})
				require.Equal(t, verify.VerdictVerified, r.Verdict)
			}
		})
	}
}

// What is not authentic makes nobody ask for a schema; a pack is asked.
func TestSchemasAreNotFetchedForForgers(t *testing.T) {
	school := edIssuer(t, 1)
	forged := replace(t, string(withSchema(t, school, schemaEntry(schemaType))), `"Keel laying"`, `"Keel burning"`)
	d := &documents{bodies: map[string]string{schemaURL: wantsName}}
	r := inspect(t, forged, verify.Config{Fetcher: d})
	require.Equal(t, verify.VerdictNotVerified, r.Verdict)
	require.Zero(t, d.asked.Load())
	require.Equal(t, verify.OutcomeUndetermined, schemaCheck(t, r).Outcome)

	pack, err := fetch.ParsePack([]byte(`{"` + schemaURL + `": ` + wantsMuch + `}`))
	require.NoError(t, err)
	r = inspect(t, forged, verify.Config{Fetcher: pack})
	require.Equal(t, verify.OutcomeFailed, schemaCheck(t, r).Outcome)
}

// Schemas and what they refer to are paid from the requests of the verification.
func TestSchemasCountAsRequests(t *testing.T) {
	school := edIssuer(t, 1)
	refers := `{"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "https://school.example/other"}`
	signed := withSchema(t, school, schemaEntry(schemaType))
	for most, code := range map[int]vc.Code{-1: vc.Code(fetch.CodeBudget), 1: vc.Code(fetch.CodeBudget), 2: ""} {
		d := &documents{bodies: map[string]string{schemaURL: refers, "https://school.example/other": `{"required": ["name"]}`}}
		r := inspect(t, signed, verify.Config{Fetcher: d, Limits: verify.Limits{MaxFetches: most}})
		require.EqualValues(t, max(most, 0), d.asked.Load())
		if code == "" {
			require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
		} else {
			require.Equal(t, []vc.Code{code}, r.Codes())
		}
	}
}

// A schema in a credential counts by that credential's proof, whoever signed it, and its
// own schema is not asked for, which might be itself.
func TestSchemaCredentials(t *testing.T) {
	school, board := edIssuer(t, 1), edIssuer(t, 2)
	text := func(required string) []byte {
		return []byte(`{"@context": ["` + vc.ContextV2 + `"], "id": "` + schemaURL + `", "type": ["VerifiableCredential", "JsonSchemaCredential"],
			"issuer": "` + board.did + `", "credentialSchema": ` + schemaEntry("JsonSchemaCredential") + `,
			"credentialSubject": {"id": "https://school.example/plain", "type": "JsonSchema", "jsonSchema": ` + required + `}}`)
	}
	signed := withSchema(t, school, schemaEntry("JsonSchemaCredential"))
	good := board.sign(t, text(wantsName), nil)
	for name, c := range map[string]struct {
		credential string
		verdict    verify.Verdict
		code       vc.Code
	}{
		"fits":        {string(good), verify.VerdictVerified, ""},
		"misfits":     {string(board.sign(t, text(wantsMuch), nil)), verify.VerdictNotVerified, schema.CodeMismatch},
		"forged":      {string(replace(t, string(good), `["name"]`, `["id"]`)), verify.VerdictUndetermined, schema.CodeCredentialNotVerified},
		"without one": {string(text(wantsName)), verify.VerdictUndetermined, schema.CodeCredentialNotVerified},
		"expired": {string(board.sign(t, text(wantsName), func(o *dataintegrity.SignOptions) {
			o.Created, o.Expires = testkit.Now.AddDate(-1, 0, 0), testkit.Now.AddDate(0, -1, 0)
		})), verify.VerdictUndetermined, schema.CodeCredentialNotVerified},
	} {
		t.Run(name, func(t *testing.T) {
			d := &documents{bodies: map[string]string{schemaURL: c.credential}}
			r := inspect(t, signed, verify.Config{Fetcher: d})
			require.Equal(t, c.verdict, r.Verdict, "%v", r.Problems())
			require.EqualValues(t, 1, d.asked.Load())
			if c.code == "" {
				return
			}
			require.Equal(t, []vc.Code{c.code}, r.Codes())
			if c.code == schema.CodeCredentialNotVerified {
				var inner *verify.Error
				require.True(t, errors.As(schemaCheck(t, r).Problems[0], &inner))
			}
		})
	}
}

// The limits of Config reach the schemas.
func TestSchemaLimits(t *testing.T) {
	school := edIssuer(t, 1)
	signed := withSchema(t, school, schemaEntry(schemaType))
	for code, c := range map[vc.Code]verify.SchemasConfig{
		schema.CodeTooLarge:  {MaxBytes: 10},
		schema.CodeUnfolds:   {MaxNodes: 70},
		schema.CodeTooCostly: {MaxSteps: 30},
	} {
		const pyramid = `{"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "#/$defs/a", "$defs": {
			"a": {"allOf": [B, B, B, B, B, B]}, "b": {"allOf": [C, C, C, C, C, C]}, "c": {}}}`
		refs := strings.NewReplacer("B", `{"$ref": "#/$defs/b"}`, "C", `{"$ref": "#/$defs/c"}`)
		d := &documents{bodies: map[string]string{schemaURL: refs.Replace(pyramid)}}
		r := inspect(t, signed, verify.Config{Fetcher: d, Schemas: c})
		require.Equal(t, []vc.Code{code}, r.Codes())
	}
}
