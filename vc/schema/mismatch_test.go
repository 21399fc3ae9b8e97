package schema_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/schema"
)

// told is what problems say, by their pointers.
func told(e *schema.Entry) (lines []string) {
	for _, p := range e.Problems {
		lines = append(lines, p.Pointer+" "+p.Found)
	}
	return lines
}

func TestPlacesOfMismatches(t *testing.T) {
	text := readFile(t, "swimming.schema.json")
	const subject = "/credentialSubject"
	for name, c := range map[string]struct {
		subject object
		want    []string
	}{
		"missing":      {object{}, []string{subject + " required: missing properties: 'distance'"}},
		"another kind": {object{"distance": "far"}, []string{subject + "/distance type: expected integer, but got string"}},
		"a value":      {object{"distance": 60}, []string{subject + "/distance multipleOf"}},
		"two of one":   {object{"distance": -3}, []string{subject + "/distance minimum", subject + "/distance multipleOf"}},
		"a format":     {object{"distance": 25, "contact": "pat doe"}, []string{subject + "/contact format"}},
		"an item": {object{"distance": 25, "strokes": []string{"back", "dog"}}, []string{subject +
			"/strokes/1 enum: value must be one of \"back\", \"breast\", \"butterfly\", \"freestyle\""}},
		"an item twice": {object{"distance": 25, "strokes": []string{"back", "back"}}, []string{subject +
			"/strokes uniqueItems: items at index 0 and 1 are equal"}},
		"no alternative": {object{"distance": 25, "club": 7}, []string{subject + "/club anyOf"}},
		"the alternative": {object{"distance": 25, "club": object{"name": "x"}}, []string{subject +
			"/club/name minLength: length must be >= 2, but got 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := credential(t, c.subject, entry())
			doc = parse(t, strings.Replace(string(doc.Bytes()), "{", `{"validUntil": "2030-01-01T00:00:00Z",`, 1))
			for range 5 { // the library walks maps
				e := check(t, doc, options(serving(text)))
				require.Equal(t, schema.StateMisfits, e.State)
				require.Equal(t, c.want, told(e))
			}
		})
	}
}

func TestPointersAreEscaped(t *testing.T) {
	e := judge(t, subjectSchema(`{"additionalProperties": {"additionalProperties": false}}`), object{"a/b ~%41ü": object{"x": 1}}, nil)
	require.Equal(t, []string{"/credentialSubject/a~1b ~0%41ü additionalProperties"}, told(e))
	e = judge(t, subjectSchema(`{"properties": {"x": false}}`), object{"x": 1}, nil)
	require.Equal(t, []string{"/credentialSubject/x not allowed"}, told(e))
}

// Values of the document are personal: no text of a problem has one, whatever keyword
// they do not fit.
func TestTextsShowNoValues(t *testing.T) {
	const secret = "Pat-Doe-4711"
	for _, rule := range []string{
		`{"type": "array"}`, `{"const": "x"}`, `{"enum": ["x"]}`, `{"format": "email"}`, `{"format": "date-time"}`, `{"pattern": "^x$"}`,
		`{"maxLength": 1}`, `{"minLength": 100}`, `{"not": {}}`, `false`,
		`{"anyOf": [{"const": 1}, {"maxLength": 2}]}`, `{"oneOf": [{}, {}]}`,
		`{"if": {}, "then": false}`,
	} {
		e := judge(t, subjectSchema(`{"properties": {"x": `+rule+`}}`), object{"x": secret}, nil)
		want(t, e, schema.StateMisfits, schema.CodeMismatch)
		require.NotContains(t, e.Problems[0].Error(), secret)
	}
	for _, rule := range []string{`{"minimum": 9999}`, `{"exclusiveMaximum": 1}`,
		`{"maximum": 1}`, `{"exclusiveMinimum": 9999}`, `{"multipleOf": 10}`} {
		e := judge(t, subjectSchema(`{"properties": {"x": `+rule+`}}`), object{"x": 4711}, nil)
		want(t, e, schema.StateMisfits, schema.CodeMismatch)
		require.NotContains(t, e.Problems[0].Error(), "4711")
	}
	for _, rule := range []string{`{"additionalProperties": false}`, `{"maxProperties": 0}`, `{"propertyNames": {"maxLength": 1}}`} {
		e := judge(t, subjectSchema(rule), object{secret: 1}, nil)
		want(t, e, schema.StateMisfits, schema.CodeMismatch)
		require.NotContains(t, e.Problems[0].Message+e.Problems[0].Found+e.Problems[0].Expected, secret)
	}
}

func TestMismatchesAreBounded(t *testing.T) {
	e := judge(t, subjectSchema(`{"properties": {"x": {"items": {"type": "string"}}}}`), object{"x": make([]int, 150)}, nil)
	want(t, e, schema.StateMisfits, schema.CodeMismatch)
	require.Len(t, e.Problems, 101)
	last := e.Problems[100]
	require.Equal(t, rules.CodeMore, last.Code)
	require.Equal(t, "50 more", last.Found)

	long := strings.Repeat("n", 10_000)
	e = judge(t, subjectSchema(`{"required": ["`+long+`"], "properties": {"`+long+`x": false}}`), object{long + "x": 1}, nil)
	for _, p := range e.Problems {
		require.Less(t, len(fmt.Sprint(p)), 2_000)
	}
}
