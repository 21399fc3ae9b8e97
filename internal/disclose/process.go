package disclose

import (
	"strconv"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Processed is a payload with what was disclosed of it.
type Processed struct {
	Text        []byte // JSON, without any name of the mechanism
	Hash        Hash
	Disclosures []*Disclosure // in the order in which they were sent
	// Withheld says by the offset of an object or array in Text how many digests stood in
	// it that nothing was disclosed for. Some may be decoys.
	Withheld map[int]int
}

// Process puts disclosures into a payload (RFC 9901, 7.1). The work and the text that
// comes out are bounded by what came in, since a disclosure is used once. Every error is
// an [*Error].
func Process(payload jsonx.Value, disclosures [][]byte, limits jsonx.Limits) (*Processed, error) {
	p := &processor{out: &Processed{Hash: SHA256, Withheld: map[int]int{}}, limits: limits,
		byDigest: make(map[string]*Disclosure, len(disclosures)), seen: map[string]bool{}}
	if err := p.hash(payload.Get(NameHash)); err != nil {
		return nil, err
	}
	for _, text := range disclosures {
		if err := p.take(text); err != nil {
			return nil, err
		}
	}
	if err := p.value(payload, &place{}); err != nil {
		return nil, err
	}
	for i, d := range p.out.Disclosures {
		if d.at == nil {
			return nil, &Error{Fault: FaultUnused, Detail: "disclosure " + strconv.Itoa(i+1)}
		}
	}
	return p.out, nil
}

type processor struct {
	out      *Processed
	limits   jsonx.Limits
	byDigest map[string]*Disclosure
	seen     map[string]bool // the digests of the payload
}

// maxDepth bounds the recursion where the limits leave it to their default.
const maxDepth = 64

func (p *processor) hash(v jsonx.Value) error {
	if !v.Exists() {
		return nil
	}
	if p.out.Hash = Hash(jsonx.Content(v)); !p.out.Hash.Known() {
		return &Error{Fault: FaultHash, Detail: v.Shown()}
	}
	return nil
}

// take reads a disclosure and files it under its digest.
func (p *processor) take(text []byte) error {
	d, err := read(text, p.limits)
	if err != nil {
		return err
	}
	digest := p.out.Hash.Digest(text)
	if p.byDigest[digest] != nil {
		return &Error{Fault: FaultRepeated, Detail: "disclosure " + strconv.Itoa(len(p.out.Disclosures)+1)}
	}
	p.byDigest[digest] = d
	p.out.Disclosures = append(p.out.Disclosures, d)
	return nil
}

// disclosed is what a digest stands for, nil where that was withheld.
func (p *processor) disclosed(digest string, element bool, at *place) (*Disclosure, error) {
	if p.seen[digest] {
		return nil, &Error{Fault: FaultRepeated, Pointer: at.pointer(), Detail: "a digest"}
	}
	p.seen[digest] = true
	d := p.byDigest[digest]
	if d == nil {
		return nil, nil
	}
	if d.Element != element {
		return nil, &Error{Fault: FaultDisclosure, Pointer: at.pointer(), Detail: "that of a member for an element, or the other way round"}
	}
	return d, nil
}

func (p *processor) write(text ...byte) { p.out.Text = append(p.out.Text, text...) }

func (p *processor) value(v jsonx.Value, at *place) error {
	most := p.limits.Depth
	if most <= 0 {
		most = maxDepth
	}
	switch {
	case v.Kind() < jsonx.Array:
		p.write(v.Raw()...)
		return nil
	case at.depth >= most:
		return &Error{Fault: FaultTooDeep, Pointer: at.pointer(), Detail: "more than " + strconv.Itoa(most)}
	case v.Kind() == jsonx.Array:
		return p.array(v, at)
	}
	return p.object(v, at)
}
