package bake

import (
	"io"

	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/vc"
)

// Baked is a credential taken out of an image. Nothing in it was verified.
type Baked struct {
	// Kind says under which specification's name the credential was baked. It is
	// the baker's word; the credential's own type may say otherwise.
	Kind Kind
	// Format is that of the image, PNG or SVG.
	Format Format
	// Content is what Credential holds: JSON, JWS or URL. URL occurs for Open
	// Badges 2.0 only: the assertion is still to be fetched from there.
	Content Format
	// Credential is the credential's bytes, without white space around them. They
	// may be part of the image's bytes: copy them before changing either.
	Credential []byte
	// HostedURL is the address that an Open Badges 2.0 image names for its
	// assertion, "" where it names none. It is a stranger's address.
	HostedURL string
	// Warnings are the faults that did not prevent the reading, and what stays in a
	// drawing that a browser would run or load. Of each code the first is told, and
	// how many there are.
	Warnings []*vc.Problem
}

// JWT reports whether the credential is a compact JWS.
func (b *Baked) JWT() bool { return b.Content == JWS }

// ExtractOptions says how an image is read. The zero value is strict.
type ExtractOptions struct {
	// Kind is the kind of credential to read, for images that carry several. The
	// zero Kind reads the only one there.
	Kind Kind
	// Lenient reads what bakers and editors are known to get wrong, and lists it
	// in Baked.Warnings: a credential in a tEXt chunk, a language tag, a repeated
	// credential (the first is read), a wrong check sum of another chunk, bytes
	// after the end of a PNG; a credential element deeper in an SVG, one with both
	// verify and a body (verify is read), a token in the body, comments in it.
	// Compressed text is refused all the same.
	Lenient bool
	// Limits bounds the credential and the image.
	Limits Limits
}

// Extract takes the one credential out of a PNG or SVG image, strictly (OB 3.0,
// 5.3). Errors are [*vc.Problem]s; [CodeNoCredential] means a sound image that
// nothing was baked into.
func Extract(image []byte) (*Baked, error) {
	return ExtractWith(image, ExtractOptions{})
}

// ExtractWith is [Extract] with options.
func ExtractWith(image []byte, o ExtractOptions) (*Baked, error) {
	if err := checkKind(o.Kind); err != nil {
		return nil, err
	}
	r := reading{lenient: o.Lenient, limits: o.Limits.withDefaults()}
	p, err := walk(image, r)
	if err != nil {
		return nil, err
	}
	return p.extract(o.Kind)
}

// ExtractFrom is [ExtractWith] for an image of the given size in bytes that need
// not be in memory. Of a PNG it reads the chunk headers and the credential, never
// the pixels: the check sums of the other chunks are then not checked. An SVG is
// read whole. An error of r is returned wrapped; it is no [*vc.Problem].
func ExtractFrom(r io.ReaderAt, size int64, o ExtractOptions) (*Baked, error) {
	if err := checkKind(o.Kind); err != nil {
		return nil, err
	}
	run := reading{lenient: o.Lenient, limits: o.Limits.withDefaults()}
	start := make([]byte, max(0, min(size, int64(len(pngSignature)))))
	if err := readAt(r, start, 0); err != nil {
		return nil, err
	}
	if string(start) == pngSignature {
		l, err := layoutPNGFrom(r, size, run)
		if err != nil {
			return nil, err
		}
		return l.extract(o.Kind)
	}
	return extractWhole(r, size, o, run.limits.SVG)
}

// sniffed is how much of a file too long for an SVG is read to say what it is.
const sniffed = 4096

func extractWhole(r io.ReaderAt, size int64, o ExtractOptions, most int) (*Baked, error) {
	b := make([]byte, max(0, min(size, int64(most))))
	if size > int64(most) {
		b = b[:min(sniffed, len(b))]
	}
	if err := readAt(r, b, 0); err != nil {
		return nil, err
	}
	if Detect(b) != SVG {
		return nil, notAnImage(b)
	}
	if size > int64(most) {
		return nil, svgTooLarge(size, most)
	}
	return ExtractWith(b, o)
}

// extract reads the credential that the walk found.
func (l *pngLayout) extract(want Kind) (*Baked, error) {
	t, err := l.pick(want)
	if err != nil {
		return nil, err
	}
	text, err := t.text(&l.reading)
	if err != nil {
		return nil, err
	}
	b := &Baked{Kind: t.of, Format: PNG, Credential: format.Trim(text)}
	if err := b.classify(t.kind == typeTEXT, &l.reading); err != nil {
		return nil, err
	}
	b.Warnings = l.told()
	return b, nil
}

// classify tells what the credential's bytes are. An address is a credential in
// the places where OB 2.0 has one.
func (b *Baked) classify(address bool, r *reading) error {
	if len(b.Credential) > r.limits.Text {
		return tooLarge(int64(len(b.Credential)), r.limits.Text)
	}
	b.Content = textFormat(b.Credential)
	if b.Content == URL && b.Kind == OpenBadge2 && (address || r.lenient) {
		b.HostedURL = string(b.Credential)
	} else if b.Content != JSON && b.Content != JWS {
		return notACredential("what is baked into the image", b.Credential, r.limits)
	}
	return nil
}

func notAnImage(b []byte) error {
	p := problem(CodeNotAnImage, "")
	if f := Detect(b); f != FormatUnknown {
		p.Found = "a credential as " + f.String() + ", not baked into an image"
	} else if k := format.Sniff(b); k != format.Unknown {
		p.Found = k.String()
	}
	return p
}
