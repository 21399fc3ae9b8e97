package vcjwt

// Form is the profile that a token follows.
type Form uint8

// The forms of a token. The form of data model 1.1, with the credential in the claim vc,
// is read by verifiers and never written.
const (
	FormProfile Form = iota // 1EdTech: the payload is the credential with registered claims
	FormVCJOSE              // VC-JOSE-COSE 1.0: typ vc+jwt, the payload is the credential
)
