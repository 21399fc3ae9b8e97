package casefw_test

import (
	"testing"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// versions returns a small framework and a copy to change.
func versions() (before, after *casefw.CFPackage) {
	make := func() *casefw.CFPackage {
		stamp, _ := vc.ParseDateTime("2024-01-01T00:00:00Z")
		p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{
			Identifier: guidOf(0, 0), Title: "Framework", AdoptionStatus: "Implemented", LastChangeDateTime: stamp,
		}}
		for i := range 6 {
			p.CFItems = append(p.CFItems, casefw.CFItem{
				Identifier: guidOf(1, i), FullStatement: "statement", URI: vc.IRI(host + "CFItems/" + guidOf(1, i)),
				StatusStartDate: "2023-01-01", LastChangeDateTime: stamp,
			})
			parent := guidOf(0, 0)
			if i > 1 {
				parent = guidOf(1, 0)
			}
			n := int64(i)
			p.CFAssociations = append(p.CFAssociations, casefw.CFAssociation{
				Identifier: guidOf(3, i), AssociationType: casefw.IsChildOf, SequenceNumber: &n, LastChangeDateTime: stamp,
				OriginNodeURI:      &casefw.LinkGenURI{Identifier: guidOf(1, i)},
				DestinationNodeURI: &casefw.LinkGenURI{Identifier: parent},
			})
		}
		return p
	}
	return make(), make()
}

func diffOf(change func(p *casefw.CFPackage)) *casefw.Changes {
	before, after := versions()
	change(after)
	return casefw.Diff(casefw.NewFramework(before), casefw.NewFramework(after))
}

func TestDiffOfEqualIsEmpty(t *testing.T) {
	require.True(t, diffOf(func(*casefw.CFPackage) {}).Empty())
	for name, text := range realPackages(t) {
		f, _, err := casefw.LoadBytes(text, casefw.Options{})
		if err == nil {
			require.True(t, casefw.Diff(f, casefw.NewFramework(f.Package())).Empty(), name)
		}
	}
}

func TestDiffFindsEachKindOfChange(t *testing.T) {
	c := diffOf(func(p *casefw.CFPackage) { p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: guidOf(1, 9)}) })
	require.Len(t, c.Added, 1)
	require.Equal(t, guidOf(1, 9), c.Added[0].Identifier())

	c = diffOf(func(p *casefw.CFPackage) { p.CFItems = p.CFItems[:5] })
	require.Len(t, c.Removed, 1)
	require.Equal(t, guidOf(1, 5), c.Removed[0].Identifier())

	c = diffOf(func(p *casefw.CFPackage) { p.CFItems[3].FullStatement, p.CFItems[3].Notes = "another", "new" })
	require.Len(t, c.Changed, 1)
	require.True(t, c.Changed[0].Substantive())
	require.Equal(t, []casefw.MemberChange{
		{Name: "fullStatement", Old: []byte(`"statement"`), New: []byte(`"another"`)},
		{Name: "notes", New: []byte(`"new"`)}}, c.Changed[0].Members)

	c = diffOf(func(p *casefw.CFPackage) {
		p.CFItems[3].URI = vc.IRI("https://case.example.org/ims/case/v1p0/CFItems/" + guidOf(1, 3))
	})
	require.Len(t, c.Changed, 1)
	require.False(t, c.Changed[0].Substantive(), "a uri of another server version says nothing")

	c = diffOf(func(p *casefw.CFPackage) { p.CFAssociations[5].DestinationNodeURI.Identifier = guidOf(1, 1) })
	require.Len(t, c.Moved, 1)
	require.Equal(t, []casefw.GUID{id(0)}, c.Moved[0].From)
	require.Equal(t, []casefw.GUID{id(1)}, c.Moved[0].To)
	require.Len(t, c.ChangedAssociations, 1)
	require.Equal(t, "destinationNodeURI", c.ChangedAssociations[0].Members[0].Name)

	c = diffOf(func(p *casefw.CFPackage) {
		n := int64(99)
		p.CFAssociations[2].SequenceNumber = &n
	})
	require.Empty(t, c.Moved)
	require.Len(t, c.Reordered, 1)
	require.Equal(t, guidOf(1, 0), c.Reordered[0].Identifier())

	c = diffOf(func(p *casefw.CFPackage) {
		p.CFAssociations = append(p.CFAssociations, casefw.CFAssociation{Identifier: guidOf(3, 9), AssociationType: casefw.ReplacedBy,
			OriginNodeURI: &casefw.LinkGenURI{Identifier: guidOf(1, 2)}, DestinationNodeURI: &casefw.LinkGenURI{Identifier: guidOf(1, 3)}})
	})
	require.Len(t, c.AddedAssociations, 1)
	require.Len(t, c.Superseded, 1)
	require.Equal(t, guidOf(1, 2), c.Superseded[0].Item.Identifier())
	require.Equal(t, id(3), c.Superseded[0].By[0].GUID())

	c = diffOf(func(p *casefw.CFPackage) { p.CFDocument.Title = "Another" })
	require.Len(t, c.Document, 1)

	c = diffOf(func(p *casefw.CFPackage) { p.CFAssociations = p.CFAssociations[:5] })
	require.Len(t, c.RemovedAssociations, 1)
}

