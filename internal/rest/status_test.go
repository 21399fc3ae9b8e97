package rest_test

import (
	"encoding/json"
	"testing"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/stretchr/testify/require"
)

func TestStatusIsWrittenAndRead(t *testing.T) {
	s := rest.Status{CodeMajor: rest.Failure, Severity: rest.SeverityError, Description: "a \"quote\", a \\, a \x01, a ü, a \xff",
		CodeMinor: []rest.MinorField{{"TargetEndSystem", rest.CASE1p1.Spell(rest.UnknownObject)}, {"x", "y"}}}
	text := s.Append(nil)
	require.True(t, json.Valid(text), string(text))
	doc, err := jsonx.Parse(text, jsonx.Limits{}, nil)
	require.NoError(t, err)
	read, ok := rest.ReadStatus(doc.Root())
	require.True(t, ok)
	s.Description = "a \"quote\", a \\, a \x01, a ü, a \uFFFD"
	require.Equal(t, s, read)
}

func TestNoStatus(t *testing.T) {
	for _, text := range []string{`{}`, `[]`, `"failure"`, `{"message":"no"}`, `{"imsx_severity":"error"}`} {
		doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
		require.NoError(t, err)
		_, ok := rest.ReadStatus(doc.Root())
		require.False(t, ok, text)
	}
}
