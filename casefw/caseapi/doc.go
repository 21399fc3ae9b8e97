// Package caseapi speaks the REST binding of CASE 1.0 and 1.1: a handler that
// serves frameworks as a certified provider must, and a client for the providers
// that there are.
//
// # Serving
//
// [NewHandler] makes an http.Handler out of a [Store]; [Memory] is the store that
// comes with the package:
//
//	framework, _, err := casefw.Load(ctx, file, casefw.Options{})
//	store, err := caseapi.NewMemory(framework)
//	handler, err := caseapi.NewHandler(caseapi.Config{Store: store, BaseURL: "https://case.example.edu"})
//
// It answers all endpoints of both versions, each under its base path and with what
// the version has: 1.0 sees no member that 1.1 added. The list of documents takes
// limit, offset, sort, orderBy, filter and fields, and has Link and X-Total-Count.
// Below uri/ it answers what an identifier names, of whatever kind: an address without a
// version, for the uri of items and for alignments. Every answer has an ETag of its
// bytes and, where the store knows, Last-Modified; both make an answer 304. Refusals
// are status information in the version's spelling.
//
// The binding leaves gaps, which are filled so: texts are compared without regard
// to case, by code points and not by a language's order; instants as such; absent
// members come last in any order and equal nothing; = compares a whole array in any
// order, ~ any element; a quote in a filter's value is doubled. An unknown field to
// sort by leaves the provider's order, an unknown field to filter by is refused.
// A store without frameworks answers an empty list, which the schema does not have.
//
// A store of your own needs two methods. Package storetest holds it against the rules. One
// that has the texts of its answers hands them over with [NewStored].
//
// Before a framework is published ask [casefw.Framework.CheckAnswers] what of it the
// standard refuses, and [casefw.Framework.Lint] what is wrong with it as a whole. The
// handler serves what it is given, and makes up no member that the data lack.
//
// # Fetching
//
// [NewClient] makes a client of a provider, [Sync] keeps what a product holds of it up to
// date, in [Holdings] of its own:
//
//	client, err := caseapi.NewClient(caseapi.ClientConfig{BaseURL: "https://case.example.edu"})
//	report, err := caseapi.Sync(ctx, client, holdings, caseapi.SyncOptions{})
//
// What a provider gets wrong is taken where nothing depends on it, and told. What is
// concluded from its answers is proven: a package is the one of the document asked for, and
// a list is complete only where its end is shown to be one. A framework is gone only then.
//
// [Follow] loads what the links of frameworks lead to, on whichever hosts, so that a walk
// of a [casefw.Catalog] goes from one to another as on the web:
//
//	client, err := fetch.NewClient(fetch.Config{MaxBytes: 64 << 20, Timeout: time.Minute})
//	followed, err := caseapi.Follow(ctx, casefw.NewCatalog(ours), caseapi.FollowOptions{Fetcher: client})
//
// # What not to do
//
// Do not put drafts that nobody may see into a Memory: it shows everything. Do not
// build URLs of packages from identifiers where CFPackageURI names one. TLS and the
// limits of connections are the http.Server's: set its timeouts, which alone end a reader
// who does not read; until then his answer counts against Config.SendBytes.
package caseapi
