// Package oneroster reads the gradebooks of OneRoster 1.2, over its REST service or from
// its CSV files, as events for package casefw/plan.
//
//	client, err := oneroster.New(oneroster.Config{BaseURL: "https://sis.example.edu", Source: "sis",
//		Authorize: credentials, Learners: learners})
//	batch, decisions, err := engine.Poll(ctx, client, store, cursor)
//
// OneRoster pushes nothing, so a [Client] is asked again and again. It asks for what
// changed since the newest record that it saw, by the clock of the gradebook and some
// minutes back, and knows what it saw by digests. Whether the gradebook did what it was
// asked is looked at: many ignore filters or orders, and some drop records instead of
// marking them. Then the whole list is read and compared, and it is read whole once a day
// in any case. What is gone there is asked for by itself before it counts as deleted.
//
// The events that come of many small pulls lead to the awards that one reading of the
// whole gradebook leads to.
//
// What cannot be mapped to a learner or to a line item is parked in the cursor and tried
// again. Names and comments are not read.
package oneroster
