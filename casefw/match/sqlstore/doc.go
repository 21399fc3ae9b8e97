// Package sqlstore keeps a [match.Index] in a data base over database/sql: SQLite for a
// single machine, PostgreSQL for everything else. The product brings the driver. It may be
// the data base of package hub/sqlstore, whose tables are others.
//
//	index, err := sqlstore.Open(ctx, db, sqlstore.Config{})
//	err = index.Put(ctx, "customer-7", "applicant-19", graph.Entries(reading.Claims(), nil))
//
// What is acknowledged was committed, and Open refuses a data base that would lose it. Every
// key begins with the pool, there are no sequences and no foreign keys, so that the table can
// be spread over the machines of a distributed PostgreSQL. Whoever is removed is gone from it;
// copies of the data base are the operator's.
package sqlstore
