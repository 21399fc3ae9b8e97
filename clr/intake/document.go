package intake

import (
	"context"
	"slices"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// document is one document of an upload under way: the upload itself, what was baked into an
// image, or a file of an archive.
type document struct {
	*batch
	member   string
	learners learners
	entries  []*Entry
	records  []record
}

// result is what became of one document.
type result struct {
	member   string
	kind     Kind
	root     verify.Embedded
	entries  []*Entry
	records  []record
	warnings []*vc.Problem // of the image that it was in
	err      error
}

// document verifies one and everything in it. The root is an entry too where inBundle says
// so, and where it is a badge or another credential.
func (b *batch) document(ctx context.Context, p part) result {
	d := &document{batch: b, member: p.member, learners: learners{holder: holder(b.options.Holder)}}
	out := result{member: p.member, kind: KindOther, warnings: p.warnings}
	var later []*Entry
	for one, err := range b.verifier.InspectEach(ctx, p.bytes, b.options.Expect) {
		if one.Report == nil {
			out.err = err
			return out
		}
		if one.Number == 0 {
			out.root, out.err = one, err
			continue
		}
		e := d.entry(one)
		if one.Proof == verify.ProofNone {
			later = append(later, e)
			continue
		}
		e.stand(basis{})
		b.tellOne(e)
	}
	if out.root.Document() == nil {
		if isCLR1(out.root.Report) {
			return b.older(ctx, p)
		}
		return out
	}
	out.kind = kindOf(out.root.Document())
	d.number()
	d.settle(out.root, later, p.inBundle)
	out.entries, out.records = d.entries, d.records
	if out.kind == KindCredential {
		entries, records := b.olderWithin(ctx, p.member, out.root, baseOf(out.root, nobody))
		out.entries, out.records = append(out.entries, entries...), append(out.records, records...)
	}
	return out
}

// entry is one of the document's, whose standing is still to be decided.
func (d *document) entry(one verify.Embedded) *Entry {
	e := newEntry(d.member, one)
	if e.Kind != KindEndorsement && e.Kind != KindPresentation {
		e.Subject = partyOf(one.Document()).is(d.learners.within(one.Around()))
	}
	d.entries = append(d.entries, e)
	return e
}

// number puts the entries into the order of the document and names their parents.
func (d *document) number() {
	slices.SortFunc(d.entries, func(a, b *Entry) int { return a.found.Number - b.found.Number })
	for _, e := range d.entries {
		if parent := d.at(e.found.Within); parent != nil {
			e.Parent = parent.Pointer
		}
	}
}

// at is the entry of a number, nil for the document itself.
func (d *document) at(number int) *Entry {
	i, found := slices.BinarySearchFunc(d.entries, number, func(e *Entry, n int) int { return e.found.Number - n })
	if !found {
		return nil
	}
	return d.entries[i]
}

// inside are the entries that stand in one, at any depth: they follow it.
func (d *document) inside(at int) []*Entry {
	outer, end := d.entries[at].found.Number, at+1
	for end < len(d.entries) && d.entries[end].found.Within >= outer {
		end++
	}
	return d.entries[at+1 : end]
}

// settle decides what depends on what is around: that of the entries without a proof, and
// the root's own entry.
func (d *document) settle(root verify.Embedded, later []*Entry, inBundle bool) {
	bases := map[int]basis{0: baseOf(root, basis{standing: StandingNobody})}
	if kindOf(root.Document()) == KindRecord {
		d.records = append(d.records, record{d.member, root, d.entries, bases[0]})
	}
	for i, e := range d.entries {
		around := bases[e.found.Within]
		bases[e.found.Number] = baseOf(e.found, around)
		if e.found.Proof == verify.ProofNone {
			e.stand(around)
		}
		if e.Kind == KindRecord {
			d.records = append(d.records, record{d.member, e.found, d.inside(i), bases[e.found.Number]})
		}
	}
	slices.SortFunc(later, func(a, b *Entry) int { return a.found.Number - b.found.Number })
	for _, e := range later {
		d.tellOne(e)
	}
	if kind := kindOf(root.Document()); !inBundle && (kind == KindRecord || kind == KindPresentation) {
		return
	}
	e := d.entry(root)
	e.stand(basis{standing: StandingNobody})
	d.tellOne(e)
	d.entries = slices.Insert(slices.Clone(d.entries[:len(d.entries)-1]), 0, e)
}
