package bake

import (
	"bytes"
	"slices"

	"github.com/laurel-edu/laurel/vc"
)

// BakeOptions says how [Bake] writes. The zero value loses nobody's credential and
// changes nothing of the image.
type BakeOptions struct {
	// Replace takes out what is baked into the image, credentials of all kinds,
	// and bakes the new one; Warn is told with [CodeReplaced]. Without it such an
	// image is refused with [CodeAlreadyBaked], so that nobody's credential is lost
	// unseen.
	Replace bool
	// RefuseActive refuses drawings that have scripts or load something from
	// elsewhere, with [CodeSVGScript] and [CodeSVGExternal]. Without it they are
	// baked as they are, and Warn is told. It looks for what browsers are known to
	// run and is no sanitiser: whoever shows strangers' drawings shows them as <img>.
	RefuseActive bool
	// Warn, if it is there, is called with what did not prevent the baking, before
	// Bake returns. [Extract] tells the same of the baked image, except for what
	// was replaced.
	Warn func(*vc.Problem)
	// Limits bounds the credential and the image, that which comes out too.
	Limits Limits
}

// RemoveOptions says how [Remove] reads.
type RemoveOptions struct {
	// Limits bounds the image.
	Limits Limits
}

// Bake returns a copy of the PNG or SVG image that carries the credential, a
// signed JSON object or a compact JWS (OB 3.0, 5.3), and no other. The image's own
// bytes stay as they are. White space and a byte order mark around the credential
// are dropped.
//
// A zero kind is inferred from the credential's type. A kind that contradicts
// the type is refused, and so is a credential of OB 3.0 or CLR 2.0 without a
// proof; the proof is not verified. OB 2.0 assertions may be unsigned, as hosted
// ones are.
//
// In a PNG the credential stands in an uncompressed iTXt chunk before the
// pixels, in an SVG directly after the <svg> tag. What was written is read again
// under the same limits, and returned only if [Extract] gives the credential back;
// otherwise the error is the one that Extract would give. Errors are [*vc.Problem]s.
func Bake(image, credential []byte, kind Kind, o BakeOptions) ([]byte, error) {
	r := reading{limits: o.Limits.withDefaults()}
	c, err := readCandidate(credential, kind, r.limits)
	if err != nil {
		return nil, err
	}
	p, err := walk(image, r)
	if err != nil {
		return nil, err
	}
	there := p.count()
	if k := there.first(); k != 0 && !o.Replace {
		return nil, alreadyBaked(k)
	}
	out := p.with(c)
	found, err := c.readBack(out, r)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(found, isActive); i >= 0 && o.RefuseActive {
		return nil, found[i].WithSeverity(vc.SeverityError)
	}
	if k := there.first(); k != 0 {
		found = append(found, replaced(k, there.total()))
	}
	for _, w := range found {
		if o.Warn != nil {
			o.Warn(w)
		}
	}
	return out, nil
}

// readBack extracts the credential that was baked and returns what is to be warned of.
func (c *candidate) readBack(out []byte, r reading) ([]*vc.Problem, error) {
	p, err := walk(out, r)
	if err != nil {
		return nil, err
	}
	got, err := p.extract(0)
	if err != nil {
		return nil, err
	}
	if got.Kind != c.kind || got.Content != c.format || !bytes.Equal(got.Credential, c.as(got.Format)) {
		return nil, problem(vc.CodeNotACredential, "it would be read from the image as another than it is")
	}
	return got.Warnings, nil
}

// as is the credential as an image of the format holds it.
func (c *candidate) as(f Format) []byte {
	if f == SVG && c.format == JSON {
		var b bytes.Buffer
		writeJSON(&b, c.text)
		return b.Bytes()
	}
	return c.text
}

func alreadyBaked(kind Kind) error { return problem(CodeAlreadyBaked, "one of %s", kind) }

func replaced(kind Kind, n int) *vc.Problem {
	p := problem(CodeReplaced, "one of %s", kind)
	if n > 1 {
		p = problem(CodeReplaced, "%d in all, one of %s", n, kind)
	}
	return p.WithSeverity(vc.SeverityWarning)
}

// Remove returns a copy of the image without the credentials of the kind, or
// without any for the zero Kind. Removing what [Bake] inserted into an image
// that was not baked before gives the image back byte for byte, except that an
// SVG root written <svg/> comes back as <svg></svg>, and that a declaration of the
// credential's namespace goes along which nothing else uses. An image without such a
// credential is refused with [CodeNoCredential]. What remains is read again: it
// carries no credential of the kind. Errors are [*vc.Problem]s.
func Remove(image []byte, kind Kind, o RemoveOptions) ([]byte, error) {
	if err := checkKind(kind); err != nil {
		return nil, err
	}
	r := reading{limits: o.Limits.withDefaults()}
	p, err := walk(image, r)
	if err != nil {
		return nil, err
	}
	if p.count().of(kind) == 0 {
		return nil, problem(CodeNoCredential, "")
	}
	out := p.without(kind)
	rest, err := walk(out, r)
	if err != nil {
		return nil, err
	}
	if n := rest.count().of(kind); n > 0 {
		return nil, problem(CodeAlreadyBaked, "%d are left", n)
	}
	return out, nil
}
