// Package sqlstore keeps what package hub, package oauthsrv and the status lists of package
// vc/status keep, in one data base over database/sql: SQLite for a single machine,
// PostgreSQL for everything else. The product brings the driver.
//
//	db, err := sql.Open("sqlite", "file:hub.db?"+sqlstore.SQLitePragmas) // modernc.org/sqlite
//	db, err := sql.Open("pgx", "postgres://…")                          // github.com/jackc/pgx/v5/stdlib
//	store, err := sqlstore.Open(ctx, db, sqlstore.Config{})
//
// The tables are made and brought up to date by [Open], several processes of which may start
// at once. In PostgreSQL they stand in the first schema of the search_path. What is acknowledged was
// committed, and Open refuses a data base that would lose it: synchronous_commit off, or
// SQLite with less than synchronous=FULL.
//
// Every key begins with the tenant or the owner, there are no sequences, no foreign keys,
// and a credential is stored by one statement. So the schema can be spread over the machines
// of a distributed PostgreSQL by the first column of its keys.
package sqlstore
