package casefw_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

// linked builds a package of items and links between identifiers, which need not
// be in it.
func linked(title string, items []int, links ...[3]any) *casefw.Framework {
	p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Identifier: guidOf(0, len(title)), Title: title}}
	for _, i := range items {
		p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: guidOf(1, i), FullStatement: "statement"})
	}
	for k, l := range links {
		p.CFAssociations = append(p.CFAssociations, casefw.CFAssociation{
			Identifier:         guidOf(3, k),
			AssociationType:    l[1].(casefw.AssociationType),
			OriginNodeURI:      &casefw.LinkGenURI{Identifier: guidOf(1, l[0].(int))},
			DestinationNodeURI: &casefw.LinkGenURI{Identifier: guidOf(1, l[2].(int))},
		})
	}
	return casefw.NewFramework(p)
}

func id(i int) casefw.GUID {
	g, _ := casefw.ParseGUID(guidOf(1, i))
	return g
}

type reached struct {
	to   int
	kind casefw.AssociationType
	hops int
	back bool
}

func walk(c *casefw.Catalog, from int, o casefw.CrosswalkOptions) []reached {
	var all []reached
	for m := range c.Crosswalk(id(from), o) {
		for i := range 100 {
			if id(i) == m.GUID {
				all = append(all, reached{i, m.Type, m.Hops, m.Inverse})
			}
		}
		if len(m.Path()) != m.Hops {
			panic("the path is not as long as the hops")
		}
	}
	return all
}

func TestCrosswalkClosesExactMatchAlone(t *testing.T) {
	c := casefw.NewCatalog(
		linked("one", []int{1, 2}),
		linked("other", []int{3, 4, 5, 6, 7}, [3]any{4, casefw.IsRelatedTo, 5}, [3]any{5, casefw.IsRelatedTo, 6}),
		linked("between", nil,
			[3]any{1, casefw.ExactMatchOf, 3}, [3]any{4, casefw.ExactMatchOf, 3}, [3]any{4, casefw.ExactMatchOf, 1},
			[3]any{1, casefw.IsRelatedTo, 7}, [3]any{7, casefw.IsRelatedTo, 2}))
	exact := casefw.ExactMatchOf
	require.Equal(t, []reached{{3, exact, 1, false}, {4, exact, 1, false}}, walk(c, 1, casefw.CrosswalkOptions{}))
	require.Equal(t, []reached{{7, casefw.IsRelatedTo, 1, false}},
		walk(c, 1, casefw.CrosswalkOptions{Types: []casefw.AssociationType{casefw.IsRelatedTo}}),
		"isRelatedTo has no closure")
	both := []casefw.AssociationType{exact, casefw.IsRelatedTo}
	require.Len(t, walk(c, 1, casefw.CrosswalkOptions{Types: both}), 3)
	require.Contains(t, walk(c, 1, casefw.CrosswalkOptions{Types: both, ThroughMatches: true}), reached{5, casefw.IsRelatedTo, 2, false})
	require.NotContains(t, walk(c, 1, casefw.CrosswalkOptions{Types: both, ThroughMatches: true}), reached{6, casefw.IsRelatedTo, 3, false})
	item, ok := c.Find(id(3))
	require.True(t, ok)
	require.Equal(t, "other", item.Framework().Title())
}

func TestCrosswalkHopLimit(t *testing.T) {
	var links [][3]any
	for i := range 20 {
		links = append(links, [3]any{i, casefw.ExactMatchOf, i + 1})
	}
	links = append(links, [3]any{20, casefw.ExactMatchOf, 0}) // and round
	c := casefw.NewCatalog(linked("chain", nil, links...))
	require.Len(t, walk(c, 0, casefw.CrosswalkOptions{}), 8, "four steps either way")
	require.Len(t, walk(c, 0, casefw.CrosswalkOptions{MaxHops: 1}), 2)
	require.Len(t, walk(c, 0, casefw.CrosswalkOptions{MaxHops: 50}), 20)
	require.Len(t, walk(c, 0, casefw.CrosswalkOptions{MaxHops: 50, MaxResults: 5}), 5)
}

func TestCrosswalkKeepsDirection(t *testing.T) {
	c := casefw.NewCatalog(linked("steps", []int{1, 2, 3, 4},
		[3]any{1, casefw.Precedes, 2}, [3]any{2, casefw.Precedes, 3}, [3]any{4, casefw.Precedes, 3}))
	got := walk(c, 1, casefw.CrosswalkOptions{Types: []casefw.AssociationType{casefw.Precedes}})
	require.Equal(t, []reached{{2, casefw.Precedes, 1, false}, {3, casefw.Precedes, 2, false}}, got,
		"4 precedes what 1 precedes: they are not linked")
	require.Equal(t, []reached{{2, casefw.Precedes, 1, true}, {4, casefw.Precedes, 1, true}, {1, casefw.Precedes, 2, true}},
		walk(c, 3, casefw.CrosswalkOptions{Types: []casefw.AssociationType{casefw.Precedes}}))
}

