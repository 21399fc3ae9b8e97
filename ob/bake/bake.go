package bake

// BakeOptions says how [Bake] writes. The zero value is the safest.
type BakeOptions struct {
	// Replace takes out what is baked into the image, credentials of all kinds,
	// and bakes the new one. Without it such an image is refused with
	// [CodeAlreadyBaked], so that nobody's credential is lost unseen.
	Replace bool
	// Limits bounds the credential and the image.
	Limits Limits
}

// Bake returns a copy of the PNG or SVG image that carries the credential, a
// signed JSON object or a compact JWS (OB 3.0, 5.3). The image's own bytes stay
// as they are. White space and a byte order mark around the credential are
// dropped.
//
// A zero kind is inferred from the credential's type. A kind that contradicts
// the type is refused, and so is a credential of OB 3.0 or CLR 2.0 without a
// proof; the proof is not verified. OB 2.0 assertions may be unsigned, as hosted
// ones are.
//
// In a PNG the credential stands in an uncompressed iTXt chunk before the
// pixels, in an SVG directly after the <svg> tag. Errors are [*vc.Problem]s.
func Bake(image, credential []byte, kind Kind, o BakeOptions) ([]byte, error) {
	r := reading{limits: o.Limits.withDefaults()}
	c, err := readCandidate(credential, kind, r.limits)
	if err != nil {
		return nil, err
	}
	switch Detect(image) {
	case PNG:
		return bakePNG(image, c, o.Replace, r)
	case SVG:
		return bakeSVG(image, c, o.Replace, r)
	}
	return nil, notAnImage(image)
}

// Remove returns a copy of the image without the credentials of the kind, or
// without any for the zero Kind. Removing what [Bake] inserted into an image
// that was not baked before gives the image back byte for byte, except that an
// SVG root written <svg/> comes back as <svg></svg>. An image without such a
// credential is refused with [CodeNoCredential].
func Remove(image []byte, kind Kind) ([]byte, error) {
	if err := checkKind(kind); err != nil {
		return nil, err
	}
	r := reading{limits: Limits{}.withDefaults()}
	switch Detect(image) {
	case PNG:
		return removePNG(image, kind, r)
	case SVG:
		return removeSVG(image, kind, r)
	}
	return nil, notAnImage(image)
}
