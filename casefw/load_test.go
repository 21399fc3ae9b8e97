package casefw_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

func written(t testing.TB, f *casefw.Framework, form casefw.Form) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, f.WriteJSON(context.Background(), &b, form))
	return b.String()
}

// value reads JSON as plain values with numbers by their text.
func value(t testing.TB, text []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	require.NoError(t, d.Decode(&v))
	return v
}

func TestRealPackagesRoundTrip(t *testing.T) {
	for name, text := range realPackages(t) {
		t.Run(name, func(t *testing.T) {
			if strings.Contains(name, "stub") {
				_, _, err := casefw.LoadBytes(text, casefw.Options{})
				requireCode(t, err, casefw.CodeWrongResource)
				return
			}
			want := value(t, text)
			f, _, err := casefw.LoadBytes(text, casefw.Options{})
			require.NoError(t, err)
			require.Equal(t, want, value(t, []byte(written(t, f, casefw.AsSent))), "the framework")
			p, _, err := casefw.Parse[casefw.CFPackage](text, casefw.Options{})
			require.NoError(t, err)
			require.Equal(t, want, value(t, casefw.Append(nil, p, casefw.AsSent)), "the package")
			require.Equal(t, p, f.Package())
			require.Equal(t, want, value(t, []byte(written(t, casefw.NewFramework(p), casefw.AsSent))), "the package's framework")
		})
	}
}

// Reading in one piece, from a slow stream and as a tree must come to the same.
func TestWaysOfReadingAgree(t *testing.T) {
	for name, text := range allPackages(t) {
		t.Run(name, func(t *testing.T) {
			agree(t, text)
			o := casefw.Options{MaxFindings: -1}
			_, report, err := casefw.LoadBytes(text, o)
			streamed, streamReport, _ := casefw.Load(context.Background(), iotest.HalfReader(bytes.NewReader(text)), o)
			require.Equal(t, report, streamReport)
			require.Equal(t, err == nil, streamed != nil)
			if _, _, treeErr := casefw.Parse[casefw.CFPackage](text, o); err != nil {
				require.Equal(t, treeErr.(*vc.Problem).Code, err.(*vc.Problem).Code)
			}
		})
	}
}

// What was repaired must come out in the form of the standard: reading it again
// finds no fault that a repair can mend.
func TestRepairedIsCleaner(t *testing.T) {
	for name, text := range allPackages(t) {
		t.Run(name, func(t *testing.T) {
			if p, _, err := casefw.Parse[casefw.CFPackage](text, casefw.Options{}); err == nil {
				mended(t, p)
			}
		})
	}
}

func mended(t *testing.T, p *casefw.CFPackage) {
	t.Helper()
	repaired := casefw.Append(nil, p, casefw.Repaired)
	again, report, err := casefw.Parse[casefw.CFPackage](repaired, casefw.Options{})
	if errors.Is(err, &vc.Problem{Code: casefw.CodeWrongResource}) {
		for _, m := range casefw.Properties("CFPackage") { // all that made it a package was null
			require.Nil(t, value(t, repaired).(map[string]any)[m.Name], "%s", repaired)
		}
		return
	}
	require.NoError(t, err)
	for _, code := range []vc.Code{casefw.CodeNullValue, casefw.CodeStringInsteadOfArray, casefw.CodeArrayInsteadOfObject,
		casefw.CodeObjectInsteadOfArray, casefw.CodeNodeNotObject, casefw.CodeNumberAsString, casefw.CodeAssociationRepaired,
		casefw.CodeFullStatementRepaired, casefw.CodeWrappedResource, casefw.CodeDefinitionsNotObject} {
		require.Zero(t, report.Counts[code], "%s of %v: %s", code, report.Findings, repaired)
	}
	require.Equal(t, string(repaired), string(casefw.Append(nil, again, casefw.Repaired)))
}

// A member that was null is not given the value of another spelling by being written
// repaired, and one that could not be repaired is left out.
func TestRepairedMakesUpNothing(t *testing.T) {
	text := `{"CFDocument":{"adoptionStatus":null,"AdoptionStatus":"Draft"},"CFItems":[{"notes":null,"Notes":"n","fullStatement":[""]}],
		"CFDefinitions":"","CFRubrics":null,"cfRubrics":[{"title":"t"}]}`
	f, _, err := casefw.LoadBytes([]byte(text), casefw.Options{})
	require.NoError(t, err)
	require.JSONEq(t, text, written(t, f, casefw.AsSent))
	require.JSONEq(t, `{"CFDocument":{},"CFItems":[{}]}`, written(t, f, casefw.Repaired))
	require.Empty(t, f.Document().AdoptionStatus)
	mended(t, f.Package())
}

