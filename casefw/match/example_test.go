package match_test

import (
	"context"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/vc"
)

// keels is a framework of two skills, one a part of the other.
const keels = `{"CFDocument": {"identifier": "5b6a1c1e-0000-4000-8000-0000000000d0", "uri": "https://skills.example/d", "title": "Boats",
	"creator": "the guild", "lastChangeDateTime": "2025-01-01T00:00:00Z", "CFPackageURI": {"title": "Boats",
	"identifier": "5b6a1c1e-0000-4000-8000-0000000000d0", "uri": "https://skills.example/p"}},
	"CFItems": [
		{"identifier": "5b6a1c1e-0000-4000-8000-000000000001", "uri": "https://skills.example/1", "fullStatement": "Builds hulls",
			"lastChangeDateTime": "2025-01-01T00:00:00Z"},
		{"identifier": "5b6a1c1e-0000-4000-8000-000000000002", "uri": "https://skills.example/2", "fullStatement": "Lays keels",
			"lastChangeDateTime": "2025-01-01T00:00:00Z"}],
	"CFAssociations": [{"identifier": "5b6a1c1e-0000-4000-8000-00000000000a", "uri": "https://skills.example/a", "associationType": "isChildOf",
		"lastChangeDateTime": "2025-01-01T00:00:00Z",
		"originNodeURI": {"title": "o", "uri": "https://skills.example/2", "identifier": "5b6a1c1e-0000-4000-8000-000000000002"},
		"destinationNodeURI": {"title": "d", "uri": "https://skills.example/1", "identifier": "5b6a1c1e-0000-4000-8000-000000000001"}}]}`

// building has a framework, and the claims of somebody who can lay keels.
func building() (*match.Graph, casefw.Alignment, []match.Claim) {
	framework, _, err := casefw.LoadBytes([]byte(keels), casefw.Options{})
	if err != nil {
		panic(err)
	}
	laying := casefw.Alignment{TargetURL: "https://skills.example/2"}
	claims := []match.Claim{{ // package clr/intake makes them of what was handed in
		Credential: "urn:uuid:1", Issuer: "https://school.example", Name: vc.Plain("Keel laying"),
		Standing: match.StandingOwnProof, Validity: match.ValidityCurrent,
		Alignments: []match.Alignment{{Of: match.OfAchievement, Result: -1, Alignment: laying}},
	}}
	return match.NewGraph(casefw.NewCatalog(framework)), casefw.Alignment{TargetURL: "https://skills.example/1"}, claims
}

func ExampleExplainer() {
	graph, hulls, claims := building()
	job := match.Job{Title: "Shipwright", Requirements: []match.Requirement{{Target: hulls, Mandatory: true}}}
	matcher, err := graph.Prepare(job, match.DefaultPolicy())
	if err != nil {
		panic(err)
	}
	explainer, err := match.NewExplainer(nil)
	if err != nil {
		panic(err)
	}
	said := explainer.Explain(matcher, claims, matcher.Match(claims))
	fmt.Println(said.Mandatory)
	for _, r := range said.Requirements {
		fmt.Printf("%s. %s\n", r.Item, r.Says)
		for _, e := range r.Evidence {
			fmt.Println(e.Says)
			for _, step := range e.Path {
				fmt.Printf("%s, %s\n", step.Says, step.By)
			}
		}
	}
	// Output:
	// Everything that is mandatory is met.
	// Builds hulls. Met, 100 %
	// “Keel laying”, awarded by https://school.example, is for “Lays keels”.
	// “Lays keels” is a part of “Builds hulls”, says Boats
}

func ExampleIndex() {
	ctx := context.Background()
	graph, hulls, claims := building()
	var index match.Index = &match.MemoryIndex{} // or that of casefw/match/sqlstore
	if err := index.Put(ctx, "applicants", "applicant-19", graph.Entries(claims, nil)); err != nil {
		panic(err)
	}
	for found, err := range match.All(ctx, index, "applicants", graph.Skill(hulls, time.Now())) {
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s, by %s (%s)\n", found.Holder, found.Issuer, found.Standing)
	}
	// Output:
	// applicant-19, by https://school.example (own-proof)
}
