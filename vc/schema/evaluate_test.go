package schema_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/schema"
)

// A value is judged by a schema of the old drafts too, that is given or asked for.
func TestEvaluate(t *testing.T) {
	const url = "https://extensions.example/height.json"
	for _, c := range []struct {
		text, value string
		state       schema.State
		pointer     string
		code        vc.Code
	}{
		{`{"required": ["cm"], "properties": {"cm": {"type": "number", "minimum": 0, "exclusiveMinimum": true}}}`, `{"cm": 3}`, schema.StateFits, "", ""},
		{`{"required": ["cm"], "properties": {"cm": {"type": "number", "minimum": 0, "exclusiveMinimum": true}}}`, `{"cm": 0}`,
			schema.StateMisfits, "/cm", schema.CodeMismatch},
		{`{"$schema": "http://json-schema.org/draft-04/schema#", "type": "object"}`, `[]`, schema.StateMisfits, "", schema.CodeMismatch},
		{`{"$schema": "http://json-schema.org/draft-06/schema#", "const": 1}`, `2`, schema.StateMisfits, "", schema.CodeMismatch},
		{`{` + head + `, "const": 1}`, `1`, schema.StateFits, "", ""},
		{`{"$schema": "http://json-schema.org/draft-03/schema#"}`, `1`, schema.StateUnknown, "/id", schema.CodeDraftNotSupported},
		{`{"properties": {"required": ["cm"]}}`, `1`, schema.StateUnknown, "/id", schema.CodeInvalid},
		{`{`, `1`, schema.StateUnknown, "/id", schema.CodeInvalid},
		{`{}`, `{`, schema.StateUnknown, "", schema.CodeFailed},
		{levels(12, `{"allOf": [NEXT, NEXT]}`), `1`, schema.StateUnknown, "/id", schema.CodeUnfolds},
	} {
		h := &host{bodies: map[string]string{url: c.text}}
		given := schema.Evaluate(t.Context(), []byte(c.value), url, []byte(c.text), schema.Options{})
		fetched := schema.Evaluate(t.Context(), []byte(c.value), url, nil, schema.Options{Fetcher: h})
		require.Equal(t, given.Problems, fetched.Problems)
		require.Equal(t, c.state, given.State, "%s %s %v", c.text, c.value, given.Problems)
		require.Equal(t, c.code == "", len(given.Problems) == 0)
		for _, p := range given.Problems {
			require.Equal(t, c.code, p.Code)
			require.Equal(t, c.pointer, p.Pointer)
		}
	}
	offline := schema.Evaluate(t.Context(), []byte(`{}`), url, nil, schema.Options{})
	require.Equal(t, schema.StateUnknown, offline.State)
	require.Equal(t, schema.CodeUnavailable, offline.Problems[0].Code)
}
