package casefw_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
)

// Reading a framework, whatever its provider makes of the standard, and walking
// down its tree.
func ExampleLoad() {
	f, report, err := casefw.Load(context.Background(), strings.NewReader(bakers), casefw.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Title(), report.Verdict())
	for item, depth := range f.Tree() {
		fmt.Println(strings.Repeat("  ", depth) + item.String())
	}
	// Output:
	// Baker’s craft accept
	//   B Dough
	//     B.1 Mixes a dough to a given consistency
	//     B.2 Judges the proof of a dough by touch
	//     B.10 Scales a recipe to a batch
	//   O Oven
	//     O.1-2015 Loads an oven
	//     O.1 Loads a deck oven without harm to loaf or baker
}

// What a provider sent wrong is repaired, reported, and kept as it was sent.
func ExampleParse() {
	sent := `{"identifier":"5E84A138-416E-11E7-9C16-F09B61C8DFDF","fullStatement":"Bakes","educationLevel":"01","notes":null,` +
		`"uri":"https://x.example/CFItems/5E84A138-416E-11E7-9C16-F09B61C8DFDF","lastChangeDateTime":"2024-01-01T00:00:00Z",` +
		`"CFDocumentURI":{"title":"Craft","identifier":"5e84a138-416e-11e7-9c16-f09b61c8dfd0","uri":"https://x.example/craft"}}`
	item, report, err := casefw.Parse[casefw.CFItem]([]byte(sent), casefw.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(item.GUID(), item.EducationLevel)
	for _, finding := range report.Findings {
		fmt.Printf("%s %s: %s\n", finding.Pointer, finding.Code, finding.Fix)
	}
	// Output:
	// 5e84a138-416e-11e7-9c16-f09b61c8dfdf [01]
	// /identifier uuid-not-lowercase: compared without regard to case
	// /educationLevel string-instead-of-array: read as an array of one
	// /notes null-value: read as absent
}

// A crosswalk follows what is asserted to be the same, over frameworks and over
// associations of third parties.
func ExampleCatalog_Crosswalk() {
	f, _, _ := casefw.LoadBytes([]byte(bakers), casefw.Options{})
	catalog := casefw.NewCatalog(f)
	items, _ := f.FindCode("O.1")
	for match := range catalog.Crosswalk(items[0].GUID(), casefw.CrosswalkOptions{MaxHops: 2}) {
		fmt.Println(match.Type, match.Node.Title(), match.Hops)
	}
	// Output: exactMatchOf Load ovens 1
}

// An Open Badges alignment points into a framework, and leads back to the item.
func ExampleCatalog_ResolveAlignment() {
	f, _, _ := casefw.LoadBytes([]byte(bakers), casefw.Options{})
	r := casefw.NewCatalog(f).ResolveAlignment(casefw.Alignment{
		TargetURL: "https://bakers.example/skills", TargetCode: "b.1", TargetFramework: "Baker’s craft"})
	fmt.Println(r.Item.Statement(), r.Method, r.Certainty == casefw.Possible, r.Conflicts)
	// Output: Mixes a dough to a given consistency code-in-framework true [the item's code is written B.1]
}
