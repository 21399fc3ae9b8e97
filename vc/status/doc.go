// Package status answers whether the issuer of a credential has withdrawn it, by
// the status lists that its credentialStatus names, and publishes such lists.
//
// # Reading
//
// [Check] takes a credential that was proven authentic already; before that, a
// forger would choose which URL is fetched. Package vc/verify calls it at the
// right moment, and most products need no more than its report.
//
//	result := status.Check(ctx, credential, status.Options{Fetcher: door, VerifyList: verifyList})
//	if err := result.Err(); errors.Is(err, status.ErrRevoked) { … }
//
// Four types are read:
//
//   - BitstringStatusListEntry (Bitstring Status List 1.0), the one to publish;
//   - StatusList2021Entry and RevocationList2020Status, its forerunners;
//   - 1EdTechRevocationList, which newer editions of Open Badges 3.0 deprecate
//     and whose list nobody signs.
//
// Every entry gets an [Entry] with a [State], one for each of its known types. There
// is no way from a failure to [StateClear]: a list that cannot be fetched, is not signed
// by the issuer, has expired, has another purpose, or is of a type that this package
// does not know leaves the state [StateUnknown], with a code that tells which. An Unknown
// says nothing against the credential, since whoever disturbs the network or the
// host can cause it, and nothing for it: a verifier reports it as undetermined.
//
// An entry that cannot be read is [StateMalformed] instead, and speaks against the
// credential. A holder can write one in many ways that a proof over RDF does not
// tell apart, of which one form only is read (an array of one is its value), so
// that no rewriting turns a revocation into "not known". Nothing depends on the
// order of entries or types.
//
// Where the specification is stricter than documents in circulation, this
// package reads with a warning what has one meaning only: an index that is a JSON
// number, the base64 of older lists. It refuses what readers take differently: an
// index with a leading zero, several gzip members, a list that was compressed twice.
//
// A defect that does not touch who signed the list (too few entries, a wrong
// table of messages, base64 or compression of another kind, the types of a
// Status List 2021 for those of a Bitstring Status List) never hides a revocation: a
// set bit is reported as set, and the defect as a warning. It never shows a credential
// as clear either: a bit that is not set leaves the state Unknown, with the code of
// the defect.
//
// The same holds for a list whose id is not the URL that the entry names, since it may
// be another list of the issuer ([Options.SkipListID]). A list without what it is made
// of is no empty list, and says nothing.
//
// # Publishing
//
// A [Publisher] is all that an issuer needs: [Publisher.Entries] gives a new credential its
// credentialStatus, at indexes drawn at random that nobody else has; [Publisher.Revoke] and
// [Publisher.Set] withdraw, suspend and reinstate; and as an http.Handler it serves the lists,
// signed anew when they change and before they end. What it must not forget it keeps in a
// [Store]: [FileStore] for one process, a database of the product's own for several.
//
// Beneath it stand [List], which is bits, and [Publication], which is what a list credential
// says besides. A list of at least [MinEntries] entries that is fetched whole hides which
// credential a verifier asks about; never publish a URL for each credential.
package status
