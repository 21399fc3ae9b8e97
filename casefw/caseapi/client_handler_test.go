package caseapi_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/caseapi/storetest"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// served starts a client of a version against the handler of this package.
func served(t testing.TB, store caseapi.Store, v caseapi.Version) *caseapi.Client {
	t.Helper()
	h, err := caseapi.NewHandler(caseapi.Config{Store: store})
	require.NoError(t, err)
	cl, _ := provider(t, h.ServeHTTP, func(c *caseapi.ClientConfig) { c.BaseURL = "/"; c.Version = v })
	return cl
}

// sampleStore holds the frameworks of storetest.
func sampleStore(t testing.TB) (caseapi.Store, int) {
	t.Helper()
	frameworks, err := storetest.Frameworks()
	require.NoError(t, err)
	store, err := caseapi.NewMemory(frameworks...)
	require.NoError(t, err)
	return store, len(frameworks)
}

func TestClientAgainstHandler(t *testing.T) {
	store, _ := sampleStore(t)
	set, err := served(t, store, caseapi.V1p1).ItemAssociations(context.Background(), storetest.IDRoot)
	require.NoError(t, err)
	association := set.Value.CFAssociations[0].Identifier
	for _, v := range []caseapi.Version{caseapi.V1p0, caseapi.V1p1} {
		t.Run(v.String(), func(t *testing.T) {
			cl := served(t, store, v)
			for kind, id := range map[caseapi.Kind]string{
				caseapi.KindDocument: storetest.IDMain, caseapi.KindPackage: storetest.IDMain, caseapi.KindItem: storetest.IDRoot,
				caseapi.KindItemAssociations: storetest.IDRoot, caseapi.KindAssociationGrouping: storetest.IDGrouping,
				caseapi.KindConcept: storetest.IDConcept, caseapi.KindSubject: storetest.IDSubject, caseapi.KindItemType: storetest.IDType,
				caseapi.KindLicense: storetest.IDLicense, caseapi.KindRubric: storetest.IDRubric, caseapi.KindAssociation: association,
			} {
				warnings, err := askFor(cl, kind.Path(), id)
				if kind == caseapi.KindDocument {
					var a *caseapi.Answer[casefw.CFDocument]
					a, err = cl.Document(context.Background(), id)
					require.NoError(t, err)
					warnings = a.Warnings
				}
				require.NoError(t, err, kind)
				require.Empty(t, warnings, kind)
				_, err = askFor(cl, strings.TrimSuffix(kind.Path(), "s"), "22222222-2222-4222-8222-2222222222ff")
				require.ErrorIs(t, err, caseapi.ErrNotFound, kind)
				require.Empty(t, failed(t, err, "unknownobject").Warnings)
				_, err = askFor(cl, strings.TrimSuffix(kind.Path(), "s"), "nothing")
				failed(t, err, "invalid_uuid")
			}
		})
	}
}

func TestListingAgainstHandler(t *testing.T) {
	store, count := sampleStore(t)
	cl := served(t, store, 0)
	v, err := cl.Version(context.Background())
	require.NoError(t, err)
	require.Equal(t, caseapi.V1p1, v)
	l := cl.Documents(caseapi.List{Limit: 1, Sort: "title"})
	var titles []string
	for d, err := range l.All(context.Background()) {
		require.NoError(t, err)
		titles = append(titles, d.Title)
	}
	n, ok := l.Total()
	require.True(t, ok)
	require.Len(t, titles, n)
	require.Equal(t, count, n)
	require.Empty(t, l.Warnings())
	l = cl.Documents(caseapi.List{Filter: caseapi.Where("title").Equal(titles[0]), Fields: []string{"identifier", "title"}})
	for d, err := range l.All(context.Background()) {
		require.NoError(t, err)
		require.Equal(t, titles[0], d.Title)
		require.Empty(t, d.URI)
	}
	require.Empty(t, l.Report().Findings)
	for _, err := range cl.Documents(caseapi.List{Filter: caseapi.Where("nonsense").Equal("1")}).All(context.Background()) {
		failed(t, err, "invalid_filter_field")
	}
}

func TestPackageConditions(t *testing.T) {
	store, _ := sampleStore(t)
	cl := served(t, store, caseapi.V1p1)
	p, err := cl.Package(context.Background(), storetest.IDMain)
	require.NoError(t, err)
	require.NotEmpty(t, p.Known.ETag)
	require.NotZero(t, p.Framework.Len())
	_, err = cl.PackageIf(context.Background(), storetest.IDMain, p.Known)
	require.ErrorIs(t, err, caseapi.ErrNotModified)
}

func TestPackageOfFollowsTheDocument(t *testing.T) {
	const other = "33333333-3333-4333-8333-333333333333"
	var asked []string
	cl, _ := provider(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		if strings.HasSuffix(r.URL.Path, itemID) && !strings.Contains(r.URL.Path, "odd") {
			answer(w, 404, `{}`)
			return
		}
		answer(w, 200, `{"CFDocument":{"identifier":"`+itemID+`"},"CFItems":[]}`)
	})
	base := strings.TrimSuffix(func() string {
		_, err := cl.Item(context.Background(), itemID)
		return failed(t, err, "unknownobject").URL
	}(), "/ims/case/v1p1/CFItems/"+itemID)
	link := func(uri string) *casefw.CFDocument {
		d := &casefw.CFDocument{Identifier: itemID}
		if uri != "" {
			d.CFPackageURI = &casefw.LinkURI{Identifier: other, URI: vc.IRI(uri)}
		}
		return d
	}
	cases := map[string]struct {
		d     *casefw.CFDocument
		path  []string
		codes int
	}{
		"another identifier":    {link(base + "/ims/case/v1p0/CFPackages/" + other), []string{"/ims/case/v1p1/CFPackages/" + other}, 0},
		"another host":          {link("https://elsewhere.example/CFPackages/" + other), []string{"/ims/case/v1p1/CFPackages/" + other}, 1},
		"no URL":                {link("urn:uuid:" + other), []string{"/ims/case/v1p1/CFPackages/" + other}, 1},
		"only the uri knows it": {link(base + "/odd/" + itemID), []string{"/ims/case/v1p1/CFPackages/" + itemID, "/odd/" + itemID}, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			asked = nil
			p, err := cl.PackageOf(context.Background(), c.d, caseapi.Known{})
			require.NoError(t, err)
			require.Equal(t, c.path, asked)
			require.Len(t, p.Warnings, c.codes)
		})
	}
	_, err := cl.PackageOf(context.Background(), link(""), caseapi.Known{})
	require.ErrorIs(t, err, caseapi.ErrNotFound)
}
