package casefw_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// matched is a framework of one item that matches a target.
func matched(t *testing.T, item int, target casefw.LinkGenURI) *casefw.Framework {
	t.Helper()
	p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Identifier: guidOf(60, item), Title: fmt.Sprint("f", item)},
		CFItems: []casefw.CFItem{{Identifier: guidOf(1, item), FullStatement: "s"}},
		CFAssociations: []casefw.CFAssociation{{Identifier: guidOf(61, item), AssociationType: casefw.ExactMatchOf,
			OriginNodeURI: &casefw.LinkGenURI{Identifier: guidOf(1, item)}, DestinationNodeURI: &target}}}
	return casefw.NewFramework(p)
}

func meets(c *casefw.Catalog, from, to int) bool {
	for m := range c.Crosswalk(id(from), casefw.CrosswalkOptions{}) {
		if m.GUID == id(to) && m.Hops == 2 && !m.Item.IsZero() {
			return true
		}
	}
	return false
}

func target(kind, identifier, uri string) casefw.LinkGenURI {
	return casefw.LinkGenURI{Title: "t", TargetType: kind, Identifier: identifier, URI: vc.IRI(uri)}
}

const developers = "https://onet.example/link/summary/15-1252.00"

// Two frameworks that match one target of another registry meet in it, from either side;
// those that match two never do.
func TestCrosswalkPassesThroughOtherRegistries(t *testing.T) {
	for name, pair := range map[string][2]casefw.LinkGenURI{
		"type and number":        {target("ext:onet", "15-1252.00", ""), target("ext:onet", "15-1252.00", "")},
		"one has a uri":          {target("ext:onet", "15-1252.00", developers), target("ext:onet", "15-1252.00", "")},
		"two uris":               {target("ext:onet", "15-1252.00", developers), target("ext:onet", "15-1252.00", "https://other.example/x")},
		"type in capitals":       {target("ext:ONET", "15-1252.00", ""), target("ext:onet", " 15-1252.00", "")},
		"without type, of 1.0":   {target("ext:onet", "15-1252.00", developers), target("", "15-1252.00", developers)},
		"uri in two spellings":   {target("", "15-1252.00", developers), target("", "15-1252.00", "http://ONET.example/link/summary/15-1252.00/")},
		"uri alone":              {target("", "", developers), target("ext:onet", "", developers)},
		"number in the uri":      {target("", "", developers), target("ext:onet", "15-1252.00", developers)},
		"a UUID in capitals":     {target("", guidOf(70, 1), ""), target("ext:x", "{"+guidOf(70, 1)+"}", "")},
		"a uri that ends in one": {target("", "x", "https://x.example/"+guidOf(70, 1)), target("", guidOf(70, 1), "")},
	} {
		c := casefw.NewCatalog(matched(t, 1, pair[0]), matched(t, 2, pair[1]))
		require.True(t, meets(c, 1, 2) && meets(c, 2, 1), name)
		external := 0
		for range c.External() {
			external++
		}
		require.Equal(t, 1, external, name)
	}
	for name, pair := range map[string][2]casefw.LinkGenURI{
		"two numbers":               {target("ext:onet", "15-1252.00", ""), target("ext:onet", "15-1252.01", "")},
		"two registries":            {target("ext:onet", "15-1252.00", ""), target("ext:soc", "15-1252.00", "")},
		"the start page":            {target("ext:onet", "15-1252.00", "https://o.example/"), target("ext:onet", "11-1011.00", "https://o.example/")},
		"the start page, no number": {target("ext:onet", "15-1252.00", "https://o.example/"), target("", "", "https://o.example/")},
		"no registry":               {target("", "1", ""), target("", "1", "")},
		"nothing at all":            {target("", "", ""), target("", "", "")},
		"a title":                   {target("", "A job", "A job"), target("", "A job", "A job")},
		"two paths":                 {target("", "", developers), target("", "", developers+"?page=2")},
	} {
		c := casefw.NewCatalog(matched(t, 1, pair[0]), matched(t, 2, pair[1]))
		require.False(t, meets(c, 1, 2) || meets(c, 2, 1), name)
	}
}