// A framework does not differ from itself, whatever its identifiers and uris are:
// an item that shares them with the document or with other items is no exception.
func TestDiffOfOddlyNamedItems(t *testing.T) {
	uuid := guidOf(1, 0)
	for name, text := range map[string]string{
		"the document's identifier":      `{"CFDocument":{"identifier":"0"},"CFItems":[{"identifier":"0"},{"x":"nameless"}]}`,
		"the document's UUID":            `{"CFDocument":{"identifier":"` + uuid + `"},"CFItems":[{"identifier":"` + uuid + `"}]}`,
		"the document's uri":             `{"CFDocument":{"uri":"https://x.org/"},"CFItems":[{"uri":"https://x.org/"}]}`,
		"one uri, no identifiers":        `{"CFItems":[{"uri":"https://x.org/"},{"uri":"https://x.org/","notes":"b"}]}`,
		"one uri, one identifier":        `{"CFItems":[{"identifier":"0","uri":"https://x.org/"},{"uri":"https://x.org/"}]}`,
		"one identifier that is no UUID": `{"CFItems":[{"identifier":"0"},{"identifier":"0","notes":"b"}]}`,
		"empty identifier and uri":       `{"CFItems":[{"identifier":"","uri":""}]}`,
		"one uri, and links that follow it": `{"CFItems":[{"uri":"https://x.org/"},{"uri":"https://x.org/","notes":"b"},{"identifier":"0"}],
			"CFAssociations":[{"associationType":"replacedBy",
				"originNodeURI":{"uri":"https://x.org/"},"destinationNodeURI":{"identifier":"0"}}]}`,
	} {
		f, again := loaded(t, []byte(text)), loaded(t, []byte(text))
		require.True(t, casefw.Diff(f, again).Empty(), name)
	}
}

// An item that has the document's identifier is found by it, be it a UUID or not.
func TestItemGoesBeforeDocument(t *testing.T) {
	for _, identifier := range []string{"0", guidOf(1, 0)} {
		f := loaded(t, []byte(`{"CFDocument":{"identifier":"`+identifier+`"},"CFItems":[{"identifier":"`+identifier+`"}]}`))
		item, ok := f.FindText(identifier)
		require.True(t, ok, identifier)
		require.Equal(t, f.At(0), item)
	}
}

func TestDiffOfSharedURIs(t *testing.T) {
	one := `{"uri":"https://x.org/"}`
	other := `{"uri":"https://x.org/","notes":"b"}`
	both := loaded(t, []byte(`{"CFItems":[`+one+`,`+other+`]}`))
	require.True(t, casefw.Diff(both, loaded(t, []byte(`{"CFItems":[`+other+`,`+one+`]}`))).Empty())
	c := casefw.Diff(both, loaded(t, []byte(`{"CFItems":[`+other+`]}`)))
	require.Len(t, c.Removed, 1)
	require.Empty(t, c.Removed[0].Notes())
	require.Empty(t, c.Added)
	require.Empty(t, c.Changed)
	c = casefw.Diff(loaded(t, []byte(`{"CFItems":[`+one+`]}`)), loaded(t, []byte(`{"CFItems":[`+other+`]}`)))
	require.Len(t, c.Changed, 1, "a uri that one item has on each side still names it")
}

// Two links may share an identifier, or have none: then they are compared whole.
func TestDiffOfSharedAssociationIdentifiers(t *testing.T) {
	f := loaded(t, synthetic(t, "b46-duplicate-association-id.json"))
	require.True(t, casefw.Diff(f, f).Empty())
	p := f.Package()
	p.CFAssociations = p.CFAssociations[:len(p.CFAssociations)-1]
	require.Len(t, casefw.Diff(f, casefw.NewFramework(p)).RemovedAssociations, 1)
}

func TestDiffIgnoresRepairs(t *testing.T) {
	base := loaded(t, synthetic(t, "b00-base-v1p1.json"))
	for _, name := range []string{"b20-null-values.json", "b21-definitions-empty-array.json", "b25-assoc-node-is-string.json",
		"b30-sequence-string.json"} {
		c := casefw.Diff(base, loaded(t, synthetic(t, name)))
		require.Empty(t, c.Changed, name)
		require.Empty(t, c.Moved, name)
	}
	c := casefw.Diff(base, loaded(t, testkit.ReadShared(t, "case/packages/synthetic/b76-full-statement-missing.json")))
	require.Len(t, c.Changed, 1)
}

func TestChangeLint(t *testing.T) {
	later, _ := vc.ParseDateTime("2025-01-01T00:00:00Z")
	for code, change := range map[vc.Code]func(p *casefw.CFPackage){
		casefw.CodeItemDeleted:              func(p *casefw.CFPackage) { p.CFItems = p.CFItems[:5] },
		casefw.CodeChangedWithoutStamp:      func(p *casefw.CFPackage) { p.CFItems[2].Notes = "x" },
		casefw.CodeStatementOfFrozenChanged: func(p *casefw.CFPackage) { p.CFItems[2].FullStatement = "x" },
		casefw.CodeStartDateChanged:         func(p *casefw.CFPackage) { p.CFItems[2].StatusStartDate = "2023-02-01" },
		casefw.CodeRetiredWithoutSuccessor:  func(p *casefw.CFPackage) { p.CFItems[2].StatusEndDate = "2025-02-01" },
		casefw.CodeDocumentStampOlder:       func(p *casefw.CFPackage) { p.CFItems[2].LastChangeDateTime = later },
	} {
		require.True(t, diffOf(change).Lint(testkit.Now).Has(code), code)
	}
	require.Zero(t, diffOf(func(*casefw.CFPackage) {}).Lint(time.Time{}).Total())
}
