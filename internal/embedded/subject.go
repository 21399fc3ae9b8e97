package embedded

import (
	"context"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/vc"
)

// Subject is one secured document whose proofs are checked. Each canonical form of it
// is made at first need and shared by the proofs, and the work for all of them has
// one budget. It is not safe for concurrent use.
type Subject struct {
	verifier *Verifier
	doc      *vc.Document
	mode     jsonld.Mode
	budget   jsonld.Budget
	forms    []madeForm
	room     [1]madeForm // nearly always enough
	large    *rdf.Dataset
	check    check       // of the proof that is checked now
	states   []pastState // of the contexts, listed once
	listed   bool
	scanned  bool                 // whether utf16 is known
	utf16    bool                 // statements may sort otherwise by UTF-16
	proofs   map[string]chainable // by id; made for the first chain
	traced   bool                 // what the names mean is noted
	trace    *jsonld.Trace        // under the present contexts, once it is made
	past     *jsonld.Trace        // under those that a signature was found to be made under
}

// Release gives back what was noted of the document's names. No [Result.Trace] may
// be used afterwards, and the Subject checks nothing more.
func (s *Subject) Release() {
	for _, t := range [...]*jsonld.Trace{s.trace, s.past} {
		if t != nil {
			t.Release()
		}
	}
	s.trace, s.past, s.forms = nil, nil, nil
}

// Work returns how many units were used for the document so far. A unit is about a
// microsecond: a statement, 256 bytes of text that are sorted and hashed, the
// thirtieth part of a signature. It is at most a little more than Config.MaxUnits.
func (s *Subject) Work() int { return s.budget.Spent }

// form names one way in which a document, without its proofs, may be hashed.
type form struct {
	engine        *jsonld.Engine // nil for canonical JSON
	hash          rdf.Hash
	mode          jsonld.Mode
	legacy, utf16 bool        // as in rdf.Options
	disclosed     *disclosure // whose statements are told one by one, nil where the whole is hashed
}

type madeForm struct {
	form
	digest
}

// digest is the hash of a canonical form, or why there is none.
type digest struct {
	sum     []byte   // of the mandatory statements, where they are told one by one
	others  [][]byte // the statements that are not mandatory, where they are told one by one
	fault   error    // why this is not what the proof discloses
	dropped []jsonld.Drop
	err     error
}

// document is the digest of the document in one form. It is kept unless the time was
// over.
func (s *Subject) document(ctx context.Context, f form) digest {
	for i := range s.forms {
		if s.forms[i].form == f {
			return s.forms[i].digest
		}
	}
	d := s.makeForm(ctx, f)
	if ctx.Err() == nil {
		s.forms = append(s.forms, madeForm{f, d})
	}
	return d
}

func (s *Subject) makeForm(ctx context.Context, f form) digest {
	if f.engine == nil {
		return s.hashJSON(ctx, jcs.Members(door.Root(s.doc), "proof"), f.hash)
	}
	return s.upon(ctx, f, nil)
}

// upon is the digest of the document with the proofs that a chain keeps. The first
// time under the present contexts, what names mean is noted: it is the same in each
// form of them.
func (s *Subject) upon(ctx context.Context, f form, keep []jsonx.Value) digest {
	in := s.input(keep, f.mode)
	if s.traced && s.trace == nil && f.engine == s.verifier.engines.present {
		in.Trace = jsonld.NewTrace()
	}
	d := s.hashRDF(ctx, f, in)
	switch {
	case in.Trace == nil:
	case d.err == nil:
		s.trace = in.Trace
	default:
		in.Trace.Release()
	}
	return d
}

// input is the secured document without its proofs, but for those that a chain keeps.
func (s *Subject) input(keep []jsonx.Value, mode jsonld.Mode) jsonld.Input {
	root := door.Root(s.doc)
	return jsonld.Input{Root: root, Skip: root.Get("proof"), Keep: keep, Mode: mode}
}

// traceOf is what names mean in a form whose signature is good. Contexts as they
// were are gone through once more for it, since nearly all of those that are tried
// are tried in vain.
func (s *Subject) traceOf(ctx context.Context, f form) (*jsonld.Trace, error) {
	switch {
	case !s.traced || f.engine == nil:
		return nil, nil
	case f.engine == s.verifier.engines.present:
		return s.trace, nil
	case s.past == nil:
		s.past = jsonld.NewTrace()
	}
	in := s.input(nil, f.mode)
	in.Trace = s.past
	return s.past, s.hashRDF(ctx, f, in).err
}

// options is the digest of a proof without its signature, under the document's contexts
// (Data Integrity EdDSA Cryptosuites 1.0, 3.2.5). A proof is evidence: nothing of it
// may be dropped.
func (s *Subject) options(ctx context.Context, f form, proof, signature jsonx.Value, t *jsonld.Trace) digest {
	f.mode = jsonld.Strict
	return s.hashRDF(ctx, f, jsonld.Input{Root: proof, Skip: signature, Context: door.Root(s.doc).Get("@context"),
		Mode: f.mode, Trace: t})
}

// pastStates lists the earlier contents of the document's contexts, those of a URL
// once however often it stands there.
func (s *Subject) pastStates() []pastState {
	if s.listed {
		return s.states
	}
	s.listed = true
	urls, _ := s.doc.Contexts()
	seen := make(map[string]bool, len(urls))
	for _, url := range urls {
		if !seen[url] {
			seen[url] = true
			s.states = append(s.states, s.verifier.engines.statesOf(url)...)
		}
	}
	return s.states
}
