// Package ob2 reads badges of Open Badges 2.0 and 2.1, checks them, and carries them over to
// Open Badges 3.0.
//
// [New] makes a [Verifier]. Its Verify takes what somebody handed in, as JSON, as a token or
// baked into an image, and returns the assertion together with its badge class and its
// issuer, as their publishers have them now, or a report of why not:
//
//	verifier, err := ob2.New(ob2.Config{Fetcher: client})
//	…
//	badge, err := verifier.Verify(ctx, handedIn, ob2.Options{Recipients: []ob2.Identity{{Type: "email", Value: "beth@example.org"}}})
//
// A badge of Open Badges 2 is what its publisher says at the address of the badge (hosted),
// or a token by a key that the issuer's profile lists (signed). So a verifier without a
// network or a trust pack decides nothing: the verdict is undetermined. What is asked for is
// chosen by who wrote the badge; use the guarded client of package vc/fetch.
//
// [Upgrade] makes of a verified badge an unsigned credential of Open Badges 3.0 for package
// vc/issue, and names what did not carry over.
//
// [Read] reads one document and believes nothing. Documents of 1.1, 1.0 and 0.5 are named
// and not verified.
package ob2
