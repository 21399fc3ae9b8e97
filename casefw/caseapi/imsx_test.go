package caseapi_test

import (
	"encoding/json"
	"testing"

	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

// The published table has the bodies that providers send with their refusals;
// whichever are status information must be read as it says.
func TestStatusInfoCases(t *testing.T) {
	var table struct {
		Cases []struct {
			ID          string
			Body        json.RawMessage
			ExpectError *string
		}
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/rest/status-cases.json"), &table))
	require.Len(t, table.Cases, 24)
	none := []string{"200-sort-warning", "503-empty", "403-message-body", "404-html", "200-html", "501-not-implemented"}
	for _, c := range table.Cases {
		s, ok := caseapi.ParseStatusInfo(c.Body)
		if !ok {
			require.Contains(t, none, c.ID)
			continue
		}
		require.NotContains(t, none, c.ID)
		if c.ID == "unsupported" {
			require.Equal(t, caseapi.Unsupported, s.CodeMajor)
			continue
		}
		require.Equal(t, *c.ExpectError, string(s.Code()), c.ID)
	}
}

func TestSpellingOfVersions(t *testing.T) {
	for code, old := range map[caseapi.CodeMinor]string{
		caseapi.UnauthorisedRequest: "unauthorisedrequest", caseapi.InvalidUUID: "invaliduuid", caseapi.UnknownObject: "unknownobject",
		caseapi.ServerBusy: "server_busy", caseapi.InvalidSortField: "invalid_sort_field",
	} {
		require.Equal(t, old, code.In(caseapi.V1p0))
		require.Equal(t, string(code), code.In(caseapi.V1p1))
		require.Equal(t, code, caseapi.ParseCodeMinor(old))
		require.Equal(t, code, caseapi.ParseCodeMinor(string(code)))
	}
	require.Equal(t, caseapi.CodeMinor("Vendor_Own"), caseapi.ParseCodeMinor("Vendor_Own"))
}

// FuzzParseStatusInfo holds: nothing panics, and what is read is written as what
// reads the same.
func FuzzParseStatusInfo(f *testing.F) {
	f.Add([]byte(`{"imsx_codeMajor":"failure","imsx_severity":"error","imsx_codeMinor":{"imsx_codeMinorField":[
		{"imsx_codeMinorFieldName":"x","imsx_codeMinorFieldValue":"invaliduuid"}]}}`))
	f.Add([]byte(`{"imsx_codeMajor":"failure","imsx_CodeMinor":{"imsx_codeMinorField":{}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, ok := caseapi.ParseStatusInfo(text)
		if !ok {
			return
		}
		again, ok := caseapi.ParseStatusInfo(s.Append(nil, caseapi.V1p1))
		require.True(t, ok)
		require.Equal(t, s, again)
	})
}
