package imsrest_test

import (
	"encoding/json"
	"testing"

	"github.com/laurel-edu/laurel/internal/imsrest"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/stretchr/testify/require"
)

func TestStatusIsWrittenAndRead(t *testing.T) {
	s := imsrest.Status{CodeMajor: imsrest.Failure, Severity: imsrest.SeverityError, Description: "a \"quote\", a \\, a \x01, a ü, a \xff",
		CodeMinor: []imsrest.MinorField{{"TargetEndSystem", imsrest.UnknownObject}, {"x", "y"}}}
	text := s.Append(nil)
	require.True(t, json.Valid(text), string(text))
	doc, err := jsonx.Parse(text, jsonx.Limits{}, nil)
	require.NoError(t, err)
	read, ok := imsrest.ReadStatus(doc.Root())
	require.True(t, ok)
	s.Description = "a \"quote\", a \\, a \x01, a ü, a \uFFFD"
	require.Equal(t, s, read)
}

func TestNoStatus(t *testing.T) {
	for _, text := range []string{`{}`, `[]`, `"failure"`, `{"message":"no"}`, `{"imsx_severity":"error"}`} {
		doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
		require.NoError(t, err)
		_, ok := imsrest.ReadStatus(doc.Root())
		require.False(t, ok, text)
	}
}
