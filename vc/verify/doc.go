// Package verify decides whether a credential may be believed, and says why or
// why not.
//
// [Verify] is the door for products: it returns a [Verified] credential or an
// error, and there is no third way. [Inspect] runs all that is safe to run and
// returns the whole [Report], for screens and for conformance work.
//
//	verified, err := verify.Verify(ctx, bytes, verify.Config{})
//	if err != nil { … }                    // *verify.Error holds the report
//	var badge ob.AchievementCredential
//	err = verified.Decode(&badge)
//
// A credential comes as JSON with embedded proofs, as a token, or as an SD-JWT: what its
// holder did not show is listed as withheld, and is no fault.
//
// The zero [Config] is strict and offline: all cryptosuites of today, known contexts only,
// keys that need no network (did:key, did:jwk). Keys that are published on the
// web come from a trust pack or a guarded client, see package vc/fetch.
//
// The order of the checks is a security property. Until the proof checked out and
// the key was found to be the issuer's, nothing that the document names is
// fetched, except the key itself. A forger chooses neither the URL that is
// requested nor the message that is shown.
//
// A signature over RDF fixes statements, not JSON. Whoever holds a credential can
// write the same statements as another text; the check [CheckReading] refuses what
// could then be read otherwise than it was signed. A credential that embeds others
// is refused if the proof of one of them, at any depth, is wrong; what is unsigned
// or could not be checked is reported, and [Verified.Embedded] hands everything
// embedded out with what became of its proof.
//
// [VerifyPresentation] is the door for presentations, with [Expect] for the challenge and the
// domain that were given out. What it returns says who sent which credentials; each of them
// has its own report, and [Nested.Holding] says whether its subject sent it.
//
//	presented, err := verify.VerifyPresentation(ctx, bytes, verify.Expect{
//		Challenge: challenge, Domain: []string{"jobs.example"},
//	}, verify.Config{})
//
// Do not use a document's members before it is verified, and do not read members
// from the bytes that were passed in once it is: use [Verified.Decode].
package verify
