// Package vcjwt secures credentials as compact JWS, in the three forms that are
// in circulation: the 1EdTech profile of Open Badges 3.0 and CLR 2.0 (the payload
// is the credential with the registered claims beside it), the VCDM 1.1 form (the
// credential stands in the claim vc), and vc+jwt of VC-JOSE-COSE.
//
// [Sign] makes tokens of the first form, or vc+jwt. To verify a token, use
// package vc/verify. [Read] is the layer beneath: it checks the header and every
// equality between claims and credential that the profile demands, and says
// where the key is to be found; [Token.Verify] checks the signature.
//
// A key in the header proves that the sender holds it and nothing about the
// issuer. Tokens are never decrypted, never inflated, and an algorithm is taken
// only together with a key of its kind.
package vcjwt
