package jsonld

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
)

// Config says which contexts an engine knows and what documents may do. The zero
// Config knows no context and allows none.
type Config struct {
	// Documents returns the text of a known context document. It is asked once
	// for each URL whose document exists; the text must not change.
	Documents func(url string) ([]byte, bool)
	// Load fetches a context document that Documents lacks, unless Input.Load does;
	// nil, the default, makes such a context an error. It is called at most
	// Limits.Documents times for one input.
	Load func(ctx context.Context, url string) ([]byte, error)
	// Policy is what documents may do to their vocabulary in Strict and Lenient
	// mode.
	Policy Policy
	// Limits bounds the work that contexts can cause.
	Limits Limits
}

// Engine turns JSON-LD into RDF. It compiles each context once, when a document
// first needs it, and shares the result between all later calls. It is safe for
// concurrent use.
type Engine struct {
	config    Config
	limits    Limits
	symbols   *symbols
	documents sync.Map // URL to *document
	root      atomic.Pointer[activeContext]
	contexts  atomic.Int64 // memoised under root
	runs      sync.Pool    // of *run
	order     rdf.Vocabulary
	typeOrder rdf.Order // of rdf:type
}

// New makes an engine. It does no work: contexts are compiled when needed.
func New(c Config) *Engine {
	e := &Engine{config: c, limits: c.Limits.withDefaults(), symbols: newSymbols()}
	e.typeOrder = e.order.Order(rdfType)
	e.root.Store(rootContext())
	return e
}

// Symbols returns the names that the contexts compiled so far define. Documents
// parsed with it are expanded faster; any other document is expanded as well.
// Ask for it before each parse: it grows while contexts are compiled.
func (e *Engine) Symbols() *jsonx.Symbols { return e.symbols.table() }

// countContext notes that a context was memoised, and forgets all of them when
// they have become too many.
func (e *Engine) countContext() {
	if e.contexts.Add(1) > maxContexts {
		e.contexts.Store(0)
		e.root.Store(rootContext())
	}
}

// Input is one document to expand.
type Input struct {
	// Root is the document: an object, or an array of objects.
	Root jsonx.Value
	// Skip is a member of Root that is left out, such as the proof.
	Skip jsonx.Value
	// Keep, where it is not nil, is what of Skip is not left out after all: Skip
	// itself or items of it. A proof in a chain is made over the document with the
	// earlier proofs, and this gives that document without a copy.
	Keep []jsonx.Value
	// Context, where it exists, is used as Root's @context and instead of one that
	// Root has itself. Proof options borrow the context of their document so.
	Context jsonx.Value
	// Trace, where it is set, is filled with what the names of the document mean.
	Trace *Trace
	// Origins, where it is set, is filled with where the statements come from.
	Origins *Origins
	// Mode is Strict by default.
	Mode Mode
	// Load, where it is not nil, is asked instead of Config.Load.
	Load func(ctx context.Context, url string) ([]byte, error)
	// Budget, where it is not nil, pays for each statement and for what costs more
	// than the length of the input tells: contexts that no engine keeps, names that
	// are IRIs, drops. The call ends with [ErrExhausted] when it is used up.
	Budget *Budget
	// Standard holds the options of Standard mode and has no effect in others.
	Standard Options
}

// Options are options of the JSON-LD API that the specification's own test suite
// needs.
type Options struct {
	Base      string      // base IRI; also relative context URLs are resolved against it
	Direction Direction   // rdfDirection
	Expand    jsonx.Value // expandContext: a context that applies before the document's own
}

// Result is what a successful expansion has to tell besides the quads.
type Result struct {
	// Dropped lists what was left out of the dataset. It is filled in Lenient
	// mode only: Strict fails instead, Standard does not look.
	Dropped []Drop
}

// whole is the result of every document from which nothing was dropped. Nobody
// changes a result.
var whole Result

// ToRDF adds the RDF dataset of a JSON-LD document to out. Duplicate statements are
// not removed. The dataset keeps nothing of the document.
//
// Errors are [*Error] for what JSON-LD, the policy or the limits refuse,
// [*DataLoss] in Strict mode, and ctx's own error. After an error out holds an
// unspecified part of the statements.
func (e *Engine) ToRDF(ctx context.Context, in Input, out *rdf.Dataset) (*Result, error) {
	r, _ := e.runs.Get().(*run)
	if r == nil {
		r = &run{engine: e}
	}
	r.begin(ctx, in, out)
	in.Trace.begin(e, in.Root)
	out.Use(&e.order)
	if doc := in.Root.Doc(); doc != nil {
		out.Grow(len(in.Root.Raw()), doc.Nodes())
	}
	err := r.input()
	r.from(in.Root)
	drops := r.found()
	if err == nil && r.untold {
		err = &Error{Code: CodeTooManyDrops, Detail: "more is left out of the dataset than can be told"}
	}
	r.end()
	e.runs.Put(r)
	switch {
	case err != nil:
		return nil, err
	case len(drops) > 0 && in.Mode == Strict:
		return nil, &DataLoss{Drops: drops}
	}
	if len(drops) == 0 {
		return &whole, nil
	}
	return &Result{Dropped: drops}, nil
}
