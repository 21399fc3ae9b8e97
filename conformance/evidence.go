package conformance

import (
	"bytes"
	"context"
	"slices"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// evidence is what the product's artefacts hold.
type evidence struct {
	read   bool
	pieces []piece
}

// piece is an artefact taken apart.
type piece struct {
	name       string
	image      bool
	credential []byte
	baked      *bake.Baked
	doc        *vc.Document // nil where it cannot be read
	unread     *vc.Problem
	base       bool // the holder's own copy, of which shown is what a verifier gets
	shown      []byte
	report     *verify.Report
}

// isImage reports whether data is a PNG or an SVG, going by how it begins.
func isImage(data []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(head, []byte("\x89PNG")) || bytes.HasPrefix(head, []byte("<"))
}

// gathered are the artefacts, each read and verified once.
func (p *probe) gathered() []piece {
	e := &p.s.evidence
	if !e.read {
		for _, a := range p.s.suite.Artefacts {
			e.pieces = append(e.pieces, p.s.take(p.ctx, a))
		}
		e.read = p.ctx.Err() == nil
	}
	return e.pieces
}

// take reads an artefact.
func (n *session) take(ctx context.Context, a Artefact) piece {
	one := piece{name: a.Name, image: isImage(a.Data), credential: a.Data}
	if one.image {
		baked, err := bake.Extract(a.Data)
		if err != nil {
			one.unread = vc.ProblemOf(err)
			return one
		}
		one.baked, one.credential = baked, baked.Credential
	}
	doc, err := vc.Parse(one.credential)
	if err != nil {
		one.unread = vc.ProblemOf(err)
		return one
	}
	one.doc, one.shown = doc, one.credential
	if one.report, err = n.verify.Inspect(ctx, one.credential); err != nil {
		one.unread = vc.ProblemOf(err)
		return one
	}
	if slices.Contains(one.report.Codes(), proof.CodeProofIsBase) {
		one.base = true
		n.deriveWhole(ctx, &one)
	}
	return one
}

// deriveWhole shows all of a holder's own copy, which is what a verifier may be shown.
func (n *session) deriveWhole(ctx context.Context, one *piece) {
	var all []string
	for v := door.Root(one.doc).First(); v.Exists(); v = v.Next() {
		if v.Name() != "@context" && v.Name() != "proof" {
			all = append(all, "/"+jsonx.EscapePointer(v.Name()))
		}
	}
	shown, err := dataintegrity.Derive(ctx, one.credential, dataintegrity.DeriveOptions{Pointers: all})
	if err != nil {
		return // the report about the copy itself says what is wrong
	}
	if report, err := n.verify.Inspect(ctx, shown); err == nil {
		one.report, one.shown = report, shown
	}
}

// of reports whether an artefact is looked at by checks of a standard: it is of its kind, or
// cannot be told.
func (one *piece) of(d *standard) bool {
	if one.doc == nil {
		return true
	}
	record := one.doc.HasType("ClrCredential")
	if d == &records {
		return record || !one.doc.HasType("OpenBadgeCredential") && !one.doc.HasType("AchievementCredential")
	}
	return !record
}

// each looks at the artefacts of a standard that could be read. Without any the check is
// skipped.
func (p *probe) each(d *standard, look func(one *piece)) error {
	var unread *piece
	n := 0
	all := p.gathered()
	for k := range all {
		one := &all[k]
		if !one.of(d) {
			continue
		}
		n++
		if one.doc == nil || one.report == nil {
			unread = one
			continue
		}
		look(one)
	}
	switch {
	case unread != nil && p.check.ID == d.reading:
		p.unread(unread)
	case unread != nil && len(p.findings) == 0:
		return blocked{d.reading, unread.name + " cannot be read: see " + d.reading}
	}
	if n == 0 {
		return skipped{"no artefact is a credential of " + d.name}
	}
	return nil
}

// unread is a finding that an artefact cannot be read.
func (p *probe) unread(one *piece) {
	f := Finding{Message: "it is no credential and no image with one"}
	if one.unread != nil {
		f = findingOf(one.unread)
	}
	f.Message = one.name + ": " + f.Message
	p.fail(f)
}

// judge looks whether some steps of the verification passed. Warnings of theirs are told
// where warn is set.
func (p *probe) judge(one *piece, warn bool, names ...verify.CheckName) {
	p.looked++
	for _, c := range one.report.Checks {
		if c.Advisory || !slices.Contains(names, c.Name) {
			continue
		}
		for _, problem := range c.Problems {
			f := findingOf(problem)
			f.Message, f.Warning = one.name+": "+f.Message, c.Outcome == verify.OutcomeUndetermined
			p.note(f)
		}
		for _, problem := range c.Warnings {
			if warn {
				f := findingOf(problem)
				f.Message, f.Warning = one.name+": "+f.Message, true
				p.note(f)
			}
		}
	}
}

// secured says how an artefact is secured: the cryptosuites or types of its proofs, or the
// algorithm of its token.
func (one *piece) secured() (names []string, token bool) {
	if one.doc.Token() != nil {
		header, _ := door.Token(one.doc)
		return []string{header.Get("alg").Text()}, true
	}
	for _, v := range door.Proofs(one.doc) {
		name := v.Get("cryptosuite").Text()
		if name == "" {
			name = v.Get("type").Single().Text()
		}
		names = append(names, name)
	}
	return names, false
}
