// Package ags reads results of LTI Assignment and Grade Services 2.0 as events for package
// casefw/plan.
//
//	assert, err := ags.NewAssertion(ags.Key{Signer: key, ID: "key-1", ClientID: "tool-7", TokenURL: tokenURL})
//	credentials, err := caseapi.NewClientCredentials(caseapi.Credentials{TokenURL: tokenURL, ClientID: "tool-7",
//		Assertion: assert, Scopes: ags.Scopes()})
//	client, err := ags.New(ags.Config{LineItems: endpoint.LineItems, Source: "lms", Authorize: credentials, Learners: learners})
//	batch, decisions, err := engine.Poll(ctx, client, store, cursor)
//
// A Result of AGS has no date, and does not say whether it is to stay. So it counts from
// when a [Client] first saw it as it is, and leads to a review and not to an award unless
// Config.Results says that the platform's results are final. Nothing tells what changed:
// everything is read each time and compared by digests.
//
// LTI has no member for items of CASE. Config.Align is a registry; tags and resource ids are
// agreements that have to be chosen.
package ags
