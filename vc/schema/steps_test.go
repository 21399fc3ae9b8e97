package schema_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/schema"
)

// subjectSchema judges the credential's subject.
func subjectSchema(rule string) string {
	return `{` + head + `, "properties": {"credentialSubject": ` + rule + `}}`
}

// What would take long over this document is not begun: small schemas over small
// documents whose product is large.
func TestEvaluationsThatAreNotBegun(t *testing.T) {
	nested := func(n int) string { return strings.Repeat(`{"a":`, n) + `{}` + strings.Repeat(`}`, n) }
	many := func(n int, item string) string {
		return `[` + strings.TrimSuffix(strings.Repeat(item+",", n), ",") + `]`
	}
	twice := `{"$ref": "#/$defs/n"}`
	for name, c := range map[string]struct{ text, subject string }{
		"twice at each level": {`{` + head + `, "$ref": "#/$defs/n", "$defs":
			{"n": {"additionalProperties": {"allOf": [` + twice + `,` + twice + `]}}}}`,
			nested(50)},
		"many alternatives for many items": {
			subjectSchema(`{"properties": {"x": {"items": {"anyOf": ` + many(1_000, `{"type": "string"}`) + `}}}}`),
			`{"x": ` + many(1_000, `0`) + `}`},
		"long patterns over long texts": {subjectSchema(`{"properties": {"x": {"pattern": "(a|aa){200}$"}}}`),
			`{"x": "` + strings.Repeat("a", 100_000) + `"}`},
		"patterns over many names": {subjectSchema(`{"patternProperties": {"(a|aa){200}$": {}}}`),
			`{` + strings.TrimSuffix(strings.Repeat(`"NAME": 0,`, 4_000), ",") + `}`},
		"unique items": {subjectSchema(`{"properties": {"x": {"uniqueItems": true}}}`),
			`{"x": ` + many(5_000, `[]`) + `}`},
		"many literals": {subjectSchema(`{"properties": {"x": {"items": {"enum": ` + many(2_000, `"a literal of some length"`) + `}}}}`),
			`{"x": ` + many(2_000, `"a"`) + `}`},
		"places that are long": {
			subjectSchema(`{"properties": {"x": {"properties": {"` + strings.Repeat("n", 50_000) + `": {"items": {"type": "string"}}}}}}`),
			`{"x": {"` + strings.Repeat("n", 50_000) + `": ` + many(1_000, `0`) + `}}`},
	} {
		t.Run(name, func(t *testing.T) {
			subject := c.subject
			for i := 0; strings.Contains(subject, "NAME"); i++ {
				subject = strings.Replace(subject, "NAME", strings.Repeat("a", 20)+string(rune('α'+i%1000))+string(rune('一'+i)), 1)
			}
			e := check(t, about(t, subject), options(serving(c.text)))
			want(t, e, schema.StateUnknown, schema.CodeTooCostly)
		})
	}
}

// The count is of no use if it refuses what is honest: each kind of schema above is
// evaluated over a document of a usual size.
func TestHonestEvaluations(t *testing.T) {
	require.Equal(t, schema.StateFits, judge(t, subjectSchema(`{
		"properties": {
			"x": {"items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}, "uniqueItems": true},
			"y": {"pattern": "^(https?|did):[^ ]+$", "maxLength": 100000},
			"z": {"enum": ["Course", "Badge", "Certificate"]}
		},
		"patternProperties": {"^ext:": {"type": "object"}},
		"propertyNames": {"pattern": "^[a-z:]+$"},
		"unevaluatedProperties": false}`),
		object{"x": []any{1, 2, "three"}, "y": "did:" + strings.Repeat("x", 50_000), "z": "Badge", "ext:a": object{}}, nil).State)
}