func TestExternalIsWhatTheCatalogLacks(t *testing.T) {
	f := linked("one", []int{1}, [3]any{1, casefw.ExactMatchOf, 2})
	var missing []casefw.GUID
	for g := range casefw.NewCatalog(f).External() {
		missing = append(missing, g)
	}
	require.Equal(t, []casefw.GUID{id(2)}, missing)
	for range casefw.NewCatalog(f, linked("other", []int{2})).External() {
		t.Fatal("nothing is missing any more")
	}
}

func TestRealCrossReferences(t *testing.T) {
	read := func(name string) *casefw.Framework {
		return loaded(t, testkit.ReadShared(t, "case/packages/real/"+name))
	}
	claim := read("sbac-hs-math-claim2.json")
	for name, want := range map[string]int{"sbac-webb-dok.json": 3, "sbac-item-types.json": 14, "sbac-math-content-spec.json": 5} {
		other := read(name)
		ends := map[casefw.GUID]bool{}
		for a := range claim.Associations() {
			for _, n := range []casefw.Node{a.Origin(), a.Destination()} {
				if _, ok := other.Find(n.GUID()); ok && n.Kind() == casefw.NodeExternal {
					ends[n.GUID()] = true
				}
			}
		}
		require.Len(t, ends, want, name)
	}
}

// The codes in a real vendor's links, against the framework that they mean.
func TestCodesOfRealCrosswalk(t *testing.T) {
	f := loaded(t, testkit.ReadShared(t, "case/packages/real/ccss-math-2010.json"))
	rows, err := csv.NewReader(bytes.NewReader(testkit.ReadShared(t, "case/matching/sbac-to-ccss-math-codes.csv"))).ReadAll()
	require.NoError(t, err)
	seen := map[string]int{}
	for _, row := range rows[1:] {
		code, how, want := row[0], row[2], row[4]
		items, exact := f.FindCode(code)
		if want == "" {
			// The table has no item for MP.1 to MP.8; the framework writes MP1 to MP8.
			require.Len(t, items, 1, code)
			require.Equal(t, strings.ReplaceAll(code, ".", ""), items[0].Code())
			require.False(t, exact)
			seen["none"]++
			continue
		}
		require.NotEmpty(t, items, code)
		require.True(t, slices.ContainsFunc(items, func(t casefw.Item) bool { return t.Identifier() == want }), code)
		require.Equal(t, how == "exact", exact, code)
		seen[how]++
	}
	require.Equal(t, 133, seen["exact"])
	require.Equal(t, 8, seen["none"])
	require.Len(t, rows, 1+274)
}

func TestAlignmentCases(t *testing.T) {
	var cases struct {
		Packages []string
		Cases    []struct {
			ID        string
			Alignment struct{ TargetURL, TargetName, TargetCode, TargetFramework, TargetType string }
			Expect    struct {
				Item   *string
				Method string
			}
		}
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/matching/alignment-resolution-cases.json"), &cases))
	c := casefw.NewCatalog(loaded(t, synthetic(t, "a01-full-v1p1.json")))
	require.Len(t, cases.Cases, 20)
	for _, tc := range cases.Cases {
		t.Run(tc.ID, func(t *testing.T) {
			a := tc.Alignment
			r := c.ResolveAlignment(casefw.Alignment{TargetURL: a.TargetURL, TargetName: a.TargetName, TargetCode: a.TargetCode,
				TargetFramework: a.TargetFramework, TargetType: a.TargetType})
			require.Equal(t, tc.Expect.Method, string(r.Method))
			if tc.Expect.Item == nil {
				require.True(t, r.Item.IsZero())
				return
			}
			require.Equal(t, *tc.Expect.Item, r.Item.Identifier())
			require.NotZero(t, r.Certainty)
			switch tc.ID {
			case "a13-code-and-url-disagree", "a14-other-host-same-guid":
				require.NotEmpty(t, r.Conflicts)
			case "a01-guid-and-uri":
				require.Equal(t, casefw.Certain, r.Certainty)
				require.Empty(t, r.Conflicts)
			}
		})
	}
}

func TestAlignmentThereAndBack(t *testing.T) {
	f := loaded(t, synthetic(t, "a01-full-v1p1.json"))
	c := casefw.NewCatalog(f)
	for item := range f.Items() {
		r := c.ResolveAlignment(casefw.AlignmentOf(item))
		require.Equal(t, item, r.Item)
		require.Equal(t, casefw.Certain, r.Certainty)
		require.Empty(t, r.Conflicts)
	}
	for _, rubric := range f.Rubrics() {
		for i := range rubric.CFRubricCriteria {
			criterion := &rubric.CFRubricCriteria[i]
			r := c.ResolveAlignment(f.AlignmentOfCriterion(criterion))
			require.Equal(t, casefw.MethodRubricCriterion, r.Method)
			require.Equal(t, criterion.Identifier, r.Criterion.Identifier)
			for j := range criterion.CFRubricCriterionLevels {
				r := c.ResolveAlignment(f.AlignmentOfLevel(&criterion.CFRubricCriterionLevels[j]))
				require.Equal(t, criterion.CFRubricCriterionLevels[j].Identifier, r.Level.Identifier)
			}
		}
	}
}
