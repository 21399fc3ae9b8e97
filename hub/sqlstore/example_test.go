package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/hub/sqlstore"
	"github.com/laurel-edu/laurel/vc/status"
)

// One file keeps the badges of people, the grants of their applications, and the status lists
// of an issuer.
func ExampleOpen() {
	folder, err := os.MkdirTemp("", "hub")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(folder, "hub.db")+"?"+sqlstore.SQLitePragmas)
	if err != nil {
		panic(err)
	}
	defer func() { _ = db.Close() }()
	ctx := context.Background()
	store, err := sqlstore.Open(ctx, db, sqlstore.Config{})
	if err != nil {
		panic(err)
	}
	defer func() { _ = store.Close() }()

	badge := hub.Credential{Kind: hub.KindBadge, Issuer: "https://school.example", ID: "urn:uuid:1",
		ValidFrom: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Raw: []byte(`{"id":"urn:uuid:1"}`)}
	_, outcome, err := store.Upsert(ctx, hub.Owner{Tenant: "demo", User: "anna"}, badge)
	fmt.Println(outcome, err)

	var lists status.Store = store.Lists("demo")
	free, err := lists.Take(ctx, "revocation/1", 4711)
	fmt.Println(free, err)
	// Output:
	// created <nil>
	// true <nil>
}