// Whatever stands in the place of a text, a stream and a tree see the same in it.
func TestWhatIsReadForAText(t *testing.T) {
	odd := []string{`{"title":0}`, `{"title":{}}`, `{"title":null}`, `{"title":"t"}`, `{}`, `[0]`, `[null]`, `[{"title":"t"}]`, `["a"]`,
		`[[]]`, `[]`, `0`, `true`, `null`, `""`, `"a"`}
	names := []string{"identifier", "uri", "fullStatement", "alternativeLabel", "statusStartDate", "statusEndDate"}
	for i, a := range names {
		for _, b := range names[i+1:] {
			for _, x := range odd {
				for _, y := range odd {
					agree(t, fmt.Appendf(nil, `{"CFItems":[{"%s":%s,"%s":%s}],"CFAssociations":[]}`, a, x, b, y))
				}
			}
		}
	}
}

func TestElementsThatAreNoObjectsKeepTheirPlace(t *testing.T) {
	text := `{"CFItems":[null,{"identifier":"a"},"stray",{"identifier":"b"},7],"CFAssociations":[[]]}`
	f, report, err := casefw.LoadBytes([]byte(text), casefw.Options{})
	require.NoError(t, err)
	require.Equal(t, 2, f.Len())
	require.Equal(t, 3, report.Counts[casefw.CodeWrongType])
	require.Equal(t, 1, report.Counts[casefw.CodeNullValue])
	require.JSONEq(t, text, written(t, f, casefw.AsSent))
	require.JSONEq(t, `{"CFItems":[{"identifier":"a"},{"identifier":"b"}],"CFAssociations":[]}`, written(t, f, casefw.Repaired))
}

func TestSpellings(t *testing.T) {
	// The exact spelling is read whatever comes first; the other is kept.
	for _, text := range []string{`{"cfdocument":{"title":"one"},"CFDocument":{"title":"two"},"CFItems":[]}`,
		`{"CFDocument":{"title":"two"},"cfdocument":{"title":"one"},"CFItems":[]}`} {
		f, report, err := casefw.LoadBytes([]byte(text), casefw.Options{})
		require.NoError(t, err)
		require.Equal(t, "two", f.Title())
		require.True(t, report.Has(casefw.CodeUnknownProperty))
		require.JSONEq(t, text, written(t, f, casefw.AsSent))
	}
	f := loaded(t, []byte(`{"cfItems":[{"FullStatement":"x","identifier":"a"}]}`))
	require.Equal(t, "x", f.At(0).Statement())
	require.JSONEq(t, `{"cfItems":[{"FullStatement":"x","identifier":"a"}]}`, written(t, f, casefw.AsSent))
	require.JSONEq(t, `{"CFItems":[{"fullStatement":"x","identifier":"a"}]}`, written(t, f, casefw.Repaired))
}

func TestRepeatedNames(t *testing.T) {
	text := `{"CFItems":[{"identifier":"a","x":{"k":1,"k":2,"l":3},"identifier":"b"}]}`
	f, report, err := casefw.LoadBytes([]byte(text), casefw.Options{})
	require.NoError(t, err)
	require.Equal(t, 2, report.Counts[casefw.CodeDuplicateJSONKey])
	require.JSONEq(t, `{"CFItems":[{"x":{"k":2,"l":3},"identifier":"b"}]}`, written(t, f, casefw.AsSent))
	var lost []string
	for _, finding := range report.Findings {
		if finding.Code == casefw.CodeDuplicateJSONKey {
			lost = append(lost, finding.Pointer+" "+finding.Found)
		}
	}
	require.Equal(t, []string{`/CFItems/0/x/k "1"`, `/CFItems/0/identifier "a"`}, lost, "what is not read is reported")
}

func TestNumbersBeyondAFloatAreKept(t *testing.T) {
	text := `{"CFItems":[{"identifier":"a","extensions":{"n":1e999,"m":9007199254740993}}]}`
	f, report, err := casefw.LoadBytes([]byte(text), casefw.Options{})
	require.NoError(t, err)
	require.True(t, report.Has(casefw.CodeNumberOutOfRange))
	require.JSONEq(t, `{"n":"1e999","m":9007199254740993}`, string(f.At(0).Extensions()))
	require.Contains(t, string(f.At(0).Extensions()), "9007199254740993")
}

// places lists which code was found where.
func places(r *casefw.Report) []string {
	var all []string
	for _, f := range r.Findings {
		place := f.Pointer
		if strings.Contains(place, "…") {
			place = "a long name" // which was cut as a whole, or in part
		}
		all = append(all, string(f.Code)+" at "+place)
	}
	slices.Sort(all)
	return all
}
