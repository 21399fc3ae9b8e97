package schema_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/schema"
)

// levels is a schema of definitions, each of which refers to the next.
func levels(n int, level string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `{%s, "$ref": "#/$defs/l0", "$defs": {"l%d": {"type": "object"}`, head, n)
	for i := range n {
		fmt.Fprintf(&b, `, "l%d": %s`, i, strings.ReplaceAll(level, "NEXT", fmt.Sprintf(`{"$ref": "#/$defs/l%d"}`, i+1)))
	}
	return b.String() + `}}`
}

// Schemas whose references make more of them than is evaluated are refused before they
// are, however small their text is.
func TestSchemasThatUnfold(t *testing.T) {
	list := func(n int, item string) string { return strings.Join(strings.Fields(strings.Repeat(item+" ", n)), ",") }
	for name, c := range map[string]struct {
		text string
		code vc.Code
	}{
		"a pyramid of allOf":            {levels(30, `{"allOf": [NEXT, NEXT]}`), schema.CodeUnfolds},
		"a pyramid of anyOf":            {levels(8, `{"anyOf": [NEXT, NEXT, NEXT, NEXT]}`), schema.CodeUnfolds},
		"references in members":         {levels(30, `{"properties": {"a": NEXT, "b": NEXT}}`), schema.CodeUnfolds},
		"references in items":           {levels(30, `{"items": NEXT, "contains": NEXT}`), schema.CodeUnfolds},
		"conditions":                    {levels(30, `{"if": NEXT, "then": NEXT, "else": NEXT}`), schema.CodeUnfolds},
		"everybody refers to everybody": {strings.ReplaceAll(levels(12, `{"properties": {ALL}}`), "ALL", all(12)), schema.CodeUnfolds},
		"a long chain":                  {levels(70, `NEXT`), schema.CodeUnfolds},
		"a wide one":                    {`{` + head + `, "allOf": [` + list(5_001, "{}") + `]}`, schema.CodeTooLarge},
		"a deep one": {`{` + head + `, "items": ` + strings.Repeat(`{"items":`, 64) + `{}` + strings.Repeat(`}`, 64) + `}`,
			schema.CodeTooLarge},
		"a long one": {`{` + head + `, "title": "` + strings.Repeat("x", 256<<10) + `"}`, schema.CodeTooLarge},
		"a pattern that unfolds": {`{` + head + `, "properties": {"id": {"pattern": "(a{100}){10}(b{100}){10}c{900}"}}}`,
			schema.CodeTooLarge},
		"many patterns": {`{` + head + `, "allOf": [` + list(100, `{"pattern":"a{250}"}`) + `]}`, schema.CodeTooLarge},
		"a long pattern": {`{` + head + `, "patternProperties": {"` + strings.Repeat("x", 2_001) + `": {}}}`,
			schema.CodeTooLarge},

		"a small pyramid":     {levels(8, `{"allOf": [NEXT, NEXT]}`), ""},
		"a chain":             {levels(25, `NEXT`), ""},
		"a list":              {`{` + head + `, "$ref": "#/$defs/n", "$defs": {"n": {"properties": {"next": {"$ref": "#/$defs/n"}}}}}`, ""},
		"a pattern as in use": {`{` + head + `, "properties": {"id": {"pattern": "^[a-z]{2}(-[A-Z]{2})?$"}}}`, schema.CodeMismatch},
	} {
		t.Run(name, func(t *testing.T) {
			e := check(t, about(t, `{}`), options(serving(c.text)))
			switch c.code {
			case "":
				want(t, e, schema.StateFits, "")
			case schema.CodeMismatch:
				want(t, e, schema.StateMisfits, c.code)
			default:
				want(t, e, schema.StateUnknown, c.code)
			}
		})
	}
}

// all refers to each of n levels.
func all(n int) string {
	refs := make([]string, n)
	for i := range n {
		refs[i] = fmt.Sprintf(`"p%d": {"$ref": "#/$defs/l%d"}`, i, i)
	}
	return strings.Join(refs, ", ")
}

// The limits are the caller's to raise, and the published schema of the badge is within
// those by default.
func TestLimitsAreOptions(t *testing.T) {
	text := levels(12, `{"allOf": [NEXT, NEXT]}`)
	o := options(serving(text))
	want(t, check(t, credential(t, object{}, entry()), o), schema.StateUnknown, schema.CodeUnfolds)
	o.MaxNodes, o.MaxSteps = 100_000, 1_000_000
	want(t, check(t, credential(t, object{}, entry()), o), schema.StateFits, "")
	o.MaxSteps = 1_000
	want(t, check(t, credential(t, object{}, entry()), o), schema.StateUnknown, schema.CodeTooCostly)
	o.MaxBytes = 100
	want(t, check(t, credential(t, object{}, entry()), o), schema.StateUnknown, schema.CodeTooLarge)

	badge := string(testkit.ReadShared(t, "ob/schemas/ob_v3p0/ob_v3p0_achievementcredential_schema.json"))
	e := judge(t, badge, object{}, nil)
	require.Equal(t, schema.StateMisfits, e.State, "%v", e.Problems)
}
