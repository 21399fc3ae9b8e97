// Package obtest makes what tests of badges need: keys, issuers, good and bad credentials,
// and the web that they are verified against. All of it comes from one seed and one clock,
// so that a test sees the same bytes on every machine, and nothing leaves the process.
//
//	world := obtest.New(obtest.Config{Seed: "my product"})
//	school, err := world.Issuer("harbour", obtest.DIDWeb, obtest.Ed25519)
//	…
//	badge, err := issue.Issue(ctx, school.Badge(obtest.Badge{Number: 7}), school.Config())
//
// # What there is
//
//   - [Key] and [World.Key]: keys of every kind.
//   - [World.Issuer]: issuers of every method, with their documents and status lists on the
//     Web; [Issuer.Badge], [Issuer.Record] and [Issuer.Endorsement] write what they issue.
//   - [World.Good]: badges, endorsements and records in every form by every kind of key.
//     [World.Badges] are as many as wanted. [World.Bad] have one fault each, and
//     [World.Attacks] are what holders, forgers and hosts try. A [Case] says what a verifier must make of
//     it.
//   - [Web]: the web in memory, as a fetch.Fetcher, with faults on demand. [Host] serves it over
//     TLS for real clients.
//
// # What is promised
//
// The same Seed gives the same bytes in every process, built with the same version of this
// module and of Go: keys, identifiers and signatures (ECDSA by RFC 6979). Signatures of PS256,
// proofs of ecdsa-sd-2023 and the certificates of a Host are drawn anew.
//
// The keys are known to everybody. Nothing of this belongs into a program that serves
// anybody.
package obtest
