// Package sqlstore keeps competency frameworks in a data base over database/sql, SQLite or
// PostgreSQL: what a handler of package caseapi serves, and what caseapi.Sync holds.
//
//	store, err := sqlstore.Open(ctx, db, sqlstore.Config{})
//	report, err := store.Put(ctx, framework)
//	handler, err := caseapi.NewHandler(caseapi.Config{Store: store})
//
// Each answer is written when a framework is put, in both versions and with its tag. A
// request finds it by its identifier, and a client who has it already costs the look for
// the tag alone: no framework is ever loaded to answer, and no process keeps one in
// memory. Documents are the exception: they are few, and kept for filters and orders.
//
// [Holdings] keep the frameworks of a provider between two synchronisations as texts. What
// tells whether a framework changed is beside them, so that a framework is loaded only for
// the comparison with one that did.
//
// Package hub/sqlstore says what drivers and settings are asked for; both can share a data
// base.
package sqlstore
