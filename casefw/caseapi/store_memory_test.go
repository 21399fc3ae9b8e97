package caseapi_test

import (
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

func TestMemoryRefusesWhatCannotBeFound(t *testing.T) {
	_, err := caseapi.NewMemory(nil)
	require.ErrorContains(t, err, "UUID")
	_, err = caseapi.NewMemory(casefw.NewFramework(&casefw.CFPackage{CFDocument: &casefw.CFDocument{Identifier: "one"}}))
	require.ErrorContains(t, err, "UUID")
	var m caseapi.Memory
	require.False(t, m.Remove(casefw.GUID{1}))
	require.Nil(t, m.Framework(casefw.GUID{1}))
}

// An item that two frameworks have is served from its own, whichever came first;
// when that goes, from the other.
func TestReusedItem(t *testing.T) {
	frameworks, err := storetest.Frameworks()
	require.NoError(t, err)
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 0}} {
		m := memory(t)
		for _, i := range order {
			require.NoError(t, m.Put(frameworks[i]))
		}
		h := serving(t, caseapi.Config{Store: m})
		item := body(t, get(t, h, base1+"/CFItems/"+storetest.IDLeaf))
		require.Contains(t, item, "extensions") // the copy has none
		require.Equal(t, storetest.IDMain, item["CFDocumentURI"].(map[string]any)["identifier"])

		require.True(t, m.Remove(frameworks[0].GUID()))
		item = body(t, get(t, h, base1+"/CFItems/"+storetest.IDLeaf))
		require.NotContains(t, item, "extensions")
		require.Equal(t, storetest.IDMain, item["CFDocumentURI"].(map[string]any)["identifier"]) // it is still of there
		requireStatus(t, get(t, h, base1+"/CFItems/"+storetest.IDRoot), 404, "unknownobject")
		requireStatus(t, get(t, h, base1+"/CFLicenses/"+storetest.IDLicense), 404, "unknownobject")

		require.NoError(t, m.Put(frameworks[0]))
		body(t, get(t, h, base1+"/CFItems/"+storetest.IDRoot))
	}
}

func TestAssociationsOfOtherFrameworksComeAndGo(t *testing.T) {
	frameworks, err := storetest.Frameworks()
	require.NoError(t, err)
	m := memory(t, frameworks[:2]...)
	h := serving(t, caseapi.Config{Store: m})
	count := func() int {
		return strings.Count(get(t, h, base1+"/CFItemAssociations/"+storetest.IDRoot).Body.String(), "associationType")
	}
	require.Equal(t, 2, count())
	require.NoError(t, m.Put(frameworks[2]))
	require.Equal(t, 3, count())
	require.NoError(t, m.Put(frameworks[2])) // the same again changes nothing
	require.Equal(t, 3, count())
	m.Remove(frameworks[2].GUID())
	require.Equal(t, 2, count())
}

// A package may have another identifier than its document, which CFPackageURI names.
func TestPackageUnderItsOwnIdentifier(t *testing.T) {
	const own = "99999999-aaaa-4aaa-8aaa-000000000009"
	f := numbered(t, 3)
	p := f.Package()
	p.CFDocument.CFPackageURI = &casefw.LinkURI{Title: "p", Identifier: own, URI: "https://x.example/p"}
	h := serving(t, caseapi.Config{Store: memory(t, casefw.NewFramework(p))})
	for _, id := range []string{own, numberedID(3)} {
		require.Contains(t, body(t, get(t, h, base1+"/CFPackages/"+id)), "CFDocument")
	}
	require.Equal(t, own, body(t, get(t, h, base1+"/CFDocuments/"+numberedID(3)))["CFPackageURI"].(map[string]any)["identifier"])
}

func TestQueryForOtherStores(t *testing.T) {
	q, err := caseapi.NewQuery("filter=title~'a''b'+OR+version='1'&sort=version&orderBy=desc&limit=7&offset=3", caseapi.V1p1)
	require.NoError(t, err)
	terms, or := q.Terms()
	require.True(t, or)
	require.Equal(t, []caseapi.FilterTerm{{"title", "~", "a'b"}, {"version", "=", "1"}}, terms)
	field, desc := q.Order()
	require.Equal(t, "version", field)
	require.True(t, desc)
	require.Equal(t, [2]int{7, 3}, [2]int{q.Limit, q.Offset})
	require.True(t, q.Match(&casefw.CFDocument{Version: "1"}))
	require.False(t, q.Match(&casefw.CFDocument{Version: "2"}))
	docs := []*casefw.CFDocument{{Version: "1"}, {Version: "2"}, {Title: "xA'B"}, {Version: "1", Title: "late"}}
	q, err = caseapi.NewQuery("filter=title~'a''b'+OR+version='1'&sort=title&orderBy=desc&limit=2", caseapi.V1p1)
	require.NoError(t, err)
	places, total := q.Apply(docs)
	require.Equal(t, []int32{2, 3}, places)
	require.Equal(t, 3, total)
	_, err = caseapi.NewQuery("filter=x", caseapi.V1p1)
	require.ErrorContains(t, err, "a predicate (= != > >= < <= ~) is missing behind the field")
	q, err = caseapi.NewQuery("sort=foo", caseapi.V1p1)
	require.NoError(t, err)
	field, _ = q.Order()
	require.Empty(t, field)
}

func TestPlainRecordsServe(t *testing.T) {
	p := casefw.NewFramework(&casefw.CFPackage{}).Package()
	p.CFDocument = &casefw.CFDocument{Identifier: numberedID(1), Title: "t", CaseVersion: "1.1", Description: "a\nb"}
	p.CFAssociations = []casefw.CFAssociation{
		{AssociationType: casefw.IsTranslationOf},
		{AssociationType: "ext:x", DestinationNodeURI: &casefw.LinkGenURI{TargetType: "ext:y"}},
	}
	r := caseapi.NewResource(p, testkit.Now)
	var old, now strings.Builder
	require.NoError(t, r.WriteJSON(t.Context(), &old, caseapi.V1p0))
	require.NoError(t, r.WriteJSON(t.Context(), &now, caseapi.V1p1))
	require.Contains(t, now.String(), "ext:y")
	require.NotContains(t, old.String(), "ext:")
	require.Contains(t, old.String(), "isRelatedTo")
	require.Contains(t, old.String(), `"a b"`)
	require.Equal(t, "1.1", p.CFDocument.CaseVersion) // the original is as it was
	require.Equal(t, testkit.Now, r.Modified())
}
