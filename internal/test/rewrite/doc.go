// Package rewrite is the holder as an adversary: it rewrites the JSON of a signed
// credential in every way it can think of that leaves the signed statements alone,
// so that a test can hold a verifier to one reading of them.
//
//   - [Originals] are credentials and records of our own, signed with fixed keys.
//   - [Kinds] are the ways of rewriting, each with a generator of many [Edit]s.
//   - [Sieve] says by our own engine whether a rewriting still has the signatures
//     of its original, [Gold] says it by json-gold, which knows nothing of ours.
//   - [Read] is what a reader of the JSON learns from it: the members of the models,
//     where they stand.
//
// It is for tests only.
package rewrite