// External tells of targets without UUID, once for all frameworks, and a walk can begin
// at one.
func TestExternalTellsOfOtherRegistries(t *testing.T) {
	c := casefw.NewCatalog(matched(t, 1, target("ext:onet", "15-1252.00", developers)), matched(t, 2, target("ext:onet", "15-1252.00", "")),
		matched(t, 3, target("ext:onet", "15-1253.00", "")), matched(t, 4, target("", guidOf(70, 1), "")))
	var told []string
	for g, n := range c.External() {
		told = append(told, n.Identifier())
		require.Equal(t, n.GUID(), g)
		if n.Identifier() != "15-1252.00" {
			continue
		}
		require.Equal(t, "ext:onet", n.TargetType())
		var items []casefw.GUID
		for m := range c.CrosswalkOf(n, casefw.CrosswalkOptions{}) {
			items = append(items, m.GUID)
			require.Len(t, m.Path(), m.Hops)
		}
		require.Equal(t, []casefw.GUID{id(1), id(2)}, items)
	}
	require.Equal(t, []string{"15-1252.00", "15-1253.00", guidOf(70, 1)}, told)
}

// An item is met by its uri too, where links give another identifier or none, and one
// without an identifier is met at all; both from either side.
func TestCrosswalkMeetsItemsByURI(t *testing.T) {
	for name, item := range map[string]string{
		"UUID":    `{"identifier":"` + guidOf(1, 2) + `","uri":"https://two.example/s/12"}`,
		"number":  `{"identifier":"12","uri":"https://two.example/s/12"}`,
		"nothing": `{"uri":"https://two.example/s/12"}`,
	} {
		for _, node := range []casefw.LinkGenURI{target("", guidOf(70, 5), "http://two.example/s/12/"), target("", "", "https://two.example/s/12"),
			target("", "12", "https://two.example/s/12")} {
			two := loaded(t, []byte(`{"CFItems":[`+item+`,{"identifier":"`+guidOf(1, 9)+`"}],"CFAssociations":[{"associationType":"exactMatchOf",
				"originNodeURI":{"identifier":"`+guidOf(1, 9)+`"},"destinationNodeURI":{"uri":"https://two.example/s/12"}}]}`))
			if name != "UUID" && node.Identifier == guidOf(70, 5) {
				continue // an identifier that the item does not have
			}
			c := casefw.NewCatalog(matched(t, 1, node), two)
			require.True(t, meets(c, 1, 9) && meets(c, 9, 1), "%s: %v", name, node)
			first := true
			for m := range c.Crosswalk(id(1), casefw.CrosswalkOptions{}) {
				require.True(t, !first || m.Item == two.At(0), "%s: %v", name, node)
				first = false
			}
			for _, n := range c.External() {
				t.Fatalf("%s: %s is in the catalog", name, n.URI())
			}
		}
	}
}

// Many links to a few strangers are gathered in one pass, and the walk is the same each
// time.
func TestManyStrangers(t *testing.T) {
	var fs []*casefw.Framework
	for i := range 60 {
		p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Identifier: guidOf(60, i)}}
		for k := range 40 {
			p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: guidOf(62+i, k)})
			n := target([]string{"", "ext:a", "ext:b"}[k%3], fmt.Sprint(k), fmt.Sprint("https://r.example/", k))
			p.CFAssociations = append(p.CFAssociations, casefw.CFAssociation{AssociationType: casefw.ExactMatchOf,
				OriginNodeURI: &casefw.LinkGenURI{Identifier: guidOf(62+i, k)}, DestinationNodeURI: &n})
		}
		fs = append(fs, casefw.NewFramework(p))
	}
	g, err := casefw.ParseGUID(guidOf(62, 7))
	require.NoError(t, err)
	walk := func() (path []string) {
		for m := range casefw.NewCatalog(fs...).Equivalents(g, 2) {
			text, err := json.Marshal([]any{m.GUID.String(), m.Node.Identifier(), m.Hops})
			require.NoError(t, err)
			path = append(path, string(text))
		}
		return path
	}
	once := walk()
	require.Len(t, once, 60, "the stranger and the items of 59 other frameworks")
	require.Equal(t, once, walk())
	require.Len(t, slices.Compact(slices.Sorted(slices.Values(once))), 60)
}
