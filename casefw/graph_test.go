package casefw_test

import (
	"encoding/json"
	"iter"
	"slices"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/stretchr/testify/require"
)

func loaded(t testing.TB, text []byte) *casefw.Framework {
	t.Helper()
	f, _, err := casefw.LoadBytes(text, casefw.Options{})
	require.NoError(t, err)
	return f
}

func byCode(t testing.TB, f *casefw.Framework, code string) casefw.Item {
	t.Helper()
	for item := range f.Items() {
		if item.Code() == code {
			return item
		}
	}
	require.Fail(t, "no item of code "+code)
	return casefw.Item{}
}

func codes(items iter.Seq[casefw.Item]) []string {
	var all []string
	for item := range items {
		all = append(all, item.Code())
	}
	return all
}

func TestFactsOfRealPackages(t *testing.T) {
	facts := readFacts(t)
	for name, text := range realPackages(t) {
		want := facts[name]
		if want.NotAPackage {
			continue
		}
		t.Run(name, func(t *testing.T) {
			f := loaded(t, text)
			got := measure(f)
			require.Equal(t, want.Title, f.Title())
			require.Equal(t, want.DocumentIdentifier, f.Document().Identifier)
			require.Equal(t, want.AssociationTypes, got.AssociationTypes)
			require.Equal(t, want.UniqueItemIdentifiers, got.UniqueItemIdentifiers)
			require.Equal(t, want.UniqueAssociationIdentifiers, got.UniqueAssociationIdentifiers)
			require.Equal(t, want.Items, f.Len())
			require.Equal(t, want.Associations, f.LenAssociations())
			require.Equal(t, want.ItemsWithMoreThanOneParent, got.ItemsWithMoreThanOneParent)
			require.Equal(t, want.ReachableFromDocument, got.ReachableFromDocument)
			require.Equal(t, want.MaxDepth, got.MaxDepth)
			require.Equal(t, want.OrphanItems, got.OrphanItems)
			require.Equal(t, want.TopLevelItems, got.TopLevelItems)
			require.Equal(t, want.DanglingOriginNodes, got.DanglingOriginNodes)
			require.Equal(t, want.DanglingDestinationNodes, got.DanglingDestinationNodes)
			require.Equal(t, want.ItemsWithHumanCodingScheme, got.ItemsWithHumanCodingScheme)
			require.Equal(t, want.ItemsWithoutAnyItemType, got.ItemsWithoutAnyItemType)
			require.Equal(t, want.HumanCodingSchemeValuesUsedMoreThanOnce, got.HumanCodingSchemeValuesUsedMoreThanOnce)
			require.Equal(t, want.IsChildOfWithoutSequenceNumber, got.IsChildOfWithoutSequenceNumber)
			require.Equal(t, want.IsChildOfRepeatingASequenceNumberUnderSameParent, f.Lint(0).Counts[casefw.CodeDuplicateSequenceNumber])
			require.Equal(t, want.ItemsInIsChildOfCycles, f.Lint(0).Counts[casefw.CodeHierarchyCycle])
			require.Equal(t, want.Rubrics, len(f.Rubrics()))
		})
	}
}

// measure counts in a framework what the shared facts count in the JSON.
func measure(f *casefw.Framework) fact {
	got := fact{AssociationTypes: map[string]int{}}
	ids, codes := map[string]bool{}, map[string]int{}
	for item := range f.Items() {
		ids[item.Identifier()] = true
		got.MaxDepth = max(got.MaxDepth, item.Depth())
		if item.Code() != "" {
			got.ItemsWithHumanCodingScheme++
			codes[item.Code()]++
		}
		if item.Type() == "" {
			got.ItemsWithoutAnyItemType++
		}
		if len(slices.Collect(item.Parents())) > 1 {
			got.ItemsWithMoreThanOneParent++
		}
	}
	for _, n := range codes {
		if n > 1 {
			got.HumanCodingSchemeValuesUsedMoreThanOnce++
		}
	}
	top := map[string]bool{}
	seen := map[casefw.Item]bool{}
	for root := range f.Top() {
		seen[root] = true
		for item := range root.Descendants() {
			seen[item] = true
		}
	}
	got.ReachableFromDocument = len(seen)
	// The facts count an absent identifier as one, and a child that is not there.
	got.UniqueItemIdentifiers = len(ids)
	links := map[string]bool{}
	children := map[casefw.Item]bool{}
	for a := range f.Associations() {
		links[a.Identifier()] = true
		got.AssociationTypes[string(a.Type())]++
		if a.Origin().Kind() == casefw.NodeExternal {
			got.DanglingOriginNodes++
		}
		if a.Destination().Kind() == casefw.NodeExternal {
			got.DanglingDestinationNodes++
		}
		if a.Type() == casefw.IsChildOf {
			if _, ok := a.Sequence(); !ok {
				got.IsChildOfWithoutSequenceNumber++
			}
			children[a.Origin().Item()] = true
			if a.Destination().Kind() == casefw.NodeDocument {
				top[a.Origin().Identifier()] = true
			}
		}
	}
	got.UniqueAssociationIdentifiers = len(links)
	got.TopLevelItems = len(top)
	for item := range f.Items() {
		found, _ := f.FindText(item.Identifier())
		if (found == item || item.Identifier() == "") && !children[item] {
			got.OrphanItems++
		}
	}
	return got
}

