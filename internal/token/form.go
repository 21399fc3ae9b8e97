package token

// Form is the profile that a token follows.
type Form uint8

// The forms of a token.
const (
	FormProfile Form = iota // 1EdTech: the payload is the credential with registered claims
	FormVCClaim             // VCDM 1.1, 6.3.1: the credential stands in the claim vc
	FormVCJOSE              // VC-JOSE-COSE 1.0: typ vc+jwt, the payload is the credential
	FormVPClaim             // VCDM 1.1, 6.3.1: a presentation stands in the claim vp
	FormVPJOSE              // VC-JOSE-COSE 1.0: typ vp+jwt, the payload is the presentation
	FormSDJWT               // VC-JOSE-COSE 1.0: typ vc+sd-jwt, the payload is the credential with disclosures
	FormVPSDJWT             // VC-JOSE-COSE 1.0: typ vp+sd-jwt, the payload is the presentation with disclosures
)

// jose reports whether the form is one of VC-JOSE-COSE, in which the payload is the
// credential or presentation and the registered claims may be left out.
func (f Form) jose() bool { return f == FormVCJOSE || f == FormSDJWT || f.content() == "vp" }

// String names the form for reports.
func (f Form) String() string {
	return [...]string{"1EdTech VC-JWT", "VC-JWT of VCDM 1.1", "vc+jwt", "VP-JWT of VCDM 1.1", "vp+jwt", "vc+sd-jwt", "vp+sd-jwt"}[f]
}

// content is the media type of the payload of a token of VC-JOSE-COSE, for cty.
func (f Form) content() string {
	if f == FormVPJOSE || f == FormVPSDJWT {
		return "vp"
	}
	return "vc"
}
