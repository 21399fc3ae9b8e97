package hub_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/laurel-edu/laurel/hub"
)

// A badge is kept under what was verified of it, and comes back as it came.
func ExampleStore() {
	var store hub.Store = &hub.Memory{}
	ctx, anna := context.Background(), hub.Owner{Tenant: "demo", User: "anna"}
	badge := hub.Credential{Kind: hub.KindBadge, Issuer: "https://school.example", ID: "urn:uuid:1",
		ValidFrom: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Raw: []byte(`{"id":"urn:uuid:1"}`)}
	for range 2 {
		stored, outcome, err := store.Upsert(ctx, anna, badge)
		if err != nil {
			panic(err)
		}
		fmt.Println(outcome, stored.Version)
	}
	page, err := store.List(ctx, anna, hub.Query{Kind: hub.KindBadge})
	if err != nil {
		panic(err)
	}
	_, _ = os.Stdout.Write(page.Entries[0].Raw)
	// Output:
	// created 1
	// unchanged 1
	// {"id":"urn:uuid:1"}
}
