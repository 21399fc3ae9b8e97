package intake

import (
	"context"
	"errors"

	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

// part is one document that is to be verified.
type part struct {
	member   string
	bytes    []byte
	warnings []*vc.Problem
	inBundle bool
}

// unpacked is what an upload holds: one document, or files.
type unpacked struct {
	part
	problem *vc.Problem // why there is no document
	bundle  bool
	parts   []part // of an image that carries several kinds
}

// located is what stands at an upload that is a URL, where the Config takes that.
func (b *batch) located(ctx context.Context, upload []byte) ([]byte, *vc.Problem) {
	text := format.Trim(upload)
	if !b.config.FetchURL || format.Sniff(text) != format.URL {
		return upload, nil
	}
	r, err := b.fetcher.Fetch(ctx, string(text))
	if err != nil {
		return nil, vc.ProblemOf(err)
	}
	return r.Body, nil
}

// unpack takes the credential out of what is around it. What it is else the verifier says.
func (b *batch) unpack(upload []byte) unpacked {
	switch format.Sniff(upload) {
	case format.ZIP:
		return unpacked{part: part{bytes: upload}, bundle: true}
	case format.PNG, format.SVG:
		return b.baked(upload)
	}
	return unpacked{part: part{bytes: upload}}
}

// baked reads an image. One that carries credentials of several kinds is a bundle of them.
func (b *batch) baked(image []byte) unpacked {
	first, err := b.extract(image, 0)
	if !errors.Is(err, &vc.Problem{Code: bake.CodeSeveralKinds}) {
		return first
	}
	u := unpacked{bundle: true}
	for _, kind := range [...]bake.Kind{bake.OpenBadge3, bake.CLR2, bake.OpenBadge2} {
		one, err := b.extract(image, kind)
		if err == nil {
			one.member = kind.String()
			u.parts = append(u.parts, one.part)
		}
	}
	return u
}

func (b *batch) extract(image []byte, kind bake.Kind) (unpacked, error) {
	one, err := bake.ExtractWith(image, bake.ExtractOptions{Kind: kind, Lenient: b.config.Verify.Lenient})
	if err != nil {
		return unpacked{problem: vc.ProblemOf(err)}, err
	}
	return unpacked{part: part{bytes: one.Credential, warnings: one.Warnings}}, nil
}
