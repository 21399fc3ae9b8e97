// Package vc holds the W3C Verifiable Credentials Data Model, 2.0 and reading
// 1.1: documents as they arrived, the [Envelope] and the value types that the typed
// models share, such as [Text], and [Problem], the coded fault that every public
// package reports.
//
// [Parse] turns bytes into a [Document] and believes nothing: it finds the
// credential, its type, its issuer and its proofs, and that is all it says. Trust
// begins with package vc/verify, which is what a product calls.
//
// A signed credential stays bytes. No function here or elsewhere takes one as a
// struct, because writing a struct out again would change what was signed.
package vc
