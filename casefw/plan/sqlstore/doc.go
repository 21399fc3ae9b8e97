// Package sqlstore keeps what package plan knows of learners, and the outbox of its
// decisions, in a data base over database/sql, SQLite or PostgreSQL.
//
//	store, err := sqlstore.Open(ctx, db, sqlstore.Config{})
//	decisions, err := engine.Process(ctx, store, event)
//	waiting, err := store.Pending(ctx, 100)
//
// Any number of workers may share a data base, each in a process of its own. An event that
// decides nothing costs a read and one statement; one that decides something a transaction,
// in which the state and its decisions are kept together.
//
// Package hub/sqlstore says what drivers and settings are asked for; both can share a data
// base.
package sqlstore
