// Package sdjwt secures credentials as SD-JWT (RFC 9901) of VC-JOSE-COSE, vc+sd-jwt: a
// token from which its holder leaves out what the issuer made disclosable.
//
// [Sign] makes one with every disclosure, for the holder to keep. [Present] leaves out what
// is not to be shown, and signs the rest with the holder's key for one verifier. Products
// issue through package vc/issue, which also makes sure that verifiers accept the
// credential, and verify with package vc/verify.
//
// Who sees two presentations of one SD-JWT can tell that they are of one: the issuer's
// signature, the digests and the holder's key are the same in each. That something is
// withheld can be seen too, though not what.
package sdjwt
