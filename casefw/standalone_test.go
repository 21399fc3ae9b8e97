package casefw_test

import (
	"sync"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/stretchr/testify/require"
)

func valid[R casefw.Resource](t *testing.T, rec *R) {
	t.Helper()
	report := casefw.Validate[R](casefw.Append(nil, rec, casefw.Standard), casefw.V1p1, casefw.Options{})
	require.True(t, report.Valid(), "%v", report.Findings)
}

func TestStandaloneFormsAreValid(t *testing.T) {
	f := loaded(t, []byte(bakers))
	valid(t, f.StandaloneDocument())
	require.Nil(t, f.Document().CFPackageURI, "the framework is not changed")
	for item := range f.Items() {
		valid(t, item.Standalone())
		valid(t, item.AssociationSet())
	}
	for a := range f.Associations() {
		valid(t, a.Standalone())
	}
	d := f.Definitions()
	first, _ := casefw.ParseGUID(d.CFItemTypes[0].Identifier)
	set := f.ItemTypeSet(first)
	require.Len(t, set.CFItemTypes, 2, "with those below it")
	valid(t, set)
	second, _ := casefw.ParseGUID(d.CFItemTypes[1].Identifier)
	require.Len(t, f.ItemTypeSet(second).CFItemTypes, 1)
	concept, _ := casefw.ParseGUID(d.CFConcepts[0].Identifier)
	valid(t, f.ConceptSet(concept))
	subject, _ := casefw.ParseGUID(d.CFSubjects[0].Identifier)
	valid(t, f.SubjectSet(subject))
	require.Nil(t, f.SubjectSet(concept))
	require.Nil(t, casefw.NewFramework(&casefw.CFPackage{}).ConceptSet(concept))
	require.Nil(t, casefw.NewFramework(&casefw.CFPackage{}).StandaloneDocument())
}

func TestAliasedItemKeepsItsDocument(t *testing.T) {
	f := loaded(t, synthetic(t, "b64-aliased-foreign-item.json"))
	alias := byCode(t, f, "S8P1")
	require.NotEqual(t, f.Document().Identifier, alias.Standalone().CFDocumentURI.Identifier)
	require.Contains(t, string(alias.Standalone().URI), "case.state.example.gov")
	require.Equal(t, f.Document().Identifier, byCode(t, f, "A").Standalone().CFDocumentURI.Identifier)
}

// A framework is shared: everything may be asked at the same time, what is built
// when it is first asked for too.
func TestConcurrentUse(t *testing.T) {
	f := loaded(t, []byte(bakers))
	c := casefw.NewCatalog(f)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			walkAll(f)
			for item := range f.Items() {
				item.SameCompetency()
				item.Record()
				for range c.Equivalents(item.GUID(), 2) {
				}
			}
			f.Package()
		})
	}
	group.Wait()
}
