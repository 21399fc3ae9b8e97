// Package vcjwt secures credentials as compact JWS, in the three forms that are
// in circulation: the 1EdTech profile of Open Badges 3.0 and CLR 2.0 (the payload
// is the credential with the registered claims beside it), the VCDM 1.1 form (the
// credential stands in the claim vc), and vc+jwt of VC-JOSE-COSE.
//
// [Sign] makes tokens of the first form, or vc+jwt. Products issue through package
// vc/issue, which also makes sure that the credential is one that verifiers accept, and
// verify with package vc/verify.
//
// A key in the header proves that the sender holds it and nothing about the issuer.
package vcjwt
