package embedded

import (
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"sync"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// datasets are reused between documents.
var datasets = sync.Pool{New: func() any { return new(rdf.Dataset) }}

// hashRDF hashes the canonical form of the RDF that in stands for.
func (s *Subject) hashRDF(ctx context.Context, f form, in jsonld.Input) digest {
	in.Budget = &s.budget
	if s.verifier.loader != nil {
		in.Load = s.verifier.loader.load
	}
	d, err := s.canonical(ctx, f, in)
	switch {
	case err == nil:
		return d
	case ctx.Err() != nil:
		return digest{err: ctx.Err()}
	case errors.Is(err, jsonld.ErrExhausted):
		return digest{err: s.exhausted(in.Root.Pointer())}
	}
	return digest{err: problemOf(err)}
}

// canonical expands, canonicalises and hashes, and pays for it.
func (s *Subject) canonical(ctx context.Context, f form, in jsonld.Input) (digest, error) {
	o := s.verifier.rdfOptions(s.doc, f.hash)
	o.Legacy, o.UTF16 = f.legacy, f.utf16
	set := s.dataset()
	defer s.giveBack(set)
	set.MaxBytes, set.MaxLen = leastText+textPerByte*len(door.Root(s.doc).Raw()), o.MaxQuads
	result, err := f.engine.ToRDF(ctx, in, set)
	if err != nil {
		return digest{}, err
	}
	if set.Len() == 0 {
		return digest{}, &jsonld.DataLoss{Drops: result.Dropped}
	}
	if err := s.budget.Spend(set.Bytes() / textPerUnit); err != nil {
		return digest{}, err
	}
	canonical, err := rdf.Canonicalize(ctx, set, o)
	if err != nil {
		return digest{}, s.paid(set, err)
	}
	defer canonical.Release()
	made, err := s.made(ctx, f, set, canonical)
	if err != nil {
		return digest{}, err
	}
	made.dropped = result.Dropped
	return made, s.budget.Spend(canonical.Work() / searchPerUnit)
}

// made is the digest of a canonical form: of the whole, or as a proof discloses it.
func (s *Subject) made(ctx context.Context, f form, set *rdf.Dataset, canonical *rdf.Canonical) (digest, error) {
	if f.disclosed != nil {
		return f.disclosed.digest(set, canonical, f.utf16), s.budget.Spend(set.Bytes() / textPerUnit)
	}
	sum := canonical.Sum()
	if sum == nil {
		return digest{}, ctx.Err()
	}
	return digest{sum: sum}, nil
}

// dataset is an empty one. A large document keeps its own for as long as it lives,
// since each of its forms needs as much.
func (s *Subject) dataset() *rdf.Dataset {
	if set := s.large; set != nil {
		s.large = nil
		return set
	}
	return datasets.Get().(*rdf.Dataset)
}

func (s *Subject) giveBack(set *rdf.Dataset) {
	if set.Large() {
		set.Clear()
		s.large = set
		return
	}
	set.Reset()
	datasets.Put(set)
}

// paid charges a search for names that was given up, about what it may have cost.
func (s *Subject) paid(set *rdf.Dataset, err error) error {
	if e := (*rdf.Error)(nil); errors.As(err, &e) && e.Code == rdf.CodeWorkLimit {
		units := max(s.verifier.config.MaxWork, rdf.DefaultWork+rdf.DefaultWorkPerMention*set.Len())
		s.budget.Spent += units / searchPerUnit
	}
	return err
}

// texts are buffers for canonical JSON, reused between documents.
var texts = sync.Pool{New: func() any { return new([]byte) }}

// keptText bounds the buffers that are kept.
const keptText = 1 << 20

// hashJSON hashes members in their RFC 8785 form.
func (s *Subject) hashJSON(ctx context.Context, members []jcs.Member, hash rdf.Hash) digest {
	buffer := texts.Get().(*[]byte)
	text, err := jcs.Options{Stop: ctx.Err}.AppendObject((*buffer)[:0], members)
	defer func() {
		if cap(text) <= keptText {
			*buffer = text
			texts.Put(buffer)
		}
	}()
	switch {
	case ctx.Err() != nil:
		return digest{err: ctx.Err()}
	case err != nil:
		return digest{err: err} // no parsed document lacks a canonical form
	case s.budget.Spend(1+len(text)/textPerUnit) != nil:
		return digest{err: s.exhausted(door.Root(s.doc).Pointer())}
	}
	return digest{sum: sumOf(hash, text)}
}

func sumOf(hash rdf.Hash, text []byte) []byte {
	if hash == rdf.SHA384 {
		s := sha512.Sum384(text)
		return s[:]
	}
	s := sha256.Sum256(text)
	return s[:]
}

// problemOf gives an error of the layers beneath its place in a report. Data loss
// becomes one problem for each thing lost.
func problemOf(err error) error {
	var loss *jsonld.DataLoss
	if errors.As(err, &loss) {
		return errors.Join(dropErrors(loss.Drops)...)
	}
	if e := (*jsonld.Error)(nil); errors.As(err, &e) {
		return beneath(ofJSONLD, vc.Code(e.Code), e.Pointer, e.Detail, err)
	}
	if e := (*rdf.Error)(nil); errors.As(err, &e) {
		return beneath(ofRDF, vc.Code(e.Code), "", e.Detail, err)
	}
	return err
}

func dropErrors(drops []jsonld.Drop) []error {
	all := make([]error, len(drops))
	for i, drop := range drops {
		all[i] = dropProblem(drop)
	}
	return all
}

// dropProblem says that something is not covered by the signature.
func dropProblem(drop jsonld.Drop) *vc.Problem {
	p := words.Problem(proof.CodeDataLoss, drop.Pointer, "")
	p.Message += ": " + drop.Detail
	return p
}
