package embedded

import (
	"bytes"
	"context"
	"sync"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Config sets up a [Verifier]. The zero value is strict and knows the contexts
// that are part of the program, nothing else.
type Config struct {
	// Lenient checks documents that use terms which no context defines, with the
	// dropping semantics of the standard. What was dropped is listed in the
	// result as unsigned. The default refuses such a document. Nothing may be
	// dropped in either case from what verification goes by: a proof, an issuer,
	// the dates, status, schema and types of a credential, an id.
	Lenient bool
	// Contexts are further contexts to trust, by URL, such as those of an
	// extension that the operator has read. NewVerifier copies them.
	Contexts map[string][]byte
	// InlineContexts takes contexts that are written into documents. Whether one may be
	// taken is the caller's to judge before.
	InlineContexts bool
	// LoadContext is asked for a context that is neither known nor in Contexts. Nil,
	// the default, makes an unknown context an error. Fetching what a stranger's
	// document names tells its author who verifies it, and when. It may be called
	// from several goroutines, for at most 64 URLs in the life of the Verifier, and what
	// it answers is remembered: so a Verifier that loads is for
	// one run, see [Verifier.Loading]. A panic is an error, no answer is as well, and
	// it is left behind when the context ends.
	LoadContext func(ctx context.Context, url string) ([]byte, error)
	// MaxUnits bounds the work for one document with all its proofs, whatever
	// contexts, earlier contents of them and chains are tried, see [Subject.Work]. By
	// default it is 65,536 units and one for each byte of the document: a document
	// needs about one unit for twenty bytes, and ten times that where it was signed
	// under contexts as they were.
	MaxUnits int
	// MaxWork, MaxQuads and MaxNodes bound one canonicalisation; zero has the default.
	MaxWork, MaxQuads, MaxNodes int
}

// Verifier checks embedded proofs. It is safe for concurrent use, and its
// compiled contexts are shared by all checks.
type Verifier struct {
	config  Config
	engines *engines
	loader  *loader // nil: contexts are not loaded
}

// NewVerifier returns a verifier.
func NewVerifier(c Config) *Verifier {
	v := &Verifier{config: c, engines: known()}
	v.config.Contexts = nil
	if len(c.Contexts) > 0 || c.InlineContexts {
		v.engines = newEngines(c.Contexts, c.InlineContexts)
	}
	return v.Loading(c.LoadContext)
}

// Loading returns a verifier that is as v, shares what v has compiled, and asks load
// for unknown contexts, with a memory of its own. It costs next to nothing: make one
// for each run. Nil loads nothing.
func (v *Verifier) Loading(load func(ctx context.Context, url string) ([]byte, error)) *Verifier {
	w := *v
	w.config.LoadContext, w.loader = load, nil
	if load != nil {
		w.loader = newLoader(load)
	}
	return &w
}

// Knows reports whether the context at url needs no loading.
func (v *Verifier) Knows(url string) bool {
	_, mine := v.engines.contexts[url]
	return mine || contexts.Known(url)
}

// Symbols returns the names to give to vc.ParseConfig, so that parsing already
// numbers them. The type is internal to this module.
func (v *Verifier) Symbols() *jsonx.Symbols { return v.engines.present.Symbols() }

// engines are the contexts of a Config, compiled: as they are today and as they were.
type engines struct {
	contexts map[string][]byte // the operator's own
	policy   jsonld.Policy
	present  *jsonld.Engine
	past     sync.Map // URL -> []pastState, of the known URLs that have some
}

// pastState is an earlier content of a context, with the engine in which it stands.
type pastState struct {
	url, date string
	engine    *jsonld.Engine
}

// known are the engines of the known contexts alone, compiled once for the process.
var known = sync.OnceValue(func() *engines { return newEngines(nil, false) })

// policy lets embedded credentials have their own contexts, of the known ones; a
// verifier of credentials looks at where they stand. Nothing else that could
// change the meaning of a signed term is allowed.
var policy = jsonld.Policy{AllowNested: true}

func newEngines(own map[string][]byte, inline bool) *engines {
	e := &engines{contexts: make(map[string][]byte, len(own)), policy: policy}
	e.policy.AllowInline, e.policy.AllowVocab = inline, inline // known documents may have @vocab anyway
	for url, document := range own {
		e.contexts[url] = bytes.Clone(document)
	}
	e.present = jsonld.New(jsonld.Config{Documents: e.lookup, Policy: e.policy})
	return e
}

// lookup prefers what is part of the program: an operator's entry cannot change
// the meaning of a published context by accident.
func (e *engines) lookup(url string) ([]byte, bool) {
	if doc, ok := contexts.Lookup(url); ok {
		return doc, true
	}
	doc, ok := e.contexts[url]
	return doc, ok
}

// statesOf returns the earlier contents of a context, newest first, each with its
// engine. They are put together once.
func (e *engines) statesOf(url string) []pastState {
	if !contexts.Known(url) {
		return nil
	}
	if states, ok := e.past.Load(url); ok {
		return states.([]pastState)
	}
	var all []pastState
	for _, state := range contexts.Archived(url) {
		lookup := func(asked string) ([]byte, bool) {
			if asked == url {
				return state.Document, true
			}
			return e.lookup(asked)
		}
		all = append(all, pastState{url, state.Date, jsonld.New(jsonld.Config{Documents: lookup, Policy: e.policy})})
	}
	kept, _ := e.past.LoadOrStore(url, all)
	return kept.([]pastState)
}

// OpenOptions says how one document is opened. The zero value is right for a
// credential.
type OpenOptions struct {
	// Evidence says that the document itself is what others are judged by, such as a
	// status list: nothing of it may be dropped, whatever Config.Lenient says.
	Evidence bool
	// Trace notes what the names of the document mean, for [Result.Trace]. The caller
	// then gives the Subject back with [Subject.Release].
	Trace bool
	// MaxUnits bounds the work for this document where it is part of another that has a
	// budget as a whole; zero has that of the Config.
	MaxUnits int
}

// Open prepares to check the proofs of doc.
func (v *Verifier) Open(doc *vc.Document, o OpenOptions) *Subject {
	s := &Subject{verifier: v, doc: doc, mode: jsonld.Strict, traced: o.Trace}
	if v.config.Lenient && !o.Evidence {
		s.mode = jsonld.Lenient
	}
	s.budget.Limit = v.config.MaxUnits
	if o.MaxUnits > 0 {
		s.budget.Limit = o.MaxUnits
	}
	if s.budget.Limit <= 0 {
		s.budget.Limit = defaultUnits + len(door.Root(doc).Raw())
	}
	s.forms = s.room[:0]
	return s
}
