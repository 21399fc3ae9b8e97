package casefw_test

import (
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/stretchr/testify/require"
)

// The verdicts of the shared catalogue: what a tolerant reader accepts, and which
// codes it reports at least.
func TestTolerantVerdicts(t *testing.T) {
	for name, want := range expectations(t) {
		t.Run(name, func(t *testing.T) {
			f, report, err := casefw.LoadBytes(synthetic(t, name), casefw.Options{})
			if err == nil {
				report.Append(f.Lint(0))
			}
			require.Equal(t, want.Lenient, report.Verdict().String(), "%v", report.Findings)
			for _, code := range want.Diagnostics {
				require.True(t, report.Has(vcCode(code)), "%s is missing in %v", code, report.Counts)
			}
			for _, finding := range report.Findings {
				require.NotEmpty(t, finding.Message)
				require.NotEmpty(t, finding.Spec)
			}
		})
	}
}

// An alternative pathway is what groupings are for; two places in one tree are told of.
func TestPathwaysAreNoFault(t *testing.T) {
	lint := func(links ...[2]string) bool { // parent and grouping of the last item
		p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Identifier: guidOf(0, 0)}}
		child := func(i int, parent, grouping string) {
			a := casefw.CFAssociation{AssociationType: casefw.IsChildOf, OriginNodeURI: &casefw.LinkGenURI{Identifier: guidOf(1, i)},
				DestinationNodeURI: &casefw.LinkGenURI{Identifier: parent}}
			if grouping != "" {
				a.CFAssociationGroupingURI = &casefw.LinkURI{Identifier: grouping}
			}
			p.CFAssociations = append(p.CFAssociations, a)
		}
		for i := range 4 {
			p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: guidOf(1, i), FullStatement: "s"})
			if i < 3 {
				child(i, guidOf(0, 0), "")
			}
		}
		for _, l := range links {
			child(3, l[0], l[1])
		}
		return casefw.NewFramework(p).Lint(0).Has(casefw.CodeMultipleParents)
	}
	a, b, c, g, h := guidOf(1, 0), guidOf(1, 1), guidOf(1, 2), guidOf(5, 1), guidOf(5, 2)
	for _, fine := range [][][2]string{{{a, ""}}, {{a, ""}, {b, g}}, {{b, g}, {a, ""}}, {{a, ""}, {b, g}, {c, h}}, {{a, ""}, {a, g}, {a, ""}},
		{{a, g}, {b, h}}} {
		require.False(t, lint(fine...), fine)
	}
	for _, several := range [][][2]string{{{a, ""}, {b, ""}}, {{a, ""}, {a, g}, {b, ""}}, {{a, g}, {b, g}}, {{a, ""}, {a, h}, {b, g}, {c, g}}} {
		require.True(t, lint(several...), several)
	}
	var many [][2]string
	for i := range 300 {
		many = append(many, [2]string{[]string{a, b, c}[i%3], guidOf(6, i)})
	}
	require.False(t, lint(many...), "a pathway each")
}
