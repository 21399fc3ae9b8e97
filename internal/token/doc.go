// Package token checks compact JWS whose payload is or holds a credential, in the forms
// that are in circulation: the 1EdTech profile, the claim vc of VCDM 1.1, and vc+jwt.
// [Read] checks the header and every equality between claims and credential that the
// profile demands, and says where the key is to be found; [Token.Verify] checks the
// signature.
//
// A key in the header proves that the sender holds it and nothing about the issuer.
// Tokens are never decrypted, never inflated, and an algorithm is taken only together
// with a key of its kind.
package token
