// Package schema answers whether a credential fits the schemas that it names in
// credentialSchema.
//
// # Use
//
// [Check] takes a credential that was proven authentic already; before that, a forger
// would choose which URL is fetched and what is computed. Package vc/verify calls it at
// the right moment, and most products need no more than its report.
//
//	result := schema.Check(ctx, credential, schema.Options{Fetcher: door, VerifyCredential: verify})
//	for _, e := range result.Entries {
//		if e.State == schema.StateMisfits { … } // e.Problems say where
//	}
//
// Three types of entry are read:
//
//   - JsonSchema (VC JSON Schema 1.0), a JSON Schema at its id;
//   - JsonSchemaCredential, a JSON Schema in a credential of its own, whose proof is
//     verified by Options.VerifyCredential;
//   - 1EdTechJsonSchemaValidator2019 (Open Badges 3.0, CLR 2.0).
//
// The drafts 2020-12, 2019-09 and 07 are known by their $schema. A schema that names
// none, or another, is not judged, but that an entry of 1EdTech means 2019-09 where
// nothing is said, and that a schema which is a $ref and nothing else is read as
// 2020-12. "format" is asserted: who writes it into the schema of a credential means
// it, and the published schemas rely on it. Two things are not done: $dynamicRef and
// $recursiveRef that depend on who refers, and patterns with lookaround, which need
// time that nobody can bound.
//
// The schemas that 1EdTech publishes are never fetched. They let through what the
// specifications forbid, so they are answered by package vc/rules ([Published],
// [StateRules]). They are a list of names, and a name that somebody makes up beside
// them is fetched like any other.
//
// # Outcomes
//
// There is no way from a failure to [StateFits]. What is wrong with the entry speaks
// against the credential ([StateMalformed]), since whoever holds a credential may have
// written it; so does a schema that has another digest than the entry says. What is
// wrong with the schema, its host or its own proof leaves [StateUnknown], with a code
// that tells which.
//
// # References and work
//
// A schema may refer to others ($ref). They are asked of the same Fetcher, in the same
// budget of requests, over https alone: whoever chose the first schema chose them too,
// and schemas that are composed of several are common. At most eight are read for one
// schema. The loaders that the JSON Schema library has for files and hosts are never
// reached.
//
// A schema that unfolds beyond Options.MaxNodes is not evaluated, and before each
// evaluation its steps over this document are counted: nothing is begun that would not
// end soon (docs/limits.md). A [Cache] keeps compiled schemas under the digest of their
// text, and asks for what they refer to again, so it serves any number of verifiers,
// whatever they trust.
//
// Texts of problems name keywords of the schema and places of the document. They never
// show values of the document, which may be personal.
package schema
