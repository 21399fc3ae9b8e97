// Package match holds what a learner claims against a framework of competencies: one
// [Claim] for each achievement that a credential asserts.
//
// Claims come from package clr/intake, which verified what they stand in. Nothing here
// verifies anything: a Claim carries who can be held to it, and whether it counts.
package match
