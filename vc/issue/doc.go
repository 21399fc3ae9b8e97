// Package issue is the door by which credentials go out: it signs a badge, an
// endorsement or a record, and hands out only what package vc/verify accepts.
//
//	issued, err := issue.Issue(ctx, badge, issue.Config{Signer: signer, VerificationMethod: "https://school.example/issuer#key-1"})
//	if err != nil { … }      // *issue.Error holds every finding
//	store(issued.Bytes())
//
// The rules are asked first, so that nothing bad is put before the Signer. Then the
// contexts that the form of the proof needs are added, the credential is signed, and
// what came of it goes through the verifier, which is given the Signer's public key
// under the VerificationMethod. That the issuer's own document lists this key is the
// one thing that is not asked: the issuer publishes it.
//
// A credential that is not valid yet is issued, and so is one whose status list or
// schema was not asked. One that has expired, is revoked, or names no recipient is
// refused. Keep an [Issuer] where many credentials are issued.
//
// [Config.Form] says how: an embedded proof, a token, or an SD-JWT of which the holder shows
// parts. The functions of proof/dataintegrity, proof/vcjwt and proof/sdjwt are the layer
// beneath. They sign what a verifier may refuse: do not issue by them.
package issue
