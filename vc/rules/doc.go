// Package rules holds what the specifications ask of a credential beyond its
// signature: the Verifiable Credentials Data Model 2.0 and 1.1 with its
// presentations, Open Badges 3.0, and the Comprehensive Learner Record 2.0. They
// stand in one table of facts (cardinalities, types, formats, enumerations) and
// in functions for what spans several objects.
//
// A draft is checked before it is signed, and whatever a stranger hands in is
// checked in the same way:
//
//	findings, err := rules.CheckJSON(text)
//	if err != nil { … }                // no JSON, no credential
//	if len(vc.Errors(findings)) > 0 { … } // each has a pointer, a fix, a clause
//
// [Check] judges a document as what it says it is. [Class.Check] judges it as one
// class, which may be a part of a credential: a profile, an achievement, a status
// entry. The models of packages ob and clr have a Check method that does so, and
// vc/verify runs [Check] among the rest.
//
// All functions are pure: nothing is fetched, no clock is read, no signature is
// looked at, and no term is looked up in a context. They are safe for concurrent
// use.
package rules
