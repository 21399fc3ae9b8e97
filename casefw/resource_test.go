package casefw_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// reading reads a body as the class of an endpoint, strictly and tolerantly.
type reading struct {
	strict  func([]byte, casefw.Options) *casefw.Report
	lenient func([]byte, casefw.Options) (any, []byte, *casefw.Report, error)
}

func readingOf[R casefw.Resource]() reading {
	return reading{
		strict: func(b []byte, o casefw.Options) *casefw.Report { return casefw.Validate[R](b, casefw.V1p1, o) },
		lenient: func(b []byte, o casefw.Options) (any, []byte, *casefw.Report, error) {
			rec, report, err := casefw.Parse[R](b, o)
			if err != nil {
				return nil, nil, report, err
			}
			return rec, casefw.Append(nil, rec, casefw.AsSent), report, nil
		},
	}
}

var endpoints = map[string]reading{
	"CFDocuments":           readingOf[casefw.CFDocumentSet](),
	"CFDocument":            readingOf[casefw.CFDocument](),
	"CFPackage":             readingOf[casefw.CFPackage](),
	"CFItem":                readingOf[casefw.CFItem](),
	"CFItemAssociations":    readingOf[casefw.CFAssociationSet](),
	"CFAssociation":         readingOf[casefw.CFAssociation](),
	"CFAssociationGrouping": readingOf[casefw.CFAssociationGrouping](),
	"CFConcepts":            readingOf[casefw.CFConceptSet](),
	"CFSubjects":            readingOf[casefw.CFSubjectSet](),
	"CFItemTypes":           readingOf[casefw.CFItemTypeSet](),
	"CFItemType":            readingOf[casefw.CFItemTypeSet](),
	"CFLicense":             readingOf[casefw.CFLicense](),
	"CFRubric":              readingOf[casefw.CFRubric](),
}

func TestResponses(t *testing.T) {
	var cases map[string]struct{ Strict, Lenient string }
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/rest/responses/expected.json"), &cases))
	for name, want := range cases {
		t.Run(name, func(t *testing.T) {
			body := testkit.ReadShared(t, "case/rest/responses/"+name)
			endpoint := strings.SplitN(strings.TrimSuffix(name, ".json"), "-", 3)[1]
			o := casefw.Options{Selection: strings.Contains(want.Strict, "fields=")}
			strict := endpoints[endpoint].strict(body, o)
			require.Equal(t, strings.HasPrefix(want.Strict, "accept"), strict.Valid(), "%v", strict.Findings)
			_, again, report, err := endpoints[endpoint].lenient(body, o)
			require.NoError(t, err)
			if want.Lenient == "accept-with-warnings" {
				require.Equal(t, casefw.AcceptWithWarnings, report.Verdict())
			}
			if strict.Valid() {
				require.Equal(t, casefw.Accept, report.Verdict(), "%v", report.Findings)
				require.Equal(t, value(t, body), value(t, again))
			}
		})
	}
}

func TestRealDocumentSet(t *testing.T) {
	body := testkit.ReadShared(t, "case/rest/cfdocuments-smarterbalanced.json")
	set, _, err := casefw.Parse[casefw.CFDocumentSet](body, casefw.Options{})
	require.NoError(t, err)
	require.Len(t, set.CFDocuments, 14)
	require.Equal(t, value(t, body), value(t, casefw.Append(nil, set, casefw.AsSent)))
}

func TestWrongResource(t *testing.T) {
	for _, body := range []string{`{"error":"no"}`, `"text"`, `[1]`, `{}`, `null`} {
		_, report, err := casefw.Parse[casefw.CFItem]([]byte(body), casefw.Options{})
		requireCode(t, err, casefw.CodeWrongResource)
		require.Equal(t, casefw.Reject, report.Verdict())
		_, _, err = casefw.LoadBytes([]byte(body), casefw.Options{})
		requireCode(t, err, casefw.CodeWrongResource)
	}
}

func TestDowngrade(t *testing.T) {
	p, _, err := casefw.Parse[casefw.CFPackage](synthetic(t, "a01-full-v1p1.json"), casefw.Options{})
	require.NoError(t, err)
	losses := casefw.Downgrade(p)
	require.True(t, losses.Has(casefw.CodeMemberLost))
	require.True(t, losses.Has(casefw.CodeTypeGeneralized))
	require.True(t, losses.Complete())
	report := casefw.Validate[casefw.CFPackage](casefw.Append(nil, p, casefw.Standard), casefw.V1p0, casefw.Options{})
	require.True(t, report.Valid(), "%v", report.Findings)

	old, _, err := casefw.Parse[casefw.CFPackage](synthetic(t, "a02-full-v1p0.json"), casefw.Options{})
	require.NoError(t, err)
	before := string(casefw.Append(nil, old, casefw.AsSent))
	require.Zero(t, casefw.Downgrade(old).Total())
	casefw.Upgrade(old.CFDocument)
	require.True(t, casefw.Validate[casefw.CFPackage](casefw.Append(nil, old, casefw.Repaired), casefw.V1p1, casefw.Options{}).Valid())
	advice := casefw.Downgrade(old)
	require.Equal(t, []vc.Severity{vc.SeverityAdvice}, []vc.Severity{advice.Findings[0].Severity}, "the version alone is no loss")
	require.Equal(t, 1, advice.Total())
	require.Equal(t, casefw.Accept, advice.Verdict())
	require.Equal(t, before, string(casefw.Append(nil, old, casefw.AsSent)), "there and back loses nothing")
}
