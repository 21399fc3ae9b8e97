package embedded

import (
	"bytes"
	"context"
	"errors"
	"strconv"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Statements are those of a document without its proofs, each with the value that made
// it, for suites whose holder shows a part. It is not safe for concurrent use.
type Statements struct {
	verifier *Verifier
	doc      *vc.Document
	set      *rdf.Dataset
	origins  jsonld.Origins
	trace    jsonld.Trace
	numbers  []int // of the blank nodes in the canonical form, -1 for none
	utf16    bool  // whether the order of UTF-16 may be another
}

// Statements expands a document and names its blank nodes. Nothing may be dropped.
func (v *Verifier) Statements(ctx context.Context, doc *vc.Document) (*Statements, error) {
	s := &Statements{verifier: v, doc: doc, set: new(rdf.Dataset), utf16: differsInUTF16(door.Root(doc).Raw())}
	in := v.Open(doc, OpenOptions{Evidence: true}).input(nil, jsonld.Strict)
	in.Origins, in.Trace = &s.origins, &s.trace
	if err := s.expand(ctx, in, s.set); err != nil {
		return nil, err
	}
	numbers, _, err := s.canonical(ctx, s.set, false)
	s.numbers = numbers
	return s, err
}

func (s *Statements) expand(ctx context.Context, in jsonld.Input, set *rdf.Dataset) error {
	o := s.verifier.rdfOptions(s.doc, rdf.SHA256)
	set.MaxBytes, set.MaxLen = leastText+textPerByte*len(door.Root(s.doc).Raw()), o.MaxQuads
	if s.verifier.loader != nil {
		in.Load = s.verifier.loader.load
	}
	if _, err := s.verifier.engines.present.ToRDF(ctx, in, set); err != nil {
		return problemOf(err)
	}
	return nil
}

// canonical are the numbers of the nodes in the canonical form, and the form itself
// where it is asked for.
func (s *Statements) canonical(ctx context.Context, set *rdf.Dataset, whole bool) (numbers []int, form []byte, err error) {
	c, err := rdf.Canonicalize(ctx, set, s.verifier.rdfOptions(s.doc, rdf.SHA256))
	if err != nil {
		return nil, nil, problemOf(err)
	}
	defer c.Release()
	numbers = make([]int, set.Nodes)
	for n := range numbers {
		numbers[n] = c.Number(int32(n))
	}
	if whole {
		form = bytes.Clone(c.NQuads())
	}
	return numbers, form, ctx.Err()
}

// canonicalLabel is the name of a blank node in the canonical form.
func canonicalLabel(number int) string { return "c14n" + strconv.Itoa(number) }

// OtherOrder reports whether the statements may have another order by UTF-16.
func (s *Statements) OtherOrder() bool { return s.utf16 }

// Lines are the statements, each once and in order, with labels by the number that the
// blank nodes have in the canonical form.
func (s *Statements) Lines(label func(number int) string, utf16 bool) [][]byte {
	return s.set.Lines(s.labels(label), utf16)
}

func (s *Statements) labels(label func(number int) string) func(int32) string {
	made := make([]string, len(s.numbers))
	for n, number := range s.numbers {
		if number >= 0 {
			made[n] = label(number)
		}
	}
	return func(n int32) string { return made[n] }
}

// Shown is a part of the statements.
type Shown struct {
	statements *Statements
	chosen     *selection
}

// Show chooses what JSON pointers lead to. The errors are [*vc.Problem]s.
func (s *Statements) Show(pointers []string) (*Shown, error) {
	chosen := newSelection(s.doc, &s.trace)
	if err := chosen.add(pointers); err != nil {
		return nil, err
	}
	return &Shown{s, chosen}, nil
}

// ShowBut chooses all but what JSON pointers lead to, and besides what those of always lead
// to. The errors are [*vc.Problem]s.
func (s *Statements) ShowBut(hidden, always []string) (*Shown, error) {
	chosen := newSelection(s.doc, &s.trace)
	if err := errors.Join(chosen.spare(hidden), chosen.add(always)); err != nil {
		return nil, err
	}
	return &Shown{s, chosen}, nil
}

// has reports whether statement i is shown.
func (p *Shown) has(i int) bool { return p.chosen.shows(p.statements.origins.Statement(i)) }

// Has returns which lines are shown.
func (p *Shown) Has(label func(number int) string) map[string]bool {
	shown := map[string]bool{}
	labels := p.statements.labels(label)
	var line []byte
	for i := range p.statements.set.Len() {
		if p.has(i) {
			line = p.statements.set.AppendLine(line[:0], i, labels)
			shown[string(line)] = true
		}
	}
	return shown
}

// Document is the JSON of what is shown, and for each number that a blank node has in
// its canonical form the number that it has in that of the whole. The document is
// expanded once more, and must make exactly the statements that were chosen.
func (p *Shown) Document(ctx context.Context) (text []byte, numbers []int, err error) {
	s := p.statements
	p.repeat()
	text = p.chosen.appendJSON(nil, p.chosen.root)
	part, err := door.Numbered(vc.ParseConfig{}, s.verifier.Symbols()).Parse(text)
	if err != nil {
		return nil, nil, err
	}
	made := new(rdf.Dataset)
	if err := s.expand(ctx, jsonld.Input{Root: door.Root(part)}, made); err != nil {
		return nil, nil, err
	}
	_, found, err := s.canonical(ctx, made, true)
	if err != nil {
		return nil, nil, err
	}
	byNode, want, err := s.canonical(ctx, s.set.Subset(p.has), true)
	if err != nil {
		return nil, nil, err
	}
	if !bytes.Equal(found, want) {
		return nil, nil, words.Problem(proof.CodePointerDiffers, "", "")
	}
	return text, s.renumbered(byNode), nil
}

func (s *Statements) renumbered(byNode []int) []int {
	numbers := make([]int, 0, len(byNode))
	for n, number := range byNode {
		if number < 0 {
			continue
		}
		for len(numbers) <= number {
			numbers = append(numbers, -1)
		}
		numbers[number] = s.numbers[n]
	}
	return numbers
}

func appendName(dst []byte, name string) []byte { return jcs.AppendString(dst, name) }

// Portable warns of what holders cannot follow who derive by the algorithm of the
// specification, which goes through expanded and compacted documents: it cannot take a
// document with a list, with credentials that have proofs or with geo, an index into an array of one that is compacted to its value, or
// the credentials of a record.
func (s *Statements) Portable(pointers []string) (warnings []*vc.Problem) {
	warn := func(at, found string) {
		warnings = append(warnings, words.Problem(proof.CodePointerNotPortable, at, found))
	}
	chosen := newSelection(s.doc, &s.trace)
	if v := s.obstacle(chosen.root); v.Exists() {
		warn(v.Pointer(), "a list, a type that is a member's name too, or a proof within: no pointer can be followed")
	}
	for _, p := range pointers {
		target, fault := chosen.follow(p)
		if fault != nil {
			continue
		}
		for v := target; v.Exists() && v != chosen.root; v = v.Parent() {
			array := v.Parent()
			switch {
			case array.Kind() == jsonx.Array && array.Len() == 1 && !s.trace.Name(array).IsSet() && !s.trace.Name(array).IsKeyword():
				warn(p, "an index into an array of one")
			case rules.RoleOf(v.Name()) == rules.RoleCredential:
				warn(p, "credentials within a record")
			}
		}
	}
	return warnings
}

// typedAsNamed reports whether the type of an object is by its IRI the name of the member
// that it stands in, as with geo and GeoCoordinates: compaction takes one for the other.
func (s *Statements) typedAsNamed(m jsonx.Value) bool {
	iri := s.trace.Name(m).IRI()
	for t := range m.Single().Get("type").All() {
		if iri != "" && s.trace.Type(t).IRI() == iri {
			return true
		}
	}
	return false
}

// obstacle is the first list of the document, proof of an embedded credential, or object
// that is typed as it is named.
func (s *Statements) obstacle(v jsonx.Value) jsonx.Value {
	for m := v.First(); m.Exists(); m = m.Next() {
		if m == door.Root(s.doc).Get("proof") || m.Name() == "@context" {
			continue
		}
		if meaning := s.trace.Name(m); meaning.IsList() || meaning.IRI() == "@list" || m.Name() == "proof" || s.typedAsNamed(m) {
			return m
		}
		if found := s.obstacle(m); found.Exists() {
			return found
		}
	}
	return jsonx.Value{}
}

// Within are the pointers to what must be shown of the embedded credentials that
// pointers lead into: a part of one would be no credential without its issuer and its
// subject.
func (s *Statements) Within(pointers []string) (more []string) {
	chosen, seen := newSelection(s.doc, &s.trace), map[int]bool{}
	for _, p := range pointers {
		target, fault := chosen.follow(p)
		if fault != nil || p == "" {
			continue
		}
		for up := target.Parent(); up.Exists() && up != chosen.root; up = up.Parent() {
			if up.Kind() == jsonx.Object && isCredential(up) && !seen[up.ID()] {
				seen[up.ID()] = true
				more = append(more, rules.Required(door.Within(s.doc, up))...)
			}
		}
	}
	return more
}
