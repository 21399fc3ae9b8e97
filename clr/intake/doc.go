// Package intake takes what a stranger hands in, and says who can be held to which claim in
// it: a badge, a record, an endorsement or a presentation, as JSON, as a token, as an
// SD-JWT, baked into an image, or a zip archive of such files.
//
//	reader, err := intake.New(intake.Config{Verify: verify.Config{Fetcher: client}})
//	…
//	reading, err := reader.Read(ctx, upload, intake.Options{Holder: "ana@example.org"})
//	for entry := range reading.Entries() { … entry.Standing … }
//	for _, claim := range reading.Claims() { … claim.Against … }
//
// A record is a container. That its signature is wrong says nothing of a badge in it that
// its issuer signed, and that the signature is good says nothing of one that its issuer
// did not sign. So each credential is an [Entry] with a [Standing] of its own, checked by
// package vc/verify and by nothing else, and what an entry says is to be had of the entry
// alone.
//
// A [Reading] is never nil, whatever came: what cannot be read is a Reading that says so.
// Nothing is fetched but what Config.Verify allows.
//
// [Reader.Record] keeps what a reading rests on as one document, from which [Replay] reads the
// upload anew without asking anybody. [Registries] say who an issuer is; that is beside who can
// be held to an entry, and decides nothing of it. Records of CLR 1.0 are read as far as that
// goes. Package clr/intake/page shows a reading to people.
//
// [Reading.Claims] are what package casefw/match compares with a job, [Reading.Graph] is how
// the achievements of a record hang together, [Reading.Transcript] are its terms and
// credits.
package intake
