// Package ob holds Open Badges 3.0: the classes as typed structs that lose
// nothing, constructors that fill in what every badge has, identity hashing, and
// the equality of the specification. What is wrong with a badge, and where, is
// said by package vc/rules, which the Check methods ask.
//
// To issue, describe the award, check it, and sign its bytes:
//
//	badge := ob.NewAchievementCredential(ob.Award{…})
//	if findings := badge.Check(); len(vc.Errors(findings)) > 0 { … }
//	text, err := badge.JSON() // what proof/dataintegrity or proof/vcjwt signs
//
// To read a badge that somebody else made, verify it first with package
// vc/verify, which runs the same rules among the rest, and decode what it returns.
// Decoding here is liberal and believes everything: a struct that was decoded
// from a stranger's bytes proves nothing.
//
// Text fields that the specification calls Markdown are what the issuer wrote.
// Sanitise them before showing them.
package ob
