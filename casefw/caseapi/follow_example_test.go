package caseapi_test

import (
	"context"
	"fmt"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// A framework links to an item on another host. Here a trust pack answers for that; a
// fetch.Client goes there.
func ExampleFollow() {
	ours, _, err := casefw.LoadBytes([]byte(`{"CFDocument": {"identifier": "0d000000-0000-4000-8000-000000000001", "title": "Boats"},
		"CFItems": [{"identifier": "0a000000-0000-4000-8000-000000000001", "fullStatement": "Planks a hull"}],
		"CFAssociations": [{"associationType": "exactMatchOf", "originNodeURI": {"identifier": "0a000000-0000-4000-8000-000000000001"},
			"destinationNodeURI": {"identifier": "0a000000-0000-4000-8000-000000000002", "uri": "https://yards.example/uri/0a000000-0000-4000-8000-000000000002"}}]}`),
		casefw.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	pack, err := fetch.ParsePack([]byte(`{
		"https://yards.example/uri/0a000000-0000-4000-8000-000000000002": {"identifier": "0a000000-0000-4000-8000-000000000002",
			"uri": "https://yards.example/uri/0a000000-0000-4000-8000-000000000002", "fullStatement": "Fits planks",
			"CFDocumentURI": {"title": "Yards", "identifier": "0d000000-0000-4000-8000-000000000002", "uri": "https://yards.example/yards"}},
		"https://yards.example/yards": {"CFDocument": {"identifier": "0d000000-0000-4000-8000-000000000002", "title": "Yards"},
			"CFItems": [{"identifier": "0a000000-0000-4000-8000-000000000002", "fullStatement": "Fits planks"}]}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	followed, err := caseapi.Follow(context.Background(), casefw.NewCatalog(ours), caseapi.FollowOptions{Fetcher: pack})
	if err != nil {
		fmt.Println(err)
		return
	}
	for m := range followed.Catalog.Equivalents(ours.At(0).GUID(), 0) {
		fmt.Println(m.Item.Framework().Title()+":", m.Item.Statement())
	}
	fmt.Println(followed.Complete, followed.Loaded[0].Source)
	// Output:
	// Yards: Fits planks
	// true trust pack
}
