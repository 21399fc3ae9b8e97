// Package suites_test holds the engine against the world: the W3C test suites,
// lists of hostile input, and json-gold as an independent processor. It has no
// code of its own; docs/suites.md shows what it measures.
//
//   - TestSuites runs every case of every suite through our engine. An exception
//     is named in the list of exceptions with its reason, and must really be one.
//   - TestTable runs json-gold over the same cases and prints both as the table of
//     docs/suites.md: go test ./internal/test/suites -run TestTable -v. json-gold can
//     hang or end its process, so it runs in a process of its own that is ended
//     and started again when a case takes too long.
//   - TestDocuments and TestDrawnCredentials compare canonical forms with
//     json-gold. A difference is explained by a named deviation, each with the
//     clause that decides and a test of the explanation, or fails.
//
// All of it reads the shared data and is skipped where that is absent, but for
// the drawn credentials.
package suites_test
