// Package format is the one recogniser: it tells what some bytes are by their
// content, so that whoever hands in something other than a credential is told what it
// is, where the credential in it stands, and what to hand in.
//
// [Sniff] looks at the bytes and parses nothing, [Look] at a JSON object that was
// parsed, [LookClaims] at the payload of a token, and [Recognise] does whichever the
// bytes need. None believes anything: a [Kind] is a guess by names and first bytes that
// a report is worded with, and a JSON object is only taken for something else where it
// has none of the marks of a credential.
//
// Each is linear in the length of the bytes. What is encoded or compressed is decoded
// once, from a prefix, and only to name it.
package format
