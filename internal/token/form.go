package token

// Form is the profile that a token follows.
type Form uint8

// The forms of a token.
const (
	FormProfile Form = iota // 1EdTech: the payload is the credential with registered claims
	FormVCClaim             // VCDM 1.1, 6.3.1: the credential stands in the claim vc
	FormVCJOSE              // VC-JOSE-COSE 1.0: typ vc+jwt, the payload is the credential
	FormSDJWT               // VC-JOSE-COSE 1.0: typ vc+sd-jwt, the payload is the credential with disclosures
)

// jose reports whether the form is one of VC-JOSE-COSE, in which the payload is the
// credential and the registered claims may be left out.
func (f Form) jose() bool { return f == FormVCJOSE || f == FormSDJWT }

// String names the form for reports.
func (f Form) String() string {
	return [...]string{"1EdTech VC-JWT", "VC-JWT of VCDM 1.1", "vc+jwt", "vc+sd-jwt"}[f]
}