// The facts that the catalogue of synthetic packages states of their graphs.
func TestExpectedGraphs(t *testing.T) {
	type expect struct {
		ChildrenOfA, ChildrenOfB, Roots                                     []string
		ItemsInCycles, Reachable, OrphanItems, DanglingNodes, ExternalNodes *int
		Items, Associations, TopLevelItems, ReachableFromDocument, MaxDepth *int
		Traditional, Integrated                                             map[string][]string
		CurrentOf                                                           map[string]any
		SameCompetency                                                      [][]string
		A1                                                                  string `json:"A.1"`
	}
	for name, entry := range expectations(t) {
		if entry.Expect == nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			var want expect
			require.NoError(t, json.Unmarshal(entry.Expect, &want))
			f := loaded(t, synthetic(t, name))
			got, lint := measure(f), f.Lint(0)
			if want.ChildrenOfA != nil {
				require.Equal(t, want.ChildrenOfA, codes(byCode(t, f, "A").Children()))
			}
			if want.ChildrenOfB != nil {
				require.Equal(t, want.ChildrenOfB, codes(byCode(t, f, "B").Children()))
			}
			if want.Roots != nil {
				require.Equal(t, want.Roots, codes(f.Roots()))
			}
			for wanted, is := range map[*int]int{
				want.ItemsInCycles: lint.Counts[casefw.CodeHierarchyCycle], want.Reachable: got.ReachableFromDocument,
				want.OrphanItems: got.OrphanItems, want.DanglingNodes: lint.Counts[casefw.CodeDanglingNode],
				want.ExternalNodes: got.DanglingDestinationNodes + got.DanglingOriginNodes,
				want.Items:         f.Len(), want.Associations: f.LenAssociations(), want.TopLevelItems: got.TopLevelItems,
				want.ReachableFromDocument: got.ReachableFromDocument, want.MaxDepth: got.MaxDepth} {
				if wanted != nil {
					require.Equal(t, *wanted, is, "%+v", got)
				}
			}
			for grouping, tree := range map[string]map[string][]string{"Traditional": want.Traditional, "Integrated": want.Integrated} {
				for parent, children := range tree {
					require.Equal(t, children, codes(byCode(t, f, parent).ChildrenIn(groupingOf(t, f, grouping))), grouping)
				}
			}
			for code, current := range want.CurrentOf {
				items, err := byCode(t, f, code).Current()
				require.NoError(t, err)
				list, many := current.([]any)
				if !many {
					list = []any{current}
				}
				var is []any
				for _, item := range items {
					is = append(is, item.Code())
				}
				require.ElementsMatch(t, list, is)
			}
			for _, pair := range want.SameCompetency {
				same := byCode(t, f, pair[0]).SameCompetency()
				require.Len(t, same, 1)
				require.Equal(t, pair[1], same[0].Code())
				require.Equal(t, []casefw.Item{byCode(t, f, pair[0])}, same[0].SameCompetency())
			}
			if want.A1 != "" {
				item, ok := f.Find(byCode(t, f, "A.1").GUID())
				require.True(t, ok)
				require.Equal(t, want.A1, item.Statement())
			}
		})
	}
}

func groupingOf(t testing.TB, f *casefw.Framework, title string) casefw.GUID {
	t.Helper()
	for _, g := range f.Definitions().CFAssociationGroupings {
		if g.Title == title {
			id, err := casefw.ParseGUID(g.Identifier)
			require.NoError(t, err)
			return id
		}
	}
	require.Fail(t, "no grouping "+title)
	return casefw.GUID{}
}

func TestReplacementCycleIsAnError(t *testing.T) {
	f := loaded(t, synthetic(t, "b61-replacedby-cycle.json"))
	_, err := byCode(t, f, "A.1").Current()
	require.ErrorIs(t, err, casefw.ErrCycle)
}

func TestPrerequisites(t *testing.T) {
	f := loaded(t, synthetic(t, "b63-precedes-cycle.json"))
	_, err := byCode(t, f, "A.1").Prerequisites()
	require.ErrorIs(t, err, casefw.ErrCycle)

	f = loaded(t, testkit.ReadShared(t, "case/packages/synthetic/a01-full-v1p1.json"))
	for a := range f.Associations() {
		if a.Type() != casefw.Precedes || a.Destination().Item().IsZero() {
			continue
		}
		before, err := a.Destination().Item().Prerequisites()
		require.NoError(t, err)
		require.Contains(t, before, a.Origin().Item())
	}
}
