package casefw_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

const everyMember = `{"CFDocument":{"identifier":"6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f01","uri":"https://case.example.edu/d",
	"frameworkType":"x","caseVersion":"1.1","creator":"Example\nBoard","title":"Gardening","description":"one\ntwo\tthree\r",
	"lastChangeDateTime":"2024-05-01T08:00:00Z","subject":["a\nb"],"notes":"","extensions":{"a":[1]}},
	"CFItems":[{"identifier":"6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f02","uri":"https://case.example.edu/i/2","fullStatement":"Dig\nin",
	"lastChangeDateTime":"2024-05-01T08:00:00Z","subject":["s"],"subjectURI":[{"title":"t","identifier":"i","uri":"https://u"}],
	"notes":"a\nb","extensions":{"long":"x"}}],
	"CFAssociations":[
	{"identifier":"6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f03","associationType":"isTranslationOf","uri":"https://case.example.edu/a/3",
	 "originNodeURI":{"title":"t","identifier":"6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f02","uri":"https://u","targetType":"CASE"},
	 "destinationNodeURI":{"title":"t","identifier":"6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f01","uri":"https://u"},
	 "lastChangeDateTime":"2024-05-01T08:00:00Z","notes":"n","extensions":{}},
	{"identifier":"6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f04","associationType":"ext:x","uri":"https://case.example.edu/a/4",
	 "originNodeURI":{"title":"t","identifier":"6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f02","uri":"https://u"},
	 "destinationNodeURI":{"title":"t","identifier":"15-1252.00","uri":"https://u","targetType":"ext:onet"},
	 "lastChangeDateTime":"2024-05-01T08:00:00Z"}],
	"CFRubrics":[{"identifier":"6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f05","uri":"https://r","description":"a\nb",
	 "lastChangeDateTime":"2024-05-01T08:00:00Z","extensions":{"c":2},"CFRubricCriteria":[{
	 "identifier":"6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f06","uri":"https://c","description":"c\nd","weight":1.50,"position":0,
	 "lastChangeDateTime":"2024-05-01T08:00:00Z","CFRubricCriterionLevels":[{"identifier":"6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f07",
	 "uri":"https://l","lastChangeDateTime":"2024-05-01T08:00:00Z","feedback":"f\ng","extensions":[{"z":1}]}]}]}],
	"extensions":{"p":1}}`

// A record that is written as one of 1.0 is what Downgrade makes of a copy, and is left
// as it was; of a list without what 1.0 cannot say.
func TestAppendVersion(t *testing.T) {
	f, _, err := casefw.LoadBytes([]byte(everyMember), casefw.Options{})
	require.NoError(t, err)
	p := f.Package()
	sameInBothVersions(t, p, func(old *casefw.CFPackage) {
		old.CFAssociations = slices.DeleteFunc(old.CFAssociations, func(a casefw.CFAssociation) bool { return a.BeyondCASE() })
	})
	sameInBothVersions(t, f.StandaloneDocument(), nil)
	sameInBothVersions(t, f.At(0).Standalone(), nil)
	sameInBothVersions(t, f.AssociationAt(0).Standalone(), nil)
	sameInBothVersions(t, &f.Rubrics()[0], nil)
	sameInBothVersions(t, f.At(0).AssociationSet(), func(old *casefw.CFAssociationSet) {
		old.CFAssociations = slices.DeleteFunc(old.CFAssociations, func(a casefw.CFAssociation) bool { return a.BeyondCASE() })
	})

	for _, v := range []casefw.Version{casefw.V1p0, casefw.V1p1} {
		var b strings.Builder
		require.NoError(t, f.WriteVersion(context.Background(), &b, v))
		require.Equal(t, b.String(), string(casefw.AppendVersion(nil, p, v)))
	}
	require.NotContains(t, string(casefw.AppendVersion(nil, p, casefw.V1p0)), "ext:")
}

func sameInBothVersions[R casefw.Resource](t *testing.T, rec *R, leave func(*R)) {
	t.Helper()
	before := string(casefw.Append(nil, rec, casefw.AsSent))
	require.Equal(t, string(casefw.Append(nil, rec, casefw.Standard)), string(casefw.AppendVersion(nil, rec, casefw.V1p1)))
	old, _, err := casefw.Parse[R]([]byte(before), casefw.Options{})
	require.NoError(t, err)
	if leave != nil {
		leave(old)
	}
	casefw.Downgrade(old)
	require.Equal(t, string(casefw.Append(nil, old, casefw.Standard)), string(casefw.AppendVersion(nil, rec, casefw.V1p0)))
	require.Equal(t, before, string(casefw.Append(nil, rec, casefw.AsSent)))
}

// What was built and is no JSON is left out, so that what is written is.
func TestAppendVersionIsJSON(t *testing.T) {
	rubric := &casefw.CFRubric{Extensions: []byte(`{"a":`), CFRubricCriteria: []casefw.CFRubricCriterion{
		{Weight: "much", CFRubricCriterionLevels: []casefw.CFRubricCriterionLevel{
			{Score: "1,5", Extensions: []jsontext.Value{[]byte("no"), []byte(`{}`)}}, {Score: "1.5"}}}}}
	rubric.Title = "a\xffb\x00"
	for _, v := range []casefw.Version{casefw.V1p0, casefw.V1p1} {
		text := casefw.AppendVersion(nil, rubric, v)
		require.True(t, json.Valid(text), "%s", text)
		require.Contains(t, string(text), `"score":1.5`)
	}
}

// A record with a long extension, or with a long member that no class has, costs its
// length and no tree.
func TestRecordsDoNotParseExtensions(t *testing.T) {
	long := "[" + strings.Repeat("12345678,", 50_000) + "1]"
	text := strings.Replace(everyMember, `"long":"x"`, `"long":`+long, 1)
	text = strings.Replace(text, `"fullStatement"`, `"unknown":{"more":`+long+`},"fullStatement"`, 1)
	text = strings.Replace(text, `"notes":"n","extensions":{}`, `"notes":"n","extensions":{"a":`+long+`}`, 1)
	f, _, err := casefw.LoadBytes([]byte(text), casefw.Options{})
	require.NoError(t, err)
	for name, record := range map[string]func(){
		"item": func() { f.At(0).Standalone() }, "association": func() { f.AssociationAt(0).Standalone() },
	} {
		record()
		require.Less(t, testkit.Allocated(record), uint64(3*len(long)), name)
	}
}
